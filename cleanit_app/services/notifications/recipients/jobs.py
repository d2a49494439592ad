"""Who hears of jobs that are to take, taken, or over without a result."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from cleanit_app.domain.calendar import financial_year, ist_date
from cleanit_app.domain.events import (
    CLEANER_SUSPENDED,
    DeadlineNear,
    JobAutoReleased,
    JobAvailable,
    JobCancelled,
    JobClaimed,
    JobExpired,
    JobUnclaimed,
    PayRaised,
)
from cleanit_app.domain.tax import TAX_PAPERS_FROM_PAISE
from cleanit_app.models import Campaign, Job
from cleanit_app.notification_kinds import jobs as kinds
from cleanit_app.services.notifications.audiences import (
    ADMINS,
    CLEANERS_FOR,
    CLEANERS_PASSED_OVER,
    NEIGHBOURS,
    ONE,
    VERIFIER,
    Draft,
    Tellers,
    named,
    neighbours,
    nobody,
    one,
    place,
)
from cleanit_app.services.unit_of_work import UnitOfWork


def _available(uow: UnitOfWork, e: JobAvailable) -> list[Draft]:
    """To every active cleaner who may take it, wherever they are, one a day each at most (NOT-04)."""
    values = {**place(uow.get(Campaign, e.campaign_id)), "amount_paise": e.amount_paise}
    once, job = "job_available:{day}", {"job": e.job_id}
    return [Draft(kinds.JOB_AVAILABLE, CLEANERS_FOR, job, values, once=once, rest=CLEANERS_PASSED_OVER)]


def _claimed(uow: UnitOfWork, e: JobClaimed) -> list[Draft]:
    campaign, job = uow.get(Campaign, e.campaign_id), uow.get(Job, e.job_id)
    values = {**place(campaign), **named(uow, e.cleaner_id)}
    values["deadline_at"] = (job.completion_deadline or uow.now).isoformat()
    return [
        Draft(kinds.JOB_CLAIMED, ONE, one(campaign.creator_id), values, subject=campaign.id),
        Draft(kinds.JOB_CLAIMED_SELF, ONE, one(e.cleaner_id), values, subject=job.id),
        *_pan_wanted(uow, e.cleaner_id),
    ]


# What was owed in this tax year and not taken back, and what the jobs in hand will bring.
_YEARS_PAY = text(
    """SELECT k.pan_given_at IS NULL
         AND coalesce((SELECT sum(d.gross_paise) FROM tds_deductions d WHERE d.payee_id = k.user_id
                         AND d.tax_year = :year
                         AND NOT EXISTS (SELECT FROM tds_returns r WHERE r.payout_id = d.payout_id)), 0)
           + coalesce((SELECT sum(j.amount_paise) FROM jobs j
                       WHERE j.claimed_by = k.user_id AND j.status IN ('CLAIMED', 'COMPLETED')), 0) > :line
       FROM cleaners k WHERE k.user_id = :cleaner"""
)


def _pan_wanted(uow: UnitOfWork, cleaner_id: UUID) -> list[Draft]:
    """Ask for the PAN once a year, before pay crosses the line above which tax is higher without it (LAW-04)."""
    year = financial_year(ist_date(uow.now))
    asked = {"cleaner": cleaner_id, "year": year, "line": TAX_PAPERS_FROM_PAISE}
    if not uow.run(_YEARS_PAY, asked).scalar():
        return []
    return [Draft(kinds.PAN_WANTED, ONE, one(cleaner_id), once=f"pan_wanted:{cleaner_id}:{year}")]


def _unclaimed(uow: UnitOfWork, e: JobUnclaimed) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    kind = kinds.JOB_FREED if e.reason == CLEANER_SUSPENDED else kinds.JOB_UNCLAIMED
    return [Draft(kind, ONE, one(campaign.creator_id), place(campaign), subject=campaign.id)]


def _auto_released(uow: UnitOfWork, e: JobAutoReleased) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = place(campaign)
    drafts = [
        Draft(kinds.JOB_AUTO_RELEASED_HELD if e.held else kinds.JOB_AUTO_RELEASED, ONE, one(e.cleaner_id), values),
        Draft(
            kinds.JOB_HELD_CREATOR if e.held else kinds.JOB_TIME_RAN_OUT,
            ONE,
            one(campaign.creator_id),
            values,
            subject=campaign.id,
        ),
    ]
    if e.held:
        drafts.append(Draft(kinds.JOB_HELD, ADMINS, VERIFIER, values))
    return drafts


def _cancelled(uow: UnitOfWork, e: JobCancelled) -> list[Draft]:
    return [Draft(kinds.JOB_CANCELLED, ONE, one(e.cleaner_id), place(uow.get(Campaign, e.campaign_id)))]


def _expired(uow: UnitOfWork, e: JobExpired) -> list[Draft]:
    campaign = uow.get(Campaign, e.campaign_id)
    values = place(campaign)
    return [
        Draft(kinds.JOB_EXPIRED, ONE, one(e.creator_id), values, subject=campaign.id),
        Draft(kinds.JOB_EXPIRED_REFUND, NEIGHBOURS, neighbours(campaign), values),
    ]


def _deadline(uow: UnitOfWork, e: DeadlineNear) -> list[Draft]:
    kind = {24: kinds.DEADLINE_24H, 1: kinds.DEADLINE_1H}[e.hours]
    return [Draft(kind, ONE, one(e.cleaner_id), place(uow.get(Campaign, e.campaign_id)), subject=e.job_id)]


TELLERS: Tellers = {
    JobAvailable: _available,
    JobClaimed: _claimed,
    JobUnclaimed: _unclaimed,
    JobAutoReleased: _auto_released,
    JobCancelled: _cancelled,
    JobExpired: _expired,
    DeadlineNear: _deadline,
    PayRaised: nobody,
}
