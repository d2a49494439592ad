"""Any transaction by any of its numbers, sorted, 50 a page, and as a table that is logged and told (OPS-01)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import (
    AdminAction,
    Attempt,
    Contribution,
    FeeInvoice,
    Notification,
    Payment,
    Payout,
    Transaction,
    User,
)
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payouts import manual as manual_payouts
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
PATH = "/api/admin/transactions"


@pytest.fixture
def finance(as_: As, town: Town) -> Caller:
    return as_(town.admin(AdminDuty.FINANCE))


def found(caller: Caller, q: str = "", **filters: str) -> list[dict[str, Any]]:
    answer = caller.get(PATH, params={"q": q, **filters})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.row("OPS-01", "PAY-12")
def test_one_search_finds_a_payment_by_any_of_its_numbers(finance: Caller, town: Town) -> None:
    giver = town.person(name="Imran Khan")
    gift = town.give(town.campaign(), 25_000, giver)
    town.clock.move(days=2)
    other = town.give(town.campaign(), 40_000)
    with town.uow() as uow:
        payment = uow.first(Payment, Payment.contribution_id == gift.id)
        assert payment
        payment.reference = "412345678901"
        uow.lock(User, giver.user_id).phone = "+919876500011"
        kept = uow.get(Contribution, gift.id)
        numbers = [
            "412345678901", "UTR 4123 4567 8901", payment.razorpay_payment_id, kept.razorpay_order_id,
            kept.receipt_number, str(gift.id), str(gift.campaign_id), str(payment.id), "98765 00011", "+91 98765-00011",
            str(giver.id), "₹250", "Rs. 250", "250", "24.11.2026", "2026-11-24 ₹250", "250.00 24-11-2026",
        ]  # fmt: skip
    for number in numbers:
        lines = found(finance, str(number))
        assert [(line["amountPaise"], line["personName"]) for line in lines] == [(25_000, "Imran Khan")], number
    assert found(finance, "₹250 26-11-2026") == found(finance, "no-such-number") == found(finance, "9123456780") == []
    assert found(finance, "'; DROP TABLE transactions --") == []
    assert len(found(finance)) == 2
    assert [line["campaignId"] for line in found(finance, "₹400")] == [str(other.campaign_id)]


@pytest.mark.row("OPS-01", "PAY-06")
def test_pay_is_found_by_the_banks_number_the_invoice_and_the_call(finance: Caller, town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin()
    town.verified(cleaner)
    with town.uow() as uow:
        payout_id = uow.run(select(Payout.id)).scalar_one()
        manual_payouts.record_manual_payout(uow, actor=admin, payout_id=payout_id, reference="SBIN4261124001")
    with town.uow() as uow:
        invoice = uow.run(select(col(FeeInvoice.number))).scalars().first()
        assert uow.run(select(Attempt)).first() is None
    for number in ("SBIN4261124001", "sbin4261124001", str(payout_id), str(cleaner.id)):
        assert {line["type"] for line in found(finance, number)} == {"PAYOUT"}, number
    if invoice:
        assert {line["type"] for line in found(finance, invoice)} == {"PAYOUT", "CONTRIBUTION"}
    assert [line["type"] for line in found(finance, type="PAYOUT", status="COMPLETED")] == ["PAYOUT"]
    assert found(finance, type="REFUND") == found(finance, status="FAILED") == []
    assert finance.get(PATH, params={"type": "GIFT"}).status_code == 422


@pytest.mark.row("OPS-01")
def test_lists_are_sorted_either_way_and_go_on_by_50(finance: Caller, town: Town) -> None:
    campaign, giver = town.campaign(target_paise=5_000_000), town.person()
    for n in range(53):
        town.clock.move(minutes=1)
        town.give(campaign, 1_000 + 100 * (n % 7), giver)
    for sort, key, down in (
        ("newest", "createdAt", True), ("oldest", "createdAt", False),
        ("largest", "amountPaise", True), ("smallest", "amountPaise", False),
    ):  # fmt: skip
        first = finance.get(PATH, params={"sort": sort}).json()
        rest = finance.get(PATH, params={"sort": sort, "cursor": first["nextCursor"]}).json()
        lines = [*first["items"], *rest["items"]]
        assert (len(first["items"]), len(lines), rest["nextCursor"]) == (50, 53, None)
        assert len({line["id"] for line in lines}) == 53
        values = [line[key] for line in lines]
        assert values == sorted(values, reverse=down), sort


@pytest.mark.row("OPS-01")
@pytest.mark.parametrize(
    ("sort", "key"), [("kind", "type"), ("state", "status"), ("cleanup", "campaignTitle"), ("reference", "reference")]
)
def test_each_head_sorts_either_way_with_cursors_that_lose_nothing(
    finance: Caller, town: Town, sort: str, key: str
) -> None:
    """Many lines are alike in what they are sorted by, and titles and references hold every script and sign."""
    titles = ("Zebra lane drain", "आमिनाबाद की नाली", "Zebra lane drain", "a small lane, b")
    for title in titles:
        campaign = town.campaign(title=title, target_paise=200_000)
        for _ in range(2):
            town.give(campaign, 100_000)
    town.verified(town.cleaner())
    admin = town.admin()
    with town.uow() as uow:
        payout_id = uow.run(select(Payout.id)).scalar_one()
        manual_payouts.record_manual_payout(uow, actor=admin, payout_id=payout_id, reference="SBIN4261124001")
    with town.uow() as uow:
        one = uow.all(Transaction)[3]
        one.status = "FAILED"
    collected = {}
    for way in (sort, f"{sort}-back"):
        lines: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            page = finance.get(PATH, params={"sort": way, "limit": 2} | ({"cursor": cursor} if cursor else {})).json()
            lines += page["items"]
            cursor = page["nextCursor"]
        collected[way] = lines
        assert len({line["id"] for line in lines}) == len(lines)
    up, down = collected[sort], collected[f"{sort}-back"]
    assert len(up) >= 9
    assert [line["id"] for line in up] == [line["id"] for line in down][::-1]
    values = [line[key] or "" for line in up]
    assert len({*values}) > 1
    groups = [value for n, value in enumerate(values) if n == 0 or values[n - 1] != value]
    assert len(groups) == len({*values})  # what is alike stands together
    ascii_ones = [value for value in groups if value.isascii() and value.isupper()]
    assert ascii_ones == sorted(ascii_ones)


@pytest.mark.row("OPS-01", "SEC-10")
def test_a_table_is_safe_in_a_spreadsheet_logged_and_told(as_: As, town: Town) -> None:
    admin, senior = town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.SENIOR, name="Savita Rao")
    town.give(town.campaign(title="=HYPERLINK(1) by the school"), 25_000, town.person(name="Imran Khan"))
    answer = as_(admin).get(f"{PATH}/csv", params={"q": "₹250"})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/csv")
    head, line = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    row = dict(zip(head, line, strict=True))
    assert (row["amount (INR)"], row["campaign"]) == ("250.00", "'=HYPERLINK(1) by the school")
    with town.uow() as uow:
        acts = list(uow.run(select(col(AdminAction.action)).where(col(AdminAction.admin_id) == admin.id)).scalars())
        relay_outbox(uow, limit=100)
    assert {"TransactionsExported", "ExportTransactions"} <= set(acts)
    with town.uow() as uow:
        told = {n.user_id for n in uow.all(Notification) if n.kind == "transactions_exported"}
    assert senior.id in told
    unproved = Actor(admin.id, admin.role, admin.permissions)
    assert as_(unproved).get(f"{PATH}/csv").json()["error"] == "SECOND_FACTOR_NEEDED"
    for path in (PATH, f"{PATH}/csv"):
        assert as_(town.admin(AdminDuty.VERIFIER)).get(path).json()["error"] == "NOT_ALLOWED"
        assert as_(town.person()).get(path).status_code == 403


@pytest.mark.row("OPS-01")
def test_a_question_is_kept_by_name_for_its_admin_alone(as_: As, town: Town) -> None:
    mine, other = as_(town.admin(AdminDuty.FINANCE)), as_(town.admin(AdminDuty.FINANCE))
    asked = {"q": "गली नं. 4 & co", "type": "REFUND", "since": "2026-11-01", "sort": "largest"}
    made = mine.post(f"{PATH}/views", {"name": " Refunds <b>of</b> November "}, params=asked)
    assert (made.status_code, made.json()["name"]) == (201, "Refunds of November")
    again = mine.get(f"{PATH}?{made.json()['question']}")  # the kept address is the question, letter by letter
    assert again.status_code == 200
    assert dict(parse_qsl(made.json()["question"])) == asked
    changed = mine.post(f"{PATH}/views", {"name": "REFUNDS OF NOVEMBER"}, params={"type": "REFUND"})
    assert changed.json()["id"] == made.json()["id"]
    assert [v["question"] for v in mine.get(f"{PATH}/views").json()["items"]] == ["type=REFUND"]
    assert other.get(f"{PATH}/views").json()["items"] == []
    assert other("DELETE", f"{PATH}/views/{made.json()['id']}").status_code == 404
    for name in ("", "  ", "x" * 61):
        assert mine.post(f"{PATH}/views", {"name": name}).json()["fields"].keys() == {"name"}
    for n in range(19):
        assert mine.post(f"{PATH}/views", {"name": f"View {n}"}).status_code == 201
    assert mine.post(f"{PATH}/views", {"name": "One too many"}).json()["fields"].keys() == {"name"}
    assert mine.post(f"{PATH}/views", {"name": "view 3"}).status_code == 201  # one that is there
    assert mine("DELETE", f"{PATH}/views/{made.json()['id']}").status_code == 204
    assert len(mine.get(f"{PATH}/views").json()["items"]) == 19
    for stranger in (as_(town.person()), as_(town.admin(AdminDuty.SUPPORT))):
        assert stranger.get(f"{PATH}/views").status_code == 403
        assert stranger.post(f"{PATH}/views", {"name": "Mine"}).status_code == 403
