"""Jobs: found, taken, given back and done by cleaners."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.queries import Cursor, Limit, Near, RadiusKm
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.jobs import (
    CaptureTokenOut,
    JobOut,
    JobStateOut,
    OpenJobOut,
    ReasonIn,
    job_out,
    job_state,
    open_jobs_out,
)
from cleanit_app.api.uploads import receive, stored
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.models import Job
from cleanit_app.reads.jobs import jobs as reads
from cleanit_app.services.jobs import jobs
from cleanit_app.services.photos.intake import Received
from cleanit_app.services.photos.photos import JOB_KINDS
from cleanit_app.services.review import completion

router = APIRouter(prefix="/api/jobs", tags=["jobs"])
FormText = Annotated[str | None, Form()]


@router.get("", response_model=PageOut[OpenJobOut])
def open_jobs(
    request: Request,
    near: Near = None,
    radius_km: RadiusKm = None,
    min_paise: Annotated[int | None, Query(alias="minPaise", ge=0, le=10**12)] = None,
    sort: Annotated[str | None, Query(description="near, pay or small")] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """Jobs an active cleaner can take, nearest first (JOB-03)."""
    place = queries.place(near)
    order = queries.choice(reads.JobSort, sort, "sort")
    with asking(request) as call:
        reads.must_be_active(call.uow, call.actor)
        page = reads.open_jobs(
            call.uow,
            actor=call.actor,
            near=place,
            radius_km=radius_km,
            min_paise=min_paise,
            sort=order,
            cursor=cursor,
            limit=limit,
        )
    return answer(open_jobs_out(page))


@router.get("/{job_id}", response_model=JobOut)
def job(request: Request, job_id: UUID) -> Response:
    """One job, and whether I can take it."""
    with asking(request) as call:
        return answer(job_out(reads.job_detail(call.uow, actor=call.actor, job_id=job_id)))


@router.post("/{job_id}/claim", response_model=JobStateOut)
def claim(request: Request, job_id: UUID) -> Response:
    """Take a job for seven days; of many at once exactly one gets it (JOB-04)."""
    with changing(request) as call:
        claimed = jobs.claim_job(call.uow, actor=call.actor, job_id=job_id)
    return answer(job_state(claimed))


@router.post("/{job_id}/unclaim", response_model=JobStateOut)
def unclaim(request: Request, job_id: UUID, body: ReasonIn) -> Response:
    """Give a job back, more than 24 hours before its deadline, with a reason (JOB-13)."""
    with changing(request) as call:
        left = jobs.unclaim_job(call.uow, actor=call.actor, job_id=job_id, reason=body.reason)
    return answer(job_state(left))


@router.post("/{job_id}/capture-token", status_code=201, response_model=CaptureTokenOut)
def capture_token(request: Request, job_id: UUID) -> Response:
    """Leave to take one photo in the page's own viewfinder; used once, 15 minutes long."""
    with changing(request) as call:
        token = completion.issue_capture_token(call.uow, actor=call.actor, job_id=job_id)
        expires_at = call.uow.now + LIMITS.capture_token_life
    return answer(CaptureTokenOut(token=token, expires_at=expires_at), 201)


@router.post("/{job_id}/complete", response_model=JobStateOut)
def complete(
    request: Request,
    job_id: UUID,
    photo: Annotated[UploadFile | None, File()] = None,
    capture_token: Annotated[str | None, Form(alias="captureToken")] = None,
    latitude: FormText = None,
    longitude: FormText = None,
    accuracy_m: Annotated[str | None, Form(alias="accuracyM")] = None,
    captured_at: Annotated[str | None, Form(alias="capturedAt")] = None,
) -> Response:
    """Hand in the after-photo with whatever it proves (JOB-09 to JOB-12)."""
    _check_mine(request, job_id)
    if photo is None:
        raise InvalidFields({"photo": FieldProblem("photo_missing")})
    claimed = completion.claims_of_phone(
        capture_token=capture_token,
        latitude=latitude,
        longitude=longitude,
        accuracy_m=accuracy_m,
        captured_at=captured_at,
    )
    stamp = completion.stamp_of(claimed)
    seen = receive(request, photo, most_bytes=LIMITS.job_photo_bytes, kinds=JOB_KINDS, stamp=stamp)
    return answer(job_state(_complete(request, job_id, seen, claimed)))


def _check_mine(request: Request, job_id: UUID) -> None:
    """Refuse strangers and finished jobs before a large photo is taken apart; the service asks again."""
    with asking(request) as call:
        call.actor.must(Permission.CLAIM_JOBS)
        reads.work_item(call.uow, actor=call.actor, job_id=job_id).status.check_move(JobStatus.COMPLETED)


def _complete(request: Request, job_id: UUID, seen: Received, claimed: completion.Claimed) -> Job:
    evidence = completion.weigh_evidence(claimed, seen.photo)
    folder = f"jobs/{job_id}/completion"
    with stored(request, seen, folder=folder) as photo, changing(request) as call:
        return completion.complete_job(
            call.uow, actor=call.actor, job_id=job_id, stored=photo, claimed=claimed, evidence=evidence
        )
