"""What stands on every page of a cleaner, and the papers that let a person work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import NotACleaner
from cleanit_app.domain.identity import DocumentKind, RefusalGround
from cleanit_app.domain.statuses import AccountCheckStatus, DocumentStatus, KycStatus, NameChangeStatus, UserStatus
from cleanit_app.reads.paging import about_one, ask
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_COUNTED = 99


@dataclass(frozen=True)
class Nearest:
    """The claimed job whose time ends first."""

    job_id: UUID
    address: str
    deadline: datetime


@dataclass(frozen=True)
class Desk:
    """Where a cleaner stands; `open_jobs` stops counting at 99, `kyc` is None for other accounts.

    `all_given`: nothing of the papers waits for the cleaner, only for us.
    """

    kyc: KycStatus | None
    suspended_for: str | None
    in_hand: int
    limit: int
    open_jobs: int
    nearest: Nearest | None
    all_given: bool = False


@about_one
def cleaner_desk(uow: UnitOfWork, *, actor: Actor) -> Desk:
    """The counts and the nearest deadline of who is here (JOB-04)."""
    actor.must(Permission.MANAGE_SELF)
    row = ask(uow, _DESK, me=actor.user_id, now=uow.now, most=MOST_COUNTED)[0]
    nearest = None if row.job_id is None else Nearest(row.job_id, row.address, row.completion_deadline)
    return Desk(
        kyc=KycStatus(row.kyc) if row.kyc else None,
        suspended_for=(row.suspension_reason or "") if row.standing == UserStatus.SUSPENDED else None,
        in_hand=row.in_hand,
        limit=uow.limits.claim_limit,
        open_jobs=row.open_jobs,
        nearest=nearest,
        all_given=bool(row.all_given),
    )


_DESK = """
SELECT k.status AS kyc, u.status AS standing, u.suspension_reason,
       (SELECT count(*) FROM jobs h WHERE h.claimed_by = u.id AND h.status = 'CLAIMED') AS in_hand,
       (SELECT count(*) FROM (SELECT FROM jobs WHERE status = 'AVAILABLE' AND review_since IS NULL
          AND expires_at > CAST(:now AS timestamptz) LIMIT :most) o) AS open_jobs,
       n.job_id, n.address, n.completion_deadline,
       u.phone_verified_at IS NOT NULL AND k.payout_mask IS NOT NULL AND (k.payout_verified_at IS NOT NULL
         OR COALESCE(bank.status, '') NOT IN ('INVALID', 'MATCHES'))
         AND (k.status IN ('VERIFIED', 'ACTIVE') OR k.status = 'PENDING' AND EXISTS (SELECT FROM identity_documents d
           WHERE d.cleaner_id = u.id AND d.status NOT IN ('REFUSED', 'REPLACED'))) AS all_given
FROM users u LEFT JOIN cleaners k ON k.user_id = u.id
LEFT JOIN LATERAL (SELECT j.id AS job_id, c.address, j.completion_deadline
  FROM jobs j JOIN campaigns c ON c.id = j.campaign_id WHERE j.claimed_by = u.id AND j.status = 'CLAIMED'
  ORDER BY j.completion_deadline LIMIT 1) n ON true
LEFT JOIN LATERAL (SELECT a.status FROM account_checks a
  WHERE a.cleaner_id = u.id ORDER BY a.id DESC LIMIT 1) bank ON true
WHERE u.id = :me
"""


@dataclass(frozen=True)
class Papers:
    """What we know of a cleaner; bank details only by their end (`mask`).

    `bank_said` is how the question to the bank stands; `usable_at` when a changed account may be paid to.
    """

    name: str
    phone: str | None
    kyc: KycStatus
    refused_because: str
    kind: str | None
    mask: str | None
    holder: str | None
    confirmed: bool
    bank_said: AccountCheckStatus | None = None
    usable_at: datetime | None = None
    pan_mask: str | None = None
    document_kind: DocumentKind | None = None
    document_mask: str = ""
    document_status: DocumentStatus | None = None
    ground: RefusalGround | None = None
    phone_confirmed: bool = False
    name_asked: str = ""  # another name that waits; what was accepted counts until then (LAW-03)
    name_shown: bool = False  # an ID with it was handed in


@about_one
def my_papers(uow: UnitOfWork, *, actor: Actor) -> Papers:
    """The papers of who is here; NotACleaner for other accounts (LAW-08)."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(uow, _PAPERS, me=actor.user_id)
    if not rows:
        raise NotACleaner
    row = rows[0]
    return Papers(
        name=row.name,
        phone=row.phone,
        kyc=KycStatus(row.status),
        refused_because=(row.why or "") if row.status == KycStatus.REJECTED else "",
        kind=row.payout_kind,
        mask=row.payout_mask,
        holder=row.payout_holder,
        confirmed=row.payout_verified_at is not None,
        bank_said=AccountCheckStatus(row.bank_status) if row.bank_status else None,
        usable_at=row.payout_usable_at if row.payout_usable_at and row.payout_usable_at > uow.now else None,
        pan_mask=row.pan_mask,
        document_kind=DocumentKind(row.document_kind) if row.document_kind else None,
        document_mask=row.number_mask or "",
        document_status=DocumentStatus(row.document_status) if row.document_status else None,
        phone_confirmed=row.phone_verified_at is not None,
        name_asked=row.new_name if row.name_status == NameChangeStatus.WAITING else "",
        name_shown=row.name_status == NameChangeStatus.WAITING and bool(row.name_shown),
        ground=RefusalGround(row.ground) if row.ground and row.status == KycStatus.REJECTED else None,
    )


_PAPERS = """
SELECT u.name, u.phone, u.phone_verified_at, k.status, k.payout_kind, k.payout_mask, k.payout_holder,
       k.payout_verified_at, k.payout_usable_at, k.pan_mask, bank.status AS bank_status,
       doc.document_kind, doc.number_mask, doc.status AS document_status, doc.ground,
       name.new_name, name.status AS name_status, name.shown AS name_shown,
       (SELECT h.why FROM status_history h WHERE h.subject_id = k.user_id AND h.kind = 'cleaner'
        AND h.to_status = 'REJECTED' ORDER BY h.at DESC LIMIT 1) AS why
FROM cleaners k JOIN users u ON u.id = k.user_id
LEFT JOIN LATERAL (SELECT a.status FROM account_checks a
  WHERE a.cleaner_id = k.user_id ORDER BY a.id DESC LIMIT 1) bank ON true
LEFT JOIN LATERAL (SELECT d.* FROM identity_documents d
  WHERE d.cleaner_id = k.user_id ORDER BY (d.status = 'ACCEPTED') DESC, d.id DESC LIMIT 1) doc ON true
LEFT JOIN LATERAL (SELECT n.new_name, n.status, n.reason, EXISTS (SELECT FROM identity_documents d
    WHERE d.cleaner_id = k.user_id AND d.created_at >= n.asked_at AND d.status <> 'REFUSED') AS shown
  FROM name_changes n WHERE n.user_id = k.user_id ORDER BY n.id DESC LIMIT 1) name ON true
WHERE k.user_id = :me
"""
