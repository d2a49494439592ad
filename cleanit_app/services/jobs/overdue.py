"""Claims that ran out of time: the job is free again, and the cleaner answers for it (JOB-06 to JOB-08)."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import col, select

from cleanit_app.domain import calendar
from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.events import (
    CLEANER_SUSPENDED,
    CleanerSuspended,
    DeadlineNear,
    JobAutoReleased,
    JobAvailable,
    JobUnclaimed,
)
from cleanit_app.domain.statuses import JobStatus, UserStatus
from cleanit_app.models import Campaign, Cleaner, Job, Penalty, User, due, new_id
from cleanit_app.services.jobs.jobs import release_job
from cleanit_app.services.unit_of_work import UnitOfWork

REMIND = text(
    """WITH reminded AS (
         INSERT INTO deadline_reminders (job_id, deadline_at, hours, sent_at)
         SELECT id, completion_deadline, :hours, :now FROM jobs
         WHERE status = 'CLAIMED' AND completion_deadline > :from AND completion_deadline <= :until
           AND NOT EXISTS (SELECT FROM deadline_reminders r
                           WHERE r.job_id = jobs.id AND r.deadline_at = completion_deadline AND r.hours = :hours)
         ORDER BY completion_deadline, id LIMIT :limit
         ON CONFLICT DO NOTHING RETURNING job_id)
       SELECT j.id, j.campaign_id, j.claimed_by FROM reminded JOIN jobs j ON j.id = job_id
       WHERE j.claimed_by IS NOT NULL"""
)


def overdue_claims(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Claims past their deadline, the longest overdue first."""
    late = select(col(Job.id)).where(*due.claim_overrun(uow.now))
    return list(uow.run(late.order_by(col(Job.completion_deadline), col(Job.id)).limit(limit)).scalars())


def release_overdue_claim(uow: UnitOfWork, *, job_id: UUID) -> bool:
    """Take a job back from a cleaner whose time is over: penalty, rating, and at the third penalty a suspension.

    The job is announced again; after its third lost claim it waits for an admin instead (JOB-06 to JOB-08).
    False when there was nothing to release.
    """
    job = uow.lock(Job, job_id)
    overdue = job.status is JobStatus.CLAIMED and job.completion_deadline and job.completion_deadline < uow.now
    if not overdue or job.claimed_by is None:
        return False
    cleaner = uow.lock(Cleaner, job.claimed_by)
    _penalise(uow, cleaner, job)
    release_job(uow, job=job, by=SYSTEM, why="time ran out")
    held = job.claim_count >= LIMITS.claims_before_review
    if held:
        job.review_since = uow.now
    uow.record(JobAutoReleased(job.id, job.campaign_id, cleaner.id, held), by=SYSTEM)
    if not held and job.expires_at > uow.now:
        uow.record(JobAvailable(job.id, job.campaign_id, job.amount_paise), by=SYSTEM)
    return True


def _penalise(uow: UnitOfWork, cleaner: Cleaner, job: Job) -> None:
    cleaner.released_count += 1
    uow.add(
        Penalty(
            id=new_id(),
            cleaner_id=cleaner.id,
            job_id=job.id,
            claim_number=job.claim_count,
            deadline_at=job.completion_deadline or uow.now,
            created_at=uow.now,
        )
    )
    uow.flush()
    standing = col(Penalty.lifted_at).is_(None)
    count = select(func.count()).where(col(Penalty.cleaner_id) == cleaner.id, standing)
    penalties = int(uow.run(count).scalar_one())
    if penalties >= LIMITS.penalties_before_suspension:
        _suspend(uow, cleaner, job, penalties)


def _suspend(uow: UnitOfWork, cleaner: Cleaner, job: Job, penalties: int) -> None:
    """Pause the account with a reason its owner reads (JOB-07)."""
    user = uow.lock(User, cleaner.id)
    if user.status is not UserStatus.ACTIVE:
        return
    place = uow.get(Campaign, job.campaign_id).title
    reason = f"{penalties} jobs were not finished in time. The last one: {place}"
    user.suspended_at, user.suspension_reason = uow.now, reason
    user.move_to(UserStatus.SUSPENDED, by=SYSTEM, at=uow.now, why=reason)
    uow.record(CleanerSuspended(user.id, reason), by=SYSTEM)


def claims_of_suspended(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Claims of cleaners who were suspended: they cannot finish them, so others shall."""
    held = select(col(Job.id)).join(User, col(User.id) == col(Job.claimed_by))
    held = held.where(col(Job.status) == JobStatus.CLAIMED, col(User.status) == UserStatus.SUSPENDED)
    return list(uow.run(held.order_by(col(Job.id)).limit(limit)).scalars())


def release_claim_of_suspended(uow: UnitOfWork, *, job_id: UUID) -> bool:
    """Free a job whose cleaner was suspended meanwhile, without a penalty; False when there was nothing to free."""
    job = uow.lock(Job, job_id)
    if job.status is not JobStatus.CLAIMED or job.claimed_by is None:
        return False
    cleaner_id = job.claimed_by
    if uow.get(User, cleaner_id).status is not UserStatus.SUSPENDED:
        return False
    release_job(uow, job=job, by=SYSTEM, why="cleaner suspended")
    uow.record(JobUnclaimed(job.id, job.campaign_id, cleaner_id, CLEANER_SUSPENDED), by=SYSTEM)
    uow.record(JobAvailable(job.id, job.campaign_id, job.amount_paise), by=SYSTEM)
    return True


def remind_of_deadlines(uow: UnitOfWork, *, limit: int) -> int:
    """Remind cleaners 24 hours and 1 hour before a deadline, once each (NOT-03); how many were reminded.

    Who was not reminded in time, for the clock stood still, hears only of the nearer one.
    """
    reminded = 0
    windows = [*LIMITS.remind_hours, 0]
    for hours, nearer in pairwise(windows):
        values = {"now": uow.now, "from": uow.now + calendar.hours(nearer), "until": uow.now + calendar.hours(hours)}
        rows = uow.run(REMIND, {**values, "hours": hours, "limit": limit})
        near = [DeadlineNear(job_id, campaign_id, claimed_by, hours) for job_id, campaign_id, claimed_by in rows]
        uow.record_all(near, by=SYSTEM)
        reminded += len(near)
    return reminded
