"""Campaigns as cards, discovered by anybody: by age, end, progress or distance, each by its own index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import MalformedRequest
from cleanit_app.domain.money import percent_of
from cleanit_app.domain.names import first_name
from cleanit_app.domain.places import chord_of_km, km_of_chord, unit_vector
from cleanit_app.domain.statuses import PUBLIC_CAMPAIGNS, CampaignStatus, JobStatus
from cleanit_app.reads.campaigns.word_search import campaign_query
from cleanit_app.reads.paging import Page, Place, ask, ask_list, moment_key, one_page, page_size, read_cursor
from cleanit_app.reads.photos.photos import PhotoView, maybe_photo, photo_columns, photo_of, withheld
from cleanit_app.services.unit_of_work import UnitOfWork


class DiscoverSort(StrEnum):
    """The order of a list of campaigns."""

    NEW = "new"
    ENDING = "ending"
    ALMOST = "almost"
    NEAR = "near"


@dataclass(frozen=True)
class CampaignCard:
    """A campaign in a list; amounts in paise, `distance_km` only when a place was asked for."""

    id: UUID
    title: str
    address: str
    latitude: float
    longitude: float
    status: CampaignStatus
    target_paise: int
    raised_paise: int
    percent: int
    created_at: datetime
    activated_at: datetime | None
    expires_at: datetime | None
    closed_at: datetime | None
    before: PhotoView
    after: PhotoView | None
    contributor_count: int
    job_status: JobStatus | None
    cleaner_first_name: str | None
    distance_km: float | None
    cancel_reason: str | None
    job_held: bool = False  # an admin decides before anybody may take its job
    starter_first_name: str | None = None  # who is credited with the before-photo
    pay_paise: int = 0  # what its cleaner gets, without the fee


CARD = f"""
SELECT c.id, c.title, c.address, c.latitude, c.longitude, c.status, c.target_paise, c.raised_paise,
       c.raised_bps, c.created_at, c.activated_at, c.expires_at, c.closed_at, c.cancel_reason, found.chord,
       {photo_columns("p", "before")}, {photo_columns("a", "after")},
       j.status AS job_status, coalesce(j.review_since IS NOT NULL, FALSE) AS job_held,
       coalesce(j.amount_paise, 0) AS pay_paise,
       CASE WHEN u.credited THEN u.name END AS cleaner_name, n.contributors,
       CASE WHEN w.credited THEN w.name END AS starter_name,
       w.gallery_consent IS FALSE AS before_withdrawn, u.gallery_consent IS FALSE AS after_withdrawn
FROM found JOIN campaigns c ON c.id = found.id
JOIN users w ON w.id = c.creator_id
JOIN photos p ON p.id = c.photo_id
LEFT JOIN jobs j ON j.id = c.job_id
LEFT JOIN photos a ON a.id = j.completion_photo_id AND j.status IN ('VERIFIED', 'PAID')
LEFT JOIN users u ON u.id = j.claimed_by
CROSS JOIN LATERAL (SELECT count(DISTINCT g.contributor_id) AS contributors FROM contributions g
                    WHERE g.campaign_id = c.id AND g.kept_paise > 0) n
"""

OVER = frozenset({CampaignStatus.CLOSED, CampaignStatus.EXPIRED})
IN_GALLERY = """EXISTS (SELECT FROM users w WHERE w.id = campaigns.creator_id AND w.gallery_consent)
    AND EXISTS (SELECT FROM jobs j JOIN users k ON k.id = j.claimed_by AND k.gallery_consent
                WHERE j.id = campaigns.job_id AND j.status IN ('VERIFIED', 'PAID'))"""
# For each order: what it sorts by, the way, and the condition that continues after a cursor.
_ORDERS: dict[DiscoverSort, tuple[str, str, str]] = {
    DiscoverSort.NEW: (
        "activated_at",
        "activated_at DESC, id DESC",
        "(activated_at, id) < (CAST(:key AS timestamptz), CAST(:last AS uuid))",
    ),
    DiscoverSort.ENDING: (
        "expires_at",
        "expires_at, id",
        "(expires_at, id) > (CAST(:key AS timestamptz), CAST(:last AS uuid))",
    ),
    DiscoverSort.ALMOST: (
        "raised_bps",
        "raised_bps DESC, id DESC",
        "(raised_bps, id) < (CAST(:key AS int), CAST(:last AS uuid))",
    ),
    DiscoverSort.NEAR: (
        "chord",
        "chord, id",
        "(position <-> cube(ARRAY[:x, :y, :z]), id) > (CAST(:key AS float8), CAST(:last AS uuid))",
    ),
}
_FEW = 1_000
# OFFSET 0 keeps PostgreSQL from mixing the two ways.
_WITH_WORDS = """(SELECT id, status, activated_at, archived_at, expires_at, raised_bps, position, words FROM campaigns
                  WHERE words @@ CAST(:words AS tsquery) OFFSET 0) AS having_words"""
_KEY_KINDS: dict[DiscoverSort, Any] = {
    DiscoverSort.NEW: moment_key,
    DiscoverSort.ENDING: moment_key,
    DiscoverSort.ALMOST: int,
    DiscoverSort.NEAR: float,
}


def discover(
    uow: UnitOfWork,
    *,
    actor: Actor,
    status: Iterable[CampaignStatus] | None = None,
    q: str | None = None,
    near: Place | None = None,
    radius_km: float | None = None,
    sort: DiscoverSort = DiscoverSort.NEW,
    cursor: str | None = None,
    limit: int | None = None,
    gallery: bool = False,
) -> Page[CampaignCard]:
    """Campaigns that were let in, for anybody; whoever asks sees the same (JOB-03 for `near`).

    For the `gallery` only those whose starter and cleaner said yes to it (LAW-07).

    Without `status`: all public ones by age or distance, those that collect by `ending` and `almost`.
    MalformedRequest for `near` order without a place and for a cursor that is not ours.
    """
    words = campaign_query(uow, q) if q and q.strip() else None
    few = bool(words) and are_few(uow, str(words))
    sql, values = discover_query(
        status, words, near, radius_km, sort, cursor, page_size(limit), few=few, gallery=gallery
    )
    rows = ask_list(uow, "campaigns", sql, **values)
    column = _ORDERS[sort][0]
    return one_page(rows, page_size(limit), public_card, lambda row: (row._mapping[column], row.id))


def discover_query(
    status: Iterable[CampaignStatus] | None,
    words: str | None,
    near: Place | None,
    radius_km: float | None,
    sort: DiscoverSort,
    cursor: str | None,
    size: int,
    *,
    few: bool = False,
    gallery: bool = False,
) -> tuple[str, dict[str, Any]]:
    """The statement and values behind `discover`, apart so that a test can look at its plan.

    `words` is the text of a tsquery (`campaign_query`); an empty one finds nothing. Where `few` campaigns have them
    (`are_few`) those are found first and sorted; else the order's own index is walked until a page is full.
    """
    if sort is DiscoverSort.NEAR and near is None:
        raise MalformedRequest(field="near")
    column, order, after = _ORDERS[sort]
    values: dict[str, Any] = {"size": size + 1}
    conditions = ["activated_at IS NOT NULL AND archived_at IS NULL"]
    if near:
        values |= dict(zip("xyz", unit_vector(*near), strict=True))
    if near and radius_km is not None:
        values["r"] = chord_of_km(max(0.0, radius_km))
        conditions += [
            "position <@ cube_enlarge(cube(ARRAY[:x, :y, :z]), :r, 3)",
            "position <-> cube(ARRAY[:x, :y, :z]) <= :r",
        ]
    if words is not None:
        values["words"] = words
        conditions.append("words @@ CAST(:words AS tsquery)" if words else "false")
    if keys := read_cursor(cursor, _KEY_KINDS[sort], UUID):
        values["key"], values["last"] = keys
        conditions.append(after)
    if gallery:
        conditions.append(IN_GALLERY)
    chord = "position <-> cube(ARRAY[:x, :y, :z])" if near else "CAST(NULL AS float8)"
    source = _WITH_WORDS if few else "campaigns"
    found = _found(_statuses(status, sort), conditions, order, column, chord, values, source)
    return f"WITH found AS ({found}) {CARD} ORDER BY {_outer_order(order)}", values


def are_few(uow: UnitOfWork, words: str) -> bool:
    """Whether so few campaigns have these words that finding all of them is the quickest way to any order.

    PostgreSQL cannot tell: it guesses how many have a beginning or a sound, and walks long where it guesses too many.
    """
    counted = "SELECT count(*) AS n FROM (SELECT FROM campaigns WHERE words @@ CAST(:words AS tsquery) LIMIT :most) t"
    return bool(ask(uow, counted, words=words, most=_FEW + 1)[0].n <= _FEW)


def _outer_order(order: str) -> str:
    return ", ".join(f"{'found' if part.startswith('chord') else 'c'}.{part}" for part in order.split(", "))


def _statuses(status: Iterable[CampaignStatus] | None, sort: DiscoverSort) -> list[CampaignStatus] | None:
    """The statuses to look through, each by its own piece of an index; None for all public ones."""
    if status is not None:
        return sorted(set(status) & PUBLIC_CAMPAIGNS)
    return [CampaignStatus.ACTIVE] if sort in (DiscoverSort.ENDING, DiscoverSort.ALMOST) else None


def _found(
    statuses: list[CampaignStatus] | None,
    conditions: list[str],
    order: str,
    column: str,
    chord: str,
    values: dict[str, Any],
    source: str,
) -> str:
    sorted_by = "" if column == "chord" else f", {column}"
    select = f"SELECT id, {chord} AS chord{sorted_by} FROM {source} WHERE {' AND '.join(conditions)}"
    end = f"ORDER BY {order} LIMIT :size"
    if statuses is None:
        return f"{select} {end}"
    if not statuses:
        return f"{select} AND false {end}"
    for number, one in enumerate(statuses):
        values[f"status{number}"] = str(one)
    branches = [f"({select} AND status = :status{number} {end})" for number in range(len(statuses))]
    return branches[0][1:-1] if len(branches) == 1 else f"{' UNION ALL '.join(branches)} {end}"


def public_card(row: Row[Any]) -> CampaignCard:
    """A card for anybody: the photo of a cleanup that was taken back is nobody's to look at.

    Nor is one whose owner took consent back, once the cleanup is over (LAW-07).
    """
    card = card_of(row)
    hidden = card.status is CampaignStatus.CANCELLED or (row.before_withdrawn and card.status in OVER)
    if hidden:
        card = replace(card, before=withheld(card.before))
    return replace(card, after=None) if row.after_withdrawn else card


def card_of(row: Row[Any]) -> CampaignCard:
    before = photo_of(row, "before")
    return CampaignCard(
        id=row.id,
        title=row.title,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        status=CampaignStatus(row.status),
        target_paise=row.target_paise,
        raised_paise=row.raised_paise,
        percent=percent_of(row.raised_paise, row.target_paise),
        created_at=row.created_at,
        activated_at=row.activated_at,
        expires_at=row.expires_at,
        closed_at=row.closed_at,
        before=before,
        after=maybe_photo(row, "after"),
        contributor_count=row.contributors,
        job_status=JobStatus(row.job_status) if row.job_status else None,
        job_held=row.job_held,
        pay_paise=row.pay_paise,
        starter_first_name=first_name(row.starter_name),
        cleaner_first_name=first_name(row.cleaner_name),
        distance_km=None if row.chord is None else km_of_chord(row.chord),
        cancel_reason=row.cancel_reason,
    )
