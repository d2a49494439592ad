"""A cleaner's own work: in hand, to redo, being checked, done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import JobStatus, PayoutStatus
from cleanit_app.reads.paging import about_one, ask, ask_list, json_flags
from cleanit_app.reads.payouts.pay import PAY_COLUMNS, Pay, pay_of
from cleanit_app.reads.photos.photos import PhotoView, maybe_photo, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork

DONE_SHOWN = 50
OPEN_SHOWN = 200  # five in hand and what waits for a check


class WorkStage(StrEnum):
    """Where a cleaner's job stands."""

    IN_HAND = "IN_HAND"
    REDO = "REDO"
    IN_CHECK = "IN_CHECK"
    DONE = "DONE"


@dataclass(frozen=True)
class WorkItem:
    """A job of this cleaner; `may_leave_until` is the last moment to give it back without penalty."""

    id: UUID
    campaign_id: UUID
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    status: JobStatus
    stage: WorkStage
    pay_paise: int
    before: PhotoView
    after: PhotoView | None
    claimed_at: datetime
    deadline: datetime | None
    may_leave: bool
    may_leave_until: datetime | None
    completed_at: datetime | None
    verified_at: datetime | None
    rejected_at: datetime | None
    rejection_reason: str | None
    rejection_notes: str | None
    payout_id: UUID | None
    payout_status: PayoutStatus | None
    payout_scheduled_for: datetime | None  # when it leaves by itself; None while no clock runs
    under_review: bool
    paid_at: datetime | None
    flags: tuple[dict[str, Any], ...]
    pay: Pay | None = None  # what is owed for it, once it is


@dataclass(frozen=True)
class WorkList:
    """A cleaner's work in four heaps; what is in hand by time left, the rest newest first."""

    in_hand: tuple[WorkItem, ...]
    in_check: tuple[WorkItem, ...]
    redo: tuple[WorkItem, ...]
    done: tuple[WorkItem, ...]
    limit: int


_WORK = f"""
SELECT j.*, c.title, c.description, c.address, {photo_columns("p", "before")}, {photo_columns("a", "after")},
       o.id AS payout_id, o.status AS payout_status, {PAY_COLUMNS},
       EXISTS (SELECT FROM disputes d WHERE d.payout_id = o.id AND d.status = 'OPEN') AS under_review
FROM jobs j JOIN campaigns c ON c.id = j.campaign_id JOIN photos p ON p.id = c.photo_id
LEFT JOIN photos a ON a.id = j.completion_photo_id LEFT JOIN payouts o ON o.job_id = j.id
"""


def my_work(uow: UnitOfWork, *, actor: Actor) -> WorkList:
    """All jobs this cleaner has or did; of the done ones the newest 50."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask_list(
        uow,
        "my work",
        f"""WITH found AS (
              (SELECT id FROM jobs WHERE claimed_by = :me AND status IN ('CLAIMED', 'COMPLETED')
               ORDER BY claimed_at DESC LIMIT :most)
              UNION ALL (SELECT id FROM jobs WHERE claimed_by = :me AND status IN ('VERIFIED', 'PAID', 'FAILED')
               ORDER BY claimed_at DESC LIMIT :size))
            {_WORK} JOIN found ON found.id = j.id ORDER BY j.completion_deadline, j.claimed_at DESC""",
        me=actor.user_id,
        size=DONE_SHOWN,
        most=OPEN_SHOWN,
    )
    items = rows.read(lambda row: _item(row, uow.now))
    heaps = (tuple(item for item in items if item.stage is stage) for stage in WorkStage)
    in_hand, redo, in_check, done = heaps
    return WorkList(in_hand, in_check, redo, done, uow.limits.claim_limit)


def in_hand_count(uow: UnitOfWork, *, actor: Actor) -> int:
    """How many claimed jobs this cleaner has now, of the five allowed (JOB-04)."""
    actor.must(Permission.MANAGE_SELF)
    sql = "SELECT count(*) FROM jobs WHERE claimed_by = :me AND status = 'CLAIMED'"
    return int(ask(uow, sql, me=actor.user_id)[0][0])


@about_one
def work_item(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> WorkItem:
    """One job of this cleaner; NotFound when somebody else has it or nobody."""
    actor.must(Permission.MANAGE_SELF)
    rows = ask(uow, f"{_WORK} WHERE j.id = :id AND j.claimed_by = :me", id=job_id, me=actor.user_id)
    if not rows:
        raise NotFound(what="Job")
    return _item(rows[0], uow.now)


def _stage(row: Row[Any]) -> WorkStage:
    if row.status == JobStatus.CLAIMED:
        return WorkStage.REDO if row.rejected_at and row.rejected_at >= row.claimed_at else WorkStage.IN_HAND
    return WorkStage.IN_CHECK if row.status == JobStatus.COMPLETED else WorkStage.DONE


def _item(row: Row[Any], now: datetime) -> WorkItem:
    before = photo_of(row, "before")
    stage = _stage(row)
    was_refused = stage is WorkStage.REDO or row.status == JobStatus.FAILED
    pay = pay_of(row, now)
    until = row.completion_deadline - LIMITS.unclaim_until if row.completion_deadline else None
    return WorkItem(
        id=row.id,
        campaign_id=row.campaign_id,
        title=row.title,
        description=row.description,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        status=JobStatus(row.status),
        stage=stage,
        pay_paise=row.amount_paise,
        before=before,
        after=maybe_photo(row, "after"),
        claimed_at=row.claimed_at,
        deadline=row.completion_deadline,
        may_leave=until is not None and now < until,
        may_leave_until=until,
        completed_at=row.completed_at,
        verified_at=row.verified_at,
        rejected_at=row.rejected_at if was_refused else None,
        rejection_reason=row.rejection_reason if was_refused else None,
        rejection_notes=row.rejection_notes if was_refused else None,
        payout_id=row.payout_id,
        payout_status=PayoutStatus(row.payout_status) if row.payout_status else None,
        payout_scheduled_for=pay.leaves_at if pay else None,
        under_review=row.under_review,
        paid_at=row.paid_at,
        flags=json_flags(row.flags),
        pay=pay,
    )
