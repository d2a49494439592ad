"""Jobs that can be taken, and one job as its cleaner, its creator or an admin sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import MalformedRequest, NotACleaner
from cleanit_app.domain.places import chord_of_km, km_of_chord, unit_vector
from cleanit_app.domain.statuses import KycStatus
from cleanit_app.reads.campaigns.word_search import campaign_query
from cleanit_app.reads.jobs.job_detail import JobDetail, job_detail
from cleanit_app.reads.jobs.work import WorkItem, WorkList, WorkStage, in_hand_count, my_work, work_item
from cleanit_app.reads.paging import Page, Place, ask, ask_list, one_page, page_size, read_cursor
from cleanit_app.reads.photos.photos import PhotoView, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork

__all__ = [
    "JobDetail",
    "JobSort",
    "OpenJob",
    "WorkItem",
    "WorkList",
    "WorkStage",
    "in_hand_count",
    "job_detail",
    "my_work",
    "open_jobs",
    "work_item",
]


class JobSort(StrEnum):
    """The order of open jobs: nearest, best paid, smallest or newest first."""

    NEAR = "near"
    PAY = "pay"
    SMALL = "small"
    NEW = "new"


@dataclass(frozen=True)
class OpenJob:
    """A job in the list of a cleaner; `own` when it can never be that cleaner's."""

    id: UUID
    campaign_id: UUID
    title: str
    address: str
    latitude: float
    longitude: float
    pay_paise: int
    expires_at: datetime
    before: PhotoView
    distance_km: float | None
    had_it_last: bool
    own: bool


_WITH_WORDS = """campaign_id IN (SELECT id FROM campaigns
                  WHERE status = 'FUNDED' AND words @@ CAST(:words AS tsquery))"""
_POINT = "cube(ARRAY[:x, :y, :z])"
# For each order: what it sorts by, the way, and the condition that continues after a cursor.
_ORDERS: dict[JobSort, tuple[str, str, str]] = {
    JobSort.NEAR: (
        "chord",
        "chord, id",
        f"(position <-> {_POINT}, id) > (CAST(:key AS float8), CAST(:last AS uuid))",
    ),
    JobSort.PAY: (
        "amount_paise",
        "amount_paise DESC, id",
        "amount_paise <= :key AND (amount_paise < :key OR id > CAST(:last AS uuid))",
    ),
    JobSort.SMALL: (
        "amount_paise",
        "amount_paise, id DESC",
        "amount_paise >= :key AND (amount_paise > :key OR id < CAST(:last AS uuid))",
    ),
    JobSort.NEW: ("id", "id DESC", "id < CAST(:last AS uuid) AND CAST(:key AS text) IS NOT NULL"),
}
_KEY_KINDS: dict[JobSort, Callable[[Any], Any]] = {JobSort.NEAR: float, JobSort.NEW: str}


def must_be_active(uow: UnitOfWork, actor: Actor) -> None:
    """NotACleaner unless this is a cleaner whose papers are checked: the API gives its list to no others."""
    rows = ask(uow, "SELECT status FROM cleaners WHERE user_id = :me", me=actor.user_id)
    if not rows or rows[0].status != KycStatus.ACTIVE:
        raise NotACleaner


def open_jobs(
    uow: UnitOfWork,
    *,
    actor: Actor,
    near: Place | None = None,
    radius_km: float | None = None,
    min_paise: int | None = None,
    sort: JobSort | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    q: str | None = None,
) -> Page[OpenJob]:
    """Jobs an active cleaner could take, nearest first when a place is given, else best paid first (JOB-03).

    `q` are words of the place or title, for who gives no position.

    Any cleaner may look around on a page; `claim_job` asks for the papers, and the API
    `must_be_active`. MalformedRequest for nearest-first without a place.
    """
    actor.must(Permission.CLAIM_JOBS)
    order = sort or (JobSort.NEAR if near else JobSort.PAY)
    size = page_size(limit)
    words = campaign_query(uow, q) if q and q.strip() else None
    sql, values = open_jobs_query(near, radius_km, min_paise, order, cursor, size, words)
    rows = ask_list(uow, "open jobs", sql, me=actor.user_id, now=uow.now, **values)
    column = _ORDERS[order][0]
    return one_page(rows, size, _open_job, lambda row: (row._mapping[column], row.id))


def open_jobs_query(
    near: Place | None,
    radius_km: float | None,
    min_paise: int | None,
    sort: JobSort,
    cursor: str | None,
    size: int,
    words: str | None = None,
) -> tuple[str, dict[str, Any]]:
    """The statement and values behind `open_jobs`, apart so that a test can look at its plan.

    `words` is the text of a tsquery (`campaign_query`); an empty one finds nothing.
    """
    if sort is JobSort.NEAR and near is None:
        raise MalformedRequest(field="near")
    _, order, after = _ORDERS[sort]
    values: dict[str, Any] = {"size": size + 1}
    conditions = ["status = 'AVAILABLE'", "review_since IS NULL", "expires_at > CAST(:now AS timestamptz)"]
    if near:
        values |= dict(zip("xyz", unit_vector(*near), strict=True))
    if near and radius_km is not None:
        values["r"] = chord_of_km(max(0.0, radius_km))
        conditions += [f"position <@ cube_enlarge({_POINT}, :r, 3)", f"position <-> {_POINT} <= :r"]
    if min_paise:
        values["least"] = min_paise
        conditions.append("amount_paise >= :least")
    if words is not None:
        values["words"] = words
        conditions.append(_WITH_WORDS if words else "false")
    if keys := read_cursor(cursor, _KEY_KINDS.get(sort, int), UUID):
        values["key"], values["last"] = keys
        conditions.append(after)
    chord = f"position <-> {_POINT}" if near else "CAST(NULL AS float8)"
    found = f"""SELECT id, {chord} AS chord, amount_paise FROM jobs
                WHERE {" AND ".join(conditions)} ORDER BY {order} LIMIT :size"""
    by = ", ".join(f"found.{part}" for part in order.split(", "))
    return f"WITH found AS ({found}) {_OPEN} ORDER BY {by}", values


_OPEN = f"""
SELECT j.id, j.campaign_id, c.title, c.address, j.latitude, j.longitude, j.amount_paise, j.expires_at,
       found.chord, j.last_claimed_by IS NOT DISTINCT FROM :me AS had_it_last,
       c.creator_id = :me OR EXISTS (SELECT FROM contributions g WHERE g.contributor_id = :me
         AND g.campaign_id = c.id AND g.status = 'SUCCESS') AS own, {photo_columns("p", "before")}
FROM found JOIN jobs j ON j.id = found.id JOIN campaigns c ON c.id = j.campaign_id
JOIN photos p ON p.id = c.photo_id
"""


def _open_job(row: Row[Any]) -> OpenJob:
    before = photo_of(row, "before")
    return OpenJob(
        id=row.id,
        campaign_id=row.campaign_id,
        title=row.title,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        pay_paise=row.amount_paise,
        expires_at=row.expires_at,
        before=before,
        distance_km=None if row.chord is None else km_of_chord(row.chord),
        had_it_last=row.had_it_last,
        own=row.own,
    )
