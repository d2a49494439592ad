"""Checkout: the merchant's script, the hosted form, the payment page and what it sends."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from cleanit_app.sandbox import customer, orders, payment_page
from cleanit_app.sandbox.errors import ApiError, unauthenticated
from cleanit_app.sandbox.markup import document, e
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

STATIC = Path(__file__).parent / "static"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?\Z|https?://\[[0-9a-f:]+\](:\d{1,5})?\Z")
_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def _policy(frame_ancestors: str, form_action: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; "
            f"form-action {form_action}; frame-ancestors {frame_ancestors}"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }


async def script(request: Request) -> Response:
    """`checkout.js`, which defines `window.Razorpay` on the merchant's page."""
    text = (STATIC / "checkout.js").read_text(encoding="utf-8")
    headers = {**_ANY_ORIGIN, "Cache-Control": "no-cache"}
    return Response(text, media_type="text/javascript", headers=headers)


async def frame(request: Request) -> Response:
    """The payment page inside the merchant's page."""
    options = {**request.query_params, "callback_url": "", "cancel_url": "", "mode": "frame"}
    if not _ORIGIN.match(options.get("origin", "")):
        options["origin"] = ""
    ancestors = options["origin"] or "'none'"
    return _page(request.app.state.world, options, _policy(ancestors, "'none'"))


async def hosted(request: Request) -> Response:
    """The payment page as a page of its own, entered by a form and left by a form to `callback_url`."""
    fields = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
    options = {**fields, "origin": "", "mode": "page"}
    for name in ("callback_url", "cancel_url"):
        url = options.get(name, "")
        if (name == "callback_url" or url) and not _url_origin(url):
            return _sorry(ApiError(f"The {name.replace('_', ' ')} field is required."))
    target = " ".join({_url_origin(options[n]) for n in ("callback_url", "cancel_url") if options.get(n)})
    return _page(request.app.state.world, options, _policy("'none'", target))


def _url_origin(url: str) -> str:
    """`https://shop.example:444` of an absolute web address, else nothing."""
    found = re.match(r"(https?://[^/?#\s;,'\"]+)(?:[/?#]|\Z)", url)
    return found.group(1) if found and _ORIGIN.match(found.group(1)) else ""


def _page(world: World, options: Mapping[str, str], headers: dict[str, str]) -> Response:
    try:
        _must_know_key(world, options.get("key_id", ""))
        order = orders.load(world, options.get("order_id", ""))
    except ApiError as error:
        return _sorry(error)
    return HTMLResponse(payment_page.render(world, order, options), headers=headers)


def _must_know_key(world: World, key_id: str) -> None:
    if key_id != world.config.key_id:
        raise unauthenticated()


def _sorry(error: ApiError) -> Response:
    text = f'<section class="done"><h1>This payment cannot begin</h1><p>{e(error)}</p></section>'
    page = document("Payment", "pay", f'<main class="sheet">{text}</main>')
    return HTMLResponse(page, error.status, _policy("*", "'none'"))


async def act(request: Request) -> Response:
    """What the customer did on the page."""
    world: World = request.app.state.world
    try:
        body = _body(await request.body(), request.headers.get("content-type", ""))
        _must_know_key(world, str(body.get("key_id")))
        with world.store.transaction():
            return JSONResponse(_do(world, body))
    except ApiError as error:
        return JSONResponse(error.body, error.status)


def _body(raw: bytes, content_type: str) -> Json:
    if not content_type.startswith("application/json"):
        raise ApiError("The body must be JSON.", status=415)
    try:
        body = json.loads(raw)
        body["delay"] = float(body.get("delay", 5))
    except (ValueError, TypeError, AttributeError) as error:
        raise ApiError("The request could not be parsed.") from error
    return dict(body)


def _do(world: World, body: Json) -> Json:
    person = body.get("person")
    return customer.act(
        world,
        str(body.get("order_id")),
        str(body.get("outcome")),
        method=str(body.get("method", "upi")),
        reason=str(body.get("reason", "insufficient_funds")),
        delay=body["delay"],
        person={str(k): str(v) for k, v in person.items()} if isinstance(person, dict) else None,
    )


async def qr(request: Request) -> Response:
    """The UPI code of an order."""
    world: World = request.app.state.world
    try:
        order = orders.load(world, request.query_params.get("order_id", ""))
    except ApiError as error:
        return JSONResponse(error.body, error.status)
    return Response(payment_page.qr_svg(world, order), media_type="image/svg+xml")


ROUTES = [
    Route("/v1/checkout.js", script),
    Route("/v1/checkout/pay", frame),
    Route("/v1/checkout/embedded", hosted, methods=["POST"]),
    Route("/v1/checkout/act", act, methods=["POST"]),
    Route("/v1/checkout/qr.svg", qr),
]
