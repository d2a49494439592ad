"""The main job, from money to pay, through the services."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from cleanit_app.models import Attempt, Campaign, Job, LedgerAccount, Payout, Refund
from cleanit_app.ports import ProviderPayout, ProviderRefund
from cleanit_app.services.ledger import booking
from cleanit_app.services.payments.payments import apply_payment
from cleanit_app.services.payouts import payouts
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts
from tests.factories import FORMAT, Town


def payout_answer(attempt: Attempt, status: str, **facts: object) -> ProviderPayout:
    values = {"utr": "5232", "reason": None, "description": None, "fees_paise": 590, "tax_paise": 90, **facts}
    return ProviderPayout(
        id=f"pout_{attempt.id.hex[-14:]}",
        amount_paise=attempt.amount_paise,
        status=status,
        reference_id=attempt.reference,
        **values,
    )


@pytest.mark.row("JOB-02", "VER-04", "PAY-03", "PAY-05", "PAY-06")
def test_money_reaches_the_cleaner(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.verified(cleaner, target_paise=400_000)
    town.clock.move(hours=25)
    with town.uow() as uow:
        due = payouts.due_payouts(uow, limit=10)
        assert len(due) == 1
        attempt_id = payouts.prepare_payout(uow, payout_id=due[0], form=FORMAT)
        assert attempt_id
        assert attempts.lease(uow, attempt_id=attempt_id)
    with town.uow() as uow:
        attempt = uow.get(Attempt, attempt_id)
        attempt_answer = payout_answer(attempt, "processed")
    for _ in range(3):
        with town.uow() as uow:
            payouts.apply_payout(uow, attempt_id=attempt_id, answer=attempt_answer)
    with town.uow() as uow:
        assert uow.get(Payout, due[0]).status == "PAID"
        assert uow.get(Job, job.id).status == "PAID"
        assert uow.get(Campaign, job.campaign_id).status == "CLOSED"
        assert booking.balance(uow, LedgerAccount.BANK) == -380_000 - 590
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE) == 0
        assert booking.balance(uow, LedgerAccount.HELD) == 0
    with town.uow() as uow:
        payouts.apply_payout(uow, attempt_id=attempt_id, answer=payout_answer(attempt, "reversed", description="x"))
    with town.uow() as uow:
        assert uow.get(Payout, due[0]).status == "PENDING"
        assert uow.get(Job, job.id).status == "VERIFIED"
        assert uow.get(Campaign, job.campaign_id).status == "COMPLETED"
        assert booking.balance(uow, LedgerAccount.BANK) == 0
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE) == -380_000


@pytest.mark.row("PAY-02")
def test_the_last_rupee_paid_twice_goes_back_by_itself(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    first, second = town.wish(campaign, 100_000), town.wish(campaign, 60_000)
    for wish in (first, second, first, second):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 100_000
        refund = uow.run(select(Refund).where(col(Refund.contribution_id) == second.id)).scalar_one()
        assert (refund.amount_paise, refund.cause) == (60_000, "LATE")
        attempt_id = refunds.prepare_refund(uow, refund_id=refund.id, form=FORMAT)
        assert attempt_id
        assert attempts.lease(uow, attempt_id=attempt_id)
    with town.uow() as uow:
        answer = ProviderRefund("rfnd_1", "pay_1", 60_000, "processed", None, None)
        refunds.apply_refund(uow, attempt_id=attempt_id, answer=answer)
    with town.uow() as uow:
        assert uow.get(Refund, refund.id).status == "COMPLETED"
        assert booking.balance(uow, LedgerAccount.SURPLUS) == 0
