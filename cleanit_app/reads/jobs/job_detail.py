"""One job as its cleaner, its creator or an admin sees it, and why the one who looks cannot take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import (
    AccountSuspended,
    AlreadyClaimed,
    ClaimLimitReached,
    DomainError,
    JobNotOpen,
    LastClaimedByYou,
    NotACleaner,
    NotFound,
    OwnJob,
)
from cleanit_app.domain.names import first_name
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, KycStatus, PayoutStatus, UserStatus
from cleanit_app.reads.paging import about_one, ask, json_flags
from cleanit_app.reads.payouts.pay import PAY_COLUMNS, pay_of
from cleanit_app.reads.photos.photos import PhotoView, maybe_photo, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class JobDetail:
    """One job; `why_not` says why the viewing cleaner cannot take it, None when that is possible."""

    id: UUID
    campaign_id: UUID
    campaign_status: CampaignStatus
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    status: JobStatus
    pay_paise: int
    fee_paise: int
    expires_at: datetime
    before: PhotoView
    after: PhotoView | None
    cleaner_id: UUID | None
    cleaner_name: str | None
    claimed_at: datetime | None
    deadline: datetime | None
    completed_at: datetime | None
    verified_at: datetime | None
    paid_at: datetime | None
    rejected_at: datetime | None
    rejection_reason: str | None
    rejection_notes: str | None
    retry_allowed: bool | None
    claim_count: int
    flags: tuple[dict[str, Any], ...]
    payout_id: UUID | None
    payout_status: PayoutStatus | None
    payout_scheduled_for: datetime | None
    in_hand: int
    is_mine: bool
    may_claim: bool
    why_not: DomainError | None


@about_one
def job_detail(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> JobDetail:
    """One job for a cleaner, for the campaign's creator and for admins; NotFound for everybody else.

    After-photo, flags and reasons of a refusal only for who did the work, the creator (no flags) and admins.
    """
    actor.must(Permission.MANAGE_SELF)
    rows = ask(uow, _DETAIL, id=job_id, me=actor.user_id)
    if not rows:
        raise NotFound(what="Job")
    row = rows[0]
    admin = actor.may(Permission.VERIFY_JOBS) or actor.may(Permission.SEE_FINANCES)
    creator, worker = row.creator_id == actor.id, row.claimed_by == actor.id
    if not (admin or creator or worker or actor.may(Permission.CLAIM_JOBS)):
        raise NotFound(what="Job")
    why_not = _why_not(row, actor, uow)
    return _job_detail(
        row, now=uow.now, close=admin or creator or worker, flags=admin or worker, mine=worker, why_not=why_not
    )


_DETAIL = f"""
SELECT j.*, c.title, c.description, c.address, c.creator_id, c.status AS campaign_status, u.name AS cleaner_name,
       {photo_columns("p", "before")}, {photo_columns("a", "after")},
       o.id AS payout_id, o.status AS payout_status, {PAY_COLUMNS},
       k.status AS kyc, me.status AS standing,
       (SELECT count(*) FROM jobs h WHERE h.claimed_by = :me AND h.status = 'CLAIMED') AS in_hand,
       EXISTS (SELECT FROM contributions g WHERE g.contributor_id = :me AND g.campaign_id = c.id
               AND g.status = 'SUCCESS') AS gave
FROM jobs j JOIN campaigns c ON c.id = j.campaign_id JOIN photos p ON p.id = c.photo_id
LEFT JOIN photos a ON a.id = j.completion_photo_id LEFT JOIN users u ON u.id = j.claimed_by
LEFT JOIN payouts o ON o.job_id = j.id
LEFT JOIN cleaners k ON k.user_id = :me LEFT JOIN users me ON me.id = :me
WHERE j.id = :id
"""


def _why_not(row: Row[Any], actor: Actor, uow: UnitOfWork) -> DomainError | None:
    """The refusal that `claim_job` would give now, asked in the same order."""
    if row.status != JobStatus.AVAILABLE:
        return AlreadyClaimed()
    if row.review_since is not None or row.expires_at <= uow.now:
        return JobNotOpen()
    if row.last_claimed_by == actor.id:
        return LastClaimedByYou()
    if row.kyc != KycStatus.ACTIVE:
        return NotACleaner()
    if row.standing != UserStatus.ACTIVE:
        return AccountSuspended()
    if row.creator_id == actor.id or row.gave:
        return OwnJob()
    most = uow.limits.claim_limit
    return ClaimLimitReached(limit=most) if row.in_hand >= most else None


def _job_detail(
    row: Row[Any], *, now: datetime, close: bool, flags: bool, mine: bool, why_not: DomainError | None
) -> JobDetail:
    before, pay = photo_of(row, "before"), pay_of(row, now)
    checked = row.status in (JobStatus.VERIFIED, JobStatus.PAID)
    return JobDetail(
        id=row.id,
        campaign_id=row.campaign_id,
        campaign_status=CampaignStatus(row.campaign_status),
        title=row.title,
        description=row.description,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        status=JobStatus(row.status),
        pay_paise=row.amount_paise,
        fee_paise=row.platform_fee_paise,
        expires_at=row.expires_at,
        before=before,
        after=maybe_photo(row, "after") if close or checked else None,
        cleaner_id=row.claimed_by,
        cleaner_name=row.cleaner_name if close else first_name(row.cleaner_name),
        claimed_at=row.claimed_at,
        deadline=row.completion_deadline,
        completed_at=row.completed_at,
        verified_at=row.verified_at,
        paid_at=row.paid_at,
        rejected_at=row.rejected_at if close else None,
        rejection_reason=row.rejection_reason if close else None,
        rejection_notes=row.rejection_notes if close else None,
        retry_allowed=row.retry_allowed if close else None,
        claim_count=row.claim_count,
        flags=json_flags(row.flags) if flags else (),
        payout_id=row.payout_id if close else None,
        payout_status=PayoutStatus(row.payout_status) if close and row.payout_status else None,
        payout_scheduled_for=pay.leaves_at if close and pay else None,
        in_hand=row.in_hand,
        is_mine=mine,
        may_claim=why_not is None,
        why_not=why_not,
    )
