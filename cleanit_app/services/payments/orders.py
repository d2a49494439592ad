"""Who may get the provider's order of a wish: one caller at a time, by a claim that is committed before the call.

The provider knows no key for orders. Two who look for one at the same moment both find none and would make two.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.statuses import ContributionStatus
from cleanit_app.models import Contribution
from cleanit_app.ports import ProviderOrder
from cleanit_app.services.unit_of_work import UnitOfWork

CLAIM = timedelta(seconds=90)
"""Longer than a question and a call, 35 seconds each: whose claim ran out is dead, and what it made can be found."""


def claim(uow: UnitOfWork, *, contribution_id: UUID) -> tuple[Contribution, bool]:
    """The wish, freshly read, and whether its order is ours to get; no when there is one or another is at it."""
    contribution = uow.lock(Contribution, contribution_id)
    # Whoever began before the claimer and waited for the row has the earlier `now`, so a claim may reach further ahead
    # than our own would. One twice as far ahead is of a clock that was set back since.
    taken = (
        contribution.order_claimed_until is not None
        and uow.now < contribution.order_claimed_until <= uow.now + 2 * CLAIM
    )
    mine = contribution.razorpay_order_id is None and not taken
    if mine:
        contribution.order_claimed_until = uow.now + CLAIM
    return contribution, mine


def release(uow: UnitOfWork, *, contribution_id: UUID) -> None:
    """The provider has answered, and there is no order: the next may try at once."""
    uow.lock(Contribution, contribution_id).order_claimed_until = None


def record_order(uow: UnitOfWork, *, contribution_id: UUID, order: ProviderOrder) -> Contribution:
    """Write down the order of a wish; the first that was written stays."""
    contribution = uow.lock(Contribution, contribution_id)
    contribution.order_claimed_until = None
    if contribution.razorpay_order_id is None:
        contribution.razorpay_order_id = order.id
        uow.flush()
        if contribution.status is ContributionStatus.CREATED:
            contribution.move_to(ContributionStatus.PENDING, by=SYSTEM, at=uow.now, why=f"order {order.id}")
    return contribution
