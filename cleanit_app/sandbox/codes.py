"""A message service that sends nothing: one-time codes come in and are shown on a page, newest first."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from cleanit_app.sandbox import faults
from cleanit_app.sandbox.control_page import POLICY
from cleanit_app.sandbox.markup import document, e
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

_FIELDS = ("to", "code", "purpose", "language")
_SHOWN = 30
_KEPT = 200


async def take(request: Request) -> Response:
    """Take one code as a message service would; 401 for a wrong key, 422 for an incomplete body."""
    world: World = request.app.state.world
    key = f"Bearer {world.config.key_secret}"
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), key.encode()):
        return JSONResponse({"error": "wrong key"}, 401)
    fault = faults.take(world, "POST", "codes")
    if fault is not None:
        return await faults.respond(fault, lambda: (202, {"accepted": True}))
    body = await request.json()
    if not all(isinstance(body.get(name), str) and body[name] for name in _FIELDS):
        return JSONResponse({"error": f"needs {', '.join(_FIELDS)}"}, 422)
    kept = {name: body[name] for name in _FIELDS}
    with world.store.transaction():
        world.store.add("code", {"id": f"msg_{secrets.token_hex(8)}", "created_at": world.now(), **kept})
        _forget_old(world)
    return JSONResponse({"accepted": True}, 202)


def _forget_old(world: World) -> None:
    world.store.db.execute(
        "DELETE FROM record WHERE kind = 'code' AND seq NOT IN"
        " (SELECT seq FROM record WHERE kind = 'code' ORDER BY seq DESC LIMIT ?)",
        (_KEPT,),
    )


async def show(request: Request) -> Response:
    """The newest codes: as a page, or as JSON for whoever asks for that."""
    world: World = request.app.state.world
    came = world.store.find("code", newest_first=True)[:_SHOWN]
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"items": came})
    rows = "".join(_row(one) for one in came) or '<p class="none">No code yet. Ask for one in Cleanit.</p>'
    body = f"<main><header><h1>Codes</h1><p>What would have gone to phones and mailboxes.</p></header>{rows}</main>"
    page = document("Codes, sandbox", "control", body)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


def _row(one: Json) -> str:
    at = datetime.fromtimestamp(one["created_at"], UTC).strftime("%H:%M:%S UTC")
    return (
        f'<section><h2>{e(one["code"])}</h2><p class="detail">to {e(one["to"])} · {e(one["purpose"])}'
        f" · {e(one['language'])} · {e(at)}</p></section>"
    )


ROUTES = [Route("/codes", take, methods=["POST"]), Route("/codes", show, methods=["GET"])]
