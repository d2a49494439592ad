"""An approval taken back before its pay has left: nothing owed, the fee credited, tax as if it had never been."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import (
    Campaign,
    Cleaner,
    FeeInvoice,
    Job,
    LedgerAccount,
    LedgerTransfer,
    OutboxEvent,
    Payout,
    Refund,
    TdsDeduction,
)
from cleanit_app.reads.campaigns.timeline import StepKind, timeline
from cleanit_app.reads.tax.statements import year_statement
from cleanit_app.services.ledger import booking
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.transfers import attempts
from tests.api.conftest import Caller
from tests.api.test_documents import owed
from tests.factories import FORMAT, Town

pytestmark = [pytest.mark.row("VER-05", "LAW-05")]
As = Callable[[Actor], Caller]


def take_back(caller: Caller, payout: Payout, **wish: object) -> dict[str, object]:
    answer = caller.post(f"/api/admin/jobs/{payout.job_id}/take-back-approval", {"reason": "Not cleaned", **wish})
    return answer.json()


def papers(town: Town) -> list[tuple[str, str, int]]:
    with town.uow() as uow:
        rows = uow.run(select(FeeInvoice).order_by(col(FeeInvoice.issued_at), col(FeeInvoice.id))).scalars()
        return [(row.kind, row.number, row.fee_paise) for row in rows]


def test_nothing_is_owed_the_fee_is_credited_and_the_job_opens_for_others(as_: As, town: Town) -> None:
    cleaner, senior = town.cleaner(), as_(town.admin())
    payout = owed(town, cleaner, 4_000_000)
    assert payout.tds_paise == 38_000
    assert take_back(senior, payout, reason=" ")["error"] == "REASON_MISSING"
    assert take_back(as_(town.admin(AdminDuty.FINANCE)), payout)["error"] == "NOT_ALLOWED"
    town.clock.move(hours=1)
    assert take_back(senior, payout)["status"] == "FAILED"
    assert take_back(senior, payout)["error"] == "MOVE_REFUSED"
    assert papers(town) == [("INVOICE", "CF/2627/000001", 200_000), ("CREDIT_NOTE", "CN/2627/000001", 200_000)]
    with town.uow() as uow:
        for account in (
            LedgerAccount.CLEANER_PAYABLE,
            LedgerAccount.TDS_PAYABLE,
            LedgerAccount.FEE_INCOME,
            LedgerAccount.GST_OUTPUT,
        ):
            assert booking.balance(uow, account) == 0
        assert booking.balance(uow, LedgerAccount.HELD, payout.campaign_id) == -4_000_000
        campaign, mine = uow.get(Campaign, payout.campaign_id), uow.get(Cleaner, cleaner.user_id)
        again = uow.get(Job, campaign.job_id)
        assert (campaign.status, again.status, again.last_claimed_by) == ("FUNDED", "AVAILABLE", cleaner.user_id)
        assert again.id != payout.job_id
        assert (mine.verified_count, mine.rejected_count, mine.failed_count) == (0, 1, 1)
        assert uow.get(Payout, payout.id).status == "CANCELLED"
        assert year_statement(uow, actor=cleaner).lines == ()
        steps = [step.step for step in timeline(uow, campaign.id)]
        assert steps[-2:] == [StepKind.VERIFIED, StepKind.REJECTED]
        told = uow.run(select(OutboxEvent).where(col(OutboxEvent.name) == "ApprovalTakenBack")).scalar_one()
        assert (told.payload["reason"], told.payload["goes_on"]) == ("Not cleaned", True)
    listed = as_(town.admin(AdminDuty.FINANCE)).get("/api/admin/invoices").json()
    assert (listed["items"][0]["corrects"], listed["year"]["feePaise"]) == ("CF/2627/000001", 0)
    town.clock.move(days=2)
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=9) == []


@pytest.mark.row("CAM-13")
def test_or_the_cleanup_ends_and_everyone_gets_the_money_back(as_: As, town: Town) -> None:
    payout = owed(town, town.cleaner(), 100_000)
    assert take_back(as_(town.admin()), payout, cancelCampaign=True)["status"] == "FAILED"
    with town.uow() as uow:
        campaign = uow.get(Campaign, payout.campaign_id)
        assert (campaign.status, campaign.refund_status) == ("CANCELLED", "PROCESSING")
        (refund,) = uow.all(Refund, Refund.campaign_id == campaign.id)
        assert refund.amount_paise == 100_000


@pytest.mark.row("PAY-06")
def test_pay_that_came_back_can_be_taken_back_and_pay_on_its_way_cannot(as_: As, town: Town) -> None:
    senior, finance = as_(town.admin()), town.admin(AdminDuty.FINANCE)
    payout = owed(town, town.cleaner(), 100_000)
    with town.uow() as uow:
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=payout.id, reference="SBIN4261124001")
    assert take_back(senior, payout)["error"] == "MOVE_REFUSED"
    with town.uow() as uow:
        manual_payouts.undo_manual_payout(uow, actor=finance, payout_id=payout.id, reason="Account closed")
    assert take_back(senior, payout)["status"] == "FAILED"
    assert [kind for kind, _, _ in papers(town)] == ["INVOICE", "CREDIT_NOTE"]
    sent = owed(town, town.cleaner("Salma Bano"), 100_000)
    town.clock.move(hours=25)
    with town.uow() as uow:
        attempt_id = payouts.prepare_payout(uow, payout_id=sent.id, form=FORMAT)
        assert attempt_id
        assert attempts.lease(uow, attempt_id=attempt_id)
    assert take_back(senior, sent)["error"] == "PAYOUT_NOT_DUE"
    with town.uow() as uow:
        assert uow.first(LedgerTransfer, LedgerTransfer.business_key == f"taken-back:{sent.id}") is None


@pytest.mark.row("LAW-04")
def test_later_tax_does_not_count_what_was_taken_back(as_: As, town: Town) -> None:
    cleaner, senior = town.cleaner(), as_(town.admin())
    first, second = owed(town, cleaner, 4_000_000), owed(town, cleaner, 2_000_000)
    take_back(senior, first)
    third, fourth = owed(town, cleaner, 2_000_000), owed(town, cleaner, 5_000_000)
    take_back(senior, third)
    fifth = owed(town, cleaner, 500_000)
    with town.uow() as uow:
        rows = uow.run(select(TdsDeduction).order_by(col(TdsDeduction.number))).scalars().all()
        kept = {row.payout_id: (row.number, row.gross_before_paise, row.tds_paise) for row in rows}
        assert kept == {
            first.id: (1, 0, 38_000),
            second.id: (2, 3_800_000, 0),
            third.id: (3, 1_900_000, 0),
            fourth.id: (4, 3_800_000, 950_000),
            fifth.id: (5, 1_900_000 + 4_750_000, 0),
        }
        assert booking.balance(uow, LedgerAccount.TDS_PAYABLE, cleaner.user_id) == -950_000
        year = year_statement(uow, actor=cleaner)
    assert (year.gross_paise, year.tax_paise) == (1_900_000 + 4_750_000 + 475_000, 950_000)
