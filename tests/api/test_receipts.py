"""The receipt on paper: complete, in both languages, with its letters put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from cleanit_app.api.receipts import paper_of
from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.i18n.locales import Language
from cleanit_app.reads.ledger.money import MoneyState, Receipt, RefundItem
from cleanit_app.services.payments.receipts import receipt_pdf
from tests.support.words import WORDS

pytestmark = pytest.mark.row("PAY-02", "PAY-10")
PAID = datetime(2026, 11, 24, 10, 46, tzinfo=UTC)
RECEIPT = Receipt(
    number="CL-2627-000123",
    paid_at=PAID,
    amount_paise=12_345_650,
    kept_paise=12_345_650,
    contributor_name="Asha Verma",
    campaign_id=uuid4(),
    campaign_title="क्लिनिक के पीछे की नाली, Gali No. 4",
    campaign_address="Aminabad, Lucknow",
    upi_reference="518157940107",
    payment_id="pay_Abc123",
    method="upi",
    state=MoneyState.HELD,
    refunds=(),
    asked_at=PAID,
)
REFUND = RefundItem(uuid4(), 60_000, "SURPLUS", RefundStatus.PENDING, PAID, date(2026, 12, 3), None, None)


def test_it_says_what_a_receipt_must_say() -> None:
    paper = paper_of(RECEIPT, "en")
    assert (paper.title, paper.number, paper.amount) == ("Receipt", "CL-2627-000123", "₹1,23,456.50")
    assert dict(paper.lines) == {
        "From": "Asha Verma",
        "Date": "24 Nov 2026, 4:16 pm",
        "Cleanup": "क्लिनिक के पीछे की नाली, Gali No. 4",
        "Place": "Aminabad, Lucknow",
        "UPI or bank ref": "518157940107",
        "Payment": "pay_Abc123",
        "The money is": "held until the work is checked and the cleaner is paid",
        "As of": "24 Nov 2026, 4:16 pm",
    }
    assert paper.notes[0] == "This is not an 80G donation receipt."


def test_it_is_said_in_hindi() -> None:
    paper = paper_of(RECEIPT, "hi")
    assert (paper.title, dict(paper.lines)["तारीख़"]) == ("रसीद", "24 नवंबर 2026, शाम 4:16 बजे")
    assert "80G" in paper.notes[0]


def test_money_that_goes_back_is_told_with_its_day() -> None:
    part = paper_of(replace(RECEIPT, kept_paise=12_285_650, refunds=(REFUND,)), "en")
    assert dict(part.lines)["For this cleanup"] == "₹1,22,856.50"
    assert dict(part.lines)["Coming back"] == "₹600, refund on the way, by 3 Dec 2026"
    done = replace(REFUND, status=RefundStatus.COMPLETED, completed_at=PAID)
    back = paper_of(replace(RECEIPT, state=MoneyState.REFUNDED, refunds=(done,)), "hi")
    assert "24 नवंबर 2026" in dict(back.lines)["वापस"]


@pytest.mark.parametrize("state", [s for s in MoneyState if s.name not in ("WAITING", "TRY_FAILED", "NOT_PAID")])
def test_every_state_of_paid_money_has_its_words(state: MoneyState) -> None:
    assert f"paper.state_{state}" in WORDS


def test_the_file_carries_its_fonts_and_is_the_same_each_time() -> None:
    first, second = (receipt_pdf(paper_of(RECEIPT, "hi")) for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
    assert first.count(b"/FontFile") >= 1
    assert len(first) < 120_000


@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_file_says_its_language_and_is_tagged(language: Language) -> None:
    file = receipt_pdf(paper_of(RECEIPT, language))
    assert f"/Lang({language})".encode() in file
    for mark in (b"/MarkInfo", b"/Marked true", b"/StructTreeRoot", b"pdfuaid:part"):
        assert mark in file, mark


def test_the_longest_words_stay_on_the_page() -> None:
    long = replace(RECEIPT, campaign_title="W" * 100, campaign_address="क" * 200, contributor_name="M" * 60)
    assert receipt_pdf(paper_of(long, "hi")).startswith(b"%PDF-")
