"""The after-photo: evidence as a ladder, flags instead of verdicts (JOB-09 to JOB-12)."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.bounds import moment_within
from cleanit_app.domain.business_limits import LIMITS, BusinessLimits
from cleanit_app.domain.calendar import IST
from cleanit_app.domain.errors import CaptureTokenRefused, DeadlinePassed, MalformedRequest
from cleanit_app.domain.events import JobCompleted
from cleanit_app.domain.jobs import LOW_RATING, completion_rate, is_too_far, is_too_vague, rating
from cleanit_app.domain.pictures import Stamp, Weakness, weakness
from cleanit_app.domain.places import metres_between, place_problem
from cleanit_app.domain.statuses import CampaignStatus, JobStatus
from cleanit_app.models import Campaign, CaptureToken, Cleaner, Job, Photo, new_id
from cleanit_app.services.auth.sign_in import secret_hash
from cleanit_app.services.jobs.jobs import locked_own_job
from cleanit_app.services.photos.photos import ExaminedPhoto, StoredPhoto, add_photo, lookalike_of
from cleanit_app.services.unit_of_work import UnitOfWork

CLOCK_SLACK = timedelta(minutes=5)
_MOST_ACCURACY_KEPT_M = 100_000.0


@dataclass(frozen=True)
class Claimed:
    """What the phone says about the photo: where, how exactly (m), when, and the single-use token."""

    capture_token: str | None = None
    place: tuple[float, float] | None = None
    accuracy_m: float | None = None
    captured_at: datetime | None = None


@dataclass(frozen=True)
class Evidence:
    """What a photo proves: E3 viewfinder, E2 EXIF, E1 position at upload, E0 nothing."""

    source: str
    place: tuple[float, float] | None
    accuracy_m: float | None
    taken_at: datetime | None


def claims_of_phone(
    *, capture_token: object, latitude: object, longitude: object, accuracy_m: object, captured_at: object
) -> Claimed:
    """Check what the phone sent beside the photo; nonsense counts as not sent, for it only lowers the evidence."""
    lat, lng, accuracy = (_number(v) for v in (latitude, longitude, accuracy_m))
    here = (lat, lng) if lat is not None and lng is not None and place_problem(lat, lng) is None else None
    near = min(accuracy, _MOST_ACCURACY_KEPT_M) if accuracy is not None and accuracy >= 0 else None
    return Claimed(_token(capture_token), here, near, _moment(captured_at))


def _token(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > 100:
        raise MalformedRequest(field="captureToken")
    return value


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _moment(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment_within(at if at.tzinfo else at.replace(tzinfo=IST))


def issue_capture_token(uow: UnitOfWork, *, actor: Actor, job_id: UUID) -> str:
    """Leave to take one photo in the viewfinder for a claimed job; shown once, used once, 15 minutes long."""
    actor.must(Permission.CLAIM_JOBS)
    job = locked_own_job(uow, actor=actor, job_id=job_id)
    job.status.check_move(JobStatus.COMPLETED)
    token = secrets.token_urlsafe(24)
    uow.add(
        CaptureToken(
            id=new_id(),
            token_hash=secret_hash(token),
            job_id=job.id,
            cleaner_id=actor.user_id,
            issued_at=uow.now,
            expires_at=uow.now + LIMITS.capture_token_life,
        )
    )
    return token


def stamp_of(claimed: Claimed) -> Stamp | None:
    """What the viewfinder knew, to be written into the private original, so that the file proves it too."""
    if claimed.capture_token and claimed.place and claimed.captured_at:
        return Stamp(claimed.place, claimed.captured_at)
    return None


def weigh_evidence(claimed: Claimed, photo: ExaminedPhoto) -> Evidence:
    """Put the photo on the ladder from what it carries and what the phone said.

    A file with camera data was not taken in the viewfinder, whatever came with it: it is weighed as a file.
    """
    if claimed.capture_token and claimed.place and not photo.camera_data:
        return Evidence("E3", claimed.place, claimed.accuracy_m, claimed.captured_at)
    if photo.place:
        return Evidence("E2", photo.place, None, photo.taken_at)
    if claimed.place:
        return Evidence("E1", claimed.place, claimed.accuracy_m, photo.taken_at or claimed.captured_at)
    return Evidence("E0", None, None, photo.taken_at or claimed.captured_at)


def complete_job(
    uow: UnitOfWork, *, actor: Actor, job_id: UUID, stored: StoredPhoto, claimed: Claimed, evidence: Evidence
) -> Job:
    """Hand in the after-photo of a claimed job; it then waits for an admin with its flags (JOB-09, JOB-12).

    Raises NotFound for anybody but the claimer, DeadlinePassed, CaptureTokenRefused, PhotoAlreadyUsed.
    """
    actor.must(Permission.CLAIM_JOBS)
    job = locked_own_job(uow, actor=actor, job_id=job_id)
    job.status.check_move(JobStatus.COMPLETED)
    if job.completion_deadline is None or job.completion_deadline < uow.now:
        raise DeadlinePassed
    if claimed.capture_token:
        _use_token(uow, actor, job, claimed)
    campaign = uow.lock(Campaign, job.campaign_id)
    photo = add_photo(
        uow,
        owner=actor,
        stored=stored,
        location_source=evidence.source,
        place=evidence.place,
        accuracy_m=evidence.accuracy_m,
        taken_at=evidence.taken_at,
        job_id=job.id,
    )
    job.flags = [
        *flags_of(uow, job=job, photo=photo, cleaner=uow.get(Cleaner, actor.user_id)),
        *contradictions(claimed, stored.photo),
    ]
    job.completion_photo_id, job.completed_at, job.completion_deadline = photo.id, uow.now, None
    job.move_to(JobStatus.COMPLETED, by=actor, at=uow.now)
    campaign.completed_at = uow.now
    campaign.move_to(CampaignStatus.COMPLETED, by=SYSTEM, at=uow.now, why="after-photo handed in")
    uow.record(JobCompleted(job.id, campaign.id, actor.user_id), by=actor)
    return job


def _use_token(uow: UnitOfWork, actor: Actor, job: Job, claimed: Claimed) -> None:
    token = uow.first(CaptureToken, CaptureToken.token_hash == secret_hash(claimed.capture_token or ""), lock=True)
    fits = token is not None and token.job_id == job.id and token.cleaner_id == actor.user_id
    # A photo may wait on the phone for a network: it counts when it was taken while the token lived.
    taken = claimed.captured_at or uow.now
    if token is None or not fits or token.used_at is not None:
        raise CaptureTokenRefused
    if not token.issued_at - CLOCK_SLACK <= taken <= token.expires_at + CLOCK_SLACK:
        raise CaptureTokenRefused
    token.used_at = uow.now


def flags_of(uow: UnitOfWork, *, job: Job, photo: Photo, cleaner: Cleaner) -> list[dict[str, Any]]:
    """What an admin should look at twice (JOB-10, JOB-11); nothing here blocks."""
    flags = [*_place_flags(job, photo, uow.limits), _time_flag(uow, job, photo), *_quality_flags(photo)]
    if twin := lookalike_of(uow, photo):
        flags.append({"flag": "LOOKALIKE", "photoId": str(twin)})
    return [f for f in [*flags, _record_flag(cleaner)] if f]


def contradictions(claimed: Claimed, file: ExaminedPhoto) -> list[dict[str, Any]]:
    """Where a file that was sent as taken just now says otherwise than the phone beside it (JOB-10)."""
    if not (claimed.capture_token and file.camera_data):
        return []
    found: list[dict[str, Any]] = []
    if claimed.place and file.place:
        apart_m = metres_between(claimed.place, file.place)
        if apart_m > LIMITS.most_accuracy_m + min(LIMITS.most_accuracy_m, claimed.accuracy_m or 0):
            found.append({"flag": "FILE_AGAINST_PHONE", "why": "other_place", "distanceM": apart_m})
    if claimed.captured_at and file.taken_at and abs(claimed.captured_at - file.taken_at) > CLOCK_SLACK:
        found.append({"flag": "FILE_AGAINST_PHONE", "why": "other_time", "takenAt": file.taken_at.isoformat()})
    return found


def _place_flags(job: Job, photo: Photo, limits: BusinessLimits) -> list[dict[str, Any]]:
    if photo.latitude is None or photo.longitude is None:
        return [{"flag": "LOCATION_MISMATCH", "why": "no_location"}]
    found: list[dict[str, Any]] = []
    away_m = metres_between((photo.latitude, photo.longitude), (job.latitude, job.longitude))
    if is_too_far(away_m, photo.accuracy_m, limits):
        found.append({"flag": "LOCATION_MISMATCH", "why": "too_far", "distanceM": away_m})
    if photo.accuracy_m is not None and is_too_vague(photo.accuracy_m):
        found.append({"flag": "PLACE_TOO_VAGUE", "accuracyM": round(photo.accuracy_m)})
    return found


def _record_flag(cleaner: Cleaner) -> dict[str, Any]:
    """A weak record: few jobs completed, or few stars, in which rejections count too (JOB-11)."""
    rate = completion_rate(cleaner.verified_count, cleaner.failed_count, cleaner.released_count)
    if rate is not None and rate < LIMITS.low_completion_rate:
        return {"flag": "LOW_QUALITY_CLEANER", "ratePercent": round(100 * rate)}
    stars = rating(cleaner.verified_count, cleaner.rejected_count, cleaner.released_count)
    return (
        {"flag": "LOW_QUALITY_CLEANER", "why": "low_rating", "rating": stars}
        if stars is not None and stars < LOW_RATING
        else {}
    )


def _time_flag(uow: UnitOfWork, job: Job, photo: Photo) -> dict[str, Any]:
    if photo.taken_at is None:
        return {"flag": "TIMESTAMP_ISSUE", "why": "no_time"}
    if job.claimed_at and photo.taken_at < job.claimed_at:
        return {"flag": "TIMESTAMP_ISSUE", "why": "before_claim", "takenAt": photo.taken_at.isoformat()}
    if job.rejected_at and photo.taken_at < job.rejected_at:
        return {"flag": "TIMESTAMP_ISSUE", "why": "before_rejection", "takenAt": photo.taken_at.isoformat()}
    if photo.taken_at > uow.now + CLOCK_SLACK:
        return {"flag": "TIMESTAMP_ISSUE", "why": "in_future", "takenAt": photo.taken_at.isoformat()}
    return {}


def _quality_flags(photo: Photo) -> list[dict[str, Any]]:
    lacks = weakness(photo.brightness, photo.sharpness)
    if lacks is Weakness.DARK:
        return [{"flag": "TOO_DARK", "brightness": photo.brightness}]
    return [{"flag": "BLURRY", "sharpness": photo.sharpness}] if lacks else []
