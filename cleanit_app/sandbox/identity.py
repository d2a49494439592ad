"""A register of IDs as a checking service tells of it; beside Razorpay, not part of it."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cleanit_app.sandbox import faults
from cleanit_app.sandbox.ids import new_id
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

_ASKED = ("kind", "number", "name", "reference")


async def check(request: Request) -> Response:
    """`{kind, number, name, reference}` → `{id, status, registered_name}`; the same reference gets the same answer."""
    world: World = request.app.state.world
    if request.headers.get("authorization") != f"Bearer {world.config.key_secret}":
        return JSONResponse({"error": "unauthorized"}, 401)
    raw = await request.body()

    def work() -> tuple[int, object]:
        asked = json.loads(raw)
        if not all(isinstance(asked.get(name), str) and asked[name] for name in _ASKED):
            return 400, {"error": "incomplete"}
        with world.store.transaction():
            return 200, _answer(world, asked)

    fault = faults.take(world, request.method, request.url.path.lstrip("/"))
    if fault is not None:
        return await faults.respond(fault, work)
    status, body = work()
    return JSONResponse(body, status)


def _answer(world: World, asked: Json) -> Json:
    told = world.store.setting("identity_answers", {})
    if asked["reference"] not in told:
        told[asked["reference"]] = {"id": new_id("idc_"), **_register(world, asked)}
        world.store.set("identity_answers", told)
    answer: Json = told[asked["reference"]]
    return answer


def _register(world: World, asked: Json) -> Json:
    """What the register holds: what `/control/identities` set for a number, else just what was asked about."""
    known = world.store.setting("identities", {}).get(asked["number"], {})
    if not known.get("found", True):
        return {"status": "not_found", "registered_name": None}
    return {"status": "found", "registered_name": known.get("registered_name", asked["name"])}


def set_identity(world: World, body: Json) -> Json:
    """`{number, found?, registered_name?}`: what the register says of a number from now on."""
    known = world.store.setting("identities", {})
    known[str(body["number"])] = {k: v for k, v in body.items() if k in ("found", "registered_name")}
    world.store.set("identities", known)
    return {"identities": known}


ROUTES = [Route("/identity/checks", check, methods=["POST"])]
