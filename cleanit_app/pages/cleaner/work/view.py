"""A cleaner's own jobs in ready words, for the list, the job and the camera."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from cleanit_app import routes
from cleanit_app.domain.business_limits import LIMITS, BusinessLimits
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import JobStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day, day_time, rupees
from cleanit_app.pages.cleaner.deadline_file import deadline_link
from cleanit_app.pages.cleaner.views import NOTHING
from cleanit_app.reads.jobs.work import WorkItem
from cleanit_app.state.cards import short_place
from cleanit_app.state.pay_words import own_pay

RAILS = {
    JobStatus.COMPLETED: ("done", "now", "todo"),
    JobStatus.VERIFIED: ("done", "done", "now"),
    JobStatus.PAID: ("done", "done", "done"),
    JobStatus.FAILED: ("done", "bad", "gone"),
}


@dataclass(frozen=True)
class WorkView:
    """One job of this cleaner; `until_at` is ISO and empty when no clock runs, `bank` what reaches the account."""

    id: str
    campaign_id: str
    href: str
    proof_href: str
    before: str
    after: str
    before_alt: str
    after_alt: str
    place: str
    title: str
    pay: str
    status: str
    stage: str
    until_at: str
    until: str
    gone_blocks: int
    gone_days: int
    over: bool
    sent: str
    may_leave: bool
    leave_until: str
    reason: str
    notes: str
    rail_check: str
    rail_bank: str
    payout_href: str
    under_review: bool
    bank: str
    kept: bool
    pay_now: str
    geo: str
    calendar: str
    latitude: float
    longitude: float


def work_view(item: WorkItem, now: datetime, public_url: str, limits: BusinessLimits = LIMITS) -> WorkView:
    """One job of this cleaner at this moment."""
    rail = RAILS.get(item.status, ("now", "todo", "todo"))
    running, pay = item.deadline is not None, item.pay
    gone_blocks, gone_days = _gone(item.deadline, now, limits)
    return WorkView(
        id=str(item.id),
        campaign_id=str(item.campaign_id),
        href=routes.work(item.id),
        proof_href=routes.proof(item.id),
        before=routes.photo(item.before.base_key),
        after=routes.photo(item.after.base_key) if item.after else "",
        before_alt=say("work.photo_before", place=item.address),
        after_alt=say("work.photo_after", place=item.address),
        place=short_place(item.address),
        title=item.title,
        pay=rupees(item.pay_paise),
        status=item.status.value,
        stage=item.stage.value,
        until_at=item.deadline.isoformat() if item.deadline else "",
        until=day_time(item.deadline, now) if item.deadline else NOTHING,
        gone_blocks=gone_blocks,
        gone_days=gone_days,
        over=running and item.deadline <= now,  # type: ignore[operator]  # running means it is there
        sent=ago(item.completed_at, now) if item.completed_at else NOTHING,
        may_leave=item.may_leave,
        leave_until=_leave_until(item, now),
        reason=say(f"rejection.{item.rejection_reason}") if item.rejection_reason else NOTHING,
        notes=item.rejection_notes or "",
        rail_check=rail[1],
        rail_bank=rail[2],
        payout_href=routes.payout(item.payout_id) if item.payout_id else "",
        under_review=item.under_review,
        bank=rupees(pay.paise if pay else item.pay_paise),
        kept=pay is not None and pay.stands is PayStands.KEPT,
        pay_now=own_pay(pay.stands, pay.leaves_at, now) if pay else NOTHING,
        geo=_geo(item),
        calendar=_calendar(item, now, public_url),
        latitude=item.latitude,
        longitude=item.longitude,
    )


BLOCKS = 7
"""Into so many the time of a job is drawn."""


def _gone(deadline: datetime | None, now: datetime, limits: BusinessLimits) -> tuple[int, int]:
    """How much of the time of a job has passed: of seven blocks those that are over, and whole days."""
    if deadline is None:
        return 0, 0
    passed = max(timedelta(), now - (deadline - limits.claim_time))
    return min(BLOCKS - 1, BLOCKS * passed // limits.claim_time), min(limits.claim_time.days - 1, passed.days)


def _leave_until(item: WorkItem, now: datetime) -> str:
    if item.may_leave_until is None:
        return NOTHING
    soon = item.may_leave_until - now < timedelta(days=2)
    return day_time(item.may_leave_until, now) if soon else day(item.may_leave_until, now)


def _geo(item: WorkItem) -> str:
    """A link for the phone's own map app, with a named pin."""
    at = f"{item.latitude:.6f},{item.longitude:.6f}"
    return f"geo:{at}?q={at}({quote(short_place(item.address))})"


def _calendar(item: WorkItem, now: datetime, public_url: str) -> str:
    if item.deadline is None:
        return NOTHING
    title = say("work.calendar_title", place=short_place(item.address))
    more = say("work.calendar_more", title=item.title, link=f"{public_url.rstrip('/')}{routes.work(item.id)}")
    at = item.latitude, item.longitude
    return deadline_link(
        job_id=item.id,
        title=title,
        more=more,
        place=at,
        address=item.address,
        deadline=item.deadline,
        now=now,
    )


EMPTY = WorkView(
    "", "", "", "", "", "", NOTHING, NOTHING, "", "", "", "", "", "", NOTHING, 0, 0, False, NOTHING, False,
    NOTHING, NOTHING, "", "todo", "todo", "", False, "", False, NOTHING, "", NOTHING, 0.0, 0.0,
)  # fmt: skip
