"""When the clock does what: conditions that the sweeps and the forecast of the next days share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from cleanit_app.domain import campaigns
from cleanit_app.domain.bounds import FIRST_MOMENT
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import last_payout_run
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.provider import REFUND_LIMIT
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus, RefundStatus
from cleanit_app.models.campaigns import Campaign
from cleanit_app.models.jobs import Job
from cleanit_app.models.payments import Payment
from cleanit_app.models.payouts import Payout
from cleanit_app.models.people import Cleaner
from cleanit_app.models.refunds import Refund
from cleanit_app.models.transfers import MoneySwitch

Conditions = tuple[ColumnElement[bool], ...]


def collecting_over(at: datetime) -> Conditions:
    """Campaigns whose collecting time is over at a moment (CAM-10)."""
    ends = col(Campaign.expires_at)  # from before our time: nobody can read it, and it must not stop the others
    return col(Campaign.status) == CampaignStatus.ACTIVE, ends <= at, ends >= FIRST_MOMENT


def goes_ahead() -> ColumnElement[bool]:
    """Campaigns that are done for what there is; the rule of the domain, asked about columns (CAM-10)."""
    raised: Any = col(Campaign.raised_paise)
    target: Any = col(Campaign.target_paise)
    return cast(ColumnElement[bool], campaigns.goes_ahead(raised, target))


def claim_overrun(at: datetime) -> Conditions:
    """Claims past their deadline at a moment (JOB-06)."""
    return col(Job.status) == JobStatus.CLAIMED, col(Job.completion_deadline) < at


def held_after_release() -> ColumnElement[bool]:
    """Claims whose job waits for an admin when it is taken back (JOB-08)."""
    return col(Job.claim_count) >= LIMITS.claims_before_review


def job_past_its_time(at: datetime) -> Conditions:
    """Open jobs whose 90 days are over at a moment (JOB-14)."""
    return col(Job.status) == JobStatus.AVAILABLE, col(Job.expires_at) <= at


def payout_waits(at: datetime) -> Conditions:
    """Payouts whose time has come at a moment, wherever they may go (PAY-04)."""
    return col(Payout.status) == PayoutStatus.PENDING, col(Payout.scheduled_for) <= at


def payout_comes_again(at: datetime) -> ColumnElement[bool]:
    """Payouts that need not wait for a morning: tried before, or left behind by a morning's run (PAY-04)."""
    return or_(col(Payout.initiated_at).is_not(None), col(Payout.scheduled_for) <= last_payout_run(at))


def is_stopped(flow: MoneyFlow) -> ColumnElement[bool]:
    """Whether an admin has stopped this flow of money, asked without holding its switch (PAY-07)."""
    return exists().where(col(MoneySwitch.flow) == flow.value, col(MoneySwitch.stopped_at).is_not(None))


def payout_not_held() -> ColumnElement[bool]:
    """Payouts that nobody keeps back (OPS-03)."""
    return col(Payout.held_at).is_(None)


def account_is_good(at: datetime) -> ColumnElement[bool]:
    """Cleaners whose account is confirmed and, when it was changed, has waited for its day (PAY-04)."""
    usable = or_(col(Cleaner.payout_usable_at).is_(None), col(Cleaner.payout_usable_at) <= at)
    return col(Cleaner.payout_verified_at).is_not(None) & usable


def refund_waits(at: datetime) -> Conditions:
    """Refunds that should be sent at a moment (PAY-08)."""
    return col(Refund.status) == RefundStatus.PENDING, col(Refund.next_try_at) <= at


def too_old_to_refund(at: Any) -> ColumnElement[bool]:
    """Payments that the provider refuses to refund at a moment, or at the moment in a column (PAY-08)."""
    too_old: ColumnElement[bool] = col(Payment.captured_at) < at - REFUND_LIMIT
    return too_old
