"""The escrow table: where the kept part of each contribution is (PAY-03)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from cleanit_app.domain.statuses import EscrowStatus
from cleanit_app.models import EscrowTransaction
from cleanit_app.services.unit_of_work import UnitOfWork

# One campaign may hold thousands of contributions that move together, so these are set-based updates:
# each asks the table of moves first and touches only rows that stand where the move starts.


def release(
    uow: UnitOfWork, *, purpose: str, campaign_id: UUID | None = None, contribution_id: UUID | None = None
) -> None:
    """Money held for a campaign (or one contribution) leaves for a PAYOUT or a REFUND."""
    _move(
        uow,
        EscrowStatus.HELD,
        EscrowStatus.RELEASED,
        campaign_id,
        contribution_id,
        released_at=uow.now,
        released_for=purpose,
    )


def refunded(uow: UnitOfWork, *, contribution_id: UUID) -> None:
    """A released contribution reached the person who gave it."""
    _move(uow, EscrowStatus.RELEASED, EscrowStatus.REFUNDED, None, contribution_id)


def hold_again(uow: UnitOfWork, *, campaign_id: UUID | None = None, contribution_id: UUID | None = None) -> None:
    """Money that had left came back: a refund failed or a bank returned the pay."""
    _move(
        uow,
        EscrowStatus.RELEASED,
        EscrowStatus.HELD,
        campaign_id,
        contribution_id,
        released_at=None,
        released_for=None,
    )


def _move(
    uow: UnitOfWork,
    source: EscrowStatus,
    target: EscrowStatus,
    campaign_id: UUID | None,
    contribution_id: UUID | None,
    **facts: Any,
) -> None:
    source.check_move(target)
    rows = update(EscrowTransaction).where(col(EscrowTransaction.status) == source)
    if campaign_id is not None:
        rows = rows.where(col(EscrowTransaction.campaign_id) == campaign_id)
    if contribution_id is not None:
        rows = rows.where(col(EscrowTransaction.contribution_id) == contribution_id)
    uow.run(rows.values(status=target, **facts))
