"""What keeps a payout back and lets it go: finance, the house, open disputes (OPS-03), an open fraud case (VER-06).

A payout has one hold at a time. Finance's and the house's own stand above that of a dispute, which comes back by
itself when theirs is given up while somebody still disputes the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.events import PayoutHeld
from cleanit_app.domain.statuses import DisputeStatus, PayoutStatus
from cleanit_app.models import Dispute, FraudCase, Payout
from cleanit_app.services.unit_of_work import UnitOfWork

# Why the house itself holds a payout; their words stand in the catalogue.
DISPUTED = "DISPUTED"
CASE_OPEN = "CASE_OPEN"
LEFT_AFTER_ALL = "LEFT_AFTER_ALL"
_NOT_ARRIVED = (PayoutStatus.PENDING, PayoutStatus.PROCESSING, PayoutStatus.MANUAL)


def hold(payout: Payout, reason: str, *, by: Actor, at: datetime) -> PayoutHeld:
    """Keep a locked payout back until somebody in finance releases it; the event is the caller's to record (OPS-03)."""
    payout.held_at, payout.held_by, payout.hold_reason = at, by.id, reason
    return PayoutHeld(payout.id, payout.campaign_id, payout.cleaner_id, payout.amount_paise, reason)


def let_go(uow: UnitOfWork, payout: Payout) -> bool:
    """A locked payout's hold ends: it goes on from where it stood unless somebody disputes it; whether it goes."""
    payout.held_at = payout.held_by = payout.hold_reason = None
    uow.flush()
    if open_disputes(uow, payout.id):
        hold_for_dispute(uow, payout)
    return payout.held_at is None


def open_disputes(uow: UnitOfWork, payout_id: UUID, *, lock: bool = False) -> Sequence[Dispute]:
    """The open disputes about the result of a payout, oldest first; who changes them locks the payout, then these."""
    about = (Dispute.payout_id == payout_id, Dispute.about == DisputeAbout.RESULT)
    found = uow.all(Dispute, *about, col(Dispute.status) == DisputeStatus.OPEN)
    if lock:
        found = uow.lock_all(Dispute, [one.id for one in found])
    return sorted(found, key=lambda one: (one.raised_at, one.id))


def is_only_disputed(payout: Payout) -> bool:
    """Whether it is disputes that keep a payout back, and not a person in finance or the house itself."""
    return payout.held_by is None and payout.hold_reason == DISPUTED


def hold_for_dispute(uow: UnitOfWork, payout: Payout) -> None:
    """A locked payout stays, in its place."""
    payout.held_at, payout.held_by, payout.hold_reason = uow.now, None, DISPUTED


def hold_pay_of(uow: UnitOfWork, *, cleaner_id: UUID) -> None:
    """Keep back all of a suspected cleaner's pay that has not arrived until finance has looked (VER-06).

    What is with the bank already does not leave again. A hold of finance or of the house stands as it is.
    """
    theirs = select(col(Payout.id)).where(
        col(Payout.cleaner_id) == cleaner_id, col(Payout.status).in_(_NOT_ARRIVED), col(Payout.held_at).is_(None)
    )
    disputed = select(col(Payout.id)).where(
        col(Payout.cleaner_id) == cleaner_id,
        col(Payout.status).in_(_NOT_ARRIVED),
        col(Payout.hold_reason) == DISPUTED,
    )
    for payout in uow.lock_all(Payout, list(uow.run(theirs.union(disputed)).scalars())):
        if payout.status in _NOT_ARRIVED and (payout.held_at is None or is_only_disputed(payout)):
            _hold_for_case(uow, payout)


def hold_if_case_open(uow: UnitOfWork, payout: Payout) -> None:
    """Pay that is owed while a case is open whose pay a person holds waits with the rest (OPS-04)."""
    held = col(FraudCase.holds_pay).is_(True)
    open_case = (FraudCase.person_id == payout.cleaner_id, held, col(FraudCase.closed_at).is_(None))
    if uow.first(FraudCase, *open_case) is not None:
        _hold_for_case(uow, payout)


def _hold_for_case(uow: UnitOfWork, payout: Payout) -> None:
    told = hold(payout, CASE_OPEN, by=SYSTEM, at=uow.now)
    if payout.status is not PayoutStatus.PROCESSING:  # that may still arrive: nobody is told that it was held
        uow.record(told, by=SYSTEM)
