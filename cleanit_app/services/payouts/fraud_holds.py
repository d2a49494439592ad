"""What an open case about a faked photo does to a cleaner's other pay: it stays until finance has looked (VER-06)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.models import FraudCase, Payout
from cleanit_app.services.payouts import dispute_holds, payouts
from cleanit_app.services.unit_of_work import UnitOfWork

CASE_OPEN = "CASE_OPEN"  # why the house holds a payout; its words stand in the catalogue
_NOT_ARRIVED = (PayoutStatus.PENDING, PayoutStatus.PROCESSING, PayoutStatus.MANUAL)


def hold_pay_of(uow: UnitOfWork, *, cleaner_id: UUID) -> None:
    """Keep back all of a cleaner's pay that has not arrived; what is with the bank already does not leave again.

    A hold of finance or of the house stands as it is.
    """
    theirs = select(col(Payout.id)).where(
        col(Payout.cleaner_id) == cleaner_id, col(Payout.status).in_(_NOT_ARRIVED), col(Payout.held_at).is_(None)
    )
    disputed = select(col(Payout.id)).where(
        col(Payout.cleaner_id) == cleaner_id,
        col(Payout.status).in_(_NOT_ARRIVED),
        col(Payout.hold_reason) == dispute_holds.DISPUTED,
    )
    for payout in uow.lock_all(Payout, list(uow.run(theirs.union(disputed)).scalars())):
        if payout.status in _NOT_ARRIVED and (payout.held_at is None or dispute_holds.holds(payout)):
            _hold(uow, payout)


def hold_if_case_open(uow: UnitOfWork, payout: Payout) -> None:
    """Pay that is owed while a case is open waits with the rest."""
    open_case = (FraudCase.cleaner_id == payout.cleaner_id, col(FraudCase.closed_at).is_(None))
    if uow.first(FraudCase, *open_case) is not None:
        _hold(uow, payout)


def _hold(uow: UnitOfWork, payout: Payout) -> None:
    told = payouts.hold(payout, CASE_OPEN, by=SYSTEM, at=uow.now)
    if payout.status is not PayoutStatus.PROCESSING:  # that may still arrive: nobody is told that it was held
        uow.record(told, by=SYSTEM)
