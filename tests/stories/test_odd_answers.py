"""Answers of the provider whose figures nobody can read: never booked, and one of them takes no other along."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import col, func, select

from cleanit_app.models import Contribution, Difference, ErrorLog, Payment
from cleanit_app.ports import ProviderUnknown, ProviderUnreadable
from cleanit_app.services.payments import contributions
from cleanit_app.services.reconciliation.reconcile import reconcile
from tests.adapters.conftest import providers
from tests.factories import Town


@dataclass
class Teller:
    """A provider behind HTTP that says exactly what is written."""

    lists: dict[str, list[Any]] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, target: str) -> tuple[int, Any]:
        """A page of a list, or one thing."""
        address = urlsplit(target)
        path, query = address.path.removeprefix("/v1/"), parse_qs(address.query)
        self.asked.append(path)
        if path in self.things:
            return 200, self.things[path]
        if path in self.lists:
            skip, count = (int(query.get(name, ["0"])[0]) for name in ("skip", "count"))
            items = self.lists[path][skip : skip + count] if count else self.lists[path]
            return 200, {"entity": "collection", "count": len(items), "items": items}
        if "/" in path and not path.startswith("settlements"):
            refusal = {"code": "BAD_REQUEST_ERROR", "description": "The id provided does not exist"}
            return 400, {"error": refusal}
        return 200, {"entity": "collection", "count": 0, "items": []}


@pytest.fixture
def teller() -> Iterator[Teller]:
    """One that says nothing yet."""
    made = Teller()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, said = made.answer(self.path)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


def entity(town: Town, gift: Contribution, **other: Any) -> dict[str, Any]:
    said = town.payment(gift)
    known = {
        "id": said.id, "order_id": said.order_id, "amount": said.amount_paise, "currency": "INR", "status": "captured",
        "captured": True, "method": "upi", "fee": said.fee_paise, "tax": said.tax_paise, "amount_refunded": 0,
        "created_at": int(said.created_at.timestamp()), "acquirer_data": {"rrn": said.reference},
    }  # fmt: skip
    return {**known, **other}


ODD: dict[str, dict[str, Any]] = {
    "half a paisa": {"amount": 70000.9},
    "a text": {"amount": "10000"},
    "no end": {"amount": 10**40},
    "below nothing": {"amount": -1},
    "true": {"amount": True},
    "a fee of a crore": {"fee": 1_000_000_000},
    "a fee below nothing": {"fee": -5},
    "a tax above its fee": {"fee": 10, "tax": 11},
    "of another age": {"created_at": 10**14},
    "a list": {"created_at": [1]},
    "an id with a line": {"id": "pay_a\nb"},
    "no status": {"status": None},
    "more than half captured": {"captured": "yes"},
}


def gifts(town: Town) -> int:
    with town.uow() as uow:
        return int(uow.run(select(func.count()).select_from(Payment)).scalar_one())


@pytest.mark.row("PAY-01", "PAY-13")
@pytest.mark.parametrize("odd", ODD)
def test_what_the_poller_hears_and_cannot_read_is_not_booked(odd: str, town: Town, teller: Teller) -> None:
    wish = town.wish(town.campaign(target_paise=1_000_000), 10_000)
    payments, _ = providers(teller.url)
    row = entity(town, wish, **ODD[odd])
    teller.lists[f"orders/{wish.razorpay_order_id}/payments"] = [row]
    teller.things[f"payments/{town.payment(wish).id}"] = row
    with pytest.raises(ProviderUnknown):
        payments.payments_of_order(str(wish.razorpay_order_id))
    with pytest.raises(ProviderUnreadable):
        payments.payment(town.payment(wish).id)
    town.clock.move(minutes=5)
    contributions.ask_about_order(town.open, payments, contribution_id=wish.id)
    assert gifts(town) == 0
    with town.uow() as uow:
        assert uow.get(Contribution, wish.id).status == "CREATED"
    teller.lists[f"orders/{wish.razorpay_order_id}/payments"] = [entity(town, wish)]
    contributions.ask_about_order(town.open, payments, contribution_id=wish.id)
    assert gifts(town) == 1


@pytest.mark.row("PAY-06", "PAY-08")
@pytest.mark.parametrize(
    "odd", [{"amount": 1.5}, {"amount": None}, {"status": 7}, {"fees": "1"}, {"status_details": 3}]
)
def test_a_payout_or_refund_that_cannot_be_read_is_unknown(odd: dict[str, Any], teller: Teller) -> None:
    payments, payouts = providers(teller.url)
    base = {"id": "pout_1", "amount": 100, "status": "processed", "fees": 1, "tax": 0, "payment_id": "pay_1"}
    teller.things["payouts/pout_1"] = {**base, **odd}
    with pytest.raises(ProviderUnreadable):
        payouts.payout("pout_1")
    if "fees" not in odd and "status_details" not in odd:
        teller.things["refunds/rfnd_1"] = {**base, "id": "rfnd_1", **odd}
        with pytest.raises(ProviderUnreadable):
            payments.refund_by_id("rfnd_1")


def differences(town: Town) -> dict[str, str]:
    with town.uow() as uow:
        still = select(Difference).where(col(Difference.resolved_at).is_(None))
        return {one.provider_id: one.kind for one in uow.run(still).scalars()}


@pytest.mark.row("PAY-13")
def test_odd_rows_of_a_page_are_noted_and_the_rest_is_compared(town: Town, teller: Teller) -> None:
    campaign = town.campaign(target_paise=5_000_000)
    given = [town.give(campaign, 10_000) for _ in range(103)]
    lost = town.wish(campaign, 10_000)
    rows = [entity(town, gift) for gift in given]
    teller.lists["payments"] = [*rows, entity(town, lost)]
    teller.things |= {f"payments/{row['id']}": row for row in rows}
    ids = [row["id"] for row in rows]
    odd = [{"amount": 70000.9}, {"amount": 0.5}, {"fee": 10**12}, {"created_at": "now"}]
    for number, words in enumerate(odd):
        teller.lists["payments"][number] = {**rows[number], **words}
    teller.lists["payments"][4] = {**rows[4], "id": ["?"]}
    teller.lists["payments"][5] = "nothing"
    teller.things[f"payments/{ids[5]}"] = {**rows[5], "amount": "much"}
    town.clock.move(hours=1)
    payments, payouts = providers(teller.url)
    expected = {**dict.fromkeys([*ids[:4], ids[5]], "UNREADABLE"), town.payment(lost).id: "MISSING_HERE"}
    assert reconcile(town.open, payments, payouts) == len(expected)
    assert differences(town) == expected  # the fifth was asked for by its id, and agrees
    assert reconcile(town.open, payments, payouts) == len(expected)
    with town.uow() as uow:
        noted = uow.run(select(ErrorLog).where(col(ErrorLog.source) == "reconciliation")).scalars().all()
        assert len(noted) == 4  # two rows of which nobody knows which they are, on two nights
    teller.lists["payments"] = rows
    assert reconcile(town.open, payments, payouts) == 1


@pytest.mark.row("PAY-13")
def test_an_odd_settlement_or_row_of_one_stops_no_other(town: Town, teller: Teller) -> None:
    gift = town.give(town.campaign(target_paise=5_000_000), 10_000)
    town.clock.move(hours=1)
    said, now = town.payment(gift), int(town.clock.now().timestamp())
    net = 10_000 - (said.fee_paise or 0)
    good = {"id": "setl_good", "amount": net, "status": "processed", "utr": "U1", "created_at": now - 2000}
    teller.lists["settlements"] = [{**good, "id": "setl_odd", "amount": 1.5}, good]
    row = {"entity_id": said.id, "type": "payment", "credit": net, "debit": 0, "fee": said.fee_paise}
    teller.lists["settlements/recon/combined"] = [
        {**row, "settlement_id": "setl_other", "credit": "?"},
        {**row, "settlement_id": "setl_good"},
    ]
    teller.lists["payments"] = [entity(town, gift)]
    payments, payouts = providers(teller.url)
    reconcile(town.open, payments, payouts)
    assert differences(town) == {"setl_odd": "UNREADABLE"}
