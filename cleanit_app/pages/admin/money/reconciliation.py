"""The nightly checks: each rule of the books, and what Razorpay's book says differently (PAY-13)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import text_area
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Permission
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time
from cleanit_app.pages.frame import admin_page
from cleanit_app.ports import ProviderUnknown
from cleanit_app.reads.reconciliation.nightly import DifferenceItem, NightlyChecks, nightly_checks
from cleanit_app.services.reconciliation.adjustments import book_adjustment
from cleanit_app.services.reconciliation.nightly import RULES
from cleanit_app.services.reconciliation.reconcile import accept_difference, look_again
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_RECONCILIATION, "admin.reconciliation"
ACCEPT, BOOK = "accept-difference", "book-difference"


@dataclass(frozen=True)
class RuleRow:
    """One rule of the books; `subjects` are the ids of what breaks it, `places` says how many."""

    sentence: str
    holds: bool
    places: str
    subjects: str


@dataclass(frozen=True)
class DifferenceRow:
    """One difference in words."""

    id: str
    what: str
    kind: str
    provider_id: str
    ours: str
    theirs: str
    found: str
    may_be_booked: bool = False


NONE_PICKED = DifferenceRow("", NOTHING, NOTHING, "", "", "", NOTHING)


class ReconciliationState(AdminDeskState, rx.State):
    """What the night found, and the ways to resolve it."""

    rules: list[RuleRow] = []
    books: str = NOTHING
    run: str = NOTHING
    late: str = NOTHING
    books_late: str = NOTHING
    open_count: int = 0
    rows: list[DifferenceRow] = []
    picked: DifferenceRow = NONE_PICKED
    busy: bool = False
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the last results; hear of changes."""
        self._hear_everything(ReconciliationState.refresh)
        self.busy = False
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    async def _read(self) -> None:
        found: NightlyChecks | None = await self._ask_here(nightly_checks)
        if found is None:
            return
        now = self._parts().clock.now()
        self.rules, self.books = [], say("recon.never")
        if found.books:
            self.books = say("recon.books_at", when=day_time(found.books.at, now))
            self.rules = [rule_row(rule.name, found.books.report) for rule in RULES]
        last = found.reconciliation
        self.run = say("recon.run_at", n=last.checked, when=day_time(last.at, now)) if last else say("recon.never")
        late = found.hours_late
        self.late = say("recon.late", n=late["RECONCILIATION"]) if "RECONCILIATION" in late else NOTHING
        self.books_late = say("recon.books_late", n=late["BOOKS"]) if "BOOKS" in late else NOTHING
        self.open_count = found.open_count
        self.rows = [difference_row(one, now) for one in found.differences]
        self.loaded = True

    @rx.event
    async def pick(self, difference_id: str) -> None:
        """Ask for the reason to leave this difference."""
        self.picked = next((row for row in self.rows if row.id == difference_id), NONE_PICKED)
        self._clear_problems()

    @rx.event
    async def ask_again(self, difference_id: str) -> AsyncIterator[None]:
        """Ask Razorpay once more and apply what it says."""
        if self.busy:
            return
        self.busy = True
        yield
        parts = self._parts()
        try:
            agrees = await self._tell(
                look_again, provider=parts.payments, payer=parts.payouts, difference_id=as_id(difference_id)
            )
            said = say("recon.agrees") if agrees else self.problem if agrees is None else say("recon.still")
        except ProviderUnknown:
            agrees, said = False, say("recon.silent")
        await self._toast(said, "good" if agrees else "problem")
        self.busy = False
        await self._read()

    @rx.event
    async def accept(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Leave the picked difference with a reason."""
        if self.busy or not self.picked.id:
            return
        self.busy = True
        yield
        done = await self._do(accept_difference, difference_id=as_id(self.picked.id), note=str(form.get("reason", "")))
        if done:
            self.picked = NONE_PICKED
            self.turn += 1
            await self._toast(say("recon.accepted"))
        self.busy = False
        await self._read()

    @rx.event
    async def adjust(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Book what the picked difference is about, with a reason."""
        if self.busy or not self.picked.id:
            return
        self.busy = True
        yield
        parts, arguments = self._parts(), {"difference_id": as_id(self.picked.id), "note": str(form.get("reason", ""))}
        try:
            if await self._tell(book_adjustment, provider=parts.payments, payer=parts.payouts, **arguments):
                self.picked = NONE_PICKED
                self.turn += 1
                await self._toast(say("recon.booked"))
        except ProviderUnknown:
            await self._toast(say("recon.silent"), "problem")
        self.busy = False
        await self._read()


ON_LOAD = [CurrentUserState.arrive_signed_in, ReconciliationState.load]


def rule_row(name: str, report: dict[str, Any]) -> RuleRow:
    """A rule in words with its result."""
    broken = report.get(name)
    places = say("recon.broken_by", n=len(broken)) if broken else NOTHING
    return RuleRow(say(f"rule.{name}"), broken is None, places, ", ".join(map(str, broken or ())))


def difference_row(one: DifferenceItem, now: datetime) -> DifferenceRow:
    """A difference in words."""
    what, kind = say(f"recon.what.{one.what}"), say(f"recon.kind.{one.kind}")
    bookable = one.kind == "MISSING_HERE" and one.what != "SETTLEMENT"
    when = day_time(one.found_at, now)
    return DifferenceRow(str(one.id), what, kind, one.provider_id, one.ours, one.theirs, when, bookable)


def _rules() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        state = rx.cond(row.holds, chip(t("recon.holds"), "rel"), chip(t("recon.broken"), "bad"))
        ids = rx.el.details(
            rx.el.summary(words(row.places), class_name="link t-sm min-h-[44px]"),
            rx.el.p(row.subjects, class_name="t-sm break-all"),
        )
        return [rx.el.div(words(row.sentence), rx.cond(row.holds, rx.fragment(), ids)), state]

    table = data_table(t("recon.rules"), [t("recon.rule"), t("movement.col.state")], ReconciliationState.rules, cells)
    checked = rx.el.p(words(ReconciliationState.books), class_name="mute mb-3")
    return rx.el.section(_too_old(ReconciliationState.books_late), checked, table, class_name="mt-6")


def _too_old(said: Any) -> rx.Component:
    red = note(words(said), "err", "octagon-alert", role="alert")
    return rx.cond(said != "", rx.el.div(red, class_name="mb-3"), rx.fragment())


def _differences() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        return [
            rx.el.div(
                rx.el.b(words(row.what), class_name="b block"),
                rx.el.span(words(row.kind), class_name="t-sm block"),
                rx.el.span(row.provider_id, class_name="t-sm mute break-all"),
            ),
            row.ours,
            row.theirs,
            words(row.found),
            _ways(row),
        ]

    heads = [t(f"recon.col.{name}") for name in ("what", "ours", "theirs", "found", "do")]
    return data_table(t("recon.list"), heads, ReconciliationState.rows, cells, empty=t("recon.none"))


def _ways(row: Any) -> rx.Component:
    again = button(t("recon.ask"), kind="line", size="s", on_click=ReconciliationState.ask_again(row.id))
    leave = button(
        t("recon.accept"), kind="quiet", size="s", on_click=ReconciliationState.pick(row.id), custom_attrs=opens(ACCEPT)
    )
    book = button(
        t("recon.book"), kind="line", size="s", on_click=ReconciliationState.pick(row.id), custom_attrs=opens(BOOK)
    )
    both_ways = rx.el.div(
        again, rx.cond(row.may_be_booked, book, rx.fragment()), leave, class_name="flex flex-wrap gap-2"
    )
    return rx.cond(CurrentUserState.may.contains(Permission.RUN_PAYOUTS.value), both_ways, rx.fragment())


def _accept() -> rx.Component:
    problem = ReconciliationState.problem
    content = rx.el.form(
        rx.cond(problem != "", note(words(problem), "err", role="alert"), rx.fragment()),
        rx.el.p(
            words(ReconciliationState.picked.what), " ", ReconciliationState.picked.provider_id, class_name="break-all"
        ),
        text_area("reason", t("recon.reason"), max_length=500, id="recon-why"),
        button(
            t("recon.accept"), block=True, type="submit", busy=ReconciliationState.busy, busy_label=t("recon.accept")
        ),
        on_submit=ReconciliationState.accept,
        class_name="flex flex-col gap-3",
    )
    return rx.el.div(dialog(ACCEPT, t("recon.accept_title"), content), key=ReconciliationState.turn.to_string())


def _book() -> rx.Component:
    problem = ReconciliationState.problem
    content = rx.el.form(
        rx.cond(problem != "", note(words(problem), "err", role="alert"), rx.fragment()),
        rx.el.p(t("recon.book_what")),
        rx.el.p(
            words(ReconciliationState.picked.what), " ", ReconciliationState.picked.provider_id, class_name="break-all"
        ),
        rx.el.p(ReconciliationState.picked.theirs, class_name="num"),
        text_area("reason", t("recon.book_reason"), max_length=500, id="recon-book-why"),
        button(t("recon.book"), block=True, type="submit", busy=ReconciliationState.busy, busy_label=t("recon.book")),
        on_submit=ReconciliationState.adjust,
        class_name="flex flex-col gap-3",
    )
    return rx.el.div(dialog(BOOK, t("recon.book_title"), content), key=ReconciliationState.turn.to_string())


def page() -> rx.Component:
    """The page."""
    agree = note(t("recon.all_agree"), "ok", "badge-check", more=rx.el.p(words(ReconciliationState.run)), role="status")
    differ = note(t("recon.differ", n=ReconciliationState.open_count), "err", "octagon-alert",
                  more=rx.el.p(words(ReconciliationState.run)), role="alert")  # fmt: skip
    shown = rx.fragment(
        _too_old(ReconciliationState.late),
        rx.cond(
            ReconciliationState.open_count > 0, differ, rx.cond(ReconciliationState.late == "", agree, rx.fragment())
        ),
        rx.el.div(_differences(), class_name="mt-4"),
        _rules(),
        _accept(),
        _book(),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.reconciliation"), class_name="t-h1 mb-4"),
        rx.cond(ReconciliationState.loaded, shown, loading(skeleton("h-14 w-full"), skeleton("h-64 w-full mt-4"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="reconciliation", refused=ReconciliationState.refused)
