"""Who may raise, answer and decide a dispute: the questions that every step asks first (OPS-03)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.disputes import DECIDES, DisputeAbout, DisputeSide
from cleanit_app.domain.errors import AppealElsewhere, NotFound, OwnInterest
from cleanit_app.models import Dispute, Job
from cleanit_app.services.unit_of_work import UnitOfWork


def side_of(dispute: Dispute, actor: Actor) -> DisputeSide:
    """On which side somebody stands: a party, or an admin who decides such things; NotFound for others."""
    if actor.user_id == dispute.raised_by:
        return DisputeSide.RAISER
    if actor.user_id == dispute.other_id:
        return DisputeSide.OTHER
    if actor.may(DECIDES[DisputeAbout(dispute.about)]):
        return DisputeSide.DESK
    raise NotFound(what="Dispute")


def disputes_of_work(uow: UnitOfWork, job: Job, **of: UUID) -> list[Dispute]:
    """All that was raised about the result of this work, also under the job that a decision made of it, oldest first.

    A split or an upheld appeal makes another job of the same work, handed in at the same moment; who cleans the place
    anew hands in later. `of` names columns that must be equal.
    """
    about_it = (Dispute.about == DisputeAbout.RESULT, Dispute.campaign_id == job.campaign_id)
    since = (col(Dispute.raised_at) >= job.completed_at,) if job.completed_at else ()
    equal = (getattr(Dispute, name) == value for name, value in of.items())
    return sorted(uow.all(Dispute, *about_it, *since, *equal), key=lambda one: one.raised_at)


def must_decide(uow: UnitOfWork, actor: Actor, dispute: Dispute) -> None:
    """Refuse who may not decide this: without the permission, with a part in it, or asked for the own decision.

    NotAllowed, OwnInterest, AppealElsewhere.
    """
    actor.must(DECIDES[DisputeAbout(dispute.about)])
    if actor.user_id in (dispute.raised_by, dispute.other_id):
        raise OwnInterest
    if dispute.appeal_of is not None and uow.get(Dispute, dispute.appeal_of).decided_by == actor.user_id:
        raise AppealElsewhere
