"""Razorpay's language without a wire: what a message is about, what a call says (answers the ProviderFormat port)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cleanit_app.adapters import razorpay_entities as entities
from cleanit_app.adapters import razorpay_requests as bodies
from cleanit_app.adapters.razorpay_entities import json_object
from cleanit_app.domain.bounds import text_within
from cleanit_app.ports import ProviderEnvelope, ProviderThing

_PAYMENTS = ("payment.authorized", "payment.captured", "payment.failed", "order.paid")
_CHECKS = ("fund_account.validation.completed", "fund_account.validation.failed")
_READERS: dict[str, Callable[[entities.Json], ProviderThing]] = {
    "payment": entities.payment,
    "dispute": entities.dispute,
    "refund": entities.refund,
    "payout": entities.payout,
    "fund_account.validation": entities.validation,
    "settlement": entities.settlement,
}


class RazorpayFormat:
    """Reads what Razorpay sends and writes what we ask of it; it calls nobody and may be used anywhere."""

    def __init__(self, *, account_number: str) -> None:
        self._account_number = account_number

    def envelope(self, raw: bytes) -> ProviderEnvelope:
        """The name and the account on a message; ValueError for what nobody can read."""
        return _envelope(_opened(raw))

    def read(self, raw: bytes) -> ProviderThing | None:
        """What a message is about, as the API would answer it; None for news that change nothing here.

        ValueError for what nobody can read and for what has not the shape of such a thing.
        """
        message = _opened(raw)
        about = _subject(_envelope(message).event)
        if about is None:
            return None
        payload = json_object(message.get("payload") or {})
        try:
            return _READERS[about](json_object(json_object(payload.get(about)).get("entity")))
        except (TypeError, LookupError, AttributeError, ArithmeticError) as nonsense:
            raise ValueError(f"{type(nonsense).__name__} {nonsense}") from nonsense

    def payout_request(
        self,
        *,
        fund_account_id: str,
        to_upi: bool,
        amount_paise: int,
        reference: str,
        narration: str,
        notes: Mapping[str, str],
    ) -> dict[str, object]:
        """The body of a payout from our account."""
        return bodies.payout(
            self._account_number,
            fund_account_id=fund_account_id,
            to_upi=to_upi,
            amount_paise=amount_paise,
            reference=reference,
            narration=narration,
            notes=notes,
        )

    def refund_request(
        self, *, payment_id: str, amount_paise: int, receipt: str, notes: Mapping[str, str]
    ) -> dict[str, object]:
        """What asks for a refund: the payment and the body."""
        return bodies.refund(payment_id=payment_id, amount_paise=amount_paise, receipt=receipt, notes=notes)


def _envelope(message: dict[str, Any]) -> ProviderEnvelope:
    return ProviderEnvelope(event=text_within(message.get("event"), most=64), account_id=message.get("account_id"))


def _subject(event: str) -> str | None:
    """Which thing of its payload an event is about."""
    kind = event.split(".")[0]
    if event in _PAYMENTS:
        return "payment"
    if event.startswith("payment.dispute."):
        return "dispute"
    if kind == "refund" and event != "refund.speed_changed":
        return "refund"
    if kind == "payout" and not event.startswith("payout.downtime"):
        return "payout"
    if event in _CHECKS:
        return "fund_account.validation"
    return "settlement" if event == "settlement.processed" else None


def _opened(raw: bytes) -> dict[str, Any]:
    """A message as JSON; ValueError unless it is one object that says each thing once.

    Numbers beyond JSON (NaN, Infinity) and whatever Python cannot hold, such as 100,000 lists in lists, are none.
    """
    try:
        message = json.loads(raw.decode("utf-8"), object_pairs_hook=_said_once, parse_constant=_no_number)
    except RecursionError as deep:
        raise ValueError("nested too deep") from deep
    return json_object(message)


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")
