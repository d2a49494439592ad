"""The page a customer pays on: the order, the ways to pay, and how this test payment shall end."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping

import segno

from cleanit_app.sandbox.markup import document, e, rupees
from cleanit_app.sandbox.payment_moves import REASONS
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

_APPS = (("gpay", "Google Pay"), ("phonepe", "PhonePe"), ("paytm", "Paytm"))
_BANKS = (
    "State Bank of India",
    "HDFC Bank",
    "ICICI Bank",
    "Axis Bank",
    "Punjab National Bank",
    "Bank of Baroda",
)
_DELAYS = ((5, "5 seconds"), (15, "15 seconds"), (60, "1 minute"), (600, "10 minutes"))


def render(world: World, order: Json, options: Mapping[str, str]) -> str:
    """The whole page. `options` are what the merchant's script or form sent along, all of it untrusted."""
    name = options.get("name") or world.config.merchant_name
    attributes = {
        "order": order["id"],
        "key": world.config.key_id,
        "origin": options.get("origin", ""),
        "callback": options.get("callback_url", ""),
        "cancel": options.get("cancel_url", ""),
        "mode": options.get("mode", "frame"),
        "person": json.dumps(_person(options)),
        "color": _color(options.get("theme[color]", "")),
    }
    data = " ".join(f'data-{key}="{e(value)}"' for key, value in attributes.items())
    content = f'{_header(order, name, options)}<div class="right">{_content(order)}</div>'
    body = f'<main class="sheet">{content}</main>'
    return document(f"Pay {rupees(order['amount'])} to {name}", "pay", body, data)


def _person(options: Mapping[str, str]) -> dict[str, str]:
    wanted = {"email": "prefill[email]", "contact": "prefill[contact]", "description": "description"}
    return {key: options[source] for key, source in wanted.items() if options.get(source)}


def _color(color: str) -> str:
    return color if re.fullmatch("#[0-9a-fA-F]{6}", color) else ""


def _header(order: Json, name: str, options: Mapping[str, str]) -> str:
    description = options.get("description") or f"Order {order['receipt'] or order['id']}"
    return (
        '<header class="merchant">'
        f'<span class="avatar" aria-hidden="true">{e(name[:1].upper())}</span>'
        f'<div class="who"><h1>{e(name)}</h1><p class="what">{e(description)}</p></div>'
        f'<p class="amount" aria-label="Amount to pay">{e(rupees(order["amount"]))}</p>'
        '<button id="pay-cancel" data-testid="pay-cancel" type="button" disabled class="cancel" '
        'aria-label="Cancel payment">✕</button>'
        '<p class="mode">Test mode · no real money moves</p></header>'
    )


def _content(order: Json) -> str:
    if order["status"] == "paid":
        return (
            '<section class="done"><h2>This order is already paid</h2>'
            "<p>You can close this page. Nothing more will be charged.</p></section>"
        )
    return f"{_methods(order)}{_test_panel()}<p id='message' role='status' aria-live='polite'></p>{_outcome()}"


def _methods(order: Json) -> str:
    apps = "".join(
        f'<button type="button" class="app" data-app="{key}">'
        f'<span class="dot {key}" aria-hidden="true"></span>{e(label)}</button>'
        for key, label in _APPS
    )
    qr = (
        f'<div class="qr"><img src="/v1/checkout/qr.svg?order_id={e(order["id"])}" width="168" height="168" '
        'alt="QR code for UPI payment"><p>Scan with any UPI app<br>'
        "<small>Google Pay, PhonePe, Paytm, BHIM</small></p></div>"
    )
    upi = f'<div class="panel" id="panel-upi">{qr}<div class="apps">{apps}</div></div>'
    return (
        '<fieldset class="methods"><legend>Pay with</legend>'
        f"{_method('upi', 'UPI', 'Google Pay, PhonePe, Paytm', True)}{upi}"
        f"{_method('card', 'Card', 'RuPay, Visa, Mastercard', False)}{_card_panel()}"
        f"{_method('netbanking', 'Netbanking', 'All Indian banks', False)}{_bank_panel()}</fieldset>"
    )


def _method(key: str, label: str, hint: str, checked: bool) -> str:
    state = " checked" if checked else ""
    return (
        f'<label class="method"><input type="radio" name="method" value="{key}"{state}>'
        f"<span>{e(label)}</span><small>{e(hint)}</small></label>"
    )


def _card_panel() -> str:
    fields = (
        ("Card number", "6527 6589 0000 1005", "cc-number", "wide"),
        ("Expiry", "12 / 30", "cc-exp", ""),
        ("CVV", "123", "cc-csc", ""),
    )
    inputs = "".join(
        f'<label class="{kind}">{label}<input value="{value}" inputmode="numeric" autocomplete="{auto}"></label>'
        for label, value, auto, kind in fields
    )
    return f'<div class="panel card-fields" id="panel-card" hidden>{inputs}</div>'


def _bank_panel() -> str:
    banks = "".join(f"<option>{e(bank)}</option>" for bank in _BANKS)
    return f'<div class="panel" id="panel-netbanking" hidden><label>Bank<select>{banks}</select></label></div>'


def _test_panel() -> str:
    """Its buttons wake up with the page's script, so that no early press is lost."""
    reasons = "".join(
        f'<option value="{reason}"{" selected" if reason == "insufficient_funds" else ""}>'
        f"{reason.replace('_', ' ')}</option>"
        for reason in REASONS
    )
    delays = "".join(f'<option value="{seconds}">{label}</option>' for seconds, label in _DELAYS)
    return (
        '<section class="test" aria-labelledby="test-title">'
        '<h2 id="test-title">How shall this test payment end?</h2>'
        '<button id="pay-success" data-testid="pay-success" type="button" disabled class="go">Pay</button>'
        '<div class="pair"><button id="pay-fail" data-testid="pay-fail" type="button" disabled>Fail</button>'
        f'<label>Reason<select id="fail-reason" data-testid="fail-reason">{reasons}</select></label></div>'
        '<div class="pair"><button id="pay-late" data-testid="pay-late" '
        'type="button" disabled>Pay late</button>'
        '<label>Bank answers after<select id="late-delay" data-testid="late-delay">'
        f"{delays}</select></label></div>"
        '<button id="pay-close" data-testid="pay-close" type="button" disabled>'
        "Pay, then close without telling the shop</button></section>"
    )


def _outcome() -> str:
    return (
        '<section class="done" id="outcome" hidden><span class="tick" aria-hidden="true"></span>'
        "<h2>Payment successful</h2><p>Taking you back …</p></section>"
    )


def qr_svg(world: World, order: Json) -> bytes:
    """A UPI payment link as a picture; no bank knows its address."""
    amount = f"{order['amount'] // 100}.{order['amount'] % 100:02d}"
    link = f"upi://pay?pa=sandbox@invalid&pn={world.config.merchant_name}&tr={order['id']}&am={amount}&cu=INR"
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", scale=4, border=2)
    return out.getvalue()
