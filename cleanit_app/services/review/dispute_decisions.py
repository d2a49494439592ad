"""What a decision on a dispute writes down and tells, whoever decides and by whichever way (OPS-03)."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.events import DisputeDecided, QuestionDecided
from cleanit_app.domain.statuses import DisputeStatus
from cleanit_app.models import Dispute, Payout
from cleanit_app.services.payouts.holds import open_disputes
from cleanit_app.services.unit_of_work import UnitOfWork


def decide(
    uow: UnitOfWork, dispute: Dispute, payout: Payout, *, by: Actor, upheld: bool, note: str, goes_on: bool
) -> None:
    """Write a decision on an open dispute about a result down and tell it; its payout is locked."""
    if dispute.appeal_of is not None:
        answer(uow, dispute, by=by, upheld=upheld, note=note)
        return
    _write(uow, dispute, by, upheld, note)
    told = DisputeDecided(
        dispute.id,
        payout.job_id,
        payout.campaign_id,
        payout.id,
        payout.cleaner_id,
        dispute.raised_by,
        payout.amount_paise,
        upheld,
        goes_on,
        note,
    )
    uow.record(told, by=by)


def answer(uow: UnitOfWork, dispute: Dispute, *, by: Actor, upheld: bool, note: str) -> None:
    """Write a decision on a locked, open dispute down and tell both sides; what follows from it is the caller's."""
    _write(uow, dispute, by, upheld, note)
    told = QuestionDecided(dispute.id, dispute.raised_by, dispute.other_id, dispute.about, upheld, note)
    uow.record(told, by=by)


def _write(uow: UnitOfWork, dispute: Dispute, by: Actor, upheld: bool, note: str) -> None:
    dispute.decided_by, dispute.decided_at, dispute.note = by.user_id, uow.now, note
    target = DisputeStatus.UPHELD if upheld else DisputeStatus.DISMISSED
    dispute.move_to(target, by=by, at=uow.now, why=note[:300])


def uphold_all(uow: UnitOfWork, payout: Payout, *, by: Actor, note: str) -> None:
    """Nothing is owed any more: whoever doubted the work was right."""
    for dispute in open_disputes(uow, payout.id):
        decide(uow, dispute, payout, by=by, upheld=True, note=note, goes_on=False)
