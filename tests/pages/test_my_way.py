"""Each giver reads the way of the own money in one line, from the rows of ledger and escrow."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Campaign, Job, Payment
from cleanit_app.ports import ProviderRefund
from cleanit_app.reads.payments.contributions import MoneyState, my_contributions_to, my_transactions
from cleanit_app.services.jobs import jobs
from cleanit_app.services.refunds import refunds
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from cleanit_app.services.review.verification import approve_completion
from cleanit_app.services.transfers import attempts
from cleanit_app.state.money_summary import joy_of, way_of
from tests.factories import ALL_TICKED, FORMAT, Town
from tests.reads.conftest import sent


def way(town: Town, giver: Actor, campaign: Campaign) -> str:
    """The line that this person reads on this campaign's page."""
    with town.uow() as uow:
        return way_of(my_contributions_to(uow, actor=giver, campaign_id=campaign.id), uow.now)


def worked_on(town: Town, campaign: Campaign) -> Job:
    """The job of a funded campaign is done and checked."""
    cleaner, job = town.cleaner(), town.job_of(campaign.id)
    with town.uow() as uow:
        jobs.claim_job(uow, actor=cleaner, job_id=job.id)
    stored = town.photo(folder=f"jobs/{job.id}/completion")
    claimed = Claimed(place=(job.latitude, job.longitude), accuracy_m=9, captured_at=town.clock.now())
    seen = weigh_evidence(claimed, stored.photo)
    with town.uow() as uow:
        complete_job(uow, actor=cleaner, job_id=job.id, stored=stored, claimed=claimed, evidence=seen)
    admin = town.admin(AdminDuty.VERIFIER)
    with town.uow() as uow:
        approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED)
    return job


@pytest.mark.row("PAY-10", "PAY-03")
def test_held_then_on_its_way_then_paid_to_the_cleaner(town: Town) -> None:
    giver, campaign = town.person(), town.campaign()
    town.give(campaign, 40_000, giver)
    town.give(campaign, 60_000, giver)
    assert way(town, giver, campaign) == "Your ₹1,000 is held for this cleanup."
    assert way(town, town.person(), campaign) == ""
    job = worked_on(town, campaign)
    sent(town, job.id, "processing")
    assert way(town, giver, campaign) == "Your ₹1,000 is held. The work is checked, and the cleaner is paid next."
    with town.uow() as uow:
        told = my_transactions(uow, actor=giver)
    assert (told.totals.held_paise, told.totals.paid_out_paise) == (100_000, 0)  # held until it has arrived
    assert {item.state for item in told.page.items} == {MoneyState.HELD}
    other = town.campaign()
    town.give(other, 100_000, giver)
    sent(town, worked_on(town, other).id)
    paid = way(town, giver, other)
    assert paid.startswith("Your ₹1,000: held, then paid out on ")
    assert paid.endswith(": ₹950 to the cleaner, ₹50 to run Cleanit.")


@pytest.mark.row("PAY-09", "PAY-10")
def test_a_refund_says_when_it_is_expected_and_when_it_is_late(town: Town) -> None:
    giver, campaign = town.person(), town.campaign()
    wish = town.give(campaign, 40_000, giver)
    with town.uow() as uow:
        payment = uow.first(Payment, Payment.contribution_id == wish.id)
        assert payment
        owed = refunds.owe_refund(uow, payment=payment, contribution=wish, amount_paise=40_000, cause="CAMPAIGN_ENDED")
    assert way(town, giver, campaign) == "Your ₹400: refund on its way, expected by 3 Dec."
    town.clock.move(days=10)
    assert way(town, giver, campaign) == "Your ₹400: the refund takes longer than promised. A person is on it."
    with town.uow() as uow:
        attempt_id = refunds.prepare_refund(uow, refund_id=owed.id, form=FORMAT, keep_provider_fee=True)
        assert attempt_id
        attempts.lease(uow, attempt_id=attempt_id)
    with town.uow() as uow:
        back = 40_000 - payment.fee_paise
        answer = ProviderRefund("rfnd_1", payment.razorpay_payment_id, back, "processed", None, None)
        refunds.apply_refund(uow, attempt_id=attempt_id, answer=answer)
    assert way(town, giver, campaign) == "Your ₹390.56: refunded on 4 Dec."  # as much as came back
    with town.uow() as uow:
        mine = my_transactions(uow, actor=giver)
    assert (mine.totals.refunded_paise, mine.totals.refund_on_the_way_paise) == (back, 0)
    (refund,) = mine.page.items[0].refunds
    assert (refund.amount_paise, refund.fee_withheld_paise) == (back, payment.fee_paise)


@pytest.mark.row("PAY-10", "VER-04")
def test_who_gave_reads_what_the_money_did_and_nobody_else(town: Town) -> None:
    giver, campaign = town.person(), town.campaign()
    town.give(campaign, 50_000, giver)
    town.give(campaign, 50_000)
    job = worked_on(town, campaign)

    def joy(who: Actor) -> str:
        with town.uow() as uow:
            return joy_of(my_contributions_to(uow, actor=who, campaign_id=campaign.id), "Kudiya Ghat")

    assert joy(giver) == "Kudiya Ghat is clean. Your ₹500 did this."
    sent(town, job.id)
    assert joy(giver) == "Kudiya Ghat is clean. Your ₹500 did this."
    assert joy(town.person()) == ""
