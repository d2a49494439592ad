"""Results that are disputed, with what an admin needs to decide (OPS-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.reads.paging import Page, ask_list, moment_key, one_page, page_size, read_cursor
from cleanit_app.reads.photos.photos import PhotoView, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OpenDispute:
    """A dispute that waits; `by_creator` when the one who started the cleanup raised it, else somebody who paid.

    `hear_by` is 48 hours after it was raised, `others` how many more are open about the same work.
    """

    id: UUID
    job_id: UUID
    campaign_id: UUID
    title: str
    address: str
    reason: str
    raised_at: datetime
    hear_by: datetime
    late: bool
    raised_by_name: str
    by_creator: bool
    cleaner_name: str
    approved_by_name: str
    verified_at: datetime
    amount_paise: int
    before: PhotoView
    after: PhotoView
    others: int
    own_interest: bool
    approved_by_me: bool


def open_disputes(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[OpenDispute]:
    """Disputes that wait for a decision, the oldest first."""
    actor.must(Permission.VERIFY_JOBS)
    size = page_size(limit)
    keys = read_cursor(cursor, moment_key, UUID)
    after = "AND (d.raised_at, d.id) > (CAST(:at AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "open disputes",
        f"""SELECT d.id, d.job_id, d.campaign_id, d.reason, d.raised_at, c.title, c.address, o.amount_paise,
              j.verified_at, u.name AS raised_by_name, d.raised_by = c.creator_id AS by_creator,
              w.name AS cleaner_name, v.name AS approved_by_name,
              {photo_columns("p", "before")}, {photo_columns("a", "after")},
              (SELECT count(*) - 1 FROM disputes x WHERE x.payout_id = d.payout_id AND x.status = 'OPEN') AS others,
              :me IN (c.creator_id, j.claimed_by) OR EXISTS (SELECT FROM contributions g
                WHERE g.campaign_id = c.id AND g.contributor_id = :me AND g.status = 'SUCCESS') AS own,
              j.verified_by = :me AS mine
            FROM disputes d JOIN campaigns c ON c.id = d.campaign_id JOIN jobs j ON j.id = d.job_id
            JOIN payouts o ON o.id = d.payout_id JOIN users u ON u.id = d.raised_by
            JOIN users w ON w.id = j.claimed_by JOIN users v ON v.id = j.verified_by
            JOIN photos p ON p.id = c.photo_id JOIN photos a ON a.id = j.completion_photo_id
            WHERE d.status = 'OPEN' AND d.about = 'RESULT' {after} ORDER BY d.raised_at, d.id LIMIT :size""",
        me=actor.user_id,
        size=size + 1,
        **(dict(zip(("at", "last"), keys, strict=True)) if keys else {}),
    )
    return one_page(rows, size, lambda row: _open(row, uow.now), attrgetter("raised_at", "id"))


def _open(row: Row[Any], now: datetime) -> OpenDispute:
    hear_by = row.raised_at + LIMITS.dispute_heard_within
    return OpenDispute(
        id=row.id,
        job_id=row.job_id,
        campaign_id=row.campaign_id,
        title=row.title,
        address=row.address,
        reason=row.reason,
        raised_at=row.raised_at,
        hear_by=hear_by,
        late=hear_by < now,
        raised_by_name=row.raised_by_name,
        by_creator=row.by_creator,
        cleaner_name=row.cleaner_name,
        approved_by_name=row.approved_by_name,
        verified_at=row.verified_at,
        amount_paise=row.amount_paise,
        before=photo_of(row, "before"),
        after=photo_of(row, "after"),
        others=row.others,
        own_interest=row.own,
        approved_by_me=row.mine,
    )
