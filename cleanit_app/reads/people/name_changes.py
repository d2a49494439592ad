"""Names that cleaners asked for and that wait for a person, beside what ID and bank say (LAW-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.names import name_match
from cleanit_app.domain.statuses import DocumentStatus, KycStatus
from cleanit_app.reads.paging import Page, ask_list, moment_key, one_page, page_size, read_cursor
from cleanit_app.reads.people.people import HandedIn
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WaitingName:
    """A cleaner's new name. Scores are 0 to 100: how far bank and issuer know the same; None: they said none.

    `document` is the newest ID, `fresh` when it came for this name; `account` is the mask of where pay goes.
    """

    id: UUID
    person_id: UUID
    old_name: str
    new_name: str
    asked_at: datetime
    kyc: KycStatus
    account: str | None
    bank_name: str | None
    bank_score: int | None
    document: HandedIn | None
    fresh: bool
    own: bool


def names_waiting(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[WaitingName]:
    """Names that wait for an admin, the longest waiting first."""
    actor.must(Permission.MANAGE_KYC)
    size, keys = page_size(limit), read_cursor(cursor, moment_key, UUID)
    later = "AND (n.asked_at, n.id) > (CAST(:since AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "names waiting",
        f"""SELECT n.*, k.status AS kyc, k.payout_mask, bank.registered_name AS bank_name,
              doc.id AS doc_id, doc.document_kind, doc.status AS doc_status, doc.number_mask,
              doc.registered_name AS doc_name, doc.score AS doc_score, doc.created_at AS doc_at,
              EXISTS (SELECT FROM identity_documents o WHERE o.file_hash = doc.file_hash
                      AND o.cleaner_id <> n.user_id) AS elsewhere
            FROM name_changes n JOIN cleaners k ON k.user_id = n.user_id
            LEFT JOIN LATERAL (SELECT a.registered_name FROM account_checks a
              WHERE a.cleaner_id = n.user_id ORDER BY a.id DESC LIMIT 1) bank ON true
            LEFT JOIN LATERAL (SELECT d.* FROM identity_documents d
              WHERE d.cleaner_id = n.user_id AND d.file_key IS NOT NULL ORDER BY d.id DESC LIMIT 1) doc ON true
            WHERE n.status = 'WAITING' {later} ORDER BY n.asked_at, n.id LIMIT :size""",
        size=size + 1,
        **({"since": keys[0], "last": keys[1]} if keys else {}),
    )
    return one_page(rows, size, lambda row: _waiting(row, actor), lambda row: (row.asked_at, row.id))


def _waiting(row: Row[Any], actor: Actor) -> WaitingName:
    return WaitingName(
        id=row.id,
        person_id=row.user_id,
        old_name=row.old_name,
        new_name=row.new_name,
        asked_at=row.asked_at,
        kyc=KycStatus(row.kyc),
        account=row.payout_mask,
        bank_name=row.bank_name,
        bank_score=name_match(row.bank_name, row.new_name) if row.bank_name else None,
        document=_document(row) if row.doc_id else None,
        fresh=bool(row.doc_id) and row.doc_at >= row.asked_at,
        own=row.user_id == actor.id,
    )


def _document(row: Row[Any]) -> HandedIn:
    return HandedIn(
        id=row.doc_id,
        kind=DocumentKind(row.document_kind),
        status=DocumentStatus(row.doc_status),
        mask=row.number_mask,
        registered_name=row.doc_name,
        score=name_match(row.doc_name, row.new_name) if row.doc_name else None,
        created_at=row.doc_at,
        elsewhere=row.elsewhere,
    )
