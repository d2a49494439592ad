"""A payment while a person waits for it, and the receipt once the money is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotFound, ReceiptNotReady
from cleanit_app.domain.statuses import CampaignStatus, ContributionStatus
from cleanit_app.reads.paging import about_one, ask
from cleanit_app.reads.payments.contributions import ITEM, MoneyState, RefundItem, item_of, refunds_of, state_of
from cleanit_app.services.unit_of_work import UnitOfWork


class PayState(StrEnum):
    """What the waiting page says of a payment."""

    CREATED = "CREATED"
    PENDING = "PENDING"
    FAILED_TRY = "FAILED_TRY"
    SUCCESS = "SUCCESS"
    PART_KEPT = "PART_KEPT"
    LATE = "LATE"
    LAPSED = "LAPSED"


@dataclass(frozen=True)
class ContributionState:
    """How a payment of mine stands; FAILED_TRY may still be paid, LATE means that all of it goes back."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    fee_bps: int
    campaign_status: CampaignStatus
    state: PayState
    money_state: MoneyState
    amount_paise: int
    kept_paise: int
    order_id: str | None
    created_at: datetime
    paid_at: datetime | None
    failed_at: datetime | None
    failure_reason: str | None
    receipt_number: str | None
    refunds: tuple[RefundItem, ...]


@about_one
def contribution_state(uow: UnitOfWork, *, actor: Actor, contribution_id: UUID) -> ContributionState:
    """How one payment of mine stands, for the page that waits for it; NotFound for others' (PAY-02)."""
    actor.must(Permission.MANAGE_SELF)
    sql = f"{ITEM} WHERE g.id = :id AND g.contributor_id = :me"
    rows = ask(uow, sql, id=contribution_id, me=actor.user_id)
    if not rows:
        raise NotFound(what="Contribution")
    row = rows[0]
    refunds = refunds_of(row)
    return ContributionState(
        id=row.id,
        campaign_id=row.campaign_id,
        campaign_title=row.title,
        fee_bps=row.fee_bps,
        campaign_status=CampaignStatus(row.campaign_status),
        state=_pay_state(row),
        money_state=state_of(row, refunds),
        amount_paise=row.amount_paise,
        kept_paise=row.kept_paise,
        order_id=row.razorpay_order_id,
        created_at=row.created_at,
        paid_at=row.paid_at,
        failed_at=row.failed_at,
        failure_reason=row.failure_reason,
        receipt_number=row.receipt_number,
        refunds=refunds,
    )


@dataclass(frozen=True)
class UnfinishedPayment:
    """A payment of mine that was begun and not paid yet."""

    id: UUID
    amount_paise: int
    anonymous: bool


def unfinished_payment(uow: UnitOfWork, *, actor: Actor, campaign_id: UUID) -> UnfinishedPayment | None:
    """My newest payment to a campaign that is still open, so that nobody pays the same twice (PAY-01)."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(
        uow,
        """SELECT id, amount_paise, anonymous FROM contributions
           WHERE campaign_id = :campaign AND contributor_id = :me AND status IN ('CREATED', 'PENDING')
           ORDER BY id DESC LIMIT 1""",
        campaign=campaign_id,
        me=actor.user_id,
    )
    return UnfinishedPayment(rows[0].id, rows[0].amount_paise, rows[0].anonymous) if rows else None


def _pay_state(row: Row[Any]) -> PayState:
    if row.status == ContributionStatus.SUCCESS:
        if row.kept_paise == 0 and not any(r["cause"] == "TAKEN_BACK" for r in row.refunds):
            return PayState.LATE
        if row.kept_paise == 0:
            return PayState.SUCCESS  # it came in time; where it is now says `money_state`
        return PayState.SUCCESS if row.kept_paise == row.amount_paise else PayState.PART_KEPT
    if row.status == ContributionStatus.PENDING and row.failed_at:
        return PayState.FAILED_TRY
    return PayState(row.status)


@dataclass(frozen=True)
class Receipt:
    """What a receipt says (PAY-02); `state` is where the money is at the moment it is asked for."""

    number: str
    paid_at: datetime
    amount_paise: int
    kept_paise: int
    contributor_name: str
    campaign_id: UUID
    campaign_title: str
    campaign_address: str
    upi_reference: str | None
    payment_id: str
    method: str | None
    state: MoneyState
    refunds: tuple[RefundItem, ...]
    asked_at: datetime


@about_one
def receipt(uow: UnitOfWork, *, actor: Actor, contribution_id: UUID) -> Receipt:
    """The receipt of a contribution of mine; ReceiptNotReady before the money is here, NotFound for others'."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(
        uow,
        f"""SELECT i.*, c.address, u.name AS contributor, pay.reference, pay.method
            FROM ({ITEM} WHERE g.id = :id AND g.contributor_id = :me) i
            JOIN campaigns c ON c.id = i.campaign_id JOIN users u ON u.id = i.contributor_id
            LEFT JOIN payments pay ON pay.razorpay_payment_id = i.razorpay_payment_id""",
        id=contribution_id,
        me=actor.user_id,
    )
    if not rows:
        raise NotFound(what="Contribution")
    row = rows[0]
    if row.receipt_number is None:
        raise ReceiptNotReady
    item = item_of(row)
    return Receipt(
        number=row.receipt_number,
        paid_at=row.paid_at,
        amount_paise=row.amount_paise,
        kept_paise=row.kept_paise,
        contributor_name=row.contributor,
        campaign_id=row.campaign_id,
        campaign_title=row.title,
        campaign_address=row.address,
        upi_reference=row.reference,
        payment_id=row.razorpay_payment_id,
        method=row.method,
        state=item.state,
        refunds=item.refunds,
        asked_at=uow.now,
    )
