"""The timeline of a campaign: what has happened, rejected tries among it, what is now, what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cleanit_app.domain.statuses import CampaignRefundStatus, CampaignStatus, JobStatus
from cleanit_app.i18n import KEYS, say
from cleanit_app.i18n.formats import day, day_time
from cleanit_app.reads.campaigns.campaigns import CampaignDetail, StepKind, TimelineStep
from cleanit_app.state.cards import NOTHING
from cleanit_app.state.pay_words import neighbours_step

WENT_WRONG = frozenset(
    {
        StepKind.REJECTED,
        StepKind.TIME_OUT,
        StepKind.DECLINED,
        StepKind.EXPIRED,
        StepKind.CANCELLED,
        StepKind.PAY_CAME_BACK,
        StepKind.DISPUTED,
    }
)


@dataclass(frozen=True)
class StepView:
    """One stone of the timeline: ok, now, todo or bd (went wrong)."""

    title: str
    note: str
    state: str


def steps_of(d: CampaignDetail, now: datetime) -> tuple[StepView, ...]:
    """All stones of a campaign at this moment."""
    return (*_past(d.timeline, now), *_present(d, now), *_future(d))


def _past(timeline: tuple[TimelineStep, ...], now: datetime) -> list[StepView]:
    """What has happened; posting and approval are one stone once both are there."""
    approved = any(step.step is StepKind.APPROVED for step in timeline)
    shown = [step for step in timeline if not (approved and step.step is StepKind.POSTED)]
    return [_stone(step, now) for step in shown]


def _stone(step: TimelineStep, now: datetime) -> StepView:
    note = day_time(step.at, now)
    reason = f"rejection.{step.reason}"
    if step.step is StepKind.REJECTED and reason in KEYS:
        why = say(reason)
        note = f"{note}: {why}"
    if step.step is StepKind.CORRECTED:
        return StepView(say(f"step.CORRECTED_{step.reason}"), note, "ok")
    return StepView(say(f"step.{step.step}"), note, "bd" if step.step in WENT_WRONG else "ok")


def _present(d: CampaignDetail, now: datetime) -> list[StepView]:
    job = d.job
    if d.status is CampaignStatus.DRAFT:
        return [_now("step.LOOKING", say("step.LOOKING_NOTE"))]
    if d.status is CampaignStatus.ACTIVE and d.expires_at:
        closes = say("campaign.tonight") if d.viewer.time_is_over else say("step.CLOSES", day=day(d.expires_at, now))
        return [_now("step.COLLECTING", closes)]
    if d.status is CampaignStatus.FUNDED and job:
        if job.status is JobStatus.CLAIMED and job.deadline:
            return [_now("step.CLEANING", say("step.UNTIL", when=day_time(job.deadline, now)))]
        return [_now("step.BEING_DECIDED" if job.held else "step.WAITING_CLEANER")]
    if d.status is CampaignStatus.COMPLETED and job:
        if job.under_review:
            return [_now("step.UNDER_REVIEW", say("step.UNDER_REVIEW_NOTE"))]
        if job.status is JobStatus.VERIFIED:
            stands = job.pay_stands
            return [_now("step.PAYING", neighbours_step(stands, job.payout_scheduled_for, now) if stands else NOTHING)]
        return [_now("step.CHECKING", say("step.CHECKING_NOTE"))]
    if d.refund_status is CampaignRefundStatus.PROCESSING:
        return [_now("step.REFUNDING", say("step.REFUNDING_NOTE"))]
    if d.refund_status is CampaignRefundStatus.COMPLETED and not _told(d, StepKind.REFUNDED):
        return [StepView(say("step.REFUNDED"), NOTHING, "ok")]
    return []


def _told(d: CampaignDetail, kind: StepKind) -> bool:
    """Whether the history says it, with its time."""
    return any(step.step is kind for step in d.timeline)


def _now(key: str, note: str = NOTHING) -> StepView:
    return StepView(say(key), note, "now")


def _future(d: CampaignDetail) -> list[StepView]:
    """What is left of the usual way."""
    way = ["COLLECTING", "WAITING_CLEANER", "PHOTO_SENT", "VERIFIED", "PAID"]
    passed = {
        CampaignStatus.DRAFT: 0,
        CampaignStatus.ACTIVE: 1,
        CampaignStatus.FUNDED: 3 if d.job and d.job.status is JobStatus.CLAIMED else 2,
        CampaignStatus.COMPLETED: 5 if d.job and d.job.status is JobStatus.VERIFIED else 4,
    }.get(d.status, len(way))
    return [StepView(say(f"step.{key}"), NOTHING, "todo") for key in way[passed:]]
