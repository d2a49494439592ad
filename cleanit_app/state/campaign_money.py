"""Where a campaign's money is, in the words and discs of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cleanit_app import routes
from cleanit_app.domain.statuses import ENDED_WITHOUT_WORK, CampaignRefundStatus, CampaignStatus, JobStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, day_time, initials, rupees, share
from cleanit_app.reads.campaigns.campaign_detail import CampaignDetail
from cleanit_app.state.cards import NOTHING
from cleanit_app.state.pay_words import neighbours_pay


@dataclass(frozen=True)
class MoneyView:
    """The money of one campaign: a chip (HELD, RELEASED, REFUNDING, REFUNDED or none), three discs, the split."""

    chip: str = ""
    goes_back: bool = False
    first: str = NOTHING
    second: str = NOTHING
    third: str = NOTHING
    first_state: str = "todo"
    second_state: str = "todo"
    third_state: str = "todo"
    note: str = NOTHING
    to_cleaner: str = ""
    to_run: str = ""
    fee_bps: int = 0
    fee_percent: str = ""
    total: str = ""
    paid: bool = False
    cleaner: str = NOTHING
    cleaner_letters: str = ""
    cleaner_href: str = ""
    paid_note: str = NOTHING


def money_of(d: CampaignDetail, now: datetime) -> MoneyView:
    """The money card of a campaign at this moment."""
    if d.status in ENDED_WITHOUT_WORK:
        return _going_back(d)
    first, second, third = _labels(d, now)
    states = _states(d)
    name = (d.job.cleaner_name if d.job else None) or ""
    paid_at = d.job.paid_at if d.job else None
    return MoneyView(
        chip=_chip(d),
        first=first,
        second=second,
        third=third,
        first_state=states[0],
        second_state=states[1],
        third_state=states[2],
        note=_note(d, now),
        to_cleaner=rupees(d.pay_paise),
        to_run=rupees(d.fee_paise),
        fee_bps=d.fee_bps,
        fee_percent=share(d.fee_bps),
        total=rupees(d.raised_paise),
        paid=d.status is CampaignStatus.CLOSED,
        cleaner=say("campaign.cleaner", name=name),
        cleaner_letters=initials(name),
        cleaner_href=routes.cleaner(d.job.cleaner_id) if d.job and d.job.cleaner_public and d.job.cleaner_id else "",
        paid_note=say("campaign.paid_on", when=day_time(paid_at, now)) if paid_at else NOTHING,
    )


def _chip(d: CampaignDetail) -> str:
    if d.money.held_paise or d.money.owed_paise:
        return "HELD"
    return "RELEASED" if d.money.paid_out_paise else ""


def _states(d: CampaignDetail) -> tuple[str, str, str]:
    if d.status is CampaignStatus.CLOSED:
        return "done", "done", "done"
    if d.status is CampaignStatus.COMPLETED:
        checked = d.job is not None and d.job.status is JobStatus.VERIFIED
        return ("done", "done", "now") if checked else ("done", "now", "todo")
    return ("now" if d.raised_paise else "todo"), "todo", "todo"


def _labels(d: CampaignDetail, now: datetime) -> tuple[str, str, str]:
    held = say("campaign.rail_held", amount=rupees(d.raised_paise)) if d.raised_paise else say("campaign.rail_empty")
    job = d.job
    if d.status is CampaignStatus.CLOSED and job and job.paid_at and job.verified_at:
        return (
            held,
            say("campaign.rail_checked", day=day(job.verified_at, now)),
            say("campaign.rail_paid", day=day(job.paid_at, now)),
        )
    if d.status is CampaignStatus.COMPLETED and job:
        if job.status is JobStatus.VERIFIED and job.verified_at:
            return held, say("campaign.rail_checked", day=day(job.verified_at, now)), say("campaign.rail_pay_next")
        return held, say("campaign.rail_checking"), say("campaign.rail_pay")
    return held, say("campaign.rail_work"), say("campaign.rail_pay")


def _note(d: CampaignDetail, now: datetime) -> str:
    job = d.job
    if d.status is CampaignStatus.CLOSED:
        return NOTHING
    if job and job.under_review:
        return say("campaign.note_review")
    if job and job.status is JobStatus.VERIFIED and job.pay_stands:
        return neighbours_pay(job.pay_stands, job.payout_scheduled_for, now)
    return say("campaign.note_held") if d.raised_paise else say("campaign.note_empty")


def _going_back(d: CampaignDetail) -> MoneyView:
    refunds = d.money.refunds_under_way_paise + d.money.refunded_paise
    if not refunds and not d.raised_paise:
        return MoneyView()
    done = d.refund_status is CampaignRefundStatus.COMPLETED
    expired = d.status is CampaignStatus.EXPIRED
    amount = rupees(d.raised_paise)
    return MoneyView(
        chip="REFUNDED" if done else "REFUNDING",
        goes_back=True,
        first=say("campaign.rail_was_held", amount=amount),
        second=say("campaign.rail_closed_at", percent=d.percent) if expired else say("campaign.CANCELLED"),
        third=say("campaign.rail_refunded" if done else "campaign.rail_refund"),
        first_state="done",
        second_state="gone",
        third_state="done" if done else "ref",
        note=say("campaign.note_refunded" if done else "campaign.note_refunding", amount=amount),
    )
