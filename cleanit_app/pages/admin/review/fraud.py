"""Cases of possible fraud: what waits, with whom, and what was decided (OPS-04)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t, words
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago
from cleanit_app.pages.admin.review.fraud_words import found_words, innocent_words
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.paging import LARGEST_LIMIT
from cleanit_app.reads.review.fraud import FraudCaseItem, FraudGroup, fraud_cases
from cleanit_app.state.admin_desk import DeskState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_FRAUD, "fraud.title"
GROUPS, SIZE = tuple(group.value for group in FraudGroup), 20


@dataclass(frozen=True)
class FraudCaseRow:
    """One case in the list."""

    id: str
    href: str
    kind: str
    status: str
    who: str
    line: str
    found: str
    innocent: str
    held: bool


class FraudState(DeskState, rx.State):
    """The cases of one group."""

    rows: list[FraudCaseRow] = []
    group: str = FraudGroup.OPEN.value
    cursor: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the list; hear of changes."""
        self._hear_everything(FraudState.refresh)
        self.busy, self.rows = False, []
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def show_group(self, group: str) -> None:
        """Show the cases of another group."""
        if group in GROUPS:
            self.group, self.rows = group, []
            await self._read()

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.cursor:
            async for _ in self._read_on(lambda: self._list(SIZE, self.cursor)):
                yield

    async def _read(self) -> None:
        await self._list(min(max(len(self.rows), SIZE), LARGEST_LIMIT), "")

    async def _list(self, size: int, cursor: str) -> None:
        page = await self._ask_here(fraud_cases, group=FraudGroup(self.group), cursor=cursor or None, limit=size)
        if page is not None:
            now = self._parts().clock.now()
            fresh = page.each(lambda one: _row(one, now))
            self.rows = [*self.rows, *fresh] if cursor else fresh
            self.cursor, self.loaded = page.next_cursor or "", True


ON_LOAD = [CurrentUserState.arrive_signed_in, FraudState.load]


def _row(one: FraudCaseItem, now: datetime) -> FraudCaseRow:
    since = ago(one.opened_at, now)
    by = one.opened_by_name
    return FraudCaseRow(
        id=str(one.id),
        href=routes.fraud_case(one.id),
        kind=say(f"fraud.kind.{one.kind.value}"),
        status=say(f"fraud.status.{one.status.value}"),
        who=say("fraud.about", name=one.person_name, n=one.others) if one.others else one.person_name,
        line=say("fraud.reported_by", name=by, ago=since) if by else say("fraud.line", n=one.findings, ago=since),
        found=found_words(one.rule, one.facts, now) if one.rule else one.notes,
        innocent=say("fraud.innocent", reason=innocent_words(one.rule)) if one.rule else "",
        held=one.holds_pay,
    )


def _card(row: Any) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.h2(rx.el.a(row.who, href=row.href, class_name="link"), class_name="t-h3 break-words"),
            rx.el.div(
                chip(words(row.kind), "held", "siren"),
                chip(words(row.status), "plain"),
                rx.cond(row.held, chip(t("fraud.pay_held"), "bad", "lock"), rx.fragment()),
                class_name="flex flex-wrap gap-2",
            ),
            class_name="flex flex-wrap justify-between gap-2",
        ),
        rx.el.p(words(row.line), class_name="t-sm mute mt-1"),
        rx.el.p(row.found, class_name="mt-2 whitespace-pre-line [overflow-wrap:anywhere]"),
        rx.cond(row.innocent != "", rx.el.p(words(row.innocent), class_name="t-sm soft mt-1"), rx.fragment()),
        link_button(t("fraud.look"), row.href, kind="line", size="s", class_name="mt-3"),
        class_name="card pad",
    )


def page() -> rx.Component:
    """The page."""
    choices = pills(
        *[pill(t(f"fraud.group.{g}"), on=FraudState.group == g, on_click=FraudState.show_group(g)) for g in GROUPS],
        label=attr("fraud.groups"),
    )
    more = button(
        t("disputes.more"), kind="line", busy=FraudState.busy, busy_label=t("state.loading"), on_click=FraudState.more
    )
    listed = rx.cond(
        FraudState.rows.length() > 0,
        rx.el.div(each(FraudState.rows, _card), class_name="flex flex-col gap-4"),
        empty_state(t("fraud.none"), t("fraud.none_more"), icon_name="check"),
    )
    body = rx.el.div(
        rx.el.h1(t("fraud.title"), class_name="t-h1 mb-2"),
        rx.el.p(t("fraud.what"), class_name="soft mb-4"),
        rx.el.div(choices, class_name="mb-4"),
        rx.cond(FraudState.loaded, listed, loading(skeleton("h-40 w-full"), skeleton("h-40 w-full mt-4"))),
        rx.cond(FraudState.cursor != "", rx.el.div(more, class_name="mt-4 text-center"), rx.fragment()),
        class_name="p-4 lg:p-7 max-w-[900px]",
    )
    return admin_page(body, active="fraud", refused=FraudState.refused)
