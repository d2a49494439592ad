"""Verification: the queue in its order, one job with all its evidence, and how long people wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain import jobs
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import IST, next_payout_run
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.house_settings import House
from cleanit_app.domain.places import metres_between
from cleanit_app.domain.statuses import JobStatus, KycStatus
from cleanit_app.reads.paging import (
    Page,
    Place,
    about_one,
    ask,
    ask_list,
    json_flags,
    json_object,
    moment_key,
    one_page,
    page_size,
    read_cursor,
)
from cleanit_app.reads.photos.photos import PhotoView, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork

SLA_HOURS = LIMITS.average_alert_after / timedelta(hours=1)


class QueueGroup(StrEnum):
    """Why a job stands where it stands in the queue (VER-01), first group first."""

    URGENT = "URGENT"
    HIGH_VALUE = "HIGH_VALUE"
    FIRST_TIME = "FIRST_TIME"
    STANDARD = "STANDARD"


@dataclass(frozen=True)
class CleanerFigures:
    """What is known of a cleaner: rates from 0 to 1, rating out of 5, both None before anything was decided.

    `since` is when the account began.
    """

    id: UUID
    name: str
    since: datetime
    kyc: KycStatus
    completion_rate: float | None
    rating: float | None
    verified_count: int
    rejected_count: int
    failed_count: int
    released_count: int
    flagged: bool


@dataclass(frozen=True)
class PhotoEvidence:
    """What the after-photo proves and how good it is; distance, accuracy and radius in metres."""

    source: str
    place: Place | None
    distance_m: int | None
    accuracy_m: float | None
    taken_at: datetime | None
    received_at: datetime
    brightness: float
    sharpness: float
    radius_m: int = round(1000 * House().limits.proof_radius_km)


@dataclass(frozen=True)
class VerificationItem:
    """A job to verify with everything an admin looks at (VER-02); `payout_on` if it is approved now."""

    job_id: UUID
    campaign_id: UUID
    title: str
    address: str
    place: Place
    status: JobStatus
    group: QueueGroup
    waiting_seconds: int
    before: PhotoView
    before_by: str
    before_place: Place | None
    after: PhotoView
    evidence: PhotoEvidence
    flags: tuple[dict[str, Any], ...]
    claimed_at: datetime
    completed_at: datetime
    attempt: int
    last_rejection: str | None
    cleaner: CleanerFigures
    raised_paise: int
    contributor_count: int
    pay_paise: int
    fee_paise: int
    fee_bps: int
    payout_on: datetime
    own_interest: bool
    checklist: dict[str, bool]
    notes: str | None
    rejected_at: datetime | None = None
    reviewer_id: UUID | None = None  # whose turn it is now, and until when
    reviewer: str | None = None
    reviewed_until: datetime | None = None
    escalated_at: datetime | None = None
    escalated_by: str | None = None
    escalation_reason: str | None = None
    decision_pending: bool = False  # somebody has decided and may still undo it


WAITS = "status = 'COMPLETED' AND NOT EXISTS (SELECT FROM pending_decisions d WHERE d.job_id = j.id)"
"""Which jobs wait for a decision: those of which nobody has just made one."""
# The number of a job's group; a job that was decided is looked at as it stood.
_GROUP = """CASE WHEN j.completed_at < CAST(:urgent AS timestamptz)
              OR EXISTS (SELECT FROM reviews r WHERE r.job_id = j.id AND r.escalated_at IS NOT NULL) THEN 0
            WHEN j.amount_paise > :high THEN 1
            WHEN (SELECT verified_count FROM cleaners WHERE user_id = j.claimed_by) = 0 THEN 2 ELSE 3 END"""
_ITEM = f"""
SELECT j.*, found.priority, c.title, c.address, c.raised_paise, c.fee_bps, w.name AS creator, c.creator_id,
       {photo_columns("p", "before")}, {photo_columns("a", "after")},
       p.latitude AS before_lat, p.longitude AS before_lng, a.location_source, a.latitude AS after_lat,
       a.longitude AS after_lng, a.accuracy_m, a.brightness, a.sharpness,
       u.name AS cleaner_name, u.created_at AS cleaner_since, k.status AS kyc, k.verified_count,
       k.rejected_count, k.failed_count, k.released_count, k.flagged_for_review_at, n.contributors, n.mine,
       v.reviewer_id, v.until_at AS reviewed_until, v.escalated_at, v.reason AS escalation_reason,
       EXISTS (SELECT FROM pending_decisions d WHERE d.job_id = j.id) AS decision_pending,
       (SELECT name FROM users WHERE id = v.reviewer_id) AS reviewer,
       (SELECT name FROM users WHERE id = v.escalated_by) AS escalated_by,
       (SELECT count(*) FROM status_history h WHERE h.subject_id = j.id AND h.to_status = 'COMPLETED') AS tries
FROM found JOIN jobs j ON j.id = found.id JOIN campaigns c ON c.id = j.campaign_id JOIN users w ON w.id = c.creator_id
JOIN photos p ON p.id = c.photo_id JOIN photos a ON a.id = j.completion_photo_id
JOIN users u ON u.id = j.claimed_by JOIN cleaners k ON k.user_id = j.claimed_by
LEFT JOIN reviews v ON v.job_id = j.id
CROSS JOIN LATERAL (SELECT count(DISTINCT g.contributor_id) AS contributors,
                           coalesce(bool_or(g.contributor_id = :me), false) AS mine
                    FROM contributions g WHERE g.campaign_id = c.id AND g.status = 'SUCCESS') n
"""


def _values(uow: UnitOfWork, actor: Actor) -> dict[str, Any]:
    urgent = uow.now - LIMITS.urgent_after
    return {"me": actor.user_id, "urgent": urgent, "high": LIMITS.high_value_paise}


def queue(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[VerificationItem]:
    """Jobs that wait for a decision (VER-01).

    First those past 48 hours or handed up, then over ₹5,000, then of first-time cleaners; in each the oldest first.
    """
    actor.must(Permission.VERIFY_JOBS)
    size = page_size(limit)
    keys = read_cursor(cursor, int, moment_key, UUID)
    after = """WHERE (priority, completed_at, id)
               > (CAST(:group AS int), CAST(:at AS timestamptz), CAST(:last AS uuid))"""
    rows = ask_list(
        uow,
        "verification queue",
        f"""WITH waiting AS (SELECT id, completed_at, {_GROUP} AS priority FROM jobs j WHERE {WAITS}),
              found AS (SELECT * FROM waiting {after if keys else ""}
                        ORDER BY priority, completed_at, id LIMIT :size)
            {_ITEM} ORDER BY found.priority, found.completed_at, found.id""",
        **_values(uow, actor),
        size=size + 1,
        **(dict(zip(("group", "at", "last"), keys, strict=True)) if keys else {}),
    )
    keys_of = attrgetter("priority", "completed_at", "id")
    return one_page(rows, size, lambda row: _item(row, actor, uow), keys_of)


@about_one
def item(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> VerificationItem:
    """One job that has an after-photo, with all evidence (VER-02); NotFound when there is none."""
    actor.must(Permission.VERIFY_JOBS)
    found = f"WITH found AS (SELECT id, {_GROUP} AS priority FROM jobs j WHERE id = :id)"
    rows = ask(uow, f"{found} {_ITEM}", id=job_id, **_values(uow, actor))
    if not rows:
        raise NotFound(what="Job")
    return _item(rows[0], actor, uow)


def _item(row: Row[Any], actor: Actor, uow: UnitOfWork) -> VerificationItem:
    before, after = photo_of(row, "before"), photo_of(row, "after")
    return VerificationItem(
        job_id=row.id,
        campaign_id=row.campaign_id,
        title=row.title,
        address=row.address,
        place=(row.latitude, row.longitude),
        status=JobStatus(row.status),
        group=list(QueueGroup)[row.priority],
        waiting_seconds=max(0, int((uow.now - row.completed_at).total_seconds())),
        before=before,
        before_by=row.creator,
        before_place=_place(row.before_lat, row.before_lng),
        after=after,
        evidence=_evidence(row, round(1000 * uow.limits.proof_radius_km)),
        flags=json_flags(row.flags),
        claimed_at=row.claimed_at,
        rejected_at=row.rejected_at,
        completed_at=row.completed_at,
        attempt=row.tries,
        last_rejection=row.rejection_reason,
        cleaner=_cleaner(row),
        raised_paise=row.raised_paise,
        contributor_count=row.contributors,
        pay_paise=row.amount_paise,
        fee_paise=row.platform_fee_paise,
        fee_bps=row.fee_bps,
        payout_on=next_payout_run(uow.now + LIMITS.payout_cooling),
        own_interest=actor.id in (row.creator_id, row.claimed_by) or row.mine,
        checklist=json_object(row.checklist),
        notes=row.verification_notes,
        escalated_at=row.escalated_at,
        escalated_by=row.escalated_by,
        escalation_reason=row.escalation_reason,
        decision_pending=row.decision_pending,
        **_turn(row, uow.now),
    )


def _turn(row: Row[Any], now: datetime) -> dict[str, Any]:
    """Whose turn it is; nobody's once its minutes are over."""
    if row.reviewed_until is None or row.reviewed_until <= now:
        return {}
    return {"reviewer_id": row.reviewer_id, "reviewer": row.reviewer, "reviewed_until": row.reviewed_until}


def _place(latitude: float | None, longitude: float | None) -> Place | None:
    return (latitude, longitude) if latitude is not None and longitude is not None else None


def _evidence(row: Row[Any], radius_m: int) -> PhotoEvidence:
    at = _place(row.after_lat, row.after_lng)
    return PhotoEvidence(
        source=row.location_source,
        place=at,
        distance_m=metres_between(at, (row.latitude, row.longitude)) if at else None,
        accuracy_m=row.accuracy_m,
        taken_at=row.after_taken_at,
        received_at=row.after_received_at,
        brightness=row.brightness,
        sharpness=row.sharpness,
        radius_m=radius_m,
    )


def _cleaner(row: Row[Any]) -> CleanerFigures:
    return CleanerFigures(
        id=row.claimed_by,
        name=row.cleaner_name,
        since=row.cleaner_since,
        kyc=KycStatus(row.kyc),
        completion_rate=jobs.completion_rate(row.verified_count, row.failed_count, row.released_count),
        rating=jobs.rating(row.verified_count, row.rejected_count, row.released_count),
        verified_count=row.verified_count,
        rejected_count=row.rejected_count,
        failed_count=row.failed_count,
        released_count=row.released_count,
        flagged=row.flagged_for_review_at is not None,
    )


@dataclass(frozen=True)
class AdminWorkload:
    """What one admin decided in the last seven days; `escalated` had waited past 48 hours (VER-09)."""

    admin_id: UUID
    name: str
    today: int
    week: int
    approved: int
    rejected: int
    escalated: int
    average_seconds: int


@dataclass(frozen=True)
class VerificationSla:
    """How long decisions take: what waits now, and the decisions of the last seven days (VER-07)."""

    waiting: int
    under_12_h: int
    from_12_to_24_h: int
    over_24_h: int
    over_48_h: int
    average_waiting_seconds: int
    oldest_waiting_seconds: int
    average_decision_seconds: int | None
    queue_is_long: bool
    workload: tuple[AdminWorkload, ...]


def sla(uow: UnitOfWork, *, actor: Actor) -> VerificationSla:
    """The waiting times of the queue and who decided how much this week (VER-07)."""
    actor.must(Permission.VERIFY_JOBS)
    waiting = ask_list(uow, "waiting jobs", f"SELECT id, completed_at FROM jobs j WHERE {WAITS}")
    ages = waiting.read(lambda row: (uow.now - row.completed_at).total_seconds() / 3600)
    decided, average = _decisions(uow)
    return VerificationSla(
        waiting=len(ages),
        under_12_h=sum(h < SLA_HOURS / 2 for h in ages),
        from_12_to_24_h=sum(SLA_HOURS / 2 <= h <= SLA_HOURS for h in ages),
        over_24_h=sum(h > SLA_HOURS for h in ages),
        over_48_h=sum(h > 2 * SLA_HOURS for h in ages),
        average_waiting_seconds=round(3600 * sum(ages) / len(ages)) if ages else 0,
        oldest_waiting_seconds=round(3600 * max(ages, default=0)),
        average_decision_seconds=average,
        queue_is_long=len(ages) > LIMITS.queue_alert_above,
        workload=decided,
    )


def _decisions(uow: UnitOfWork) -> tuple[tuple[AdminWorkload, ...], int | None]:
    rows = ask_list(
        uow,
        "decisions of admins",
        """SELECT d.by_id, u.name, count(*) AS week,
             count(*) FILTER (WHERE d.at >= CAST(:today AS timestamptz)) AS today,
             count(*) FILTER (WHERE d.to_status = 'VERIFIED') AS approved,
             count(*) FILTER (WHERE d.to_status = 'REJECTED') AS rejected,
             count(*) FILTER (WHERE EXISTS (SELECT FROM alerts a WHERE a.subject = d.subject_id::text
               AND a.kind = 'OVER_48_H' AND a.raised_at BETWEEN s.at AND d.at)) AS escalated,
             sum(extract(epoch FROM d.at - s.at)) AS seconds
           FROM status_history d JOIN users u ON u.id = d.by_id
           CROSS JOIN LATERAL (SELECT max(h.at) AS at FROM status_history h
             WHERE h.subject_id = d.subject_id AND h.to_status = 'COMPLETED' AND h.id < d.id) s
           WHERE d.kind = 'job' AND d.from_status = 'COMPLETED' AND d.at >= CAST(:week AS timestamptz)
           GROUP BY d.by_id, u.name ORDER BY week DESC, u.name""",
        today=day_start(uow.now),
        week=uow.now - LIMITS.decisions_averaged_over,
    )
    found = rows.read(_workload)
    loads = tuple(load for load, _ in found)
    total = sum(load.week for load in loads)
    return loads, round(sum(seconds for _, seconds in found) / total) if total else None


def _workload(r: Row[Any]) -> tuple[AdminWorkload, float]:
    seconds = float(r.seconds)
    average = round(seconds / r.week)
    return AdminWorkload(r.by_id, r.name, r.today, r.week, r.approved, r.rejected, r.escalated, average), seconds


def day_start(now: datetime) -> datetime:
    """Midnight in India before a moment."""
    return now.astimezone(IST).replace(hour=0, minute=0, second=0, microsecond=0)
