"""What the citizen's pages say of a payment, and what they make of typed nonsense."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.provider import BANK_MAY_STILL_PAY, PaymentFailure
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.domain.statuses import CampaignStatus, RefundStatus
from cleanit_app.pages.citizen.fund.state import _is_amount, _paise_in, _promise
from cleanit_app.pages.citizen.transactions import gave_view
from cleanit_app.pages.citizen.views import id_in, rail_view, refund_view, spaced
from cleanit_app.pages.citizen.wait.state import _reason
from cleanit_app.reads.ledger.money import MoneyState, RefundItem, TransactionDetail, TransactionItem
from cleanit_app.reads.photos.photos import PhotoView
from tests.support.words import in_both

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ID = UUID("01a20bab-75c9-7764-b88b-947bc1bead13")
REFUND = RefundItem(ID, 25_000, "CAMPAIGN_ENDED", RefundStatus.PENDING, NOW, date(2026, 12, 3), None, None)
GIVEN = TransactionItem(
    ID, ID, "Corner dump", CampaignStatus.ACTIVE, 50_000, 50_000, False, MoneyState.HELD, NOW, NOW, "CL-2627-000001", ()
)
DETAIL = TransactionDetail(
    item=GIVEN, upi_reference="432711806652", payment_id="pay_1", method="upi", held_at=NOW, released_at=None,
    campaign_address="Aminabad", completed_at=None, verified_at=None, cleaner_name=None, cleaner_paid_at=None,
    before=PhotoView(ID, "campaigns/x", (160, 320), 640, 480, None, NOW), after=None,
)  # fmt: skip


@pytest.mark.parametrize("part", ["", "x", "1' OR '1'='1", "../../etc/passwd", "01a20bab-75c9"])
def test_an_address_that_holds_no_id_is_not_found(part: str) -> None:
    with pytest.raises(NotFound):
        id_in(part)


@pytest.mark.parametrize("typed", ["", "-5", "1e9", "१००", "99999999999", "12.5", "<b>", None, [], {"a": 1}])
def test_an_amount_that_is_none_counts_as_nothing(typed: Any) -> None:
    assert _paise_in({"amount": typed}) == 0


def test_only_whole_amounts_are_amounts() -> None:
    assert [_is_amount(v) for v in (0, 50_000, -1, True, 5.0, "50000", None, 10**12)] == [True, True] + [False] * 6
    assert _paise_in("amount=5") == 0
    assert _paise_in({"amount": "50000"}) == 50_000


@pytest.mark.row("SEC-04", "CAM-08")
@pytest.mark.parametrize(
    ("typed", "paise"), [("100.00", 10_000), ("५००", 50_000), ("₹ 1,25,000/-", 12_500_000), ("1,000", 100_000)]
)
def test_what_stands_in_the_field_is_what_is_booked(typed: str, paise: int) -> None:
    assert _paise_in({"amountTyped": typed, "amount": str(paise)}) == paise
    with pytest.raises(Unreadable, match="amount_unclear"):
        _paise_in({"amountTyped": typed, "amount": str(paise * 100)})


@pytest.mark.row("SEC-04", "CAM-08")
@pytest.mark.parametrize("typed", ["100.50", "1,00.5", "1.000", "10k", "--5", "", "∞"])
def test_what_could_be_two_amounts_is_none(typed: str) -> None:
    with pytest.raises(Unreadable, match="amount_"):
        _paise_in({"amountTyped": typed, "amount": "0"})


@pytest.mark.row("PAY-09")
def test_the_promise_names_the_days() -> None:
    english, hindi = in_both(lambda: _promise("₹500", datetime(2026, 12, 18, 12, 0, tzinfo=UTC), NOW))
    assert "by 18 Dec" in english
    assert "by 29 Dec" in english
    assert "29 दिसंबर" in hindi


@pytest.mark.row("PAY-09", "PAY-10")
@pytest.mark.parametrize(
    ("refund", "words"),
    [
        (REFUND, "₹250 goes back to the same UPI or card by 3 Dec."),
        (replace(REFUND, status=RefundStatus.PROCESSING), "by 3 Dec."),
        (replace(REFUND, status=RefundStatus.MANUAL), "A person here is on it"),
        (replace(REFUND, status=RefundStatus.COMPLETED, completed_at=NOW), "₹250 is back with you since 24 Nov."),
    ],
)
def test_a_refund_always_says_where_it_is(refund: RefundItem, words: str) -> None:
    assert words in refund_view(refund, NOW).text


@pytest.mark.row("PAY-10")
@pytest.mark.parametrize(
    ("detail", "states"),
    [
        (DETAIL, ["now", "todo", "todo"]),
        (replace(DETAIL, completed_at=NOW), ["done", "now", "todo"]),
        (replace(DETAIL, completed_at=NOW, verified_at=NOW), ["done", "now", "todo"]),  # disputed
        (
            replace(DETAIL, item=replace(GIVEN, checked=True), completed_at=NOW, verified_at=NOW),
            ["done", "done", "now"],
        ),
        (
            replace(DETAIL, item=replace(GIVEN, state=MoneyState.PAID_OUT), verified_at=NOW, cleaner_paid_at=NOW),
            ["done", "done", "done"],
        ),
        (
            replace(DETAIL, item=replace(GIVEN, state=MoneyState.REFUND_ON_THE_WAY, refunds=(REFUND,))),
            ["done", "gone", "ref"],
        ),
        (
            replace(DETAIL, item=replace(GIVEN, state=MoneyState.REFUND_STUCK, refunds=(REFUND,))),
            ["done", "gone", "bad"],
        ),
    ],
)
def test_the_rail_follows_the_money(detail: TransactionDetail, states: list[str]) -> None:
    assert [disc.state for disc in rail_view(detail, NOW)] == states


def test_an_open_payment_leads_to_where_it_is_paid_and_a_paid_one_to_its_receipt() -> None:
    waiting = replace(GIVEN, state=MoneyState.WAITING, receipt_number=None)
    assert gave_view(waiting, NOW).href == f"/campaigns/{ID}/fund/{ID}"
    assert gave_view(waiting, NOW).receipt == ""
    assert gave_view(GIVEN, NOW).href == f"/me/transactions/{ID}"


def test_references_are_read_in_fours_and_unknown_reasons_have_a_sentence() -> None:
    assert spaced("432711806652") == "4327 1180 6652"
    assert spaced("HDFC12345") == "HDFC12345"
    assert _reason("something_new") == _reason(None) != ""
    assert PaymentFailure.TOO_LATE in BANK_MAY_STILL_PAY
