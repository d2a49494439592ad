"""Every story locks in the one order of `services/locks.py`, read from the statements that reach the database.

Whoever breaks it may wait for ever for somebody who waits for them; races show that once in a thousand runs, and this
shows it in each.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlmodel import SQLModel

from cleanit_app.domain.statuses import AttemptStatus, JobStatus, RefundStatus
from cleanit_app.models import Attempt, Campaign, Difference, Job, LedgerAccount, Refund
from cleanit_app.sandbox import control_moves
from cleanit_app.services.campaigns import campaigns, closing
from cleanit_app.services.jobs.jobs import unclaim_job
from cleanit_app.services.ledger import booking
from cleanit_app.services.locks import ORDER, NamedLock, NoPlaceToLock, place_of
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.people import suspension
from cleanit_app.services.people.pans import save_pan
from cleanit_app.services.reconciliation.reconcile import accept_difference, look_again
from cleanit_app.services.refunds import manual as manual_refunds
from cleanit_app.services.review import disputes, verification
from tests.factories import ALL_TICKED
from tests.proofs.life import CIPHER, Life, open_jobs
from tests.support.lock_watch import LockWatch, taken_by

JOBS = "workers.jobs."
WHY = "The heap lies there as before."


def hear_all(life: Life) -> None:
    """Every message that the provider has sent."""
    for message in life.news():
        life.hear(message)


def main_job(life: Life) -> None:
    """Money comes in by a message, work is done, pay arrives by a message and comes back."""
    campaign = life.campaign(life.creators[0], 60_000)
    wish = life.wish(campaign, 60_000, life.givers[1])
    assert wish is not None
    life.bank.pay(wish.razorpay_order_id)
    hear_all(life)
    job_id = life.town.job_of(campaign.id).id
    life.claim(job_id, life.cleaners[0])
    life.complete(job_id, life.cleaners[0])
    life.approve(job_id)
    life.clock.move(hours=26)
    life.run(f"{JOBS}payouts.send_due_payouts")
    sent = [pay["id"] for pay in life.bank.all("payout", status="processing")]
    for payout_id in sent:
        life.bank.move_payout(payout_id, "process")
    hear_all(life)
    life.bank.move_payout(sent[-1], "reverse", reason="beneficiary_bank_offline")
    hear_all(life)
    for reason in ("beneficiary_vpa_invalid", "beneficiary_bank_offline"):
        life.clock.move(hours=26)
        life.run(f"{JOBS}payouts.send_payouts_again")
        for pay in life.bank.all("payout", status="processing"):
            life.bank.move_payout(pay["id"], "fail", reason=reason)
        hear_all(life)
    life.quiet(random.Random(1))


def late_contribution(life: Life) -> None:
    """A gift that comes too late goes back, told by message and by question; one refund fails first."""
    campaign = life.campaign(life.creators[0], 60_000)
    late = life.wish(campaign, 60_000, life.givers[1])
    life.give(campaign, 60_000, life.givers[2])
    assert late is not None
    life.bank.pay(late.razorpay_order_id)
    life.sweep()
    for refund in life.bank.all("refund", status="pending"):
        life.bank.move_refund(refund["id"], "fail")
    hear_all(life)
    life.clock.move(hours=2)
    life.sweep()
    life.quiet(random.Random(2))


def time_is_over(life: Life) -> None:
    """Campaigns expire or go ahead, their money goes back; jobs pass their 90 days; a claim its seven."""
    life.give(life.campaign(life.creators[0], 60_000), 20_000)
    job = funded(life)
    life.claim(job.id, life.cleaners[0])
    life.clock.move(days=8)
    life.run(f"{JOBS}jobs.look_after_jobs")
    life.clock.move(days=40)
    life.run(f"{JOBS}campaigns.close_due_campaigns")
    life.clock.move(days=50)
    life.run(f"{JOBS}jobs.look_after_jobs")
    life.quiet(random.Random(3))
    life.clock.move(days=380)
    life.run(f"{JOBS}campaigns.archive")


def cancelling(life: Life) -> None:
    """Admins and creators end campaigns; refunds of one are sent again, by hand and as a whole list."""
    job = funded(life)
    life.claim(job.id, life.cleaners[0])
    with life.open() as uow:
        unclaim_job(uow, actor=life.cleaners[0], job_id=job.id, reason=WHY)
    for campaign_id in (job.campaign_id, funded(life).campaign_id):
        with life.open() as uow:
            closing.cancel_by_admin(uow, actor=life.admin, campaign_id=campaign_id, reason=WHY)
    mine = life.campaign(life.creators[0], 60_000)
    with life.open() as uow:
        campaigns.cancel_campaign(uow, actor=life.creators[0], campaign_id=mine.id)
    with life.open() as uow:
        waiting = uow.all(Refund, Refund.status == RefundStatus.PENDING)
        found = [refund.id for refund in waiting if refund.campaign_id == job.campaign_id]
        total = sum(refund.goes_back_paise for refund in waiting if refund.id in found)
    with life.open() as uow:
        manual_refunds.order_refunds(uow, actor=life.admin, refund_ids=found, seen_count=len(found), seen_paise=total)
    life.quiet(random.Random(4))


def doubts(life: Life) -> None:
    """Disputes are dismissed and upheld; approvals are taken back; a fake photo holds a cleaner's other pay."""
    for uphold, cancel in ((False, False), (True, False), (True, True)):
        job = approved(life)
        raised = []
        for giver in (life.creators[0], life.givers[0]):
            with life.open() as uow:
                made = disputes.open_dispute(uow, actor=giver, campaign_id=job.campaign_id, reason=f"{WHY} " * 3)
                raised.append(made.id)
        with life.open() as uow:
            disputes.decide_dispute(
                uow, actor=life.admin, dispute_id=raised[0], uphold=uphold, note=WHY, cancel_campaign=cancel
            )
    life.take_back(approved(life).id)
    handed_in = completed(life)
    with life.open() as uow:
        verification.reject_completion(
            uow, actor=life.admin, job_id=handed_in.id, checklist=ALL_TICKED, notes=WHY, allow_retry=False,
            reason=verification.RejectionReason.FAKE_COMPLETION,
        )  # fmt: skip
    life.reject(completed(life, life.cleaners[1]).id, retry=True)
    with life.open() as uow:
        suspension.reinstate_person(uow, actor=life.admin, user_id=id_of(life, 0), reason=WHY)
    with life.open() as uow:
        suspension.suspend_person(uow, actor=life.admin, user_id=id_of(life, 1), reason=WHY)


def by_hand(life: Life) -> None:
    """Finance holds, releases, pays and takes back by hand, and decides what nobody knows."""
    first, second = life.owed(60_000), life.owed(60_000, life.cleaners[1])
    with life.open() as uow:
        manual_payouts.hold_payout(uow, actor=life.admin, payout_id=first, reason=WHY)
    with life.open() as uow:
        manual_payouts.release_payout(uow, actor=life.admin, payout_id=first)
    with life.open() as uow:
        manual_payouts.record_manual_payout(uow, actor=life.admin, payout_id=first, reference="HDFC0123456789")
    with life.open() as uow:
        manual_payouts.undo_manual_payout(uow, actor=life.admin, payout_id=first, reason=WHY)
    life.bank.fault = lambda method, path: "drop_before" if method == "POST" and path == "payouts" else None
    life.run(f"{JOBS}payouts.send_due_payouts")
    life.clock.move(hours=26)
    life.run(f"{JOBS}transfers.settle_open_attempts")
    with life.open() as uow:
        [puzzle, *_] = uow.all(Attempt, Attempt.payout_id == second, Attempt.status == AttemptStatus.MANUAL)
    with life.open() as uow:
        manual_payouts.decide_payout(uow, actor=life.admin, payout_id=second, left=True, reference="HDFC0123456780")
    assert puzzle.payout_id == second
    job = funded(life)
    with life.open() as uow:
        closing.cancel_by_admin(uow, actor=life.admin, campaign_id=job.campaign_id, reason=WHY)
    with life.open() as uow:
        [refund] = uow.all(Refund, Refund.campaign_id == job.campaign_id)
        uow.lock(Refund, refund.id).created_at = uow.now
    life.clock.move(days=200)  # too old for the provider: a person gives it back
    life.run(f"{JOBS}refunds.send_due_refunds")
    with life.open() as uow:
        manual_refunds.record_manual_refund(uow, actor=life.admin, refund_id=refund.id, reference="HDFC0123456781")


def accounts(life: Life) -> None:
    """A cleaner changes where pay goes, is let in and checked."""
    life.save_details(life.cleaners[0])
    life.run(f"{JOBS}people.check_accounts")
    hear_all(life)
    with life.open() as uow:
        save_pan(uow, actor=life.cleaners[0], number="ABCPE1234F", cipher=CIPHER)


def nights(life: Life) -> None:
    """Both books are compared, ours are checked, keys are rotated."""
    main_job(life)
    life.clock.move(days=4)
    life.bank.tick()
    for job in ("reconciliation.reconcile", "reconciliation.check_books", "people.rotate_keys"):
        life.run(f"{JOBS}{job}")


def settlement(life: Life) -> None:
    """Collected money reaches our bank, with another fee than was told; what the books lack is asked for or left."""
    heard, missed, left = (
        life.wish(life.campaign(life.creators[0], 60_000), 60_000, giver) for giver in life.givers[:3]
    )
    assert heard
    assert missed
    assert left
    life.bank.pay(heard.razorpay_order_id)
    hear_all(life)
    for silent in (missed, left):
        life.bank.pay(silent.razorpay_order_id)
    [told] = [pay for pay in life.bank.all("payment") if pay["order_id"] == heard.razorpay_order_id]
    life.bank.act(lambda world, _: world.store.save({**told, "fee": told["fee"] + 118}))
    life.clock.move(hours=2)
    life.bank.act(control_moves.settle)
    life.clock.move(hours=2)
    life.run(f"{JOBS}reconciliation.reconcile")
    with life.open() as uow:
        assert booking.balance(uow, LedgerAccount.BANK) > 0
        found = {d.provider_id: d.id for d in uow.all(Difference, Difference.what == "PAYMENT")}
    ours = {pay["order_id"]: found[pay["id"]] for pay in life.bank.all("payment") if pay["id"] in found}
    provider, payer = life.parts.payments, life.parts.payouts
    assert look_again(life.open, provider, payer, actor=life.admin, difference_id=ours[missed.razorpay_order_id])
    with life.open() as uow:
        accept_difference(uow, actor=life.admin, difference_id=ours[left.razorpay_order_id], note=WHY)


STORIES: dict[Callable[[Life], None], set[tuple[str, ...]]] = {
    main_job: {
        ("webhook_events", "campaigns", "contributions", "receipt_counters"),
        ("jobs", "cleaners"),
        ("jobs", "campaigns"),
        ("jobs", "campaigns", "reviews", "cleaners", NamedLock.TAX_YEAR, "receipt_counters"),
        ("money_switches", "payouts", "escrow_transactions"),
        ("money_switches", "transfer_attempts"),
        ("webhook_events", "jobs", "campaigns", "payouts", "transfer_attempts", "transactions"),
        ("webhook_events", "jobs", "campaigns", "payouts", "transfer_attempts", "escrow_transactions", "transactions"),
    },
    late_contribution: {
        ("campaigns", "contributions", "receipt_counters"),
        ("webhook_events", "campaigns", "refunds", "transfer_attempts", "transactions"),
    },
    time_is_over: {
        ("campaigns",),
        ("jobs", "cleaners"),
        ("jobs", "campaigns"),
        ("money_switches", "refunds", "escrow_transactions"),
    },
    cancelling: {("jobs", "campaigns"), ("money_switches", "refunds")},
    doubts: {
        ("jobs", "payouts"),
        ("jobs", "campaigns", "payouts", "disputes"),
        ("jobs", "campaigns", "reviews", "payouts", "cleaners", "users"),
        ("users", "fraud_cases"),
        ("users", "sessions"),
    },
    by_hand: {
        ("payouts",),
        ("jobs", "campaigns", "payouts", "escrow_transactions"),
        ("jobs", "campaigns", "payouts", "transfer_attempts", "transactions"),
        ("campaigns", "refunds", "escrow_transactions"),
    },
    accounts: {("cleaners", "account_checks"), ("cleaners",)},
    nights: {("check_runs", "reconciliation_seen")},
    settlement: {
        (NamedLock.SETTLEMENT, "payments", "reconciliation_differences"),
        ("campaigns", "contributions", "receipt_counters", "reconciliation_differences"),
        ("reconciliation_differences",),
    },
}  # fmt: skip
"""Each story, with orders that it must have shown: else it has not locked what it is here for."""


def funded(life: Life) -> Job:
    """An open job."""
    campaign = life.campaign(life.creators[0], 60_000)
    life.give(campaign, 60_000)
    return life.town.job_of(campaign.id)


def completed(life: Life, cleaner: object = None) -> Job:
    """A job whose after-photo waits for an admin."""
    job = funded(life)
    who = life.cleaners[1] if cleaner is life.cleaners[1] else life.cleaners[0]
    life.claim(job.id, who)
    life.complete(job.id, who)
    return job


def approved(life: Life) -> Job:
    """A job whose pay is owed and still here."""
    job = completed(life)
    life.approve(job.id)
    return job


def id_of(life: Life, number: int) -> UUID:
    """A cleaner's account."""
    return life.cleaners[number].user_id


@pytest.mark.row("PAY-05", "PAY-06", "PAY-08", "PAY-13", "JOB-04", "OPS-03")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_story_locks_in_the_one_order(life: Life, story: Callable[[Life], None]) -> None:
    with LockWatch().at_work(life.engine) as watch:
        story(life)
    assert watch.wrong == []
    assert STORIES[story] <= watch.met, sorted(watch.met)
    life.books_hold()


def test_the_order_names_tables_and_locks_that_there_are() -> None:
    tables = {table.name for table in SQLModel.metadata.sorted_tables}
    assert set(ORDER) <= tables | set(NamedLock)
    assert set(NamedLock) <= set(ORDER)
    assert all(why for why in ORDER.values())


def test_what_has_no_place_cannot_be_locked(life: Life) -> None:
    with pytest.raises(NoPlaceToLock):
        place_of("status_history")


def test_the_watch_sees_a_lock_against_the_order(life: Life) -> None:
    [job, *_] = open_jobs(life, JobStatus.VERIFIED)
    with LockWatch().at_work(life.engine) as watch, life.open() as uow:
        uow.lock(Campaign, job.campaign_id)
        uow.lock(Job, job.id)
        uow.lock(Campaign, job.campaign_id)  # held already: nobody waits
    [said] = watch.wrong
    assert said.startswith("jobs is waited for while campaigns is held")


def test_the_watch_sees_rows_of_one_table_against_the_order_of_their_ids(life: Life) -> None:
    ids = sorted(job.id for job in open_jobs(life, JobStatus.VERIFIED))
    with LockWatch().at_work(life.engine) as watch, life.open() as uow:
        uow.lock(Job, ids[1])
        uow.lock(Job, ids[0])
    assert len(watch.wrong) == 1


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("SELECT a.id FROM jobs JOIN cleaners ON true WHERE x FOR NO KEY UPDATE", ["jobs", "cleaners"]),
        ("WITH w AS (SELECT 1 FROM users FOR SHARE) UPDATE campaigns SET x = 1", ["users", "campaigns"]),
        ("UPDATE campaigns AS c SET x = 1", ["campaigns"]),
        ("DELETE FROM sessions WHERE id = 1", ["sessions"]),
        ("INSERT INTO receipt_counters (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", ["receipt_counters"]),
        ("INSERT INTO outbox (a) VALUES (1) ON CONFLICT DO NOTHING", []),
        ("/* tax-year */ SELECT pg_advisory_xact_lock(1)", ["tax-year"]),
        ("SELECT 1 FROM jobs", []),
    ],
)
def test_what_a_statement_locks_is_read_from_it(statement: str, what: list[str]) -> None:
    assert [taking.what for taking in taken_by(statement)] == what
