"""Payouts, refunds and movements in ready words, for the pages of finance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.chips import chip
from cleanit_app.components.money import amount
from cleanit_app.components.text import t, words
from cleanit_app.domain.calendar import IST, business_days_between, ist_date
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import PayoutStatus, RefundStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day, day_time, rupees
from cleanit_app.i18n.notifications import coded, hold_words
from cleanit_app.reads.ledger.finances import FinancialOverview
from cleanit_app.reads.ledger.money_lists import MovementItem, PayoutToDo, RefundToDo
from cleanit_app.state.base import NOTHING

LATE_FROM, LATE_TO = 5, 7  # the promise: five to seven working days (PAY-09)
MOVEMENTS = ("CONTRIBUTION", "PAYOUT", "REFUND")
RESULTS = ("COMPLETED", "PROCESSING", "FAILED")


@dataclass(frozen=True)
class PayoutRow:
    """A payout that has not arrived; `why_not` says why it cannot be sent now."""

    id: str
    name: str
    short_name: str
    title: str
    href: str
    amount: str
    state: str
    when: str
    reason: str
    why_not: str
    held: bool = False
    hold_reason: str = NOTHING
    unsure: bool = False
    decidable: bool = False  # waits, so that a person may hold, release or record it
    job_id: str = ""


@dataclass(frozen=True)
class RefundRow:
    """A refund that has not arrived."""

    id: str
    name: str
    title: str
    href: str
    amount: str
    cause: str
    state: str
    since: str
    due: str
    age: str
    tone: str
    reason: str
    stuck: bool = False
    unsure: bool = False
    too_old: bool = False
    late: bool = False


@dataclass(frozen=True)
class MovementRow:
    """Money that moved."""

    id: str
    kind: str
    status: str
    amount: str
    title: str
    href: str
    reference: str
    when: str


def payout_row(one: PayoutToDo, now: datetime) -> PayoutRow:
    """A payout in words."""
    return PayoutRow(
        id=str(one.id),
        name=one.cleaner_name,
        short_name=short_name(one.cleaner_name),
        title=one.campaign_title,
        href=routes.campaign(one.campaign_id),
        amount=rupees(one.amount_paise),
        state=one.status.value,
        when=_leaves(one, now),
        reason=_failure(one),
        why_not=_why_not(one),
        held=one.held,
        hold_reason=hold_words(one.hold_reason or ""),
        unsure=one.unsure,
        decidable=one.status is not PayoutStatus.PROCESSING,
        job_id=str(one.job_id),
    )


def short_name(name: str) -> str:
    """First name and the letter of the last: ``Ramesh P.``"""
    first, *rest = name.split() or [name]
    return f"{first} {rest[-1][0]}." if rest else first


def _leaves(one: PayoutToDo, now: datetime) -> str:
    if one.unsure:
        return say("payouts.unsure")
    if one.queued:
        return say("payouts.queued")
    when = day_time(one.leaves_at, now) if one.leaves_at else NOTHING
    match one.stands:
        case PayStands.SENT:
            return say("payouts.with_bank")
        case PayStands.KEPT:
            return _held(one)
        case PayStands.PERSON:
            return say("payouts.stuck", n=one.tries)
        case PayStands.ACCOUNT:
            return say("payouts.waits_for_account")
        case PayStands.STOPPED:
            return say("payouts.stopped")
        case PayStands.AGAIN:  # a try that failed is not repeated at ten but when its pause is over
            return say("payouts.again_now") if one.due else say("payouts.again", when=when)
    return say("payouts.due" if one.due else "payouts.later", when=when)


def _held(one: PayoutToDo) -> str:
    return say("payouts.held_why", reason=hold_words(one.hold_reason)) if one.hold_reason else say("payouts.not_held")


def _failure(one: PayoutToDo) -> str:
    if not one.failure_reason:
        return NOTHING
    return say("payouts.failed", n=one.tries, reason=coded("bank", one.failure_reason))


def _why_not(one: PayoutToDo) -> str:
    if one.unsure:
        return say("payouts.unsure")
    if one.status is PayoutStatus.PROCESSING:
        return say("payouts.not_processing")
    if one.held:
        return _held(one)
    return NOTHING if one.details_confirmed else say("payouts.not_confirmed")


def refund_row(one: RefundToDo, now: datetime) -> RefundRow:
    """A refund in words, with its age against the promise."""
    days = business_days_between(ist_date(one.created_at), ist_date(now))
    stuck = one.status is RefundStatus.MANUAL
    return RefundRow(
        id=str(one.id),
        name=one.contributor_name,
        title=one.campaign_title,
        href=routes.campaign(one.campaign_id),
        amount=rupees(one.amount_paise),
        cause=say(f"refunds.cause.{one.cause}"),
        state=one.status.value,
        since=day(one.created_at, now),
        due=day(datetime.combine(one.due_on, datetime.min.time(), tzinfo=IST), now),
        age=say("refunds.age", n=days),
        tone="bad" if one.late or stuck else "held" if days >= LATE_FROM else "plain",
        reason=coded("bank", one.failure_reason) if one.failure_reason else NOTHING,
        stuck=stuck,
        unsure=one.unsure,
        too_old=one.too_old,
        late=one.late,
    )


def movement_row(one: MovementItem, now: datetime) -> MovementRow:
    """A movement in words."""
    return MovementRow(
        id=str(one.id),
        kind=one.type,
        status=one.status,
        amount=rupees(one.amount_paise),
        title=one.campaign_title,
        href=routes.campaign(one.campaign_id),
        reference=one.reference or "",
        when=ago(one.created_at, now),
    )


def movements_table(rows: Any) -> rx.Component:
    """The newest movements of money."""

    def cells(row: Any) -> list[Any]:
        colours: dict[str, Any] = {"COMPLETED": "rel", "PROCESSING": "held", "FAILED": "bad"}
        return [
            rx.match(row.kind, *[(k, t(f"movement.{k}")) for k in MOVEMENTS], rx.fragment()),
            rx.el.a(row.title, href=row.href, class_name="link"),
            rx.match(row.status, *[(s, chip(t(f"movement.{s}"), colours[s])) for s in RESULTS], rx.fragment()),
            rx.el.span(row.reference, class_name="num t-sm mute break-all whitespace-normal"),
            amount(row.amount, "s"),
            words(row.when),
        ]

    heads = ["what", "cleanup", "state", "reference", "amount", "when"]
    return data_table(t("movement.title"), [t(f"movement.col.{h}") for h in heads], rows, cells, right=(4, 5))


def more_of_list(rest: Any, busy: Any, act: Any) -> rx.Component:
    """How many stand behind the shown ones, and the way to them."""
    press = button(t("coming.more"), kind="line", busy=busy, busy_label=t("state.loading"), on_click=act)
    said = rx.el.p(t("payouts.more", n=rest), class_name="t-sm mute")
    return rx.cond(rest > 0, rx.el.div(said, press, class_name="flex flex-wrap items-center gap-3 mt-3"), rx.fragment())


@dataclass(frozen=True)
class FinancesView:
    """The figures of the house as amounts."""

    captured: str = ""
    raised: str = ""
    held: str = ""
    surplus: str = ""
    owed: str = ""
    paying: str = ""
    paid: str = ""
    refunding: str = ""
    refunded: str = ""
    fees: str = ""
    fees_month: str = ""
    gst: str = ""
    gateway_fees: str = ""
    payout_fees: str = ""
    payouts_pending: str = ""
    payouts_count: int = 0
    payouts_manual: int = 0
    refunds_open: str = ""
    refunds_count: int = 0
    next_run: str = NOTHING


def money_view(found: FinancialOverview, now: datetime) -> FinancesView:
    """The sums of the ledger as amounts."""
    return FinancesView(
        captured=rupees(found.captured_paise),
        raised=rupees(found.raised_paise),
        held=rupees(found.held_paise),
        surplus=rupees(found.surplus_paise),
        owed=rupees(found.owed_to_cleaners_paise),
        paying=rupees(found.payouts_under_way_paise),
        paid=rupees(found.paid_out_paise),
        refunding=rupees(found.refunds_under_way_paise),
        refunded=rupees(found.refunded_paise),
        fees=rupees(found.fees_paise),
        fees_month=rupees(found.fees_this_month_paise),
        gst=rupees(found.gst_paise),
        gateway_fees=rupees(found.gateway_fees_paise),
        payout_fees=rupees(found.payout_fees_paise),
        payouts_pending=rupees(found.payouts_pending.paise),
        payouts_count=found.payouts_pending.count,
        payouts_manual=found.payouts_manual.count,
        refunds_open=rupees(found.refunds_open.paise),
        refunds_count=found.refunds_open.count,
        next_run=day_time(found.next_run, now),
    )
