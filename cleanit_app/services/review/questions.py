"""Raising a dispute about anything else than a result whose pay is here: money, rejection, penalty, pause (OPS-03)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.errors import (
    DisputeStands,
    FieldProblem,
    InvalidFields,
    NotFound,
    NothingToDispute,
)
from cleanit_app.domain.events import QuestionRaised
from cleanit_app.domain.statuses import DisputeStatus, UserStatus
from cleanit_app.models import Contribution, Dispute, Job, Payout, Penalty, StatusChange, User, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import UnitOfWork


def check_about(typed: object) -> DisputeAbout:
    """What is questioned; InvalidFields for a word that is none of the list."""
    try:
        return DisputeAbout(str(typed))
    except ValueError:
        raise InvalidFields({"about": FieldProblem("about_missing")}) from None


def check_reason(typed: object) -> str:
    """Why something is questioned, as it is kept; InvalidFields says what is wrong with it."""
    form = input_validation.Form()
    said = form.text("text", typed, LIMITS.dispute_reason_length, "question", lines=True)
    form.done()
    return said


@open_before_terms
def raise_question(
    uow: UnitOfWork, *, actor: Actor, about: DisputeAbout, reason: str, subject_id: UUID | None = None
) -> Dispute:
    """Question something of one's own; an admin without a part in it decides within 48 hours, and says why.

    `subject_id` is the contribution or payout of money, the job of a rejection, the penalty; a pause needs none.
    Suspended people may, too. NotFound for what is another's, NothingToDispute where there is nothing to question,
    DisputeStands while the same question waits. A result whose pay is here goes by `open_dispute`.
    """
    actor.must(Permission.MANAGE_SELF)
    uow.lock_name(NamedLock.ASKING, str(actor.user_id))
    subject = _SUBJECTS[about](uow, actor, subject_id)
    _refuse_twice(uow, actor, about, subject.id)
    dispute = Dispute(
        id=new_id(),
        about=about.value,
        subject_id=subject.id,
        job_id=subject.job_id,
        campaign_id=subject.campaign_id,
        payout_id=subject.payout_id,
        contribution_id=subject.contribution_id,
        penalty_id=subject.penalty_id,
        raised_by=actor.user_id,
        other_id=subject.other_id,
        raised_at=uow.now,
        reason=reason,
    )
    uow.add(dispute).begin(by=actor, at=uow.now, why=reason[:300])
    uow.flush()
    uow.record(QuestionRaised(dispute.id, actor.user_id, dispute.other_id, about.value), by=actor)
    return dispute


@dataclass(frozen=True)
class _Subject:
    """What is questioned, and who answers beside Cleanit."""

    id: UUID
    job_id: UUID | None = None
    campaign_id: UUID | None = None
    payout_id: UUID | None = None
    contribution_id: UUID | None = None
    penalty_id: UUID | None = None
    other_id: UUID | None = None


def _refuse_twice(uow: UnitOfWork, actor: Actor, about: DisputeAbout, subject_id: UUID) -> None:
    """The same question of the same person is asked once at a time; after its answer comes the appeal."""
    same = (Dispute.raised_by == actor.user_id, Dispute.about == about.value, Dispute.subject_id == subject_id)
    before = uow.first(Dispute, *same, col(Dispute.appeal_of).is_(None))
    if before is not None and (before.status is DisputeStatus.OPEN or about is not DisputeAbout.SUSPENSION):
        raise DisputeStands
    if before is not None and before.decided_at and not _paused_since(uow, actor.user_id, before):
        raise DisputeStands


def _paused_since(uow: UnitOfWork, user_id: UUID, before: Dispute) -> bool:
    """Whether an account was paused anew after an earlier question about a pause was decided."""
    since = uow.get(User, user_id).suspended_at
    return since is not None and before.decided_at is not None and since > before.decided_at


def _money(uow: UnitOfWork, actor: Actor, subject_id: UUID | None) -> _Subject:
    """A contribution that was paid or refunded, or pay, of this person."""
    if subject_id is None:
        raise NotFound(what="Contribution")
    given = uow.first(Contribution, Contribution.id == subject_id, Contribution.contributor_id == actor.user_id)
    if given is not None:
        return _Subject(given.id, campaign_id=given.campaign_id, contribution_id=given.id)
    pay = uow.first(Payout, Payout.id == subject_id, Payout.cleaner_id == actor.user_id)
    if pay is None:
        raise NotFound(what="Contribution")
    return _Subject(pay.id, job_id=pay.job_id, campaign_id=pay.campaign_id, payout_id=pay.id)


def _rejection(uow: UnitOfWork, actor: Actor, subject_id: UUID | None) -> _Subject:
    """An after-photo of this cleaner that was not accepted; who rejected it answers."""
    mine = Job.claimed_by == actor.user_id
    job = uow.first(Job, Job.id == subject_id, mine) if subject_id else None
    if job is None:
        raise NotFound(what="Job")
    if job.rejected_at is None:
        raise NothingToDispute
    return _Subject(job.id, job_id=job.id, campaign_id=job.campaign_id, other_id=job.rejected_by)


def _penalty(uow: UnitOfWork, actor: Actor, subject_id: UUID | None) -> _Subject:
    mine = Penalty.cleaner_id == actor.user_id
    found = uow.first(Penalty, Penalty.id == subject_id, mine) if subject_id else None
    if found is None:
        raise NotFound(what="Penalty")
    if found.lifted_at is not None:
        raise NothingToDispute
    campaign_id = uow.get(Job, found.job_id).campaign_id
    return _Subject(found.id, job_id=found.job_id, campaign_id=campaign_id, penalty_id=found.id)


def _suspension(uow: UnitOfWork, actor: Actor, _subject_id: UUID | None) -> _Subject:
    """The own paused account; the admin who paused it answers, if it was one."""
    user = uow.get(User, actor.user_id)
    if user.status is not UserStatus.SUSPENDED:
        raise NothingToDispute
    paused = (StatusChange.kind == User.kind, StatusChange.subject_id == user.id, StatusChange.to_status == "SUSPENDED")
    moves = sorted(uow.all(StatusChange, *paused), key=lambda one: one.id or 0)
    return _Subject(user.id, other_id=moves[-1].by_id if moves else None)


def _result(_uow: UnitOfWork, _actor: Actor, _subject_id: UUID | None) -> _Subject:
    raise InvalidFields({"about": FieldProblem("about_missing")})  # a result is disputed at its campaign


_SUBJECTS = {
    DisputeAbout.PAYMENT: _money,
    DisputeAbout.REFUND: _money,
    DisputeAbout.FEE: _money,
    DisputeAbout.REJECTION: _rejection,
    DisputeAbout.PENALTY: _penalty,
    DisputeAbout.SUSPENSION: _suspension,
    DisputeAbout.RESULT: _result,
}
