"""What waits to leave and what moved, page by page, for finance (PAY-12, OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.provider import REFUND_LIMIT, ProviderTransferStatus
from cleanit_app.domain.statuses import AttemptStatus, PayoutStatus, RefundStatus
from cleanit_app.reads.paging import Page, ask_list, day_key, moment_key, one_page, page_size, read_cursor
from cleanit_app.reads.payouts.pay import PAY_COLUMNS, pay_of
from cleanit_app.services.unit_of_work import UnitOfWork

SHOWN = 50


@dataclass(frozen=True)
class PayoutToDo:
    """A payout that has not arrived."""

    id: UUID
    job_id: UUID
    campaign_id: UUID
    campaign_title: str
    cleaner_id: UUID
    cleaner_name: str
    amount_paise: int
    status: PayoutStatus
    scheduled_for: datetime
    due: bool
    details_confirmed: bool
    held: bool
    failure_reason: str | None
    tries: int
    hold_reason: str | None = None
    unsure: bool = False  # its call waits for a person: nobody knows whether it left
    queued: bool = False  # the provider keeps it until our balance suffices
    stands: PayStands = PayStands.WAITS
    leaves_at: datetime | None = None  # None while no clock runs


@dataclass(frozen=True)
class RefundToDo:
    """A refund that has not arrived; `late` after the promised day."""

    id: UUID
    contribution_id: UUID
    campaign_id: UUID
    campaign_title: str
    contributor_name: str
    amount_paise: int
    cause: str
    status: RefundStatus
    created_at: datetime
    due_on: date
    late: bool
    failure_reason: str | None
    unsure: bool = False
    too_old: bool = False  # the provider refuses it now; only a bank transfer helps


@dataclass(frozen=True)
class MovementItem:
    """One line of money that moved."""

    id: UUID
    type: str
    status: str
    amount_paise: int
    reference: str | None
    campaign_id: UUID
    campaign_title: str
    created_at: datetime


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("no truth")
    return value


def payouts_to_do(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[PayoutToDo]:
    """Payouts that have not arrived: those a person must look at first, then by their time."""
    actor.must(Permission.SEE_FINANCES)
    size = page_size(limit)
    keys = read_cursor(cursor, _truth, moment_key, UUID)
    after = """AND ((o.status <> 'MANUAL'), o.scheduled_for, o.id)
               > (CAST(:later AS boolean), CAST(:at AS timestamptz), CAST(:last AS uuid))"""
    rows = ask_list(
        uow,
        "payouts to do",
        f"""SELECT o.*, o.status <> 'MANUAL' AS by_itself, c.title, u.name AS cleaner_name, k.payout_verified_at,
              {PAY_COLUMNS},
              (SELECT count(*) FROM transfer_attempts a WHERE a.payout_id = o.id) AS tries,
              a.status AS call_status, a.provider_status
            FROM payouts o JOIN campaigns c ON c.id = o.campaign_id JOIN users u ON u.id = o.cleaner_id
            JOIN cleaners k ON k.user_id = o.cleaner_id
            LEFT JOIN transfer_attempts a ON a.payout_id = o.id AND a.status NOT IN ('FAILED', 'REVERSED')
            WHERE o.status IN ('PENDING', 'PROCESSING', 'MANUAL') {after if keys else ""}
            ORDER BY (o.status <> 'MANUAL'), o.scheduled_for, o.id LIMIT :size""",
        size=size + 1,
        **(dict(zip(("later", "at", "last"), keys, strict=True)) if keys else {}),
    )
    return one_page(rows, size, lambda row: _payout(row, uow.now), attrgetter("by_itself", "scheduled_for", "id"))


def _payout(row: Row[Any], now: datetime) -> PayoutToDo:
    pay = pay_of(row, now)
    if pay is None:
        raise ValueError("a payout without a status")
    return PayoutToDo(
        id=row.id,
        job_id=row.job_id,
        campaign_id=row.campaign_id,
        campaign_title=row.title,
        cleaner_id=row.cleaner_id,
        cleaner_name=row.cleaner_name,
        amount_paise=row.amount_paise,
        status=PayoutStatus(row.status),
        scheduled_for=row.scheduled_for,
        due=row.status == PayoutStatus.PENDING and row.scheduled_for <= now and row.held_at is None,
        details_confirmed=row.payout_verified_at is not None,
        held=row.held_at is not None,
        failure_reason=row.failure_reason,
        tries=row.tries,
        hold_reason=row.hold_reason,
        unsure=row.call_status == AttemptStatus.MANUAL,
        queued=row.call_status == AttemptStatus.ACCEPTED and row.provider_status == ProviderTransferStatus.QUEUED,
        stands=pay.stands,
        leaves_at=pay.leaves_at,
    )


def refunds_to_do(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[RefundToDo]:
    """Refunds that have not arrived: those a person must look at first, then by the day they are promised for."""
    actor.must(Permission.SEE_FINANCES)
    size = page_size(limit)
    keys = read_cursor(cursor, _truth, day_key, UUID)
    after = """AND ((r.status <> 'MANUAL'), r.due_on, r.id)
               > (CAST(:later AS boolean), CAST(:day AS date), CAST(:last AS uuid))"""
    rows = ask_list(
        uow,
        "refunds to do",
        f"""SELECT r.*, r.status <> 'MANUAL' AS by_itself, c.title, u.name AS contributor, a.status AS call_status,
              p.captured_at
            FROM refunds r JOIN campaigns c ON c.id = r.campaign_id
            JOIN users u ON u.id = r.contributor_id JOIN payments p ON p.id = r.payment_id
            LEFT JOIN transfer_attempts a ON a.refund_id = r.id AND a.status NOT IN ('FAILED', 'REVERSED')
            WHERE r.status IN ('PENDING', 'PROCESSING', 'MANUAL') {after if keys else ""}
            ORDER BY (r.status <> 'MANUAL'), r.due_on, r.id LIMIT :size""",
        size=size + 1,
        **(dict(zip(("later", "day", "last"), keys, strict=True)) if keys else {}),
    )
    return one_page(rows, size, lambda row: _refund(row, uow.now), attrgetter("by_itself", "due_on", "id"))


def _refund(row: Row[Any], now: datetime) -> RefundToDo:
    return RefundToDo(
        id=row.id,
        contribution_id=row.contribution_id,
        campaign_id=row.campaign_id,
        campaign_title=row.title,
        contributor_name=row.contributor,
        amount_paise=row.amount_paise - row.fee_withheld_paise,
        cause=row.cause,
        status=RefundStatus(row.status),
        created_at=row.created_at,
        due_on=row.due_on,
        late=row.due_on < ist_date(now),
        failure_reason=row.failure_reason,
        unsure=row.call_status == AttemptStatus.MANUAL,
        too_old=now - row.captured_at > REFUND_LIMIT,
    )


def movements(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[MovementItem]:
    """Every line of money that moved, the newest first."""
    actor.must(Permission.SEE_FINANCES)
    return _movements(uow, page_size(limit), read_cursor(cursor, moment_key, UUID))


def newest_movements(uow: UnitOfWork) -> tuple[MovementItem, ...]:
    """The newest 50 lines of money that moved; asked by `financial_overview` and `public_money`."""
    return _movements(uow, SHOWN, None).items


def _movements(uow: UnitOfWork, size: int, keys: tuple[Any, ...] | None) -> Page[MovementItem]:
    after = "WHERE (m.created_at, m.id) < (CAST(:at AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "movements of money",
        f"""SELECT m.*, c.title FROM transactions m JOIN campaigns c ON c.id = m.campaign_id {after}
            ORDER BY m.created_at DESC, m.id DESC LIMIT :size""",
        size=size + 1,
        **(dict(zip(("at", "last"), keys, strict=True)) if keys else {}),
    )
    return one_page(rows, size, _movement, attrgetter("created_at", "id"))


def _movement(r: Row[Any]) -> MovementItem:
    return MovementItem(r.id, r.type, r.status, r.amount_paise, r.reference, r.campaign_id, r.title, r.created_at)
