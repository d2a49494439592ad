"""What the clock will do in the next seven days, asked with the conditions its sweeps use; nothing moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, func, literal, null, select, tuple_
from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import ist_date, midnight, next_midnight, next_payout_run
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.models import Campaign, Cleaner, Job, Payment, Payout, Refund, User, due
from cleanit_app.reads.paging import Page, find, moment_key, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork

DAYS_AHEAD = 7


class Coming(StrEnum):
    """What the clock acts on."""

    CAMPAIGNS = "CAMPAIGNS"
    CLAIMS = "CLAIMS"
    JOBS = "JOBS"
    PAYOUTS = "PAYOUTS"
    REFUNDS = "REFUNDS"


class Outcome(StrEnum):
    """What will become of a thing as it stands now."""

    GOES_AHEAD = "GOES_AHEAD"  # from 80 % on: a job for what there is
    MONEY_BACK = "MONEY_BACK"
    NOTHING_RAISED = "NOTHING_RAISED"
    OFFERED_AGAIN = "OFFERED_AGAIN"
    WAITS_FOR_ADMIN = "WAITS_FOR_ADMIN"  # three cleaners lost it
    ENDS_TOO = "ENDS_TOO"  # its 90 days are over as well
    MORNING = "MORNING"  # leaves with the next run
    LATER = "LATER"
    AGAIN = "AGAIN"  # tried before, or left behind by a morning: leaves minutes after its time
    STOPPED = "STOPPED"  # an admin has stopped this flow
    HELD = "HELD"
    NO_ACCOUNT = "NO_ACCOUNT"
    SENT = "SENT"
    BY_HAND = "BY_HAND"  # older than six months: only a bank transfer helps


@dataclass(frozen=True)
class ComingSum:
    """How many things meet one outcome, and their money in paise."""

    what: Coming
    outcome: Outcome
    count: int
    paise: int


@dataclass(frozen=True)
class Forecast:
    """All that is due before `until`, by outcome; `next_run` is the coming morning's run of payouts."""

    until: datetime
    next_run: datetime
    sums: tuple[ComingSum, ...]


@dataclass(frozen=True)
class ComingItem:
    """One thing the clock will act on at `at`: whose it is (nobody for campaigns), what follows, how much it is."""

    id: UUID
    campaign_id: UUID
    title: str
    name: str | None
    outcome: Outcome
    at: datetime
    paise: int


@dataclass(frozen=True)
class _Question:
    """How one kind of thing is asked for: its rows, outcome and money; where it stands in the order of time."""

    rows: Callable[[Select[Any]], Select[Any]]
    outcome: Any
    paise: Any
    at: Any
    id: Any
    campaign_id: Any
    person: Any = None
    moment: Callable[[datetime, datetime], datetime] = max


def forecast(uow: UnitOfWork, *, actor: Actor) -> Forecast:
    """Counts and sums of everything the clock will do within seven days, as things stand now."""
    actor.must(Permission.SEE_FINANCES)
    until = end_of_forecast(uow.now)
    sums = [one for what in Coming for one in _sums(uow, what, until)]
    return Forecast(until, next_payout_run(uow.now), tuple(sums))


def end_of_forecast(now: datetime) -> datetime:
    """The seventh Indian midnight from a moment on."""
    return midnight(ist_date(now) + timedelta(days=DAYS_AHEAD))


def _sums(uow: UnitOfWork, what: Coming, until: datetime) -> list[ComingSum]:
    asked = _questions(uow.now, until)[what]
    each = asked.rows(select(asked.outcome.label("outcome"), asked.paise.label("paise"))).subquery()
    grouped = select(each.c.outcome, func.count(), func.sum(each.c.paise)).group_by(each.c.outcome)

    def one(row: Any) -> tuple[Outcome, tuple[int, int]]:
        return Outcome(row[0]), (int(row[1]), int(row[2]))

    found = dict(find(uow, f"sums of coming {what}", grouped).read(one))
    return [ComingSum(what, outcome, *found[outcome]) for outcome in Outcome if outcome in found]


def coming(
    uow: UnitOfWork, *, actor: Actor, what: Coming, cursor: str | None = None, limit: int | None = None
) -> Page[ComingItem]:
    """One kind of thing the clock will act on within seven days, the soonest first."""
    actor.must(Permission.SEE_FINANCES)
    size = page_size(limit)
    keys = read_cursor(cursor, moment_key, UUID)
    asked = _questions(uow.now, end_of_forecast(uow.now))[what]
    name = null() if asked.person is None else col(User.name)
    columns = (asked.id, asked.campaign_id, asked.outcome.label("outcome"), asked.at.label("at"), asked.paise)
    rows = asked.rows(select(*columns, name.label("name")))
    place = tuple_(asked.at, asked.id)
    if asked.person is not None:
        rows = rows.join(User, col(User.id) == asked.person)
    if keys:
        rows = rows.where(place > keys)
    inner = rows.order_by(asked.at, asked.id).limit(size + 1).subquery()
    id_, campaign_id, outcome, at, paise, person = inner.c
    titled = select(
        id_.label("id"),
        campaign_id.label("campaign_id"),
        outcome,
        at,
        paise.label("paise"),
        person,
        col(Campaign.title),
    ).join(Campaign, col(Campaign.id) == campaign_id)
    found = find(uow, f"coming {what}", titled.order_by(at, id_))
    return one_page(found, size, lambda row: _item(row, asked, uow.now), lambda row: (row.at, row.id))


def _item(row: Row[Any], asked: _Question, now: datetime) -> ComingItem:
    outcome = Outcome(row.outcome)
    at = max(row.at, now) if outcome is Outcome.AGAIN else asked.moment(row.at, now)
    return ComingItem(row.id, row.campaign_id, row.title, row.name, outcome, at, int(row.paise))


def _questions(now: datetime, until: datetime) -> dict[Coming, _Question]:
    """The conditions stand in `models/due.py`, where the sweeps find them too."""
    return {
        Coming.CAMPAIGNS: _campaigns(until),
        Coming.CLAIMS: _claims(until),
        Coming.JOBS: _jobs(until),
        Coming.PAYOUTS: _payouts(now, until),
        Coming.REFUNDS: _refunds(now, until),
    }


def _campaigns(until: datetime) -> _Question:
    raised = col(Campaign.raised_paise)
    return _Question(
        rows=lambda wanted: wanted.select_from(Campaign).where(*due.collecting_over(until)),
        outcome=case(
            (due.goes_ahead(), Outcome.GOES_AHEAD.value),
            (raised == 0, Outcome.NOTHING_RAISED.value),
            else_=Outcome.MONEY_BACK.value,
        ),
        paise=raised,
        at=col(Campaign.expires_at),
        id=col(Campaign.id),
        campaign_id=col(Campaign.id),
        moment=lambda at, now: next_midnight(max(at, now)),
    )


def _claims(until: datetime) -> _Question:
    return _Question(
        rows=lambda wanted: wanted.select_from(Job).where(*due.claim_overrun(until)),
        outcome=case(
            (col(Job.expires_at) <= col(Job.completion_deadline), Outcome.ENDS_TOO.value),
            (due.held_after_release(), Outcome.WAITS_FOR_ADMIN.value),
            else_=Outcome.OFFERED_AGAIN.value,
        ),
        paise=col(Job.amount_paise),
        at=col(Job.completion_deadline),
        id=col(Job.id),
        campaign_id=col(Job.campaign_id),
        person=col(Job.claimed_by),
    )


def _jobs(until: datetime) -> _Question:
    given = col(Job.amount_paise) + col(Job.platform_fee_paise) - col(Job.platform_added_paise)
    return _Question(
        rows=lambda wanted: wanted.select_from(Job).where(*due.job_past_its_time(until)),
        outcome=literal(Outcome.MONEY_BACK.value),
        paise=given,
        at=col(Job.expires_at),
        id=col(Job.id),
        campaign_id=col(Job.campaign_id),
    )


def _payouts(now: datetime, until: datetime) -> _Question:
    run = next_payout_run(now)
    return _Question(
        rows=lambda wanted: (
            wanted.select_from(Payout)
            .join(Cleaner, col(Cleaner.id) == col(Payout.cleaner_id))
            .where(*due.payout_waits(until))
        ),
        outcome=case(
            (~due.payout_not_held(), Outcome.HELD.value),
            (~due.account_is_good(until), Outcome.NO_ACCOUNT.value),
            (due.is_stopped(MoneyFlow.PAYOUTS), Outcome.STOPPED.value),
            (due.payout_comes_again(now), Outcome.AGAIN.value),
            ((col(Payout.scheduled_for) <= run) & due.account_is_good(run), Outcome.MORNING.value),
            else_=Outcome.LATER.value,
        ),
        paise=col(Payout.amount_paise),
        at=col(Payout.scheduled_for),
        id=col(Payout.id),
        campaign_id=col(Payout.campaign_id),
        person=col(Payout.cleaner_id),
        moment=lambda at, now: next_payout_run(max(at, now)),
    )


def _refunds(now: datetime, until: datetime) -> _Question:
    sent_at = func.greatest(col(Refund.next_try_at), now)
    return _Question(
        rows=lambda wanted: (
            wanted.select_from(Refund)
            .join(Payment, col(Payment.id) == col(Refund.payment_id))
            .where(*due.refund_waits(until))
        ),
        outcome=case(
            (due.too_old_to_refund(sent_at), Outcome.BY_HAND.value),
            (due.is_stopped(MoneyFlow.REFUNDS), Outcome.STOPPED.value),
            else_=Outcome.SENT.value,
        ),
        paise=col(Refund.amount_paise) - col(Refund.fee_withheld_paise),
        at=col(Refund.next_try_at),
        id=col(Refund.id),
        campaign_id=col(Refund.campaign_id),
        person=col(Refund.contributor_id),
    )
