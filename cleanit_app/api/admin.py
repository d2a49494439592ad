"""What admins do: let campaigns and cleaners in, verify work, watch and send money."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import ApiCall, asking, changing
from cleanit_app.api.queries import Cursor, Limit
from cleanit_app.api.schemas.base import PageOut, answer
from cleanit_app.api.schemas.campaigns import (
    CampaignItemOut,
    CampaignOut,
    SeenIn,
    WaitingCampaignOut,
    campaign_out,
    cards_out,
    waiting_out,
)
from cleanit_app.api.schemas.jobs import JobStateOut, ReasonIn, RelistIn, StuckJobOut, job_state
from cleanit_app.api.schemas.money import FinancialOverviewOut, overview_out
from cleanit_app.api.schemas.people import (
    CleanerStateOut,
    ConfirmAccountIn,
    PersonOut,
    PersonStateOut,
    RejectCleanerIn,
    WaitingCleanerOut,
    cleaners_out,
)
from cleanit_app.api.schemas.verification import (
    EscalateIn,
    SlaOut,
    TakeBackIn,
    TurnOut,
    VerificationOut,
    VerifyIn,
    queue_out,
    verification_out,
)
from cleanit_app.domain.actors import Permission
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.models import Cleaner, Job
from cleanit_app.reads.campaigns import campaigns as campaign_reads
from cleanit_app.reads.jobs import stuck_jobs as stuck_job_reads
from cleanit_app.reads.ledger import money
from cleanit_app.reads.people import people
from cleanit_app.reads.review import verification
from cleanit_app.services import input_validation
from cleanit_app.services.campaigns import campaigns, closing
from cleanit_app.services.jobs import stuck_jobs
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people import kyc, suspension
from cleanit_app.services.review.approval_reversal import take_back_approval
from cleanit_app.services.review.reviewing import begin_review, escalate_review
from cleanit_app.services.review.verification import Checklist, RejectionReason, approve_completion, reject_completion

router = APIRouter(prefix="/api/admin", tags=["admin"])


@router.get("/campaigns", response_model=PageOut[WaitingCampaignOut] | PageOut[CampaignItemOut])
def list_campaigns(
    request: Request,
    status: Annotated[str, Query(max_length=100)] = "DRAFT",
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """Campaigns that wait for approval, oldest first (CAM-09); or those in other statuses, newest first."""
    wanted = queries.statuses(status)
    with asking(request) as call:
        call.actor.must(Permission.APPROVE_CAMPAIGNS)
        if wanted in (None, {CampaignStatus.DRAFT}):
            waiting = campaign_reads.campaigns_waiting(call.uow, actor=call.actor, cursor=cursor, limit=limit)
            return answer(waiting_out(waiting))
        page = campaign_reads.discover(call.uow, actor=call.actor, status=wanted, cursor=cursor, limit=limit)
        return answer(cards_out(page))


@router.post("/campaigns/{campaign_id}/approve", response_model=CampaignOut)
def approve_campaign(request: Request, campaign_id: UUID, body: SeenIn | None = None) -> Response:
    """Let a waiting campaign collect money; 409 CHANGED_MEANWHILE when it was corrected since it was read."""
    seen = body.corrections if body else None
    with changing(request) as call:
        campaigns.approve_campaign(call.uow, actor=call.actor, campaign_id=campaign_id, seen=seen)
        return answer(_campaign(call, campaign_id))


@router.post("/campaigns/{campaign_id}/decline", response_model=CampaignOut)
def decline_campaign(request: Request, campaign_id: UUID, body: ReasonIn) -> Response:
    """Turn a waiting campaign away with a reason."""
    with changing(request) as call:
        campaigns.decline_campaign(call.uow, actor=call.actor, campaign_id=campaign_id, reason=body.reason)
        return answer(_campaign(call, campaign_id))


@router.post("/campaigns/{campaign_id}/cancel", response_model=CampaignOut)
def cancel_campaign(request: Request, campaign_id: UUID, body: ReasonIn) -> Response:
    """End a campaign before its work is handed in; everybody's money goes back (CAM-13)."""
    with changing(request) as call:
        closing.cancel_by_admin(call.uow, actor=call.actor, campaign_id=campaign_id, reason=body.reason)
        return answer(_campaign(call, campaign_id))


@router.post("/campaigns/{campaign_id}/problem", response_model=CampaignOut)
def mark_problematic(request: Request, campaign_id: UUID, body: ReasonIn) -> Response:
    """Mark a campaign as problematic with a note for admins (JOB-08)."""
    with changing(request) as call:
        stuck_jobs.mark_problematic(call.uow, actor=call.actor, campaign_id=campaign_id, note=body.reason)
        return answer(_campaign(call, campaign_id))


@router.get("/held-jobs", response_model=PageOut[StuckJobOut])
def held(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Jobs that three cleaners did not finish, the longest held first (JOB-08)."""
    with asking(request) as call:
        page = stuck_job_reads.stuck_jobs(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        items = page.each(StuckJobOut.model_validate)
        return answer(PageOut[StuckJobOut](items=items, next_cursor=page.next_cursor))


@router.post("/jobs/{job_id}/relist", response_model=JobStateOut)
def relist(request: Request, job_id: UUID, body: RelistIn) -> Response:
    """Announce a held job again, for a higher pay when one is given (JOB-08)."""
    with changing(request) as call:
        return answer(
            job_state(stuck_jobs.relist_job(call.uow, actor=call.actor, job_id=job_id, pay_paise=body.pay_paise))
        )


def _campaign(call: ApiCall, campaign_id: UUID) -> CampaignOut:
    call.uow.flush()
    return campaign_out(campaign_reads.campaign_detail(call.uow, actor=call.actor, campaign_id=campaign_id))


@router.get("/verification-queue", response_model=PageOut[VerificationOut])
def queue(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Jobs to verify in their order, with all evidence (VER-01, VER-02)."""
    with asking(request) as call:
        page = verification.queue(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(queue_out(page))


@router.get("/verification-queue/sla", response_model=SlaOut)
def sla(request: Request) -> Response:
    """How long people wait for a decision (VER-07)."""
    with asking(request) as call:
        return answer(SlaOut.model_validate(verification.sla(call.uow, actor=call.actor)))


@router.get("/jobs/{job_id}/verification", response_model=VerificationOut)
def verification_item(request: Request, job_id: UUID) -> Response:
    """One job to verify with all its evidence."""
    with asking(request) as call:
        return answer(verification_out(verification.item(call.uow, actor=call.actor, job_id=job_id)))


@router.post("/jobs/{job_id}/verify", response_model=JobStateOut)
def verify(request: Request, job_id: UUID, body: VerifyIn) -> Response:
    """Decide on an after-photo, at once: the pay becomes due, another try, or the end of this job (VER-03 to VER-05).

    Only the page waits ten seconds in which a decision can be undone; 409 DECISION_PENDING meanwhile.
    """
    with changing(request) as call:
        call.actor.must(Permission.VERIFY_JOBS)  # before the words of a stranger are judged
        if body.action not in ("APPROVE", "REJECT"):
            raise queries.unreadable("action")
        job = (_approve if body.action == "APPROVE" else _reject)(call, job_id, body)
    return answer(job_state(job))


@router.post("/jobs/{job_id}/review", response_model=TurnOut)
def review(request: Request, job_id: UUID) -> Response:
    """Take the turn to decide on a job, or learn whose it is (VER-07)."""
    with changing(request) as call:
        turn = begin_review(call.uow, actor=call.actor, job_id=job_id)
        return answer(TurnOut.of(turn, mine=turn.reviewer_id == call.actor.user_id))


@router.post("/jobs/{job_id}/escalate", response_model=JobStateOut)
def escalate(request: Request, job_id: UUID, body: EscalateIn) -> Response:
    """Hand a job up to seniors, with what is unsure (VER-08)."""
    with changing(request) as call:
        job = escalate_review(call.uow, actor=call.actor, job_id=job_id, reason=body.reason)
    return answer(job_state(job))


def _approve(call: ApiCall, job_id: UUID, body: VerifyIn) -> Job:
    return approve_completion(
        call.uow, actor=call.actor, job_id=job_id, checklist=Checklist(*body.ticked()), notes=body.notes
    )


def _reject(call: ApiCall, job_id: UUID, body: VerifyIn) -> Job:
    reason = queries.choice(RejectionReason, str(body.reason or ""), "reason")
    if reason is None:
        raise queries.unreadable("reason")
    return reject_completion(
        call.uow,
        actor=call.actor,
        job_id=job_id,
        checklist=Checklist(*body.ticked()),
        reason=reason,
        notes=body.notes,
        allow_retry=queries.truth(body.allow_retry, "allowRetry"),
        cancel_campaign=queries.truth(body.cancel_campaign, "cancelCampaign"),
    )


@router.post("/jobs/{job_id}/take-back-approval", response_model=JobStateOut)
def take_back(request: Request, job_id: UUID, body: TakeBackIn) -> Response:
    """Accept a job's work no more before its pay has left; the fee's invoice is credited (VER-05, LAW-05)."""
    with changing(request) as call:
        call.actor.must(Permission.VERIFY_JOBS)
        job = take_back_approval(
            call.uow,
            actor=call.actor,
            job_id=job_id,
            reason=body.reason,
            cancel_campaign=queries.truth(body.cancel_campaign, "cancelCampaign"),
        )
        return answer(job_state(job))


@router.get("/financial-overview", response_model=FinancialOverviewOut)
def financial_overview(request: Request) -> Response:
    """All money of the house, from the ledger (PAY-12)."""
    with asking(request) as call:
        return answer(overview_out(money.financial_overview(call.uow, actor=call.actor)))


@router.post("/payouts/{payout_id}/send", status_code=202)
def send_payout(request: Request, payout_id: UUID) -> Response:
    """Send this one payout without waiting for the batch (OPS-01)."""
    with changing(request) as call:
        payouts.order_payout_now(call.uow, actor=call.actor, payout_id=payout_id)
    return Response("{}", 202, media_type="application/json")


@router.get("/cleaners", response_model=PageOut[WaitingCleanerOut])
def cleaners(request: Request, cursor: Cursor = None, limit: Limit = None) -> Response:
    """Cleaners who wait to be let in or whose payout details wait to be confirmed (LAW-08)."""
    with asking(request) as call:
        page = people.cleaners_waiting(call.uow, actor=call.actor, cursor=cursor, limit=limit)
        return answer(cleaners_out(page))


@router.post("/cleaners/{cleaner_id}/activate", response_model=CleanerStateOut)
def activate_cleaner(request: Request, cleaner_id: UUID) -> Response:
    """Let a cleaner take jobs."""
    with changing(request) as call:
        return answer(_cleaner(kyc.activate_cleaner(call.uow, actor=call.actor, cleaner_id=cleaner_id)))


@router.post("/cleaners/{cleaner_id}/reject", response_model=CleanerStateOut)
def reject_cleaner(request: Request, cleaner_id: UUID, body: RejectCleanerIn) -> Response:
    """Do not let a cleaner take jobs; an ID that waited is refused and its picture dropped."""
    with changing(request) as call:
        call.actor.must(Permission.MANAGE_KYC)  # before the words of a stranger are judged
        ground = queries.choice(RefusalGround, str(body.ground or ""), "ground")
        cleaner = kyc.reject_cleaner(
            call.uow, actor=call.actor, cleaner_id=cleaner_id, reason=body.reason, ground=ground
        )
        return answer(_cleaner(cleaner))


@router.post("/cleaners/{cleaner_id}/confirm-account", response_model=CleanerStateOut)
def confirm_account(request: Request, cleaner_id: UUID, body: ConfirmAccountIn) -> Response:
    """Confirm that the payout account that was looked at belongs to its cleaner; 409 ACCOUNT_CHANGED (PAY-04)."""
    with changing(request) as call:
        seen = input_validation.moment(body.payout_changed_at)
        return answer(
            _cleaner(kyc.confirm_payout_details(call.uow, actor=call.actor, cleaner_id=cleaner_id, seen=seen))
        )


def _cleaner(row: Cleaner) -> CleanerStateOut:
    return CleanerStateOut(id=row.id, kyc=row.status, payout_confirmed=row.payout_verified_at is not None)


@router.post("/people/{user_id}/suspend", response_model=PersonStateOut)
def suspend(request: Request, user_id: UUID, body: ReasonIn) -> Response:
    """Pause an account: signed out everywhere at once, its owner reads the reason; an admin's by a senior alone."""
    with changing(request) as call:
        user = suspension.suspend_person(call.uow, actor=call.actor, user_id=user_id, reason=body.reason)
        return answer(PersonStateOut(id=user.id, status=user.status, suspension_reason=user.suspension_reason))


@router.post("/people/{user_id}/reinstate", response_model=PersonStateOut)
def reinstate(request: Request, user_id: UUID, body: ReasonIn) -> Response:
    """Let a paused person back, with a reason for the record."""
    with changing(request) as call:
        user = suspension.reinstate_person(call.uow, actor=call.actor, user_id=user_id, reason=body.reason)
        return answer(PersonStateOut(id=user.id, status=user.status, suspension_reason=user.suspension_reason))


@router.get("/people", response_model=PageOut[PersonOut])
def find_people(
    request: Request,
    q: Annotated[str, Query(max_length=100)] = "",
    group: Annotated[str | None, Query(max_length=20)] = None,
    cursor: Cursor = None,
    limit: Limit = None,
) -> Response:
    """People by words of a name in any script, a phone number or its beginning, or a mailbox (OPS-01).

    `group`: FLAGGED accounts (VER-05), SUSPENDED ones, CLEANERS or ADMINS; without it all.
    """
    wanted = queries.choice(people.PeopleGroup, group, "group")
    with asking(request) as call:
        page = people.find_people(call.uow, actor=call.actor, q=q, group=wanted, cursor=cursor, limit=limit)
        items = page.each(PersonOut.model_validate)
        return answer(PageOut[PersonOut](items=items, next_cursor=page.next_cursor))
