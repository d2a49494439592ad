"""Photos that are public no more: shared caches are told to forget them by name, until they have (SEC-06)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, delete, text, update
from sqlmodel import col, select

from cleanit_app.domain import events
from cleanit_app.domain.events import Event
from cleanit_app.models import PHOTO_IS_PUBLIC, Photo, PhotoTakedown
from cleanit_app.ports import CacheAway, SharedCache
from cleanit_app.services.operations.failures import note_outage
from cleanit_app.services.photos.photos import keys_of
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

HIDES_PHOTOS: tuple[type[Event], ...] = (
    events.CampaignDeclined,
    events.CampaignCancelled,
    events.JobRejected,
    events.ApprovalTakenBack,
    events.DisputeDecided,
    events.JobCancelled,
    events.JobExpired,
    # these end a cleanup: of who took consent back its photos are hidden from then on
    events.CampaignExpired,
    events.PayoutSucceeded,
)
"""After these a photo of their campaign may be public no more."""

ONCE_MORE = timedelta(minutes=1)
"""An answer that was under way when a cache forgot the photo may have come into it afterwards."""
AGAIN_AFTER = timedelta(minutes=1)
AGAIN_AT_MOST_AFTER = timedelta(hours=1)
_BATCH = 50
_PLAN = text(
    f"""INSERT INTO photo_takedowns (photo_id, asked_at, next_try_at, tries)
        SELECT p.id, :now, :now, 0 FROM photos p
        WHERE (p.id IN (SELECT photo_id FROM campaigns WHERE id = ANY(:ids))
               OR p.job_id IN (SELECT id FROM jobs WHERE campaign_id = ANY(:ids))) AND NOT {PHOTO_IS_PUBLIC}
        ON CONFLICT (photo_id) DO UPDATE SET next_try_at = excluded.next_try_at, forgotten_at = NULL
        RETURNING photo_id"""  # noqa: S608 (our own words)
).bindparams(bindparam("ids", type_=ARRAY(Uuid)))


@dataclass(frozen=True)
class _Due:
    """A photo that caches are to forget now."""

    photo_id: UUID
    keys: tuple[str, ...]
    tries: int
    once_more: bool


def plan_takedowns(uow: UnitOfWork, told: Collection[Event]) -> int:
    """Note which photos these events have hidden, for shared caches to forget; how many. The relay asks for it."""
    ids = sorted({event.campaign_id for event in told if isinstance(event, HIDES_PHOTOS)})  # type: ignore[attr-defined]  # each names its campaign
    if not ids:
        return 0
    planned = len(uow.run(_PLAN, {"ids": ids, "now": uow.now}).all())
    if planned:
        uow.hint("default", "workers.jobs.photos.take_photos_down")
    return planned


_PLAN_OF = text(
    f"""INSERT INTO photo_takedowns (photo_id, asked_at, next_try_at, tries)
        SELECT p.id, :now, :now, 0 FROM photos p WHERE p.owner_id = :owner AND NOT {PHOTO_IS_PUBLIC}
        ON CONFLICT (photo_id) DO UPDATE SET next_try_at = excluded.next_try_at, forgotten_at = NULL"""  # noqa: S608 (our own words)
)


def plan_takedowns_of(uow: UnitOfWork, *, owner_id: UUID) -> None:
    """Have shared caches forget all of somebody's photos that are not public now (LAW-07)."""
    uow.run(_PLAN_OF, {"owner": owner_id, "now": uow.now})
    uow.hint("default", "workers.jobs.photos.take_photos_down")


def take_down(open_uow: OpenUow, cache: SharedCache) -> int:
    """Let shared caches forget what is due, each photo by the names of its sizes; how many they forgot.

    What a cache does not answer is asked again, later each time and without end.
    """
    done = 0
    for one in _due(open_uow):
        try:
            cache.forget(one.keys)
        except CacheAway as away:
            _again(open_uow, one, away)
            continue
        _forgotten(open_uow, one)
        done += 1
    return done


def _due(open_uow: OpenUow) -> list[_Due]:
    wanted = (
        select(PhotoTakedown, Photo)
        .join(Photo, col(Photo.id) == col(PhotoTakedown.photo_id))
        .order_by(col(PhotoTakedown.next_try_at))
        .limit(_BATCH)
    )
    with open_uow() as uow:
        rows = uow.run(wanted.where(col(PhotoTakedown.next_try_at) <= uow.now)).all()
        return [_due_of(row, photo) for row, photo in rows]


def _due_of(row: PhotoTakedown, photo: Photo) -> _Due:
    _, *sizes = keys_of(photo.original_key, photo.base_key, photo.widths)
    return _Due(photo.id, tuple(sizes), row.tries, row.forgotten_at is None)


def _again(open_uow: OpenUow, one: _Due, away: CacheAway) -> None:
    wait = min(AGAIN_AFTER * 2 ** min(one.tries, 10), AGAIN_AT_MOST_AFTER)
    with open_uow() as uow:
        note_outage(uow, source="cache", trouble=away)
        later = {"tries": col(PhotoTakedown.tries) + 1, "next_try_at": uow.now + wait}
        uow.run(update(PhotoTakedown).where(col(PhotoTakedown.photo_id) == one.photo_id).values(**later))


def _forgotten(open_uow: OpenUow, one: _Due) -> None:
    mine = col(PhotoTakedown.photo_id) == one.photo_id
    with open_uow() as uow:
        if not one.once_more:
            uow.run(delete(PhotoTakedown).where(mine))
            return
        again = {"forgotten_at": uow.now, "next_try_at": uow.now + ONCE_MORE}
        uow.run(update(PhotoTakedown).where(mine).values(**again))
