"""Jobs as the contract shows them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, PageOut, PhotoOut, PhotosOut, Text, Whole
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.models import Job
from cleanit_app.reads.jobs.jobs import JobDetail, OpenJob, WorkItem, WorkList
from cleanit_app.reads.paging import Page


class ReasonIn(In):
    """Why."""

    reason: Text = ""


class RelistIn(In):
    """A held job is announced again; `payPaise` when its pay is raised."""

    pay_paise: Whole = None


class StuckJobOut(Out):
    """A job that waits for an admin after three lost claims."""

    job_id: UUID
    campaign_id: UUID
    title: str
    address: str
    held_since: Moment
    expires_at: Moment
    claims: int
    pay_paise: int
    most_pay_paise: int
    problem: str | None
    own_interest: bool


class OpenJobOut(Out):
    """A job that can be taken."""

    id: UUID
    campaign_id: UUID
    title: str
    address: str
    latitude: float
    longitude: float
    pay_paise: int
    expires_at: Moment
    photo: PhotoOut
    distance_km: float | None
    had_it_last: bool
    own: bool


def open_jobs_out(page: Page[OpenJob]) -> PageOut[OpenJobOut]:
    """A page of open jobs."""
    items = page.each(lambda job: OpenJobOut.of(job, photo=job.before))
    return PageOut[OpenJobOut](items=items, next_cursor=page.next_cursor)


class JobOut(Out):
    """One job; `whyNot` is the code of the refusal a claim would get from the caller now."""

    id: UUID
    campaign_id: UUID
    campaign_status: CampaignStatus
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    status: JobStatus
    pay_paise: int
    fee_paise: int
    expires_at: Moment
    photos: PhotosOut
    cleaner_id: UUID | None
    cleaner_name: str | None
    claimed_at: Moment | None
    deadline: Moment | None
    completed_at: Moment | None
    verified_at: Moment | None
    paid_at: Moment | None
    rejected_at: Moment | None
    rejection_reason: str | None
    rejection_notes: str | None
    retry_allowed: bool | None
    claim_count: int
    flags: list[dict[str, Any]]
    payout_id: UUID | None
    payout_status: PayoutStatus | None
    payout_scheduled_for: Moment | None
    in_hand: int
    is_mine: bool
    may_claim: bool
    why_not: str | None


def job_out(detail: JobDetail) -> JobOut:
    """One job in the contract's shape."""
    why = detail.why_not.code if detail.why_not else None
    return JobOut.of(detail, photos=PhotosOut.of(detail), why_not=why)


class JobStateOut(Out):
    """A job just after something was done to it."""

    id: UUID
    campaign_id: UUID
    status: JobStatus
    pay_paise: int
    fee_paise: int
    latitude: float
    longitude: float
    expires_at: Moment
    cleaner_id: UUID | None
    claimed_at: Moment | None
    deadline: Moment | None
    claim_count: int
    completed_at: Moment | None
    flags: list[dict[str, Any]]
    verified_at: Moment | None
    rejected_at: Moment | None
    rejection_reason: str | None
    rejection_notes: str | None
    retry_allowed: bool | None
    checklist: dict[str, bool]


def job_state(job: Job) -> JobStateOut:
    """A row in the contract's shape; for who did something to it just now."""
    return JobStateOut.of(
        job,
        pay_paise=job.amount_paise,
        fee_paise=job.platform_fee_paise,
        cleaner_id=job.claimed_by,
        deadline=job.completion_deadline,
    )


class CaptureTokenOut(Out):
    """Leave to take one photo in the viewfinder, shown once."""

    token: str
    expires_at: Moment


class WorkOut(Out):
    """A job of the caller."""

    id: UUID
    campaign_id: UUID
    title: str
    description: str
    address: str
    latitude: float
    longitude: float
    status: JobStatus
    stage: str
    pay_paise: int
    photos: PhotosOut
    claimed_at: Moment
    deadline: Moment | None
    may_leave: bool
    may_leave_until: Moment | None
    completed_at: Moment | None
    verified_at: Moment | None
    rejected_at: Moment | None
    rejection_reason: str | None
    rejection_notes: str | None
    payout_id: UUID | None
    payout_status: PayoutStatus | None
    payout_scheduled_for: Moment | None
    under_review: bool
    paid_at: Moment | None
    flags: list[dict[str, Any]]


class WorkListOut(Out):
    """The caller's work in four heaps."""

    in_hand: list[WorkOut]
    in_check: list[WorkOut]
    redo: list[WorkOut]
    done: list[WorkOut]
    limit: int


def work_out(work: WorkList) -> WorkListOut:
    """A cleaner's work in the contract's shape."""

    def heap(items: tuple[WorkItem, ...]) -> list[WorkOut]:
        return [WorkOut.of(item, photos=PhotosOut.of(item)) for item in items]

    return WorkListOut(
        in_hand=heap(work.in_hand),
        in_check=heap(work.in_check),
        redo=heap(work.redo),
        done=heap(work.done),
        limit=work.limit,
    )


class BankAccountIn(In):
    """A bank account or a UPI id."""

    account_number: MaybeText = None
    ifsc: MaybeText = None
    vpa: MaybeText = None
    holder_name: Text = None


class PanIn(In):
    """A permanent account number of the income tax."""

    pan: Text = None


class PanOut(Out):
    """The PAN, masked."""

    mask: str


class BankAccountOut(Out):
    """Where the pay goes, masked."""

    kind: str
    mask: str
    holder_name: str
    confirmed: bool
