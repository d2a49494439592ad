"""Who looks at an after-photo now, so that two never decide on one; what is handed up to seniors (VER-07, VER-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import BeingReviewed, DecisionPending, MoveRefused, NotFound, ReasonMissing
from cleanit_app.domain.events import ReviewBegun, ReviewEscalated
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.models import Job, PendingDecision, Review, User
from cleanit_app.services import input_validation
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Turn:
    """Whose turn it is to decide on a job, and until when."""

    reviewer_id: UUID
    name: str
    until_at: datetime


def begin_review(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> Turn:
    """Take the turn to decide on a job for ten minutes, or learn whose it is (VER-07).

    Opening the job again renews the own turn, and turns at other jobs are given back. NotFound for no job, MoveRefused
    when nothing waits to be decided, DecisionPending in the moment in which somebody may still undo a decision.
    """
    actor.must(Permission.VERIFY_JOBS)
    job = uow.session.get(Job, job_id)
    if job is None:
        raise NotFound(what="Job")
    if job.status is not JobStatus.COMPLETED:
        raise MoveRefused(what="Job", current=job.status.value, target="reviewed")
    refuse_pending(uow, job_id)
    until = uow.now + LIMITS.review_turn
    mine = insert(Review).values(job_id=job_id, reviewer_id=actor.user_id, taken_at=uow.now, until_at=until)
    free = (col(Review.reviewer_id) == actor.user_id) | (col(Review.until_at) <= uow.now)
    before = _turn(uow, job_id)
    uow.run(
        mine.on_conflict_do_update(
            index_elements=["job_id"],
            set_={"reviewer_id": actor.user_id, "taken_at": uow.now, "until_at": until},
            where=free | col(Review.reviewer_id).is_(None),
        )
    )
    turn = _turn(uow, job_id)
    if turn is None:
        raise MoveRefused(what="Job", current=job.status.value, target="reviewed")
    if turn.reviewer_id == actor.user_id and (before is None or before.reviewer_id != actor.user_id):
        _let_others_go(uow, actor, job_id)
        uow.record(ReviewBegun(job_id, job.campaign_id), by=actor)
    return turn


def _let_others_go(uow: UnitOfWork, actor: Actor, job_id: UUID) -> None:
    """Somebody looks at one photo at a time: who pages through the queue keeps nobody from the rest of it.

    A turn that somebody takes over at this moment is passed over, so that two never wait for each other.
    """
    others = select(col(Review.job_id)).where(col(Review.reviewer_id) == actor.user_id, col(Review.job_id) != job_id)
    held = update(Review).where(col(Review.job_id).in_(others.with_for_update(skip_locked=True, key_share=True)))
    uow.run(held.values(reviewer_id=None, taken_at=None, until_at=None))


def refuse_pending(uow: UnitOfWork, job_id: UUID) -> None:
    """DecisionPending while a decision on this job waits to be carried out or undone."""
    if uow.first(PendingDecision, PendingDecision.job_id == job_id) is not None:
        raise DecisionPending


def end_turn(uow: UnitOfWork, by: Actor, job_id: UUID) -> None:
    """The decision falls now, and the turn is over; BeingReviewed while it is somebody else's."""
    turn = _turn(uow, job_id)
    if turn and turn.reviewer_id != by.user_id:
        raise BeingReviewed(name=turn.name, until_at=turn.until_at)
    mine = update(Review).where(col(Review.job_id) == job_id)
    uow.run(mine.values(reviewer_id=None, taken_at=None, until_at=None))


def escalate_review(uow: UnitOfWork, *, actor: Actor, job_id: UUID, reason: str) -> Job:
    """Hand a job up to seniors with what one is unsure of; it goes to the head of the queue and the turn is given up.

    ReasonMissing without words; MoveRefused when it waits no more or was handed up before; BeingReviewed while
    somebody else looks at it.
    """
    actor.must(Permission.VERIFY_JOBS)
    job = uow.lock(Job, job_id)
    said = input_validation.said("reason", reason, LIMITS.escalation_letters, lines=True)
    if not said:
        raise ReasonMissing
    if job.status is not JobStatus.COMPLETED:
        raise MoveRefused(what="Job", current=job.status.value, target="escalated")
    refuse_pending(uow, job_id)
    end_turn(uow, actor, job_id)
    handed_up = {"escalated_at": uow.now, "escalated_by": actor.user_id, "reason": said}
    added = insert(Review).values(job_id=job_id, **handed_up)
    first = added.on_conflict_do_update(
        index_elements=["job_id"], set_=handed_up, where=col(Review.escalated_at).is_(None)
    )
    if not uow.run(first.returning(col(Review.job_id))).first():
        raise MoveRefused(what="Job", current="escalated", target="escalated")
    uow.record(ReviewEscalated(job_id, job.campaign_id, said), by=actor)
    return job


def begin_anew(uow: UnitOfWork, job_id: UUID) -> None:
    """Another photo is another review: nobody's turn, handed up by nobody."""
    mine = update(Review).where(col(Review.job_id) == job_id)
    nothing = dict.fromkeys(("escalated_at", "escalated_by", "reason", "reviewer_id", "taken_at", "until_at"))
    uow.run(mine.values(**nothing))


def _turn(uow: UnitOfWork, job_id: UUID) -> Turn | None:
    review = uow.first(Review, Review.job_id == job_id, col(Review.until_at) > uow.now)
    if review is None or review.reviewer_id is None or review.until_at is None:
        return None
    uow.session.refresh(review)
    return Turn(review.reviewer_id, uow.get(User, review.reviewer_id).name, review.until_at)
