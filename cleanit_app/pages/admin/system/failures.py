"""What failed in payments, jobs and messages, newest first (MON-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t, words
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.formats import day_time
from cleanit_app.i18n.notifications import coded
from cleanit_app.pages.citizen.pieces import more_button
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.operations.failures import FailureItem, failure_sources, failures
from cleanit_app.reads.paging import Page as Part
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_ERRORS, "failures.title"
REASONED = ("payout", "refund")
BANK_REASONS = frozenset(key.removeprefix("bank.") for key in KEYS if key.startswith("bank."))


@dataclass(frozen=True)
class FailureRow:
    """One failure as it is shown: what it was in words, and what only developers read."""

    id: str
    when: str
    source: str
    said: str
    message: str
    stack: str
    about: str
    who: str
    request: str
    environment: str
    often: str
    asked: str


@dataclass(frozen=True)
class SourceChoice:
    """One source of failures in words; several of the log's names may be one of them."""

    value: str
    text: str


def source_words(source: str) -> str:
    """What failed, for people: the log's own name of it stands with the rest for developers."""
    key = f"failures.of.{'clock' if source.startswith('clock ') else source}"
    return say(key) if key in KEYS else say("failures.of.other")


def _said(one: FailureItem) -> str:
    """The bank's or provider's reason in words, else what such a failure means."""
    if one.source in REASONED and one.message in BANK_REASONS:
        return coded("bank", one.message)
    key = f"failures.means.{'clock' if one.source.startswith('clock ') else one.source}"
    return say(key) if key in KEYS else say("failures.means.other")


class FailuresState(AdminDeskState, rx.State):
    """The part of the list that is looked at."""

    rows: list[FailureRow] = []
    sources: list[SourceChoice] = []
    there_is_more: bool = False
    busy: bool = False
    _source: str = ""
    _cursor: str | None = None

    @rx.event
    async def load(self) -> None:
        """The sources there are and the newest failures."""
        self.reset()
        known = await self._ask_here(failure_sources) or ()
        self.sources = [SourceChoice(source, source_words(source)) for source in known]
        await self._find()

    @rx.event
    async def only(self, source: str) -> None:
        """Failures of one source; all again when it is empty."""
        self._source = source if source in {one.value for one in self.sources} else ""
        await self._find()

    @rx.event
    async def more(self) -> None:
        """The next part of the list."""
        if self._cursor:
            await self._find(self._cursor)

    async def _find(self, cursor: str | None = None) -> None:
        part: Part[FailureItem] | None = await self._ask_here(failures, source=self._source or None, cursor=cursor)
        self.loaded = True
        if part is None:
            return
        now = self._parts().clock.now()
        found = part.each(lambda one: _row(one, now))
        self.rows = [*self.rows, *found] if cursor else found
        self._cursor, self.there_is_more = part.next_cursor, part.next_cursor is not None


def _row(one: FailureItem, now: datetime) -> FailureRow:
    return FailureRow(
        id=str(one.id), when=day_time(one.at, now), source=source_words(one.source), said=_said(one),
        message=f"{one.source}: {one.message}", stack=one.stack or "",
        about=str(one.subject_id or ""), who=one.user_name or "", request=one.request_id or "",
        environment=" ".join(filter(None, (one.environment, one.release))), asked=one.asked,
        often=say("failures.often", n=one.times, when=day_time(one.first_at, now)) if one.first_at else "",
    )  # fmt: skip


ON_LOAD = [CurrentUserState.arrive_signed_in, FailuresState.load]


def _sources() -> rx.Component:
    choices = each(FailuresState.sources, lambda source: rx.el.option(source.text, value=source.value))
    control = rx.el.select(
        rx.el.option(attr("failures.all"), value=""),
        choices,
        id="source",
        class_name="input",
        on_change=FailuresState.only,
    )
    label = rx.el.label(t("failures.source"), html_for="source", class_name="label")
    return rx.el.div(label, control, class_name="mb-4 max-w-xs")


def _table() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        code = "t-sm num break-all"
        more = rx.el.details(
            rx.el.summary(t("failures.stack"), class_name="link t-sm min-h-[44px]"),
            rx.el.p(row.message, class_name="t-sm break-words", lang="en"),
            rx.cond(row.about != "", rx.el.p(t("failures.about"), " ", rx.el.span(row.about, class_name=code))),
            rx.cond(row.request != "", rx.el.p(t("failures.request"), " ", rx.el.span(row.request, class_name=code))),
            rx.cond(row.asked != "", rx.el.p(row.asked, class_name=code, lang="en")),
            rx.el.p(row.environment, class_name=code),
            rx.cond(row.stack != "", rx.el.pre(row.stack, class_name="t-sm whitespace-pre-wrap break-all")),
        )
        often = rx.cond(row.often != "", rx.el.p(words(row.often), class_name="t-sm num"), rx.fragment())
        return [words(row.when), words(row.source), rx.el.div(words(row.said), often, more), row.who]

    heads = [t(f"failures.col.{name}") for name in ("when", "source", "what", "who")]
    return data_table(t("failures.title"), heads, FailuresState.rows, cells)


def page() -> rx.Component:
    """The page."""
    nothing = empty_state(t("failures.none"), t("failures.none_more"), icon_name="badge-check")
    found = rx.fragment(_table(), more_button(FailuresState.there_is_more, FailuresState.busy, FailuresState.more))
    content = rx.el.div(
        rx.el.h1(t("failures.title"), class_name="t-h1"),
        rx.el.p(t("failures.lead"), class_name="soft mb-4"),
        _sources(),
        rx.cond(
            FailuresState.loaded,
            rx.cond(FailuresState.rows.length() > 0, found, nothing),
            loading(skeleton("h-64 w-full")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(content, refused=FailuresState.refused, active="errors")
