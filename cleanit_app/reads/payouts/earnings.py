"""A cleaner's earnings: what comes, what came, and each payout's way to the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import IST, financial_year, ist_date, next_payout_run
from cleanit_app.domain.errors import NotACleaner, NotFound
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.reads.paging import LARGEST_LIMIT, Page, about_one, ask, ask_list, one_page, page_size, read_cursor
from cleanit_app.reads.payouts.pay import PAY_COLUMNS, pay_of
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PayoutItem:
    """The pay for one job; `leaves_at` is when it leaves by itself, None while no clock runs."""

    id: UUID
    job_id: UUID
    campaign_id: UUID
    campaign_title: str
    amount_paise: int
    status: PayoutStatus
    verified_at: datetime | None
    scheduled_for: datetime
    leaves_at: datetime | None
    initiated_at: datetime | None
    paid_at: datetime | None
    reference: str | None
    failure_reason: str | None
    held: bool
    razorpay_payout_id: str | None = None
    stands: PayStands = PayStands.WAITS


@dataclass(frozen=True)
class Earnings:
    """A page of payouts with totals as sums of ledger lines in paise (PAY-11); the year is April to March."""

    page: Page[PayoutItem]
    coming_paise: int
    paid_paise: int
    paid_count: int
    average_paise: int
    this_year_paise: int
    year: str
    next_run: datetime
    payout_mask: str | None
    payout_confirmed: bool


_PAYOUT = f"""
SELECT o.*, c.title, j.verified_at, {PAY_COLUMNS} FROM payouts o JOIN campaigns c ON c.id = o.campaign_id
JOIN jobs j ON j.id = o.job_id
"""


def earnings(uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None) -> Earnings:
    """A cleaner's payouts, newest first, and the totals over all; NotACleaner for other accounts (PAY-11)."""
    actor.must(Permission.MANAGE_SELF)
    size = page_size(limit)
    keys = read_cursor(cursor, UUID)
    totals = _totals(uow, actor)
    rows = ask_list(
        uow,
        "earnings",
        f"""{_PAYOUT} WHERE o.cleaner_id = :me {"AND o.id < CAST(:last AS uuid)" if keys else ""}
            ORDER BY o.id DESC LIMIT :size""",
        me=actor.user_id,
        size=size + 1,
        **({"last": keys[0]} if keys else {}),
    )
    return Earnings(
        page=one_page(rows, size, lambda row: _item(row, uow.now), lambda row: (row.id,)),
        coming_paise=totals.coming,
        paid_paise=totals.paid,
        paid_count=totals.jobs,
        average_paise=totals.paid // totals.jobs if totals.jobs else 0,
        this_year_paise=totals.this_year,
        year=financial_year(ist_date(uow.now)),
        next_run=next_payout_run(uow.now),
        payout_mask=totals.payout_mask,
        payout_confirmed=totals.payout_verified_at is not None,
    )


def pending_payouts(uow: UnitOfWork, *, actor: Actor) -> tuple[PayoutItem, ...]:
    """A cleaner's payouts that have not arrived, the next one first (100 at the most)."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask_list(
        uow,
        "pending payouts",
        f"""{_PAYOUT} WHERE o.cleaner_id = :me AND o.status NOT IN ('PAID', 'CANCELLED')
            ORDER BY o.scheduled_for, o.id LIMIT :most""",
        me=actor.user_id,
        most=LARGEST_LIMIT,
    )
    return tuple(rows.read(lambda row: _item(row, uow.now)))


def _totals(uow: UnitOfWork, actor: Actor) -> Row[Any]:
    rows = ask(
        uow,
        """WITH moved AS (
             SELECT l.amount_paise, t.kind, t.created_at FROM payouts o
             JOIN ledger_lines l ON l.account = 'PAYOUT_CLEARING' AND l.subject_id = o.id
             JOIN ledger_transfers t ON t.id = l.transfer_id WHERE o.cleaner_id = :me)
           SELECT k.payout_mask, k.payout_verified_at,
             (SELECT coalesce(-sum(amount_paise), 0)::bigint FROM ledger_lines
              WHERE account = 'CLEANER_PAYABLE' AND subject_id = :me)
             + (SELECT coalesce(-sum(amount_paise), 0)::bigint FROM moved) AS coming,
             (SELECT coalesce(sum(amount_paise), 0)::bigint FROM moved
              WHERE kind IN ('PAYOUT_PROCESSED', 'PAYOUT_REVERSED')) AS paid,
             (SELECT coalesce(sum(amount_paise), 0)::bigint FROM moved
              WHERE kind IN ('PAYOUT_PROCESSED', 'PAYOUT_REVERSED')
              AND created_at >= CAST(:year_start AS timestamptz)) AS this_year,
             (SELECT count(*) FROM payouts WHERE cleaner_id = :me AND status = 'PAID') AS jobs
           FROM cleaners k WHERE k.user_id = :me""",
        me=actor.user_id,
        year_start=year_start(uow.now),
    )
    if not rows:
        raise NotACleaner
    return rows[0]


def year_start(now: datetime) -> datetime:
    """Midnight in India of the first of April before a moment, in UTC."""
    day = ist_date(now)
    first = day.replace(year=day.year - (day.month < 4), month=4, day=1)
    return datetime.combine(first, time(0), tzinfo=IST).astimezone(UTC)


def _item(row: Row[Any], now: datetime) -> PayoutItem:
    pay = pay_of(row, now)
    if pay is None:
        raise ValueError("a payout without a status")
    return PayoutItem(
        id=row.id,
        job_id=row.job_id,
        campaign_id=row.campaign_id,
        campaign_title=row.title,
        amount_paise=row.amount_paise,
        status=PayoutStatus(row.status),
        verified_at=row.verified_at,
        scheduled_for=row.scheduled_for,
        leaves_at=pay.leaves_at,
        initiated_at=row.initiated_at,
        paid_at=row.paid_at,
        reference=row.utr,
        failure_reason=row.failure_reason,
        held=row.held_at is not None,
        razorpay_payout_id=row.razorpay_payout_id,
        stands=pay.stands,
    )


@dataclass(frozen=True)
class PayoutDetail:
    """One payout with where it goes and how often it was tried."""

    item: PayoutItem
    cleaner_id: UUID
    cleaner_name: str
    payout_mask: str | None
    payout_confirmed: bool
    tries: int
    hold_reason: str | None
    raised_paise: int
    fee_paise: int
    tax_paise: int = 0


@about_one
def payout_detail(uow: UnitOfWork, *, actor: Actor, payout_id: UUID) -> PayoutDetail:
    """One payout for the cleaner who gets it and for who sees the finances; NotFound for others."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(
        uow,
        f"""SELECT o.*, c.title, c.raised_paise, j.verified_at, j.platform_fee_paise, u.name AS cleaner_name,
             {PAY_COLUMNS}, k.payout_mask, k.payout_verified_at,
             (SELECT count(*) FROM transfer_attempts a WHERE a.payout_id = o.id) AS tries
           FROM payouts o JOIN campaigns c ON c.id = o.campaign_id JOIN jobs j ON j.id = o.job_id
           JOIN users u ON u.id = o.cleaner_id JOIN cleaners k ON k.user_id = o.cleaner_id
           WHERE o.id = :id AND (o.cleaner_id = :me OR :sees_all)""",
        id=payout_id,
        me=actor.user_id,
        sees_all=actor.may(Permission.SEE_FINANCES),
    )
    if not rows:
        raise NotFound(what="Payout")
    row = rows[0]
    return PayoutDetail(
        item=_item(row, uow.now),
        cleaner_id=row.cleaner_id,
        cleaner_name=row.cleaner_name,
        payout_mask=row.payout_mask,
        payout_confirmed=row.payout_verified_at is not None,
        tries=row.tries,
        hold_reason=row.hold_reason,
        raised_paise=row.raised_paise,
        fee_paise=row.platform_fee_paise,
        tax_paise=row.tds_paise,
    )
