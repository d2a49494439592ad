"""Transactions found by any number that somebody has in hand, filtered, in several orders (OPS-01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import ist_date, midnight
from cleanit_app.domain.searching.transactions import TransactionQuestion, transaction_question
from cleanit_app.reads.paging import Found, Page, ask_list, moment_key, one_page, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork

PAGE, LARGEST = 50, 500


class TransactionType(StrEnum):
    """Which way money moved."""

    CONTRIBUTION = "CONTRIBUTION"
    PAYOUT = "PAYOUT"
    REFUND = "REFUND"


class TransactionStatus(StrEnum):
    """How far it is."""

    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class TransactionOrder(StrEnum):
    """By what the list is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"
    KIND = "kind"
    KIND_BACK = "kind-back"
    STATE = "state"
    STATE_BACK = "state-back"
    CLEANUP = "cleanup"
    CLEANUP_BACK = "cleanup-back"
    REFERENCE = "reference"
    REFERENCE_BACK = "reference-back"


@dataclass(frozen=True)
class TransactionsWanted:
    """One line for any number, and filters; days are Indian ones, the last is counted whole."""

    q: str = ""
    type: TransactionType | None = None
    status: TransactionStatus | None = None
    since: date | None = None
    until: date | None = None
    order: TransactionOrder = TransactionOrder.NEWEST


def said_of(wanted: TransactionsWanted) -> dict[str, str]:
    """The question as it stands in an address; what is as usual is left out."""
    named = {"q": wanted.q, "type": wanted.type, "status": wanted.status, "since": wanted.since, "until": wanted.until}
    sort = None if wanted.order is TransactionOrder.NEWEST else wanted.order
    return {name: str(value) for name, value in {**named, "sort": sort}.items() if value}


@dataclass(frozen=True)
class FoundTransaction:
    """One line of money that moved, with whose it is."""

    id: UUID
    type: str
    status: str
    amount_paise: int
    reference: str | None
    campaign_id: UUID
    campaign_title: str
    person_id: UUID | None
    person_name: str
    created_at: datetime


# Each way is answered by an index of its own; whatever is named, its transactions are few.
_NAMED = """SELECT t.id FROM transactions t WHERE t.reference = ANY(CAST(:words AS varchar[]))
      OR t.id = ANY(CAST(:ids AS uuid[])) OR t.source_id = ANY(CAST(:ids AS uuid[]))
      OR t.campaign_id = ANY(CAST(:ids AS uuid[]))
    UNION SELECT t.id FROM payments p JOIN transactions t ON t.source_id = p.id
      WHERE p.reference = ANY(CAST(:words AS varchar[])) OR p.razorpay_payment_id = ANY(CAST(:words AS varchar[]))
    UNION SELECT t.id FROM contributions b JOIN payments p ON p.contribution_id = b.id
      JOIN transactions t ON t.source_id = p.id
      WHERE b.razorpay_order_id = ANY(CAST(:words AS varchar[])) OR b.receipt_number = ANY(CAST(:words AS varchar[]))
        OR b.razorpay_payment_id = ANY(CAST(:words AS varchar[])) OR b.id = ANY(CAST(:ids AS uuid[]))
    UNION SELECT t.id FROM refunds r LEFT JOIN transfer_attempts a ON a.refund_id = r.id
      JOIN transactions t ON t.source_id IN (r.id, a.id)
      WHERE r.razorpay_refund_id = ANY(CAST(:words AS varchar[]))
        OR r.by_hand_reference = ANY(CAST(:words AS varchar[])) OR r.id = ANY(CAST(:ids AS uuid[]))
    UNION SELECT t.id FROM payouts o LEFT JOIN transfer_attempts a ON a.payout_id = o.id
      JOIN transactions t ON t.source_id IN (o.id, a.id)
      WHERE o.utr = ANY(CAST(:words AS varchar[])) OR o.razorpay_payout_id = ANY(CAST(:words AS varchar[]))
        OR o.id = ANY(CAST(:ids AS uuid[]))
    UNION SELECT t.id FROM transfer_attempts a JOIN transactions t ON t.source_id = a.id
      WHERE a.reference = ANY(CAST(:words AS varchar[])) OR a.provider_id = ANY(CAST(:words AS varchar[]))
    UNION SELECT t.id FROM fee_invoices f JOIN transactions t ON t.campaign_id = f.campaign_id
      WHERE f.number = ANY(CAST(:words AS varchar[]))
    UNION SELECT t.id FROM transactions t WHERE t.from_account = ANY(CAST(:people AS varchar[]))
      AND t.from_account <> 'PLATFORM_ESCROW'
    UNION SELECT t.id FROM transactions t WHERE t.to_account = ANY(CAST(:people AS varchar[]))
      AND t.to_account <> 'PLATFORM_ESCROW'"""


@dataclass(frozen=True)
class _Place:
    """What a list is sorted by, how a cursor says it, and as which type the database compares it."""

    column: str
    read: Callable[[Any], Any]
    cast: str


_WHEN, _AMOUNT = _Place("m.created_at", moment_key, "timestamptz"), _Place("m.amount_paise", int, "bigint")
_KIND, _STATE = _Place("m.type", str, "varchar"), _Place("m.status", str, "varchar")
_CLEANUP = _Place("s.title", str, "varchar")
_REFERENCE = _Place("coalesce(m.reference, '')", str, "varchar")
_ORDERS: dict[TransactionOrder, tuple[_Place, bool]] = {
    TransactionOrder.NEWEST: (_WHEN, True),
    TransactionOrder.OLDEST: (_WHEN, False),
    TransactionOrder.LARGEST: (_AMOUNT, True),
    TransactionOrder.SMALLEST: (_AMOUNT, False),
    TransactionOrder.KIND: (_KIND, False),
    TransactionOrder.KIND_BACK: (_KIND, True),
    TransactionOrder.STATE: (_STATE, False),
    TransactionOrder.STATE_BACK: (_STATE, True),
    TransactionOrder.CLEANUP: (_CLEANUP, False),
    TransactionOrder.CLEANUP_BACK: (_CLEANUP, True),
    TransactionOrder.REFERENCE: (_REFERENCE, False),
    TransactionOrder.REFERENCE_BACK: (_REFERENCE, True),
}
"""Each place has an index with the id after it; `s` is the campaign of a line, which alone knows its title."""


def find_transactions(
    uow: UnitOfWork,
    *,
    actor: Actor,
    wanted: TransactionsWanted,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Page[FoundTransaction]:
    """Transactions by any number, phone, amount and day (OPS-01); MalformedRequest for a cursor of another order."""
    actor.must(Permission.SEE_FINANCES)
    size = max(1, min(limit, LARGEST))
    found = _ask(uow, wanted, cursor, size)
    return one_page(found, size, _item, attrgetter("sorted_by", "id"))


def _ask(uow: UnitOfWork, wanted: TransactionsWanted, cursor: str | None, size: int) -> Found:
    conditions, values = _conditions(uow, wanted)
    place, down = _ORDERS[wanted.order]
    if keys := read_cursor(cursor, place.read, UUID):
        sign = "<" if down else ">"
        conditions.append(f"({place.column}, m.id) {sign} (CAST(:key AS {place.cast}), CAST(:last AS uuid))")
        if place is _CLEANUP:  # said once more for the index: a row of two tables is compared without one
            conditions.append(f"s.title {sign}= CAST(:key AS varchar)")
        values |= {"key": keys[0], "last": keys[1]}
    way = "DESC" if down else "ASC"
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    titled = "JOIN campaigns s ON s.id = m.campaign_id" if place is _CLEANUP else ""
    asked = f"""SELECT m.*, c.title, u.id AS person_id, u.name AS person_name
        FROM (SELECT m.*, {place.column} AS sorted_by FROM transactions m {titled} {where}
              ORDER BY {place.column} {way}, m.id {way} LIMIT :size) m
        JOIN campaigns c ON c.id = m.campaign_id
        LEFT JOIN users u ON u.id = CASE WHEN m.type = 'CONTRIBUTION' AND m.from_account ~ :uuid
          THEN CAST(m.from_account AS uuid) WHEN m.to_account ~ :uuid THEN CAST(m.to_account AS uuid) END
        ORDER BY m.sorted_by {way}, m.id {way}"""
    return ask_list(uow, "transactions", asked, size=size + 1, uuid="^[0-9a-f-]{36}$", **values)


def _conditions(uow: UnitOfWork, wanted: TransactionsWanted) -> tuple[list[str], dict[str, Any]]:
    conditions, values = list[str](), dict[str, Any]()
    asked = transaction_question(wanted.q, ist_date(uow.now)) if wanted.q.strip() else TransactionQuestion()
    if asked.names_things:
        conditions.append(f"m.id IN ({_NAMED})")
        values |= {"words": list(asked.words), "ids": [str(one) for one in asked.ids]}
        values["people"] = [str(one) for one in (*asked.ids, *_people(uow, asked.phone))]
    if asked.amount_paise is not None:
        conditions.append("m.amount_paise = :amount")
        values["amount"] = asked.amount_paise
    for name, day, sign in (("since", wanted.since, ">="), ("until", wanted.until, "<"), ("day", asked.day, ">=")):
        if day is not None:
            conditions.append(f"m.created_at {sign} :{name}")
            values[name] = midnight(day + timedelta(days=1) if name == "until" else day)
    if asked.day is not None:
        conditions.append("m.created_at < :day_after")
        values["day_after"] = midnight(asked.day + timedelta(days=1))
    for name, one in (("type", wanted.type), ("status", wanted.status)):
        if one is not None:
            conditions.append(f"m.{name} = :{name}")
            values[name] = one.value
    return conditions, values


def _people(uow: UnitOfWork, phone: str | None) -> list[UUID]:
    if phone is None:
        return []
    found = ask_list(uow, "people by phone", "SELECT id FROM users WHERE phone = :phone", phone=phone)
    return found.read(lambda row: UUID(str(row.id)))


def _item(r: Row[Any]) -> FoundTransaction:
    return FoundTransaction(
        r.id, r.type, r.status, r.amount_paise, r.reference, r.campaign_id, r.title, r.person_id, r.person_name or "",
        r.created_at,
    )  # fmt: skip
