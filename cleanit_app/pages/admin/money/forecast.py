"""A dry run of the next seven days: what will expire, refund, release, end and pay (CAM-10, JOB-06, PAY-04)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.chips import Colour, chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.lists import each
from cleanit_app.components.money import SWATCHES, amount
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.pages.admin.money.kill_switch import KillSwitchState
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.operations.forecast import Coming, ComingItem, Forecast, Outcome, coming, forecast
from cleanit_app.reads.paging import LARGEST_LIMIT
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_FORECAST, "admin.coming"
SIZE = 25
KINDS = tuple(kind.value for kind in Coming)
COLOURS: dict[Outcome, str] = {
    Outcome.GOES_AHEAD: "rel", Outcome.MORNING: "rel", Outcome.AGAIN: "rel", Outcome.LATER: "act",
    Outcome.STOPPED: "bad", Outcome.OFFERED_AGAIN: "act",
    Outcome.MONEY_BACK: "ref", Outcome.SENT: "ref", Outcome.ENDS_TOO: "ref", Outcome.NOTHING_RAISED: "plain",
    Outcome.HELD: "held", Outcome.NO_ACCOUNT: "held", Outcome.WAITS_FOR_ADMIN: "held", Outcome.BY_HAND: "bad",
}  # fmt: skip
_SWATCH_OF: dict[Colour, str] = {
    "rel": "paid", "act": "plain", "ref": "refunded", "held": "held", "bad": "stop", "plain": "plain",
}  # fmt: skip
assert set(COLOURS) == set(Outcome)


@dataclass(frozen=True)
class SumView:
    """One outcome of the chosen kind: how many and how much."""

    outcome: str
    said: str
    count: int
    amount: str
    colour: str


@dataclass(frozen=True)
class ComingRow:
    """One thing the clock will act on."""

    id: str
    when: str
    title: str
    href: str
    name: str
    said: str
    colour: str
    amount: str


class ForecastState(AdminDeskState, rx.State):
    """The next seven days, one kind of thing at a time."""

    kind: str = Coming.CAMPAIGNS.value
    until: str = NOTHING
    counts: dict[str, int] = dict.fromkeys(KINDS, 0)
    sums: list[SumView] = []
    rows: list[ComingRow] = []
    cursor: str = ""
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Read what comes; hear of changes."""
        self._hear_everything(ForecastState.refresh)
        self.busy, self.rows = False, []
        await self._read()
        coming_first = next((kind for kind in KINDS if self.counts[kind]), self.kind)
        if self.counts[self.kind] == 0 and coming_first != self.kind:
            await self.choose(coming_first)  # no page opens on an empty kind while another has something

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def choose(self, kind: str) -> None:
        """Show another kind of thing."""
        if kind in KINDS and kind != self.kind:
            self.kind, self.rows = kind, []
            await self._read()

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.busy or not self.cursor:
            return
        self.busy = True
        yield
        await self._list(SIZE, self.cursor)
        self.busy = False

    async def _read(self) -> None:
        found: Forecast | None = await self._ask_here(forecast)
        if found is None:
            return
        now = self._parts().clock.now()
        self.until = day_time(found.until, now)
        self.counts = {k: sum(one.count for one in found.sums if one.what.value == k) for k in KINDS}
        self.sums = [
            SumView(one.outcome.value, _said(one.outcome, found.next_run, now), one.count, rupees(one.paise),
                    COLOURS[one.outcome])
            for one in found.sums if one.what.value == self.kind
        ]  # fmt: skip
        await self._list(min(max(len(self.rows), SIZE), LARGEST_LIMIT), "")
        self.loaded = True

    async def _list(self, size: int, cursor: str) -> None:
        page = await self._ask_here(coming, what=Coming(self.kind), cursor=cursor or None, limit=size)
        if page is not None:
            now = self._parts().clock.now()
            fresh = page.each(lambda item: _row(item, now))
            self.rows = [*self.rows, *fresh] if cursor else fresh
            self.cursor = page.next_cursor or ""


ON_LOAD = [CurrentUserState.arrive_signed_in, KillSwitchState.load, ForecastState.load]


def _said(outcome: Outcome, at: datetime, now: datetime) -> str:
    return say(f"coming.outcome.{outcome.value}", when=day_time(at, now))


def _row(item: ComingItem, now: datetime) -> ComingRow:
    return ComingRow(
        id=str(item.id),
        when=day_time(item.at, now),
        title=item.title,
        href=routes.campaign(item.campaign_id),
        name=item.name or "",
        said=_said(item.outcome, item.at, now),
        colour=COLOURS[item.outcome],
        amount=rupees(item.paise),
    )


def _kinds() -> rx.Component:
    def one(kind: str) -> rx.Component:
        count = rx.el.span(ForecastState.counts[kind], class_name="num opacity-70 ml-1.5")
        name = rx.fragment(t(f"coming.kind.{kind}"), count)
        return pill(name, on=ForecastState.kind == kind, on_click=ForecastState.choose(kind))

    return pills(*[one(kind) for kind in KINDS], label=attr("coming.kind"))


def _sums() -> rx.Component:
    def one(part: Any) -> rx.Component:
        swatch: Any = rx.match(part.colour, *[(c, SWATCHES[s]) for c, s in _SWATCH_OF.items()], SWATCHES["plain"])
        return rx.el.div(
            rx.el.div(words(part.said), class_name="b soft"),
            amount(part.amount, "l", "mt-2 block"),
            rx.el.div(t("coming.total", n=part.count), class_name="t-sm mt-2 mute"),
            class_name="stat",
            style={"--c": swatch},
        )

    return rx.el.div(each(ForecastState.sums, one), class_name="grid gap-3.5 sm:grid-cols-2 xl:grid-cols-4 mt-5")


def _stopped(flow: MoneyFlow, kind: Coming) -> rx.Component:
    view: Any = KillSwitchState.payouts if flow is MoneyFlow.PAYOUTS else KillSwitchState.refunds
    said = rx.el.div(
        note(t(f"coming.stopped_{flow.value}"), "err", "octagon-alert", more=rx.el.p(view.reason), role="status"),
        class_name="mt-4",
    )
    return rx.cond(view.stopped & (ForecastState.kind == kind.value), said, rx.fragment())


def _table() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        colours: Any = rx.match(row.colour, *[(c, chip(words(row.said), c)) for c in _SWATCH_OF], rx.fragment())
        who = rx.cond(row.name != "", rx.el.span(row.name, class_name="t-sm mute block"), rx.fragment())
        return [words(row.when), rx.el.div(rx.el.a(row.title, href=row.href, class_name="link"), who), colours,
                amount(row.amount, "s")]  # fmt: skip

    heads = [t(f"coming.col.{name}") for name in ("when", "cleanup", "outcome", "amount")]
    return data_table(t("coming.list"), heads, ForecastState.rows, cells, right=(3,), empty=t("coming.none"))


def page() -> rx.Component:
    """The page."""
    more = button(
        t("coming.more"),
        kind="line",
        busy=ForecastState.busy,
        busy_label=t("state.loading"),
        on_click=ForecastState.more,
    )
    shown = rx.fragment(
        rx.el.p(t("coming.what", when=ForecastState.until), class_name="soft mt-2 mb-5"),
        _kinds(),
        _stopped(MoneyFlow.PAYOUTS, Coming.PAYOUTS),
        _stopped(MoneyFlow.REFUNDS, Coming.REFUNDS),
        _sums(),
        rx.el.div(_table(), class_name="mt-5"),
        rx.cond(ForecastState.cursor != "", rx.el.div(more, class_name="mt-4 text-center"), rx.fragment()),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.coming"), class_name="t-h1"),
        rx.cond(ForecastState.loaded, shown, loading(skeleton("h-12 w-full mt-5"), skeleton("h-64 w-full mt-5"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="coming", refused=ForecastState.refused)
