"""The strings behind the stage: what tests and the control page can make happen. Not part of Razorpay."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cleanit_app.sandbox import (
    book,
    control_moves,
    disputes,
    faults,
    identity,
    orders,
    webhook_endpoints,
)
from cleanit_app.sandbox.config import TOPICS
from cleanit_app.sandbox.errors import ApiError
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import BEHAVIOUR, DELAYS, World

WEBHOOK_FAULTS = ("delay", "duplicate", "reorder", "drop", "bad_signature", "old_secret")


def add_fault(world: World, body: Json) -> Json:
    """`{kind, count?, method?, path?, seconds?}`: trouble for the next matching API answers."""
    return _add_fault(world, "api", faults.KINDS, body)


def add_webhook_fault(world: World, body: Json) -> Json:
    """`{kind, count?, event?, topic?, seconds?, copies?, attempts?}`: trouble for the next such events."""
    return _add_fault(world, "webhook", WEBHOOK_FAULTS, body)


def _add_fault(world: World, scope: str, kinds: tuple[str, ...], body: Json) -> Json:
    options = {name: value for name, value in body.items() if name not in ("kind", "count")}
    if body.get("kind") not in kinds:
        raise ApiError(f"kind is none of {', '.join(kinds)}")
    faults.add(world, scope, body["kind"], int(body.get("count", 1)), options)
    return list_faults(world, {})


def list_faults(world: World, body: Json) -> Json:
    """What is still waiting to go wrong."""
    return {"api": faults.waiting(world, "api"), "webhook": faults.waiting(world, "webhook")}


def clear_faults(world: World, body: Json) -> Json:
    """Let everything go well again."""
    faults.clear(world, "api")
    faults.clear(world, "webhook")
    return list_faults(world, {})


def reset(world: World, body: Json) -> Json:
    """Forget all records, faults, timers and settings; addresses of webhooks stay."""
    world.store.wipe()
    book.open_books(world)
    return {"reset": True}


def set_paused(world: World, body: Json, word: str) -> Json:
    """`pause` or `resume` sending events; they are kept meanwhile."""
    if word not in ("pause", "resume"):
        raise ApiError("pause or resume", status=404)
    world.store.set("deliveries_paused", word == "pause")
    world.wake()
    return {"paused": word == "pause"}


def list_deliveries(world: World, body: Json) -> Json:
    """The last 500 deliveries, newest first, with state, attempts and last answer."""
    rows = world.store.db.execute("SELECT * FROM delivery ORDER BY seq DESC LIMIT 500").fetchall()
    hidden = ("body", "secret")
    items = [{name: row[name] for name in row.keys() if name not in hidden} for row in rows]  # noqa: SIM118 sqlite3.Row
    return {"items": [{**item, "body": json.loads(row["body"])} for item, row in zip(items, rows, strict=True)]}


def resend(world: World, body: Json, seq: str) -> Json:
    """Send a delivery again, as a repeat of the same event."""
    row = world.store.db.execute("SELECT seq FROM delivery WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        raise ApiError("no such delivery", status=404)
    sql = "UPDATE delivery SET state = 'waiting', due_at = ?, attempts = 0, first_at = NULL WHERE seq = ?"
    world.store.db.execute(sql, (world.exact_now(), seq))
    world.wake()
    return {"resent": int(row["seq"])}


def move_clock(world: World, body: Json) -> Json:
    """`{offset_seconds}` sets, `{advance_seconds}` adds: timers, retries and limits of age follow."""
    offset = float(world.store.setting("clock_offset", 0)) + float(body.get("advance_seconds", 0))
    offset = float(body.get("offset_seconds", offset))
    world.store.set("clock_offset", offset)
    world.wake()
    return {"offset_seconds": offset, "now": world.exact_now()}


def set_delays(world: World, body: Json) -> Json:
    """Set any of `world.DELAYS`, in seconds; a negative one waits for a hand."""
    return _settings(world, body, DELAYS, world.delay)


def set_behaviour(world: World, body: Json) -> Json:
    """Switch one of the points Razorpay's pages disagree on (see `world.BEHAVIOUR`)."""
    return _settings(world, body, tuple(BEHAVIOUR), world.behaviour)


def _settings(world: World, body: Json, names: tuple[str, ...], read: Callable[[str], Any]) -> Json:
    for name, value in body.items():
        if name not in names or not isinstance(value, (int, float, bool)):
            raise ApiError(f"{name} is none of {', '.join(names)} or no number")
        world.store.set(name, value)
    world.wake()
    return {name: read(name) for name in names}


def know_bank_account(world: World, body: Json) -> Json:
    """`{account, registered_name?, account_status?}`: what the bank will say of this number or UPI id."""
    if not isinstance(body.get("account"), str):
        raise ApiError("account is missing")
    known = world.store.setting("bank_accounts", {})
    known[body["account"]] = {k: body[k] for k in ("registered_name", "account_status") if k in body}
    world.store.set("bank_accounts", known)
    return {"bank_accounts": known}


def set_endpoints(world: World, body: Json) -> Json:
    """`{payment?, refund?, payout?}`: the addresses events are sent to from now on."""
    if set(body) - set(TOPICS):
        raise ApiError(f"topics are {', '.join(TOPICS)}")
    webhook_endpoints.subscribe_topics(world, {str(topic): str(url) for topic, url in body.items()})
    return webhook_endpoints.listing(world, {})


def switch_on_endpoints(world: World, body: Json) -> Json:
    """Switch addresses on again that refused events for a day."""
    webhook_endpoints.switch_on(world)
    return webhook_endpoints.listing(world, {})


def fetch_order(world: World, body: Json, order_id: str) -> Json:
    """The order and all attempts on it."""
    return {"order": orders.fetch(world, order_id), "payments": orders.payments(world, order_id)["items"]}


def _door(method: str, path: str, act: Callable[..., Json]) -> Route:
    async def endpoint(request: Request) -> Response:
        world: World = request.app.state.world
        try:
            body = _body(await request.body(), request)
            with world.store.transaction():
                return JSONResponse(act(world, body, **request.path_params))
        except ApiError as error:
            return JSONResponse(error.body, error.status)
        except (TypeError, ValueError, AttributeError) as error:
            return JSONResponse({"error": {"code": "BAD_REQUEST_ERROR", "description": str(error)}}, 400)

    return Route(f"/control/{path}", endpoint, methods=[method])


def _body(raw: bytes, request: Request) -> Json:
    """A JSON object; demanding its content type keeps foreign web pages from posting here."""
    if request.method == "GET":
        return {}
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ApiError("Content-Type must be application/json", status=415)
    body = json.loads(raw or b"{}")
    if not isinstance(body, dict):
        raise ApiError("the body is a JSON object")
    return body


async def show_book(request: Request) -> Response:
    """The oracle of the tests."""
    return JSONResponse(book.everything(request.app.state.world))


ROUTES = [
    Route("/book", show_book),
    _door("GET", "orders/{order_id}", fetch_order),
    _door("POST", "orders/{order_id}/pay", control_moves.pay_order),
    _door("POST", "payments/{payment_id}/dispute", disputes.open_dispute),
    _door("POST", "disputes/{dispute_id}/{move}", disputes.move_dispute),
    _door("POST", "payments/{payment_id}/{move}", control_moves.move_payment),
    _door("POST", "payouts/{payout_id}/{move}", control_moves.move_payout),
    _door("POST", "refunds/{refund_id}/{move}", control_moves.move_refund),
    _door("POST", "validations/{validation_id}/{move}", control_moves.move_validation),
    _door("POST", "balances", control_moves.set_balances),
    _door("GET", "faults", list_faults),
    _door("POST", "faults", add_fault),
    _door("DELETE", "faults", clear_faults),
    _door("POST", "webhook-faults", add_webhook_fault),
    _door("POST", "settlement", control_moves.settle),
    _door("POST", "reset", reset),
    _door("GET", "deliveries", list_deliveries),
    _door("POST", "deliveries/{word}", set_paused),
    _door("POST", "deliveries/{seq}/resend", resend),
    _door("POST", "clock", move_clock),
    _door("POST", "delays", set_delays),
    _door("POST", "behaviour", set_behaviour),
    _door("POST", "bank-accounts", know_bank_account),
    _door("POST", "identities", identity.set_identity),
    _door("POST", "endpoints", set_endpoints),
    _door("POST", "endpoints/switch-on", switch_on_endpoints),
]
