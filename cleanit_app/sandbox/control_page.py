"""The control page: what happened at the sandbox, with a button for everything that could happen next."""

from __future__ import annotations

import json
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cleanit_app.sandbox import faults
from cleanit_app.sandbox.control import WEBHOOK_FAULTS
from cleanit_app.sandbox.markup import document, e, rupees
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import DELAYS, World

_SHOWN = 25
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def show(request: Request) -> Response:
    """The whole page."""
    world: World = request.app.state.world
    left = f"<div>{_orders(world)}{_refunds(world)}{_trouble(world)}</div>"
    right = f"<div>{_payouts(world)}{_deliveries(world)}</div>"
    page = document("Razorpay sandbox", "control", f"<main>{_head(world)}{left}{right}</main>")
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


def _button(label: str, path: str, body: Json | None = None, ask: str = "") -> str:
    data = f'data-body="{e(json.dumps(body or {}))}" data-ask="{e(ask)}"'
    return f'<button type="button" data-post="/control/{e(path)}" {data}>{e(label)}</button>'


def _form(label: str, path: str, fields: str, kinds: str = "") -> str:
    start = f'<form data-post="/control/{e(path)}" data-numbers="{e(kinds)}">'
    return f"{start}{fields}<button>{e(label)}</button></form>"


def _field(label: str, name: str, value: object = "") -> str:
    return f'<label>{e(label)}<input name="{e(name)}" value="{e(value)}"></label>'


def _choice(label: str, name: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{e(value)}</option>" for value in values)
    return f'<label>{e(label)}<select name="{e(name)}">{options}</select></label>'


def _section(title: str, rows: list[str], empty: str, extra: str = "") -> str:
    content = f"<ul>{''.join(rows)}</ul>" if rows else f'<p class="none">{e(empty)}</p>'
    return f"<section><h2>{e(title)}</h2>{extra}{content}</section>"


def _row(title: str, amount: int | None, status: str, detail: str, buttons: str = "") -> str:
    money = "" if amount is None else f'<b class="money">{e(rupees(amount))}</b>'
    badge = f'<span class="badge {e(status)}">{e(status)}</span>'
    return (
        f'<li><div class="line"><code>{e(title)}</code>{money}{badge}</div>'
        f'<p class="detail">{e(detail)}</p><div class="buttons">{buttons}</div></li>'
    )


def _head(world: World) -> str:
    offset = float(world.store.setting("clock_offset", 0))
    facts = (
        ("Collected, not settled", rupees(world.balance("pg_balance"))),
        ("Payout balance", rupees(world.balance("x_balance"))),
        ("Clock", f"{offset:+.0f} s"),
        ("Key id", world.config.key_id),
        ("Checkout script", f"{world.config.public_url}/v1/checkout.js"),
    )
    shown = "".join(f"<div><dt>{e(name)}</dt><dd>{e(value)}</dd></div>" for name, value in facts)
    forget = _button("Forget everything", "reset", ask="Forget all orders, payments and payouts?")
    return (
        "<header><h1>Razorpay sandbox</h1><p>No real money moves here. "
        '<a href="/book">The whole book as JSON</a></p>'
        f'<dl>{shown}</dl><div class="buttons">{_button("Run a settlement", "settlement")}'
        f"{forget}</div></header>"
    )


def _orders(world: World) -> str:
    rows = []
    for order in world.store.find("order", newest_first=True)[:_SHOWN]:
        path, buttons = f"orders/{order['id']}/pay", ""
        if order["status"] != "paid":
            buttons = "".join(
                _button(label, path, {"outcome": outcome})
                for label, outcome in (("Pay", "success"), ("Fail", "fail"), ("Pay in 5 s", "late"))
            )
        rows.append(
            _row(
                order["id"],
                order["amount"],
                order["status"],
                f"receipt {order['receipt'] or 'not given'}",
                buttons,
            )
        )
        rows.extend(_attempt(payment) for payment in world.store.find("payment", order_id=order["id"]))
    return _section("Orders and payments", rows, "No order yet.")


def _attempt(payment: Json) -> str:
    path = f"payments/{payment['id']}/"
    buttons = ""
    if payment["status"] in ("created", "failed"):
        buttons = _button("Bank says yes after all", path + "authorise")
    fee, refunded = rupees(payment["fee"] or 0), rupees(payment["amount_refunded"])
    detail = f"{payment['method']} · fee {fee} · refunded {refunded}"
    if payment["error_reason"]:
        detail += f" · {payment['error_reason']}"
    return _row(payment["id"], payment["amount"], payment["status"], detail, buttons)


def _payouts(world: World) -> str:
    passes, stays = {"reason": "beneficiary_bank_offline"}, {"reason": "bank_account_closed"}
    fails = (("Fail", "fail", passes), ("Fail, account closed", "fail", stays))
    moves: dict[str, tuple[tuple[str, str, Json], ...]] = {
        "pending": (("Approve", "approve", {}), ("Reject", "reject", {})),
        "queued": (("Cancel", "cancel", {}), *fails),
        "processing": (("Process", "process", {}), *fails, ("Reverse", "reverse", passes)),
        "processed": (("Reverse", "reverse", passes), ("Reverse, account closed", "reverse", stays)),
    }
    rows = []
    for payout in world.store.find("payout", newest_first=True)[:_SHOWN]:
        buttons = "".join(
            _button(label, f"payouts/{payout['id']}/{move}", body)
            for label, move, body in moves.get(payout["status"], ())
        )
        reason = payout["status_details"]["reason"] or ""
        detail = f"{payout['mode']} · {payout['reference_id']} · UTR {payout['utr'] or 'none'} · {reason}"
        rows.append(_row(payout["id"], payout["amount"], payout["status"], detail, buttons))
    field = _field("Paise", "x_balance", world.balance("x_balance"))
    balance = _form("Set payout balance", "balances", field, "x_balance")
    return _section("Payouts", rows, "No payout yet.", balance)


def _refunds(world: World) -> str:
    rows = []
    for refund in world.store.find("refund", newest_first=True)[:_SHOWN]:
        buttons = ""
        if refund["status"] == "pending":
            path = f"refunds/{refund['id']}/"
            buttons = _button("Process", path + "process") + _button("Fail", path + "fail")
        detail = f"{refund['payment_id']} · {refund['receipt'] or 'no receipt'}"
        rows.append(_row(refund["id"], refund["amount"], refund["status"], detail, buttons))
    return _section("Refunds", rows, "No refund yet.")


def _deliveries(world: World) -> str:
    rows = []
    sql = "SELECT * FROM delivery ORDER BY seq DESC LIMIT ?"
    for row in world.store.db.execute(sql, (_SHOWN,)).fetchall():
        detail = f"{row['url']} · tries {row['attempts']} · last answer {row['last_result'] or 'none'}"
        if row["fault"]:
            detail += f" · {row['fault']}"
        buttons = _button("Send again", f"deliveries/{row['seq']}/resend")
        rows.append(_row(row["event"], None, row["state"], detail, buttons))
    paused = world.store.setting("deliveries_paused", False)
    word = "resume" if paused else "pause"
    buttons = _button(word.capitalize() + " sending", f"deliveries/{word}")
    if world.store.db.execute("SELECT 1 FROM endpoint WHERE active = 0").fetchone():
        buttons += _button("Switch refused addresses on again", "endpoints/switch-on")
    return _section("Webhook deliveries", rows, "Nothing sent yet.", f'<div class="buttons">{buttons}</div>')


def _trouble(world: World) -> str:
    waiting = []
    for scope in ("api", "webhook"):
        for fault in faults.waiting(world, scope):
            where = fault.get("path") or fault.get("event") or "any"
            waiting.append(_row(fault["kind"], None, scope, f"{fault['remaining']} more · {where}"))
    forms = _fault_forms() + _time_forms(world)
    return _section("Trouble and time", waiting, "Nothing is set to go wrong.", forms)


def _fault_forms() -> str:
    times = _field("Times", "count", 1)
    answers = _choice("API answer", "kind", faults.KINDS) + _field("Path", "path", "*") + times
    events = _choice("Event", "kind", WEBHOOK_FAULTS) + _field("Name", "event", "*") + times
    return _form("Trouble the next answers", "faults", answers, "count") + _form(
        "Trouble the next events", "webhook-faults", events, "count"
    )


def _time_forms(world: World) -> str:
    fields = "".join(_field(name.replace("_", " "), name, world.delay(name)) for name in DELAYS)
    delays = _form("Set delays (seconds, negative waits for a hand)", "delays", fields, ",".join(DELAYS))
    forward = _field("Seconds", "advance_seconds", 3600)
    return delays + _form("Move the clock forward", "clock", forward, "advance_seconds")
