"""A run and its rows as the pages show them: in words, never as codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.chips import Colour, chip
from cleanit_app.components.text import t
from cleanit_app.domain.bulk import BulkAction, BulkObstacle
from cleanit_app.domain.statuses import BulkRowStatus, BulkRunStatus
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.reads.bulk.refund_plan import NotRefundable
from cleanit_app.reads.bulk.runs import BulkRowView, BulkRunView

_RUNS: dict[BulkRunStatus, tuple[Colour, str]] = {
    BulkRunStatus.RUNNING: ("act", "loader"),
    BulkRunStatus.STOPPED: ("held", "ban"),
    BulkRunStatus.DONE: ("rel", "check"),
}
_ROWS: dict[BulkRowStatus, tuple[Colour, str]] = {
    BulkRowStatus.WAITING: ("plain", "hourglass"),
    BulkRowStatus.DONE: ("rel", "check"),
    BulkRowStatus.SKIPPED: ("held", "minus"),
    BulkRowStatus.FAILED: ("bad", "circle-alert"),
}


@dataclass(frozen=True)
class RunView:
    """A run as a row of the list and as the head of its page."""

    id: str = ""
    href: str = ""
    title: str = ""
    status: str = ""
    who: str = ""
    reason: str = ""
    total: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    over: int = 0
    percent: int = 0
    amount: str = ""
    when: str = ""
    stopped: str = ""


@dataclass(frozen=True)
class RowView:
    """One row with its result."""

    id: str
    href: str
    title: str
    status: str
    why: str
    amount: str
    when: str


@dataclass(frozen=True)
class RefusedView:
    """What a dry run would pass over."""

    title: str
    href: str
    why: str


def run_view(one: BulkRunView, now: datetime) -> RunView:
    """A run in words."""
    return RunView(
        id=str(one.id),
        href=routes.bulk_run(one.id),
        title=say(f"bulk.action.{one.action.value}", n=one.total),
        status=one.status.value,
        who=one.started_by,
        reason=one.reason,
        total=one.total,
        done=one.done,
        skipped=one.skipped,
        failed=one.failed,
        over=one.done + one.skipped + one.failed,
        percent=one.percent,
        amount=rupees(one.refunded_paise) if one.action is BulkAction.REFUNDS else "–",
        when=day_time(one.started_at, now),
        stopped=say("bulk.stopped_alone") if one.stopped_why else "",
    )


def row_view(one: BulkRowView, now: datetime) -> RowView:
    """A row in words."""
    return RowView(
        id=str(one.id),
        href=routes.campaign(one.campaign_id) if one.campaign_id else routes.person(str(one.person_id)),
        title=one.title,
        status=one.status.value,
        why=why_words(one.why) if one.why else "",
        amount=rupees(one.refunded_paise) if one.refunded_paise else "–",
        when=day_time(one.done_at, now) if one.done_at else "–",
    )


def refused_view(one: NotRefundable) -> RefusedView:
    """What is passed over, and why."""
    return RefusedView(one.title or str(one.campaign_id), routes.campaign(one.campaign_id), why_words(one.why))


def why_words(why: BulkObstacle) -> str:
    """Why something is not done."""
    return say(f"bulk.why.{why.value}")


def run_chip(status: Any) -> rx.Component:
    """How a run stands."""
    cases: list[Any] = [(s.value, chip(t(f"bulk.run.{s.value}"), *look)) for s, look in _RUNS.items()]
    return rx.match(status, *cases, rx.fragment())


def row_chip(status: Any) -> rx.Component:
    """How a row stands."""
    cases: list[Any] = [(s.value, chip(t(f"bulk.row.{s.value}"), *look)) for s, look in _ROWS.items()]
    return rx.match(status, *cases, rx.fragment())
