"""Payouts: a cleaner's pay leaves once, a day after approval, and comes back into our books if a bank refuses."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain import rules
from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.errors import OwnInterest, PayoutDetailsMissing, PayoutNotDue, UnknownSubject
from cleanit_app.domain.events import PayoutFailed, PayoutSucceeded
from cleanit_app.domain.statuses import AttemptStatus, CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.models import Account, Attempt, Campaign, Cleaner, ErrorLog, Job, Payout, Transaction
from cleanit_app.ports import ProviderPayout
from cleanit_app.services import attempts, escrow, ledger
from cleanit_app.services.unit_of_work import UnitOfWork

RETRY_AFTER = timedelta(minutes=30)
# The bank says that the details are wrong: only the cleaner can mend that (PAY-07).
WRONG_DETAILS = frozenset(
    {
        "bank_account_closed",
        "bank_account_frozen",
        "bank_account_invalid",
        "beneficiary_account_dormant",
        "beneficiary_account_invalid",
        "beneficiary_vpa_invalid",
        "invalid_beneficiary",
        "invalid_ifsc_code",
        "imps_not_allowed",
    }
)
ENDED_BADLY = ("failed", "rejected", "cancelled")


def due_payouts(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Payouts whose time has come and whose cleaner's details are confirmed, oldest first (PAY-04)."""
    due = (
        select(col(Payout.id))
        .join(Cleaner, col(Cleaner.id) == col(Payout.cleaner_id))
        .where(
            col(Payout.status) == PayoutStatus.PENDING,
            col(Payout.scheduled_for) <= uow.now,
            col(Payout.held_at).is_(None),
            col(Cleaner.payout_verified_at).is_not(None),
        )
        .order_by(col(Payout.scheduled_for), col(Payout.id))
        .limit(limit)
    )
    return list(uow.run(due).scalars())


def order_payout_now(uow: UnitOfWork, *, actor: Actor, payout_id: UUID) -> Payout:
    """An admin sends this one payout without waiting for the batch; the cooling period may be cut short (OPS-01)."""
    actor.must(Permission.RUN_PAYOUTS)
    payout = uow.lock(Payout, payout_id)
    if payout.cleaner_id == actor.user_id:
        raise OwnInterest
    if payout.held_at is not None or payout.status not in (PayoutStatus.PENDING, PayoutStatus.MANUAL):
        raise PayoutNotDue(status=payout.status.value)
    if uow.get(Cleaner, payout.cleaner_id).payout_verified_at is None:
        raise PayoutDetailsMissing
    if payout.status is PayoutStatus.MANUAL:
        payout.move_to(PayoutStatus.PENDING, by=actor, at=uow.now, why="sent again by hand")
    payout.scheduled_for = uow.now
    uow.hint("money", "workers.jobs.money.send_payout", str(payout.id))
    return payout


def prepare_payout(uow: UnitOfWork, *, payout_id: UUID, account_number: str) -> UUID | None:
    """Store the next call for a due payout with its key and exact body; None when it is not due (PAY-05).

    `account_number` is ours at the provider. PayoutDetailsMissing without a confirmed fund account.
    """
    payout = uow.lock(Payout, payout_id)
    if payout.status is not PayoutStatus.PENDING or payout.scheduled_for > uow.now or payout.held_at:
        return None
    cleaner = uow.get(Cleaner, payout.cleaner_id)
    if cleaner.payout_verified_at is None or cleaner.razorpay_fund_account_id is None:
        raise PayoutDetailsMissing
    number = attempts.next_number(uow, payout_id=payout.id)
    reference = f"{payout.id.hex}-{number}"
    request = json.dumps(_request(payout, cleaner, account_number, reference))
    attempt = attempts.add(uow, number=number, reference=reference, request=request, payout_id=payout.id)
    payout.initiated_at = uow.now
    payout.move_to(PayoutStatus.PROCESSING, by=SYSTEM, at=uow.now, why=f"try {number}")
    _book_sent(uow, payout, attempt)
    return attempt.id


def _request(payout: Payout, cleaner: Cleaner, account_number: str, reference: str) -> dict[str, object]:
    return {
        "account_number": account_number,
        "fund_account_id": cleaner.razorpay_fund_account_id,
        "amount": payout.amount_paise,
        "currency": "INR",
        "mode": "UPI" if cleaner.payout_kind == "UPI" else "IMPS",
        "purpose": "payout",
        "queue_if_low_balance": True,
        "reference_id": reference,
        "narration": "Cleanit job pay",
        "notes": {"payoutId": str(payout.id), "jobId": str(payout.job_id)},
    }


def _book_sent(uow: UnitOfWork, payout: Payout, attempt: Attempt) -> None:
    ledger.book(
        uow,
        kind="PAYOUT_SENT",
        key=f"payout-sent:{attempt.id}",
        campaign_id=payout.campaign_id,
        lines=[
            (Account.CLEANER_PAYABLE, payout.cleaner_id, payout.amount_paise),
            (Account.PAYOUT_CLEARING, payout.id, -payout.amount_paise),
        ],
    )
    escrow.release(uow, campaign_id=payout.campaign_id, purpose="PAYOUT")
    uow.add(
        Transaction(
            type="PAYOUT",
            from_account="PLATFORM_ESCROW",
            to_account=str(payout.cleaner_id),
            amount_paise=payout.amount_paise,
            status="PROCESSING",
            source_id=attempt.id,
            campaign_id=payout.campaign_id,
            created_at=uow.now,
            updated_at=uow.now,
        )
    )


def apply_payout(uow: UnitOfWork, *, attempt_id: UUID, answer: ProviderPayout) -> None:
    """Book what the provider says of a payout; forward only, whoever says it and however often (PAY-06)."""
    attempt = uow.get(Attempt, attempt_id)
    if attempt.payout_id is None:
        raise UnknownSubject(what="payout attempt")
    payout_row = uow.get(Payout, attempt.payout_id)
    job = uow.lock(Job, payout_row.job_id)
    payout = uow.lock(Payout, attempt.payout_id)
    attempt = uow.lock(Attempt, attempt_id)
    attempt.provider_id = payout.razorpay_payout_id = answer.id
    payout.utr = answer.utr or payout.utr
    reason = answer.reason or answer.description or answer.status
    if answer.status == "processed":
        _succeed(uow, payout, job, attempt, answer)
    elif answer.status == "reversed":
        _reverse(uow, payout, job, attempt, reason)
    elif answer.status in ENDED_BADLY:
        fail_payout(uow, payout=payout, attempt=attempt, reason=reason)
    else:
        attempts.accept(uow, attempt)


def _succeed(uow: UnitOfWork, payout: Payout, job: Job, attempt: Attempt, answer: ProviderPayout) -> None:
    if not attempts.finish(uow, attempt, AttemptStatus.SUCCEEDED):
        return
    ledger.book(
        uow,
        kind="PAYOUT_PROCESSED",
        key=f"payout-processed:{attempt.id}",
        campaign_id=payout.campaign_id,
        lines=[
            (Account.PAYOUT_CLEARING, payout.id, payout.amount_paise),
            (Account.PAYOUT_FEES, None, answer.fees_paise),
            (Account.BANK, None, -payout.amount_paise - answer.fees_paise),
        ],
    )
    payout.paid_at = job.paid_at = uow.now
    payout.failure_reason = None
    payout.move_to(PayoutStatus.PAID, by=SYSTEM, at=uow.now, why=answer.utr or "")
    job.move_to(JobStatus.PAID, by=SYSTEM, at=uow.now)
    campaign = uow.lock(Campaign, payout.campaign_id)
    campaign.closed_at = uow.now
    campaign.move_to(CampaignStatus.CLOSED, by=SYSTEM, at=uow.now, why="cleaner paid")
    attempts.note_transaction(uow, attempt, "COMPLETED", answer.utr)
    uow.record(PayoutSucceeded(payout.id, job.id, campaign.id, payout.cleaner_id, payout.amount_paise), by=SYSTEM)


def _reverse(uow: UnitOfWork, payout: Payout, job: Job, attempt: Attempt, reason: str) -> None:
    """The bank sent the money back, perhaps days after it said yes: job and campaign open again."""
    was_paid = attempt.status is AttemptStatus.SUCCEEDED
    had_failed = attempt.status is AttemptStatus.FAILED
    if not attempts.finish(uow, attempt, AttemptStatus.REVERSED, reason) or had_failed:
        return
    campaign = uow.lock(Campaign, payout.campaign_id)
    if was_paid:
        ledger.book_mirror(
            uow,
            kind="PAYOUT_REVERSED",
            key=f"payout-reversed:{attempt.id}",
            of_key=f"payout-processed:{attempt.id}",
        )
        job.paid_at = None
        job.move_to(JobStatus.VERIFIED, by=SYSTEM, at=uow.now, why=f"pay came back: {reason}"[:300])
        campaign.closed_at = None
        campaign.move_to(CampaignStatus.COMPLETED, by=SYSTEM, at=uow.now, why="pay came back")
    _back_to_waiting(uow, payout, attempt, reason)


def fail_payout(uow: UnitOfWork, *, payout: Payout, attempt: Attempt, reason: str) -> None:
    """A definite no from provider or bank; tried again under a new key, three times, then a person (PAY-06)."""
    if attempts.finish(uow, attempt, AttemptStatus.FAILED, reason):
        _back_to_waiting(uow, payout, attempt, reason)


def _back_to_waiting(uow: UnitOfWork, payout: Payout, attempt: Attempt, reason: str) -> None:
    ledger.book_mirror(uow, kind="PAYOUT_FAILED", key=f"payout-failed:{attempt.id}", of_key=f"payout-sent:{attempt.id}")
    escrow.hold_again(uow, campaign_id=payout.campaign_id)
    attempts.note_transaction(uow, attempt, "FAILED")
    payout.failure_reason, payout.paid_at = reason[:300], None
    payout.move_to(PayoutStatus.FAILED, by=SYSTEM, at=uow.now, why=reason[:300])
    uow.add(ErrorLog(source="payout", subject_id=payout.id, message=reason[:1000], at=uow.now))
    wrong = reason in WRONG_DETAILS
    last = attempt.number >= rules.MAX_ATTEMPTS
    if wrong:
        uow.lock(Cleaner, payout.cleaner_id).payout_verified_at = None
    if last:
        payout.move_to(PayoutStatus.MANUAL, by=SYSTEM, at=uow.now, why="three tries failed")
    else:
        payout.scheduled_for = uow.now + RETRY_AFTER * 2 ** (attempt.number - 1)
        payout.move_to(PayoutStatus.PENDING, by=SYSTEM, at=uow.now, why="will be tried again")
    uow.record(
        PayoutFailed(
            payout.id, payout.job_id, payout.campaign_id, payout.cleaner_id, payout.amount_paise, reason[:300], last
        ),
        by=SYSTEM,
    )
