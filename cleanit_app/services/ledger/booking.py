"""Booking money: every movement is a transfer of lines that sum to zero (PAY-03)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from cleanit_app.models import LedgerAccount, LedgerLine, LedgerTransfer, new_id
from cleanit_app.services.unit_of_work import UnitOfWork

Line = tuple[LedgerAccount, UUID | None, int]


def book(
    uow: UnitOfWork,
    *,
    kind: str,
    key: str,
    lines: list[Line],
    campaign_id: UUID | None,
    reverses: UUID | None = None,
) -> LedgerTransfer:
    """Book one movement; ValueError unless its lines (account, subject, paise; debit positive) sum to zero.

    `key` names the business fact; the database refuses to book it twice. Lines of zero paise are left out.
    """
    kept = [line for line in lines if line[2] != 0]
    if sum(line[2] for line in kept) != 0 or len(kept) < 2:
        raise ValueError(f"unbalanced transfer {key}: {lines}")
    transfer = LedgerTransfer(
        id=new_id(),
        kind=kind,
        business_key=key,
        campaign_id=campaign_id,
        reverses=reverses,
        created_at=uow.now,
    )
    uow.add(transfer)
    uow.flush()
    for account, subject, amount in kept:
        uow.add(LedgerLine(transfer_id=transfer.id, account=account.value, subject_id=subject, amount_paise=amount))
    return transfer


def book_mirror(uow: UnitOfWork, *, kind: str, key: str, of_key: str) -> LedgerTransfer:
    """Book the exact opposite of an earlier movement, which it names as reversed."""
    original = uow.first(LedgerTransfer, LedgerTransfer.business_key == of_key)
    if original is None or original.campaign_id is None:
        raise ValueError(f"nothing booked under {of_key}")
    opposite: list[Line] = [(account, subject, -paise) for account, subject, paise in lines_of(uow, original)]
    return book(uow, kind=kind, key=key, lines=opposite, campaign_id=original.campaign_id, reverses=original.id)


def lines_of(uow: UnitOfWork, transfer: LedgerTransfer) -> list[Line]:
    """The lines of a movement, as they are given to `book`."""
    lines = uow.all(LedgerLine, LedgerLine.transfer_id == transfer.id)
    return [(LedgerAccount(line.account), line.subject_id, line.amount_paise) for line in lines]


def balance(uow: UnitOfWork, account: LedgerAccount, subject_id: UUID | None = None) -> int:
    """The sum of an account's lines in paise, debit positive; of one subject when given."""
    query = select(func.coalesce(func.sum(LedgerLine.amount_paise), 0)).where(col(LedgerLine.account) == account.value)
    if subject_id is not None:
        query = query.where(col(LedgerLine.subject_id) == subject_id)
    return int(uow.run(query).scalar_one())
