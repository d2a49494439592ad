"""What each rule looks for among what happened in a span of time; every question finds its rows by an index (OPS-04).

A rule says what was seen and how much; whether it is fraud, people decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from cleanit_app.domain.business_limits import BusinessLimits
from cleanit_app.domain.fraud import FraudRule, SignOfFraud
from cleanit_app.domain.places import EARTH_KM, chord_of_km
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Span:
    """What happened after `since`, until and at `until`."""

    since: datetime
    until: datetime


Reader = Callable[[Row[Any], BusinessLimits], SignOfFraud]
"""Makes a finding of a row, with the numbers it was looked for by."""

# The distance on the ground in km between the photos or jobs `a` and `b`.
_KM = f"""{2 * EARTH_KM} * asin(least(1, sqrt(sin(radians(b.latitude - a.latitude) / 2) ^ 2
    + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(radians(b.longitude - a.longitude) / 2) ^ 2)))"""
_AFTER = """a.received_at > :since AND a.received_at <= :until AND a.job_id IS NOT NULL"""
"""The after-photos `a` of the span."""
_TAKEN = "coalesce({0}.taken_at, {0}.received_at)"

# Of each cleaner who took a job in the span, the place where the share of the jobs around is largest.
AREA = text(
    """SELECT DISTINCT ON (claimed_by) claimed_by, id, campaign_id, mine, everybodys
       FROM (SELECT a.claimed_by, a.id, a.campaign_id, near.mine, near.everybodys
             FROM jobs a CROSS JOIN LATERAL (
               SELECT count(*) AS everybodys, count(*) FILTER (WHERE b.claimed_by = a.claimed_by) AS mine
               FROM jobs b WHERE b.claimed_at IS NOT NULL AND b.claimed_at > :month AND b.claimed_at <= :until
                 AND b.position <@ cube_enlarge(a.position, :chord, 3) AND b.position <-> a.position <= :chord) near
             WHERE a.claimed_at > :since AND a.claimed_at <= :until AND a.claimed_by IS NOT NULL) seen
       WHERE mine >= :least AND mine > :share * everybodys
       ORDER BY claimed_by, mine DESC, id"""
)
LOOKALIKE = text(
    f"""SELECT a.id, a.owner_id, a.job_id, j.campaign_id, b.id AS other_id, b.owner_id AS other_owner,
          b.received_at AS other_at
        FROM photos a JOIN jobs j ON j.id = a.job_id AND j.completion_photo_id = a.id
        CROSS JOIN LATERAL jsonb_array_elements(j.flags) flag JOIN photos b ON b.id = CAST(flag ->> 'photoId' AS uuid)
        WHERE {_AFTER} AND flag ->> 'flag' = 'LOOKALIKE'"""  # noqa: S608 (a constant above)
)
# Who took back campaigns soon after starting them, with nobody's money in them.
QUICK_CANCELS = text(
    """SELECT who.creator_id, count(*) AS times, max(c.id::text) AS newest
       FROM (SELECT DISTINCT creator_id FROM campaigns WHERE cancelled_at > :since AND cancelled_at <= :until) who
       JOIN campaigns c ON c.creator_id = who.creator_id AND c.cancelled_at > :week AND c.cancelled_at <= :until
         AND c.cancelled_at - c.created_at <= :soon AND c.raised_paise = 0
         AND EXISTS (SELECT FROM status_history h WHERE h.subject_id = c.id AND h.kind = 'campaign'
                     AND h.to_status = 'CANCELLED' AND h.by_id = c.creator_id)
       GROUP BY who.creator_id HAVING count(*) >= :least"""
)
TOO_FAST = text(
    f"""SELECT * FROM (
          SELECT a.id, a.owner_id, a.job_id, j.campaign_id, b.id AS other_id,
            {_KM} - (coalesce(a.accuracy_m, 0) + coalesce(b.accuracy_m, 0)) / 1000 AS km,
            greatest(extract(epoch FROM {_TAKEN.format("a")} - {_TAKEN.format("b")}), 1) AS seconds
          FROM photos a JOIN jobs j ON j.id = a.job_id CROSS JOIN LATERAL (
            SELECT * FROM photos o WHERE o.owner_id = a.owner_id AND o.job_id IS NOT NULL AND o.job_id <> a.job_id
              AND o.latitude IS NOT NULL AND {_TAKEN.format("o")} <= {_TAKEN.format("a")} AND o.id <> a.id
            ORDER BY {_TAKEN.format("o")} DESC LIMIT 1) b
          WHERE {_AFTER} AND a.latitude IS NOT NULL) seen
        WHERE km >= :least_km AND km / seconds * 3600 > :fastest"""  # noqa: S608 (constants above)
)
EXACT_PIN = text(
    f"""SELECT a.id, a.owner_id, a.job_id, j.campaign_id, a.latitude, a.longitude FROM photos a
        JOIN jobs j ON j.id = a.job_id AND j.latitude = a.latitude AND j.longitude = a.longitude
        WHERE {_AFTER}"""  # noqa: S608 (a constant above)
)
SAME_PLACE = text(
    f"""SELECT a.id, a.owner_id, a.job_id, j.campaign_id, b.id AS other_id, b.owner_id AS other_owner, a.latitude,
          a.longitude
        FROM photos a JOIN jobs j ON j.id = a.job_id CROSS JOIN LATERAL (
          SELECT id, owner_id FROM photos o WHERE o.latitude = a.latitude AND o.longitude = a.longitude
            AND o.latitude IS NOT NULL AND o.id <> a.id AND o.job_id IS DISTINCT FROM a.job_id
            AND (o.received_at, o.id) < (a.received_at, a.id)
          ORDER BY o.received_at DESC, o.id DESC LIMIT 1) b
        WHERE {_AFTER} AND a.latitude IS NOT NULL"""  # noqa: S608 (a constant above)
)
ZERO_ACCURACY = text(
    f"""SELECT a.id, a.owner_id, a.job_id, j.campaign_id FROM photos a JOIN jobs j ON j.id = a.job_id
        WHERE {_AFTER} AND a.accuracy_m = 0 AND a.location_source IN ('E1', 'E3')"""  # noqa: S608 (a constant above)
)
DEVICE = text(
    """SELECT fresh.device_hash, array_agg(d.user_id ORDER BY d.first_seen_at, d.user_id) AS people
       FROM (SELECT DISTINCT device_hash FROM known_devices WHERE first_seen_at > :since AND first_seen_at <= :until)
         fresh JOIN known_devices d ON d.device_hash = fresh.device_hash AND d.first_seen_at <= :until
       GROUP BY fresh.device_hash HAVING count(*) >= :least AND count(*) <= 500"""
)
SHARED_PRINT = text(
    """SELECT fresh.fingerprint, array_agg(f.cleaner_id ORDER BY f.given_at, f.cleaner_id) AS people
       FROM (SELECT DISTINCT fingerprint FROM account_fingerprints
             WHERE made_at > :since AND made_at <= :until AND what = :what) fresh
       JOIN account_fingerprints f ON f.what = :what AND f.fingerprint = fresh.fingerprint
       GROUP BY fresh.fingerprint HAVING count(*) >= :least AND count(*) <= 500"""
)


def find(uow: UnitOfWork, rule: FraudRule, span: Span) -> list[SignOfFraud]:
    """What one rule finds in what happened in a span."""
    statement, bound, read = _RULES[rule]
    values = {"since": span.since, "until": span.until} | bound(span, uow.limits)
    return [read(row, uow.limits) for row in uow.run(statement, values)]


def _area(row: Row[Any], limits: BusinessLimits) -> SignOfFraud:
    return SignOfFraud(
        FraudRule.AREA,
        f"area:{row.claimed_by}:{row.id}",
        row.claimed_by,
        (row.claimed_by,),
        {
            "mine": row.mine, "all": row.everybodys, "percent": 100 * row.mine // row.everybodys,
            "km": limits.area_km, "days": limits.area_days,
        },
        job_id=row.id,
        campaign_id=row.campaign_id,
    )  # fmt: skip


def _of_photo(rule: FraudRule, row: Row[Any], **facts: Any) -> SignOfFraud:
    """A finding about an after-photo, and the other photo where there is one."""
    known = row._mapping
    other, other_owner = known.get("other_id"), known.get("other_owner")
    people = (row.owner_id, other_owner) if other_owner not in (None, row.owner_id) else (row.owner_id,)
    return SignOfFraud(
        rule,
        f"{rule.value.lower()}:{row.id}" + (f":{other}" if other else ""),
        row.owner_id,
        people,
        facts,
        job_id=row.job_id,
        campaign_id=row.campaign_id,
        photo_id=row.id,
        other_photo_id=other,
    )


def _lookalike(row: Row[Any], _limits: BusinessLimits) -> SignOfFraud:
    return _of_photo(FraudRule.LOOKALIKE, row, other_at=row.other_at.isoformat(), own=row.owner_id == row.other_owner)


def _quick_cancels(row: Row[Any], limits: BusinessLimits) -> SignOfFraud:
    return SignOfFraud(
        FraudRule.QUICK_CANCELS,
        f"cancels:{row.creator_id}:{row.newest}",
        row.creator_id,
        (row.creator_id,),
        {
            "times": row.times,
            "hours": limits.quick_cancel_within // timedelta(hours=1),
            "days": limits.quick_cancel_days,
        },
        campaign_id=UUID(row.newest),
    )


def _too_fast(row: Row[Any], limits: BusinessLimits) -> SignOfFraud:
    km, seconds = float(row.km), float(row.seconds)
    return _of_photo(
        FraudRule.TOO_FAST,
        row,
        km=round(km, 1),
        minutes=max(1, round(seconds / 60)),
        speed=round(km / seconds * 3600),
        most=round(limits.fastest_km_an_hour),
    )


def _at_a_place(rule: FraudRule) -> Reader:
    def read(row: Row[Any], _limits: BusinessLimits) -> SignOfFraud:
        return _of_photo(rule, row, place=f"{row.latitude}, {row.longitude}")

    return read


def _zero(row: Row[Any], _limits: BusinessLimits) -> SignOfFraud:
    return _of_photo(FraudRule.ZERO_ACCURACY, row)


def _shared(rule: FraudRule, column: str) -> Reader:
    """A finding about everybody who shares something; as the group grows it is found again."""

    def read(row: Row[Any], _limits: BusinessLimits) -> SignOfFraud:
        people = tuple(dict.fromkeys(row.people))
        mark = bytes(row._mapping[column]).hex()
        evidence = f"{rule.value.lower()}:{mark}:{len(people)}"
        return SignOfFraud(rule, evidence, people[0], people, {"n": len(people)})

    return read


def _nothing(_span: Span, _limits: BusinessLimits) -> dict[str, Any]:
    return {}


Bound = Callable[[Span, BusinessLimits], dict[str, Any]]
_RULES: dict[FraudRule, tuple[Any, Bound, Reader]] = {
    FraudRule.AREA: (
        AREA,
        lambda span, limits: {
            "month": span.until - timedelta(days=limits.area_days),
            "chord": chord_of_km(limits.area_km),
            "least": limits.area_least_jobs,
            "share": limits.area_share,
        },
        _area,
    ),
    FraudRule.LOOKALIKE: (LOOKALIKE, _nothing, _lookalike),
    FraudRule.QUICK_CANCELS: (
        QUICK_CANCELS,
        lambda span, limits: {
            "week": span.until - timedelta(days=limits.quick_cancel_days),
            "soon": limits.quick_cancel_within,
            "least": limits.quick_cancels,
        },
        _quick_cancels,
    ),
    FraudRule.TOO_FAST: (
        TOO_FAST,
        lambda _span, limits: {"least_km": limits.too_fast_from_km, "fastest": limits.fastest_km_an_hour},
        _too_fast,
    ),
    FraudRule.EXACT_PIN: (EXACT_PIN, _nothing, _at_a_place(FraudRule.EXACT_PIN)),
    FraudRule.SAME_PLACE: (SAME_PLACE, _nothing, _at_a_place(FraudRule.SAME_PLACE)),
    FraudRule.ZERO_ACCURACY: (ZERO_ACCURACY, _nothing, _zero),
    FraudRule.DEVICE: (
        DEVICE, lambda _span, limits: {"least": limits.accounts_on_device}, _shared(FraudRule.DEVICE, "device_hash"),
    ),
    FraudRule.PAYOUT_ACCOUNT: (
        SHARED_PRINT,
        lambda _span, limits: {"least": limits.accounts_on_payout, "what": "PAYOUT_ACCOUNT"},
        _shared(FraudRule.PAYOUT_ACCOUNT, "fingerprint"),
    ),
    FraudRule.PAN: (
        SHARED_PRINT,
        lambda _span, limits: {"least": limits.accounts_on_payout, "what": "PAN"},
        _shared(FraudRule.PAN, "fingerprint"),
    ),
}  # fmt: skip
