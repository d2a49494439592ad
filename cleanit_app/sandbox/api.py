"""The documented routes under /v1: authentication, routing, body, then the answer."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cleanit_app.sandbox import (
    contacts,
    disputes,
    fund_accounts,
    orders,
    payments,
    payouts,
    refunds,
    settlements,
    transactions,
    validations,
    webhook_endpoints,
)
from cleanit_app.sandbox.errors import ApiError, unauthenticated, unknown_url
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World


@dataclass(frozen=True)
class SandboxCall:
    """One authenticated request: `ids` are the variable parts of its path."""

    ids: tuple[str, ...]
    query: Mapping[str, str]
    body: Json
    headers: Mapping[str, str]


Handler = Callable[[World, SandboxCall], Any]

ROUTES: list[tuple[str, str, Handler]] = [
    ("POST", "orders", lambda w, c: orders.create(w, c.body)),
    ("GET", "orders", lambda w, c: orders.listing(w, c.query)),
    ("GET", "orders/:id", lambda w, c: orders.fetch(w, *c.ids)),
    ("PATCH", "orders/:id", lambda w, c: orders.edit(w, c.ids[0], c.body)),
    ("GET", "orders/:id/payments", lambda w, c: orders.payments(w, *c.ids)),
    ("GET", "payments", lambda w, c: payments.listing(w, c.query)),
    ("GET", "payments/:id", lambda w, c: payments.fetch(w, *c.ids)),
    ("PATCH", "payments/:id", lambda w, c: payments.edit(w, c.ids[0], c.body)),
    ("POST", "payments/:id/capture", lambda w, c: payments.capture(w, c.ids[0], c.body)),
    ("POST", "payments/:id/refund", lambda w, c: refunds.create(w, c.ids[0], c.body, _refund_key(c))),
    ("GET", "payments/:id/refunds", lambda w, c: refunds.listing(w, c.query, *c.ids)),
    ("GET", "payments/:id/refunds/:id", lambda w, c: refunds.fetch_of_payment(w, *c.ids)),
    ("POST", "refunds", lambda w, c: refunds.create_by_body(w, c.body, _refund_key(c))),
    ("GET", "refunds", lambda w, c: refunds.listing(w, c.query)),
    ("GET", "refunds/:id", lambda w, c: refunds.fetch(w, *c.ids)),
    ("PATCH", "refunds/:id", lambda w, c: refunds.edit(w, c.ids[0], c.body)),
    ("GET", "disputes/:id", lambda w, c: disputes.fetch(w, *c.ids)),
    ("GET", "settlements", lambda w, c: settlements.listing(w, c.query)),
    ("GET", "settlements/recon/combined", lambda w, c: settlements.recon(w, c.query)),
    ("GET", "settlements/:id", lambda w, c: settlements.fetch(w, *c.ids)),
    ("POST", "contacts", lambda w, c: contacts.create(w, c.body)),
    ("GET", "contacts", lambda w, c: contacts.listing(w, c.query)),
    ("GET", "contacts/:id", lambda w, c: contacts.fetch(w, *c.ids)),
    ("PATCH", "contacts/:id", lambda w, c: contacts.edit(w, c.ids[0], c.body)),
    ("POST", "fund_accounts/validations", lambda w, c: validations.create(w, c.body)),
    ("GET", "fund_accounts/validations", lambda w, c: validations.listing(w, c.query)),
    ("GET", "fund_accounts/validations/:id", lambda w, c: validations.fetch(w, *c.ids)),
    ("POST", "fund_accounts", lambda w, c: fund_accounts.create(w, c.body)),
    ("GET", "fund_accounts", lambda w, c: fund_accounts.listing(w, c.query)),
    ("GET", "fund_accounts/:id", lambda w, c: fund_accounts.fetch(w, *c.ids)),
    ("PATCH", "fund_accounts/:id", lambda w, c: fund_accounts.edit(w, c.ids[0], c.body)),
    ("POST", "payouts", lambda w, c: payouts.create(w, c.body, c.headers.get("x-payout-idempotency"))),
    ("GET", "payouts", lambda w, c: payouts.listing(w, c.query)),
    ("GET", "payouts/:id", lambda w, c: payouts.fetch(w, *c.ids)),
    ("POST", "payouts/:id/cancel", lambda w, c: payouts.cancel(w, c.ids[0], c.body)),
    ("PATCH", "payouts/:id/cancel", lambda w, c: payouts.cancel(w, c.ids[0], c.body)),
    ("GET", "banking_balances", lambda w, c: transactions.banking_balances(w, c.query)),
    ("GET", "transactions", lambda w, c: transactions.listing(w, c.query)),
    ("GET", "transactions/:id", lambda w, c: transactions.fetch(w, *c.ids)),
    ("POST", "webhooks", lambda w, c: webhook_endpoints.create(w, c.body)),
    ("GET", "webhooks", lambda w, c: webhook_endpoints.listing(w, c.query)),
]
_COMPILED = [
    (method, re.compile(re.escape(path).replace(":id", "([^/]+)") + r"\Z"), handler) for method, path, handler in ROUTES
]


def _refund_key(call: SandboxCall) -> str | None:
    return call.headers.get("x-refund-idempotency")


def answer(
    world: World, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], raw: bytes
) -> tuple[int, Any]:
    """HTTP status and JSON body for one request to /v1/`path`; whatever it changed is committed."""
    try:
        _authenticate(world, headers.get("authorization", ""))
        handler, ids = _route(method, path)
        call = SandboxCall(ids, query, _parse(method, raw), headers)
        with world.store.transaction():
            return 200, handler(world, call)
    except ApiError as error:
        return error.status, error.body


def _authenticate(world: World, header: str) -> None:
    """The scheme must be spelled exactly `Basic`."""
    scheme, _, token = header.partition(" ")
    try:
        given = base64.b64decode(token, validate=True) if scheme == "Basic" else b""
    except binascii.Error:
        given = b""
    wanted = f"{world.config.key_id}:{world.config.key_secret}".encode()
    if not hmac.compare_digest(given, wanted):
        raise unauthenticated()


def _route(method: str, path: str) -> tuple[Handler, tuple[str, ...]]:
    for wanted, pattern, handler in _COMPILED:
        found = pattern.match(path) if wanted == method else None
        if found:
            return handler, found.groups()
    raise unknown_url()


def _parse(method: str, raw: bytes) -> Json:
    if method == "GET" or not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise ApiError("The request could not be parsed as JSON.") from error
    if not isinstance(body, dict):
        raise ApiError("The request body must be a JSON object.")
    return body
