"""An appeal: a decision is looked at once more, by another admin (OPS-03)."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import DisputeAbout, DisputeSide, lost
from cleanit_app.domain.errors import AppealedAlready, AppealTooLate, NotDecidedYet, NotFound, NothingLost
from cleanit_app.domain.events import DisputeAppealed
from cleanit_app.domain.statuses import DisputeStatus, PayoutStatus
from cleanit_app.models import Campaign, Dispute, Job, Payout, new_id
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.payouts import holds
from cleanit_app.services.review.dispute_rules import disputes_of_work, side_of
from cleanit_app.services.transfers import attempts
from cleanit_app.services.unit_of_work import UnitOfWork


@open_before_terms
def appeal(uow: UnitOfWork, *, actor: Actor, dispute_id: UUID, reason: str) -> Dispute:
    """Do not agree with a decision: another admin looks, within 48 hours. For who lost something, within seven days.

    Pay of a disputed result that has not left is held again. An appeal is heard once, about one piece of work too,
    however many questioned it: its decision is the last. NotFound for who has no side in it, NotDecidedYet while it
    is open, NothingLost for who won, AppealedAlready, AppealTooLate.
    """
    actor.must(Permission.MANAGE_SELF)
    asked = uow.get(Dispute, dispute_id)
    if asked.job_id is not None:
        uow.lock(Job, asked.job_id)  # two who questioned the same work may appeal at once
    payout = _pay_now(uow, asked)
    first = uow.lock(Dispute, dispute_id)
    side = side_of(first, actor)
    if side is DisputeSide.DESK:
        raise NotFound(what="Dispute")
    if _appealed(uow, first):
        raise AppealedAlready
    if first.status is DisputeStatus.OPEN or first.decided_at is None:
        raise NotDecidedYet
    if not lost(first.status, side):
        raise NothingLost
    if uow.now >= first.decided_at + LIMITS.appeal_within:
        raise AppealTooLate
    again = _again(uow, first, payout, actor, reason)
    if payout is not None and payout.held_at is None and _is_here(uow, payout):
        holds.hold_for_dispute(uow, payout)
    uow.record(DisputeAppealed(again.id, again.raised_by, again.other_id, again.about), by=actor)
    return again


def _appealed(uow: UnitOfWork, first: Dispute) -> bool:
    """Whether this is an appeal, or there was one against it, or against another doubt about the same work."""
    if first.appeal_of is not None or uow.first(Dispute, Dispute.appeal_of == first.id) is not None:
        return True
    if first.about != DisputeAbout.RESULT or first.job_id is None:
        return False
    return any(one.appeal_of for one in disputes_of_work(uow, uow.get(Job, first.job_id)))


def _pay_now(uow: UnitOfWork, first: Dispute) -> Payout | None:
    """The locked pay of a disputed result as it is owed today, which a split may have made smaller.

    None once somebody else has done the work: that one's pay waits for nobody's appeal.
    """
    if first.about != DisputeAbout.RESULT or first.campaign_id is None or first.payout_id is None:
        return None
    job_id = uow.get(Campaign, first.campaign_id).job_id
    whose = uow.get(Payout, first.payout_id).cleaner_id
    return uow.first(Payout, Payout.job_id == job_id, Payout.cleaner_id == whose, lock=True) if job_id else None


def _is_here(uow: UnitOfWork, payout: Payout) -> bool:
    waits = payout.status in (PayoutStatus.PENDING, PayoutStatus.MANUAL)
    return waits and attempts.open_attempt(uow, payout_id=payout.id) is None


def _again(uow: UnitOfWork, first: Dispute, payout: Payout | None, actor: Actor, reason: str) -> Dispute:
    """The same question once more; whoever does not appeal is the other side."""
    other = first.other_id if actor.user_id == first.raised_by else first.raised_by
    made = Dispute(
        id=new_id(),
        about=first.about,
        subject_id=first.subject_id,
        job_id=payout.job_id if payout else first.job_id,
        campaign_id=first.campaign_id,
        payout_id=payout.id if payout else first.payout_id,
        contribution_id=first.contribution_id,
        penalty_id=first.penalty_id,
        raised_by=actor.user_id,
        other_id=other,
        appeal_of=first.id,
        raised_at=uow.now,
        reason=reason,
    )
    uow.add(made).begin(by=actor, at=uow.now, why=reason[:300])
    uow.flush()
    return made
