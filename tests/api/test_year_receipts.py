"""A year's receipts in one paper: whose they are, by the Indian day of each payment, with what came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cleanit_app.api.documents import receipts_paper
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Payment, Refund
from cleanit_app.reads.payments.year_receipts import receipt_years, year_receipts
from cleanit_app.services.refunds import manual, refunds
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("PAY-02", "PAY-10")


def test_a_year_begins_at_midnight_of_the_first_of_april_in_india(town: Town) -> None:
    asha, other = town.person(), town.person(name="Vikas Rao")
    for minute, paise in ((29, 10_000), (30, 20_000)):  # 23:59 on 31 March and midnight in Lucknow
        town.clock.at = datetime(2026, 3, 31, 18, minute, tzinfo=UTC)
        town.give(town.campaign(), paise, asha)
        town.give(town.campaign(), 70_000, other)
    town.clock.at = datetime(2027, 4, 2, tzinfo=UTC)
    with town.uow() as uow:
        assert receipt_years(uow, actor=asha) == ("2728", "2627", "2526")
        assert receipt_years(uow, actor=town.person()) == ()
        sums = [year_receipts(uow, actor=asha, year=year).amount_paise for year in ("2526", "2627", "2728")]
    assert sums == [10_000, 20_000, 0]


def test_what_came_back_stands_beside_what_was_paid(town: Town) -> None:
    asha = town.person()
    campaign = town.campaign()
    town.give(campaign, 50_000, asha)
    back = town.give(campaign, 20_000, asha)
    with town.uow() as uow:
        payment = uow.first(Payment, Payment.contribution_id == back.id)
        assert payment
        refund = refunds.owe_refund(uow, payment=payment, contribution=back, amount_paise=5_000, cause="CAMPAIGN_ENDED")
        uow.flush()
        refunds.to_a_person(uow, refund, "three tries failed")
    with town.uow() as uow:
        paper = receipts_paper(year_receipts(uow, actor=asha, year="2627"), "en")
    assert paper.sums[2:5] == ("700.00", "0.00", "700.00")  # it is on its way
    with town.uow() as uow:
        found = uow.get(Refund, refund.id)
        manual.record_manual_refund(
            uow, actor=town.admin(AdminDuty.FINANCE), refund_id=found.id, reference="N324261124000077"
        )
    with town.uow() as uow:
        paper = receipts_paper(year_receipts(uow, actor=asha, year="2627"), "en")
    assert paper.sums[2:5] == ("700.00", "50.00", "650.00")
    assert [row[2:5] for row in paper.rows] == [("500.00", "0.00", "500.00"), ("200.00", "50.00", "150.00")]
    assert all(row[5] for row in paper.rows)


def test_it_comes_as_one_pdf_and_a_year_that_is_none_is_refused(as_: As, anybody: Caller, town: Town) -> None:
    asha = town.person()
    town.give(town.campaign(), 50_000, asha)
    answer = as_(asha).get("/api/users/me/receipts/2627")
    assert (answer.status_code, answer.headers["content-type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    assert 'filename="cleanit-receipts-2026-27.pdf"' in answer.headers["content-disposition"]
    for year in ("2628", "26", "twentysix", "२६२७"):
        assert as_(asha).get(f"/api/users/me/receipts/{year}").status_code == 422
    assert anybody.get("/api/users/me/receipts/2627").status_code == 401
