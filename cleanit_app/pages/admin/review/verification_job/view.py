"""A job to check in ready words: evidence as signals, flags with their innocent reason, money lines (VER-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cleanit_app import routes
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.jobs import is_too_far, is_too_vague
from cleanit_app.domain.pictures import weakness
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, day_time, distance, initials, lasted, rupees, share
from cleanit_app.reads.photos.photos import PhotoView
from cleanit_app.reads.review.verification import SLA_HOURS, PhotoEvidence, VerificationItem
from cleanit_app.services.review.completion import CLOCK_SLACK
from cleanit_app.state.base import NOTHING
from cleanit_app.state.cards import short_place

POINTS = ("same_location", "visibly_cleaner", "no_fraud_signs", "gps_matches", "timestamp_reasonable")
SLOW = timedelta(minutes=10)  # a photo that takes longer to arrive is worth a look
# Which point of the checklist a flag speaks about.
POINT_OF = {
    "LOCATION_MISMATCH": "gps_matches",
    "TIMESTAMP_ISSUE": "timestamp_reasonable",
    "PLACE_TOO_VAGUE": "gps_matches",
    "LOOKALIKE": "no_fraud_signs",
    "FILE_AGAINST_PHONE": "no_fraud_signs",
    "TOO_DARK": "visibly_cleaner",
    "BLURRY": "visibly_cleaner",
}
SEVERE = frozenset({"too_far", "before_claim", "before_rejection", "other_place", "other_time", "LOOKALIKE"})
RECORD = frozenset({"LOW_QUALITY_CLEANER", "low_rating"})


@dataclass(frozen=True)
class FlagView:
    """What was seen and the likely innocent reason."""

    title: str
    reason: str
    tone: str


@dataclass(frozen=True)
class SignalView:
    """One checked fact with its number; `tone` is pass, look or fail."""

    name: str
    value: str
    tone: str


@dataclass(frozen=True)
class CheckView:
    """A job as the verification page shows it."""

    id: str = ""
    photo_id: str = ""
    waits: bool = False
    campaign: str = ""
    plate: str = ""
    title: str = ""
    address: str = ""
    paid_by: str = NOTHING
    waiting: str = NOTHING
    age: str = ""
    before: str = ""
    after: str = ""
    before_alt: str = NOTHING
    after_alt: str = NOTHING
    before_line: str = NOTHING
    after_line: str = NOTHING
    before_at: str = ""
    after_at: str = ""
    evidence: str = NOTHING
    accuracy_m: int = 0
    accuracy: str = NOTHING
    far: bool = False
    has_place: bool = False
    claimed: str = NOTHING
    sent: str = NOTHING
    attempt: str = NOTHING
    last_rejection: str = NOTHING
    cleaner: str = ""
    initials: str = ""
    since: str = NOTHING
    rate: str = ""
    rating: str = ""
    jobs: str = NOTHING
    rejections: int = 0
    rejections_word: str = NOTHING
    flagged_cleaner: bool = False
    contributors: str = NOTHING
    raised: str = ""
    pay: str = ""
    fee: str = ""
    fee_percent: str = ""
    pay_percent: str = ""
    payout_on: str = NOTHING
    own_interest: bool = False
    turn_of: str = ""  # the admin who has it, and until when
    turn_until: str = ""
    escalated: str = NOTHING
    radius_m: int = 0


def check_view(item: VerificationItem, now: datetime) -> CheckView:
    """Everything an admin looks at, in words."""
    return CheckView(
        **_job(item, now), **_photos(item, now), **_place(item), **_cleaner(item, now), **_money(item, now)
    )


def _job(item: VerificationItem, now: datetime) -> dict[str, Any]:
    waited = timedelta(seconds=item.waiting_seconds)
    hours = item.waiting_seconds / 3600
    waits = item.status is JobStatus.COMPLETED and not item.decision_pending
    return {
        "id": str(item.job_id),
        "photo_id": str(item.after.id),
        "waits": waits,
        "campaign": routes.campaign(item.campaign_id),
        "plate": short_place(item.address),
        "title": item.title,
        "address": item.address,
        "waiting": say("check.waiting", time=lasted(waited)) if waits else NOTHING,
        "age": "late" if hours >= 2 * SLA_HOURS else "amber" if hours >= SLA_HOURS else "",
        "claimed": day_time(item.claimed_at, now),
        "sent": day_time(item.completed_at, now),
        "attempt": say("check.sent_try", n=item.attempt),
        "last_rejection": say(f"rejection.{item.last_rejection}") if item.last_rejection else NOTHING,
        "own_interest": item.own_interest,
        "escalated": _escalated(item, now),
    }


def _escalated(item: VerificationItem, now: datetime) -> str:
    """Who handed it up, when, and with which words."""
    if item.escalated_at is None:
        return NOTHING
    return say(
        "check.escalated", name=item.escalated_by or "", when=day_time(item.escalated_at, now),
        reason=item.escalation_reason or "",
    )  # fmt: skip


def turn_of_another(item: VerificationItem, me: str, now: datetime) -> tuple[str, str]:
    """The name of the admin who looks at it now, when that is somebody else, and until when."""
    if item.reviewer_id is None or item.reviewed_until is None or str(item.reviewer_id) == me:
        return "", ""
    return item.reviewer or "", day_time(item.reviewed_until, now)


def _photos(item: VerificationItem, now: datetime) -> dict[str, Any]:
    taken = item.evidence.taken_at
    return {
        "before": _largest(item.before),
        "after": _largest(item.after),
        "before_alt": say("card.photo_before", place=item.address),
        "after_alt": say("card.photo_after", place=item.address),
        "before_line": say("check.before_line", when=day_time(item.before.taken_at or item.before.received_at, now),
                            name=item.before_by),
        "after_line": say("check.after_line", when=day_time(taken or item.completed_at, now),
                           how=say(f"check.how.{item.evidence.source}")),
        "before_at": short_place(item.address),
        "after_at": _from_pin(item.evidence),
    }  # fmt: skip


def _largest(photo: PhotoView) -> str:
    return f"{routes.photo(photo.base_key)}/{max(photo.widths)}.webp"


def _from_pin(seen: PhotoEvidence) -> str:
    return say("signal.from_pin", distance=distance(seen.distance_m)) if seen.distance_m is not None else NOTHING


def _place(item: VerificationItem) -> dict[str, Any]:
    seen = item.evidence
    return {
        "evidence": say(f"check.evidence.{seen.source}"),
        "has_place": seen.place is not None,
        "accuracy_m": round(seen.accuracy_m or 0),
        "accuracy": say("check.accuracy", metres=distance(seen.accuracy_m)) if seen.accuracy_m else NOTHING,
        "far": is_far(seen),
        "radius_m": seen.radius_m,
    }


def is_far(seen: PhotoEvidence) -> bool:
    """Whether the photo was taken beyond the radius and the accuracy of its position (JOB-10)."""
    if seen.distance_m is None:
        return False
    limits = replace(LIMITS, proof_radius_km=seen.radius_m / 1000)
    return is_too_far(seen.distance_m, seen.accuracy_m, limits)


def points_of(item: VerificationItem) -> list[dict[str, Any]]:
    """The pin and the photo's place, as the map takes them."""
    pin = {"latitude": item.place[0], "longitude": item.place[1], "kind": "spot", "name": item.address}
    if item.evidence.place is None:
        return [pin]
    at = item.evidence.place
    return [pin, {"latitude": at[0], "longitude": at[1], "kind": "photo", "name": item.cleaner.name}]


def _cleaner(item: VerificationItem, now: datetime) -> dict[str, Any]:
    who = item.cleaner
    kyc = say(f"kyc.{who.kyc.value}")
    return {
        "cleaner": who.name,
        "initials": initials(who.name),
        "since": say("check.since", day=day(who.since, now), kyc=kyc),
        "rate": "–" if who.completion_rate is None else f"{round(100 * who.completion_rate)}%",
        "rating": "–" if who.rating is None else f"{who.rating:.1f}",
        "jobs": say("check.rating_jobs", n=who.verified_count),
        "rejections": who.rejected_count,
        "rejections_word": say("check.rejections", n=who.rejected_count),
        "flagged_cleaner": who.flagged,
    }


def _money(item: VerificationItem, now: datetime) -> dict[str, Any]:
    return {
        "paid_by": say("check.paid_by", amount=rupees(item.raised_paise), n=item.contributor_count),
        "contributors": say("check.givers", n=item.contributor_count),
        "raised": rupees(item.raised_paise),
        "pay": rupees(item.pay_paise),
        "fee": rupees(item.fee_paise),
        "fee_percent": share(item.fee_bps),
        "pay_percent": share(10_000 - item.fee_bps),
        "payout_on": day_time(item.payout_on, now),
    }


def flagged_points(flags: Iterable[dict[str, Any]]) -> dict[str, bool]:
    """For each point of the checklist, whether a flag speaks about it."""
    spoken = {POINT_OF.get(flag["flag"]) for flag in flags}
    return {point: point in spoken for point in POINTS}


def flag_views(item: VerificationItem, now: datetime) -> list[FlagView]:
    """The machine's flags, each with the likely innocent reason."""
    return [_flag(flag, now) for flag in item.flags]


def _flag(flag: dict[str, Any], now: datetime) -> FlagView:
    kind = flag.get("why") or flag["flag"]
    values: dict[str, Any] = {"percent": flag.get("ratePercent", 0), "stars": flag.get("rating", 0)}
    if "accuracyM" in flag:
        values["accuracy"] = distance(flag["accuracyM"])
    if "distanceM" in flag:
        values["distance"] = distance(flag["distanceM"])
    if "takenAt" in flag:
        values["when"] = day_time(datetime.fromisoformat(flag["takenAt"]), now)
    tone = "severe" if kind in SEVERE else "info" if kind in RECORD else "warn"
    return FlagView(say(f"flag.{kind}", **values), say(f"flag.{kind}.why"), tone)


def signal_views(item: VerificationItem) -> list[SignalView]:
    """Place, time after the claim, reuse, light and sharpness, time of the file: each with its number."""
    seen = item.evidence
    return [_where(seen), _after_claim(item), _reused(item), _quality(seen), _arrival(item)]


def _where(seen: PhotoEvidence) -> SignalView:
    if seen.distance_m is None:
        return SignalView("place", say("signal.unknown"), "look")
    value = say("signal.from_pin", distance=distance(seen.distance_m))
    if is_far(seen):
        return SignalView("place", value, "fail")
    return SignalView("place", value, "look" if is_too_vague(seen.accuracy_m) else "pass")


def _after_claim(item: VerificationItem) -> SignalView:
    taken = item.evidence.taken_at
    if taken is None:
        return SignalView("after_claim", say("signal.unknown"), "look")
    if taken < item.claimed_at:
        return SignalView("after_claim", say("signal.earlier", time=lasted(item.claimed_at - taken)), "fail")
    rejected = item.rejected_at
    if rejected and taken < rejected < item.completed_at:  # a later one is the decision on this very photo
        return SignalView("after_claim", say("signal.before_rejection", time=lasted(rejected - taken)), "fail")
    later = taken - item.claimed_at
    return SignalView(
        "after_claim", say("signal.later", time=lasted(later)), "look" if later < LIMITS.cleaned_soon else "pass"
    )


def _reused(item: VerificationItem) -> SignalView:
    alike = sum(flag["flag"] == "LOOKALIKE" for flag in item.flags)
    return SignalView("not_reused", say("signal.alike", n=alike), "fail" if alike else "pass")


def _quality(seen: PhotoEvidence) -> SignalView:
    value = say("signal.light_sharp", light=round(seen.brightness), sharp=round(seen.sharpness))
    return SignalView("sharp_bright", value, "look" if weakness(seen.brightness, seen.sharpness) else "pass")


def _arrival(item: VerificationItem) -> SignalView:
    taken, came = item.evidence.taken_at, item.evidence.received_at
    if taken is None:
        return SignalView("photo_time", say("signal.unknown"), "look")
    if taken > came + CLOCK_SLACK:
        return SignalView("photo_time", say("signal.ahead", time=lasted(taken - came)), "fail")
    return SignalView(
        "photo_time", say("signal.gap", time=lasted(came - taken)), "pass" if came - taken <= SLOW else "look"
    )
