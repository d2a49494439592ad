"""Decisions made at the desk wait ten seconds in which they can be undone; then they are carried out (VER-03).

The row is the decision: it stands in the database from the moment the button was pressed, and goes in the same
transaction that carries it out or undoes it. So it is done once, whoever comes first, and a process that dies in
between loses nothing: the clock finds the row.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import DomainError, NotFound, UndoTooLate
from cleanit_app.domain.events import DecisionFellThrough, DecisionMade, DecisionUndone
from cleanit_app.models import Job, PendingDecision, User
from cleanit_app.services.accounts.accounts import Standing, actor_of
from cleanit_app.services.review.verification import (
    Checklist,
    RejectionReason,
    approve_completion,
    locked_for_decision,
    may_approve,
    may_reject,
    reject_completion,
)
from cleanit_app.services.unit_of_work import UnitOfWork

_CARRY_OUT = "workers.jobs.review.carry_out_decision"


@dataclass(frozen=True)
class Rejection:
    """Why a photo is not accepted, and what becomes of the job and its cleanup."""

    reason: RejectionReason
    allow_retry: bool
    cancel_campaign: bool = False


@dataclass(frozen=True)
class UndoneDecision:
    """What was ticked and noted for the photo that waits again."""

    job_id: UUID
    photo_id: UUID
    checklist: dict[str, bool]
    notes: str


def decide(
    uow: UnitOfWork,
    *,
    actor: Actor,
    job_id: UUID,
    checklist: Checklist,
    notes: str,
    seen_photo_id: UUID,
    rejection: Rejection | None = None,
) -> PendingDecision:
    """Accept the after-photo, or reject it, in ten seconds: until then it can be undone and nobody is told.

    Everything that `approve_completion` and `reject_completion` refuse is refused now.
    """
    actor.must(Permission.VERIFY_JOBS)
    if rejection and rejection.cancel_campaign:
        actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    job, campaign = locked_for_decision(uow, actor, job_id)
    if rejection:
        said = may_reject(uow, actor, job, rejection.reason, notes, seen_photo_id)
    else:
        said = may_approve(uow, actor, job, checklist, notes, seen_photo_id)
    made = PendingDecision(
        job_id=job.id,
        admin_id=actor.user_id,
        photo_id=seen_photo_id,
        approves=rejection is None,
        checklist=asdict(checklist),
        notes=said,
        decided_at=uow.now,
        due_at=uow.now + LIMITS.decision_undo,
        **(asdict(rejection) if rejection else {}),
    )
    uow.add(made)
    uow.flush()
    uow.record(DecisionMade(job.id, campaign.id), by=actor)
    wait = int(LIMITS.decision_undo.total_seconds())
    uow.hint("default", _CARRY_OUT, str(job.id), in_seconds=wait)
    return made


def undo_decision(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> UndoneDecision:
    """Take back one's own decision within its ten seconds, as if it had not been made; what it said comes back.

    NotFound for another's, UndoTooLate once the time is over or it was carried out.
    """
    actor.must(Permission.VERIFY_JOBS)
    job = uow.lock(Job, job_id)
    made = uow.first(PendingDecision, PendingDecision.job_id == job.id, lock=True)
    if made is None:
        raise UndoTooLate
    if made.admin_id != actor.user_id:
        raise NotFound(what="Job")
    if uow.now >= made.due_at:
        raise UndoTooLate
    _drop(uow, made)
    uow.record(DecisionUndone(job.id, job.campaign_id), by=actor)
    return UndoneDecision(job.id, made.photo_id, dict(made.checklist), made.notes)


def due_decisions(uow: UnitOfWork, *, limit: int) -> list[UUID]:
    """Jobs whose decision can be undone no more, the earliest first."""
    due = select(col(PendingDecision.job_id)).where(col(PendingDecision.due_at) <= uow.now)
    by_time = due.order_by(col(PendingDecision.due_at), col(PendingDecision.job_id))
    return list(uow.run(by_time.limit(limit)).scalars())


def carry_out(uow: UnitOfWork, *, job_id: UUID) -> Job | None:
    """Do what was decided, as the admin who did and with what that one may do now; None when it is not to be done.

    The cleaner's 24 hours run from the decision; from at most an hour back, for that is how long neighbours may be
    told late of the day in which they can question it.
    """
    job = uow.lock(Job, job_id)
    made = uow.first(PendingDecision, PendingDecision.job_id == job.id, lock=True)
    if made is None or uow.now < made.due_at:
        return None
    _drop(uow, made)
    said: dict[str, Any] = {
        "checklist": Checklist(**made.checklist),
        "notes": made.notes,
        "seen_photo_id": made.photo_id,
    }
    admin = actor_of(
        uow.get(User, made.admin_id), Standing(proved=True), uow.policy.terms.version
    )  # the second factor was shown when deciding
    if made.reason is None:
        counts_from = max(made.decided_at, uow.now - LIMITS.decision_counts_back)
        return approve_completion(uow, actor=admin, job_id=job.id, counts_from=counts_from, **said)
    return reject_completion(
        uow,
        actor=admin,
        job_id=job.id,
        reason=RejectionReason(made.reason),
        allow_retry=made.allow_retry,
        cancel_campaign=made.cancel_campaign,
        **said,
    )


def let_fall(uow: UnitOfWork, *, job_id: UUID, refusal: DomainError) -> None:
    """A decision that cannot be carried out any more is forgotten; whoever made it hears why (VER-03)."""
    job = uow.lock(Job, job_id)
    made = uow.first(PendingDecision, PendingDecision.job_id == job.id, lock=True)
    if made is not None:
        _drop(uow, made)
        uow.record(DecisionFellThrough(job.id, job.campaign_id, made.admin_id, refusal.code), by=SYSTEM)


def _drop(uow: UnitOfWork, made: PendingDecision) -> None:
    uow.session.delete(made)
    uow.flush()
