"""The queue of photos to check, as it stands at the left of both verification pages (VER-01, VER-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import reflex as rx

from cleanit_app.components.admin import queue_row
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import lasted, rupees
from cleanit_app.reads.review.verification import SLA_HOURS, QueueGroup, VerificationItem, queue, sla
from cleanit_app.routes import checking
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.cards import short_place
from cleanit_app.state.current_user import CurrentUserState

SHOWN = 100
SEVERE_KINDS = frozenset({"LOOKALIKE", "LOCATION_MISMATCH", "FILE_AGAINST_PHONE"})


@dataclass(frozen=True)
class QueueRow:
    """A job in the queue."""

    id: str
    href: str
    place: str
    pay: str
    who: str
    waiting: str
    amber: bool
    late: bool
    flags: str
    flag_count: int
    severe: bool
    high_value: bool
    turn_of: str  # who looks at it now
    escalated: bool


@dataclass(frozen=True)
class QueuePart:
    """One group of the queue (VER-01)."""

    name: str
    count: int
    rows: list[QueueRow]


class VerificationQueueState(AdminDeskState, rx.State):
    """The queue in its order; `ids` are its jobs, for next and previous."""

    parts: list[QueuePart] = []
    ids: list[str] = []
    waiting: int = 0
    more: int = 0
    summary: str = NOTHING
    is_long: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the queue and how long it waits."""
        page = await self._ask_here(queue, limit=SHOWN)
        if page is None:
            self.parts, self.ids = [], []
            return
        times = await self._ask(sla)
        who = await self.get_state(CurrentUserState)
        self.parts = queue_parts(page.items, who.user_id)
        self.ids = page.each(lambda item: str(item.job_id))
        self.waiting, self.more = times.waiting, max(0, times.waiting - len(page.items))
        average = lasted(timedelta(seconds=times.average_waiting_seconds))
        self.summary = say("check.summary", average=average, n=times.over_48_h)
        self.is_long = times.queue_is_long
        self.loaded = True


def queue_parts(items: tuple[VerificationItem, ...], me: str) -> list[QueuePart]:
    """The groups of the queue that hold something; nobody is told that they look at a photo themselves."""
    found = []
    for group in QueueGroup:
        rows = [_row(item, me) for item in items if item.group is group]
        if rows:
            found.append(QueuePart(group.value, len(rows), rows))
    return found


def _row(item: VerificationItem, me: str) -> QueueRow:
    hours = item.waiting_seconds / 3600
    return QueueRow(
        id=str(item.job_id),
        href=checking(item.job_id),
        place=short_place(item.address),
        pay=rupees(item.pay_paise),
        who=item.cleaner.name,
        waiting=lasted(timedelta(seconds=item.waiting_seconds)),
        amber=hours >= SLA_HOURS,
        late=hours >= 2 * SLA_HOURS,
        flags=say("check.flags", n=len(item.flags)),
        flag_count=len(item.flags),
        severe=any(flag["flag"] in SEVERE_KINDS for flag in item.flags),
        turn_of="" if str(item.reviewer_id) == me else item.reviewer or "",
        escalated=item.escalated_at is not None,
        high_value=item.pay_paise > LIMITS.high_value_paise and item.group is not QueueGroup.HIGH_VALUE,
    )


def queue_column(active: Any = "") -> rx.Component:
    """The queue with its head; `active` is the id of the open job."""
    head = rx.el.header(
        rx.el.div(
            rx.el.p(t("check.title"), class_name="t-h2"),  # the page's heading stands beside it, and after it
            rx.el.span(VerificationQueueState.waiting, class_name="num b text-[1.125rem]"),
            class_name="row sp",
        ),
        rx.el.p(words(VerificationQueueState.summary), class_name="t-xs mute mt-1"),
        class_name="px-3.5 pt-4 pb-3 border-b border-chuna-200",
    )
    long = rx.cond(VerificationQueueState.is_long, note(t("check.long"), "warn"), rx.fragment())
    waiting = loading(*[skeleton("h-16 m-3") for _ in range(5)])
    listed = rx.cond(
        VerificationQueueState.parts.length() > 0,
        each(VerificationQueueState.parts, lambda part: _part(part, active)),
        empty_state(t("check.none"), t("check.none_more"), icon_name="check"),
    )
    more = rx.cond(
        VerificationQueueState.more > 0,
        rx.el.p(t("check.more", n=VerificationQueueState.more), class_name="t-sm mute p-3.5"),
        rx.fragment(),
    )
    return rx.el.section(
        head,
        long,
        rx.cond(VerificationQueueState.loaded, listed, waiting),
        more,
        class_name="relative bg-white border-r border-chuna-300 lg:h-screen lg:overflow-y-auto",
        custom_attrs={"aria-live": "off"},
    )


def _part(part: Any, active: Any) -> rx.Component:
    urgent = part.name == QueueGroup.URGENT.value
    names = [(group.value, t(f"check.group.{group.value}")) for group in QueueGroup]
    head = rx.el.p(  # names its part of the list; the page's headings begin beside it
        rx.el.span(
            rx.cond(urgent, icon("flame", 16), rx.fragment()),
            rx.match(part.name, *names, rx.fragment()),
            class_name="flex items-center gap-1.5",
        ),
        rx.el.span(part.count, class_name="num"),
        id="queue-" + part.name,
        class_name=rx.cond(urgent, "qh urgent", "qh"),
    )
    rows = each(part.rows, lambda row: _line(row, active))
    return rx.el.section(head, rows, custom_attrs={"aria-labelledby": "queue-" + part.name})


def _line(row: Any, active: Any) -> rx.Component:
    flags = rx.cond(row.severe, chip(words(row.flags), "bad", "flag"), chip(words(row.flags), "held", "flag"))
    chips = rx.fragment(
        rx.cond(row.flag_count > 0, flags, rx.fragment()),
        rx.cond(row.escalated, chip(t("check.handed_up"), "bad", "flame"), rx.fragment()),
        rx.cond(row.turn_of != "", chip(t("check.looks", name=row.turn_of), "act", "eye"), rx.fragment()),
        rx.cond(row.high_value, chip(t("check.high_value"), "held"), rx.fragment()),
    )
    return queue_row(
        href=row.href,
        place=row.place,
        pay=row.pay,
        who=row.who,
        waiting=words(row.waiting),
        late=row.late,
        amber=row.amber,
        active=row.id == active,
        chips=(chips,),
    )
