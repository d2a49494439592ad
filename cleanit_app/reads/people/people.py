"""People: one's own profile, cleaners who wait to be let in, and finding somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain import jobs
from cleanit_app.domain.actors import Actor, AdminDuty, Permission, Role
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.identity import DocumentKind
from cleanit_app.domain.reading import identifiers
from cleanit_app.domain.reading.signs import maybe
from cleanit_app.domain.searching.people import person_query
from cleanit_app.domain.statuses import AccountCheckStatus, DocumentStatus, KycStatus, NameChangeStatus, UserStatus
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, moment_key, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_TYPED = 100  # signs of a question that are looked at


@dataclass(frozen=True)
class CleanerProfile:
    """What a cleaner knows of the own standing; rates from 0 to 1, rating out of 5, None before there is any."""

    kyc: KycStatus
    completion_rate: float | None
    rating: float | None
    verified_count: int
    rejected_count: int
    failed_count: int
    released_count: int
    in_hand: int
    payout_kind: str | None
    payout_mask: str | None
    payout_holder: str | None
    payout_confirmed: bool


@dataclass(frozen=True)
class Profile:
    """My account as I see it."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    role: Role
    duties: tuple[AdminDuty, ...]
    permissions: tuple[Permission, ...]
    status: UserStatus
    suspension_reason: str | None
    language: str
    created_at: datetime
    cleaner: CleanerProfile | None
    campaigns_started: int
    places_cleaned: int
    unread_count: int
    phone_confirmed: bool
    email_confirmed: bool
    terms_version: str  # what was accepted
    terms_in_force: str
    terms_due: bool
    name_asked: str | None = None  # waits for an admin; `name` counts until then
    name_refused: str | None = None  # why the last one asked for was not accepted


@about_one
def profile(uow: UnitOfWork, *, actor: Actor) -> Profile:
    """My own account, what I may do, and a few counts."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(
        uow,
        """SELECT u.*, k.status AS kyc, k.verified_count, k.rejected_count, k.failed_count, k.released_count,
             k.payout_kind, k.payout_mask, k.payout_holder, k.payout_verified_at,
             (SELECT count(*) FROM jobs WHERE claimed_by = u.id AND status = 'CLAIMED') AS in_hand,
             (SELECT count(*) FROM campaigns WHERE creator_id = u.id AND activated_at IS NOT NULL) AS started,
             (SELECT count(DISTINCT c.id) FROM campaigns c WHERE c.status = 'CLOSED' AND (c.creator_id = u.id
                OR c.id IN (SELECT campaign_id FROM contributions WHERE contributor_id = u.id AND kept_paise > 0)))
               AS cleaned,
             (SELECT count(*) FROM notifications WHERE user_id = u.id AND read_at IS NULL) AS unread,
             n.new_name AS name_asked, n.status AS name_status, n.reason AS name_reason
           FROM users u LEFT JOIN cleaners k ON k.user_id = u.id
           LEFT JOIN LATERAL (SELECT new_name, status, reason FROM name_changes WHERE user_id = u.id
                              ORDER BY id DESC LIMIT 1) n ON true
           WHERE u.id = :me""",
        me=actor.user_id,
    )
    if not rows:
        raise NotFound(what="User")
    row = rows[0]
    return Profile(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        role=Role(row.role),
        duties=tuple(AdminDuty(d) for d in row.duties),
        permissions=tuple(sorted(actor.permissions)),
        status=UserStatus(row.status),
        suspension_reason=row.suspension_reason,
        language=row.language,
        created_at=row.created_at,
        cleaner=_cleaner_profile(row),
        campaigns_started=row.started,
        places_cleaned=row.cleaned,
        unread_count=row.unread,
        phone_confirmed=row.phone_verified_at is not None,
        email_confirmed=row.email_verified_at is not None,
        terms_version=row.terms_version,
        terms_in_force=uow.policy.terms.version,
        terms_due=actor.terms_due,
        name_asked=row.name_asked if row.name_status == NameChangeStatus.WAITING else None,
        name_refused=row.name_reason if row.name_status == NameChangeStatus.REFUSED else None,
    )


def _cleaner_profile(row: Row[Any]) -> CleanerProfile | None:
    if row.kyc is None:
        return None
    return CleanerProfile(
        kyc=KycStatus(row.kyc),
        completion_rate=jobs.completion_rate(row.verified_count, row.failed_count, row.released_count),
        rating=jobs.rating(row.verified_count, row.rejected_count, row.released_count),
        verified_count=row.verified_count,
        rejected_count=row.rejected_count,
        failed_count=row.failed_count,
        released_count=row.released_count,
        in_hand=row.in_hand,
        payout_kind=row.payout_kind,
        payout_mask=row.payout_mask,
        payout_holder=row.payout_holder,
        payout_confirmed=row.payout_verified_at is not None,
    )


@dataclass(frozen=True)
class HandedIn:
    """An ID that waits for a person; its picture is asked for apart, and each look at it is written down.

    `elsewhere`: the very same picture came from another account.
    """

    id: UUID
    kind: DocumentKind
    status: DocumentStatus
    mask: str
    registered_name: str | None
    score: int | None
    created_at: datetime
    elsewhere: bool


@dataclass(frozen=True)
class WaitingCleaner:
    """A cleaner somebody must look at: to be let in, or whose payout account carries another name."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    created_at: datetime
    kyc: KycStatus
    waits_for_kyc: bool
    waits_for_payout_details: bool
    payout_kind: str | None
    payout_mask: str | None
    payout_holder: str | None
    payout_changed_at: datetime | None
    bank_said: AccountCheckStatus | None = None
    registered_name: str | None = None
    document: HandedIn | None = None
    name_score: int | None = None  # 0 to 100: how far the bank's name and the cleaner's agree


# When the first of what waits was handed in.
_WAITS_SINCE = """LEAST(k.identity_waits_since, CASE WHEN k.payout_details IS NOT NULL
    AND k.payout_verified_at IS NULL THEN k.payout_changed_at END)"""


def cleaners_waiting(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[WaitingCleaner]:
    """Cleaners whose ID or payout details wait for an admin, the longest waiting first."""
    actor.must(Permission.MANAGE_KYC)
    size = page_size(limit)
    keys = read_cursor(cursor, moment_key, UUID)
    later = f"AND ({_WAITS_SINCE}, k.user_id) > (CAST(:since AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "cleaners waiting",
        f"""SELECT k.*, {_WAITS_SINCE} AS waits_since, k.status AS kyc, u.name, u.email, u.phone,
              u.created_at, bank.status AS bank_status,
              bank.registered_name, bank.score, doc.id AS doc_id, doc.document_kind, doc.status AS doc_status,
              doc.number_mask, doc.registered_name AS doc_name, doc.score AS doc_score, doc.created_at AS doc_at,
              EXISTS (SELECT FROM identity_documents o WHERE o.file_hash = doc.file_hash
                      AND o.cleaner_id <> k.user_id) AS elsewhere
            FROM cleaners k JOIN users u ON u.id = k.user_id
            LEFT JOIN LATERAL (SELECT a.status, a.registered_name, a.score FROM account_checks a
              WHERE a.cleaner_id = k.user_id ORDER BY a.id DESC LIMIT 1) bank ON true
            LEFT JOIN LATERAL (SELECT d.* FROM identity_documents d
              WHERE d.cleaner_id = k.user_id ORDER BY d.id DESC LIMIT 1) doc ON k.identity_waits_since IS NOT NULL
            WHERE (k.identity_waits_since IS NOT NULL
                   OR (k.payout_details IS NOT NULL AND k.payout_verified_at IS NULL))
              AND u.status <> 'DELETED' {later}
            ORDER BY waits_since, k.user_id LIMIT :size""",
        size=size + 1,
        **({"since": keys[0], "last": keys[1]} if keys else {}),
    )
    return one_page(rows, size, _waiting, lambda row: (row.waits_since, row.user_id))


def _waiting(row: Row[Any]) -> WaitingCleaner:
    return WaitingCleaner(
        id=row.user_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        created_at=row.created_at,
        kyc=KycStatus(row.kyc),
        waits_for_kyc=row.identity_waits_since is not None,
        waits_for_payout_details=row.payout_details is not None and row.payout_verified_at is None,
        payout_kind=row.payout_kind,
        payout_mask=row.payout_mask,
        payout_holder=row.payout_holder,
        payout_changed_at=row.payout_changed_at,
        bank_said=AccountCheckStatus(row.bank_status) if row.bank_status else None,
        registered_name=row.registered_name,
        name_score=row.score,
        document=_handed_in(row) if row.doc_id else None,
    )


def _handed_in(row: Row[Any]) -> HandedIn:
    return HandedIn(
        id=row.doc_id,
        kind=DocumentKind(row.document_kind),
        status=DocumentStatus(row.doc_status),
        mask=row.number_mask,
        registered_name=row.doc_name,
        score=row.doc_score,
        created_at=row.doc_at,
        elsewhere=row.elsewhere,
    )


class PeopleGroup(StrEnum):
    """Which people an admin's list shows."""

    ALL = "ALL"
    FLAGGED = "FLAGGED"
    SUSPENDED = "SUSPENDED"
    CLEANERS = "CLEANERS"
    ADMINS = "ADMINS"


# Each is answered in the order of the ids by an index of its own.
_IN_GROUP = {
    PeopleGroup.ALL: "true",
    PeopleGroup.FLAGGED: "k.flagged_for_review_at IS NOT NULL",
    PeopleGroup.SUSPENDED: "u.status = 'SUSPENDED'",
    PeopleGroup.CLEANERS: "k.user_id IS NOT NULL",
    PeopleGroup.ADMINS: "u.role = 'ADMIN'",
}
_TYPED = """u.id IN (SELECT id FROM users WHERE words @@ CAST(:words AS tsquery)
    UNION SELECT id FROM users WHERE email = ANY(:addresses)
    UNION SELECT id FROM users WHERE phone = ANY(:phones))"""


@dataclass(frozen=True)
class PersonFound:
    """Somebody found by an admin; `flagged_at`: since when too many photos of this cleaner were not accepted."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    role: Role
    status: UserStatus
    kyc: KycStatus | None
    created_at: datetime
    suspension_reason: str | None = None
    flagged_at: datetime | None = None
    rejected_count: int = 0


def find_people(
    uow: UnitOfWork,
    *,
    actor: Actor,
    q: str = "",
    group: PeopleGroup | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[PersonFound]:
    """People, newest first: of one group, by words of a name in any script, a phone number, or a mailbox (OPS-01).

    A phone number may be typed by its beginning. Compliance sees them too, for the flagged accounts (VER-05).
    """
    if not actor.may(Permission.MANAGE_KYC):
        actor.must(Permission.MANAGE_PEOPLE)
    size = page_size(limit)
    keys = read_cursor(cursor, UUID)
    q = q[:MOST_TYPED]
    typed = " ".join(q.replace("\x00", "").split())[:100].lower()
    by_typed = {
        "words": person_query(q),
        "addresses": [typed, maybe(identifiers.email, q)],
        "phones": [typed, maybe(identifiers.phone, q)],
    }
    rows = ask_list(
        uow,
        "people",
        f"""SELECT u.*, k.status AS kyc, k.flagged_for_review_at, coalesce(k.rejected_count, 0) AS rejected_count
            FROM users u LEFT JOIN cleaners k ON k.user_id = u.id
            WHERE {_IN_GROUP[group or PeopleGroup.ALL]} {f"AND {_TYPED}" if typed else ""}
              {"AND u.id < CAST(:last AS uuid)" if keys else ""} ORDER BY u.id DESC LIMIT :size""",
        size=size + 1,
        **(by_typed if typed else {}),
        **({"last": keys[0]} if keys else {}),
    )
    return one_page(rows, size, _found, lambda row: (row.id,))


def _found(row: Row[Any]) -> PersonFound:
    return PersonFound(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        role=Role(row.role),
        status=UserStatus(row.status),
        kyc=KycStatus(row.kyc) if row.kyc else None,
        created_at=row.created_at,
        suspension_reason=row.suspension_reason,
        flagged_at=row.flagged_for_review_at,
        rejected_count=row.rejected_count,
    )
