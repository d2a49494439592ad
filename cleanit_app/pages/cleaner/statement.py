"""A cleaner's financial year: what was earned, the tax kept back, each payment, and files to keep (LAW-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.chips import state_chip
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.calendar import midnight
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import dated, day, rupees
from cleanit_app.pages.cleaner.gates import broken, for_cleaners
from cleanit_app.pages.cleaner.views import NOTHING
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.reads.tax.statements import Statement as StatementRead
from cleanit_app.reads.tax.statements import StatementLine, StatementQuarter, year_statement
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.STATEMENT, "statement.title"


@dataclass(frozen=True)
class YearView:
    """A financial year to choose."""

    year: str
    name: str


@dataclass(frozen=True)
class LineView:
    """One payment of the year."""

    id: str
    href: str
    title: str
    owed: str
    pay: str
    tax: str
    status: str


@dataclass(frozen=True)
class QuarterView:
    """The sums of a quarter."""

    id: str
    span: str
    gross: str
    tax: str
    pay: str
    fee: str


class StatementState(PageState, rx.State):
    """One's own year."""

    year: str = ""
    years: list[YearView] = []
    gross: str = ""
    tax: str = ""
    pay: str = ""
    pay_note: str = NOTHING
    count: str = NOTHING
    quarters: list[QuarterView] = []
    lines: list[LineView] = []
    pdf: str = ""
    csv: str = ""
    failed: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the year that was chosen, this year's at first."""
        await self._read(self.year)

    @rx.event
    async def choose(self, year: str) -> None:
        """Show another year."""
        if any(known.year == year for known in self.years):
            await self._read(year)

    async def _read(self, year: str) -> None:
        try:
            self._take(await self._ask(year_statement, year=year or None))
        except DomainError:
            self.failed, self.loaded = True, True
            return
        self.failed, self.loaded = False, True

    def _take(self, read: StatementRead) -> None:
        self.year = read.year
        self.years = [YearView(year, f"20{year[:2]}-{year[2:]}") for year in read.years]
        self.gross, self.tax, self.pay = rupees(read.gross_paise), rupees(read.tax_paise), rupees(read.pay_paise)
        self.pay_note = say("statement.pay_note", amount=rupees(read.arrived_paise))
        self.count = say("statement.count", n=len(read.lines))
        self.quarters = [_quarter_view(one) for one in read.quarters]
        self.lines = [_line_view(line, read.asked_at) for line in read.lines]
        self.pdf, self.csv = (routes.statement_file(read.year, form) for form in ("pdf", "csv"))


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, StatementState.load]


def _line_view(line: StatementLine, now: datetime) -> LineView:
    tax = NOTHING
    if line.tax_paise:
        tax = say("statement.tax_line", gross=rupees(line.gross_paise), tax=rupees(line.tax_paise))
    return LineView(
        id=str(line.payout_id),
        href=routes.payout(line.payout_id),
        title=line.title,
        owed=day(line.owed_at, now),
        pay=rupees(line.pay_paise),
        tax=tax,
        status=line.status.value,
    )


def _quarter_view(one: StatementQuarter) -> QuarterView:
    first, last = (dated(midnight(day)) for day in (one.first_on, one.last_on))
    sums = (one.gross_paise, one.tax_paise, one.pay_paise, one.fee_paise)
    return QuarterView(str(one.number), say("statement.from_to", first=first, last=last), *map(rupees, sums))


def _quarter(row: Any) -> rx.Component:
    def fact(label: Any, value: Any) -> rx.Component:
        return rx.el.div(rx.el.dt(label, class_name="t-sm soft"), rx.el.dd(value, class_name="b num"))

    return rx.el.li(
        rx.el.b(words(row.span), class_name="b"),
        rx.el.dl(
            fact(t("statement.gross"), row.gross),
            fact(t("statement.tax"), row.tax),
            fact(t("statement.pay"), row.pay),
            fact(t("payout.fact_fee"), row.fee),
            class_name="grid grid-cols-2 sm:grid-cols-4 gap-3 mt-1",
        ),
        class_name="py-3 border-b border-chuna-200",
    )


def _quarters() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("statement.quarters"), class_name="t-h3"),
        rx.el.p(t("statement.note_fee"), class_name="t-sm soft"),
        rx.el.ul(each(StatementState.quarters, _quarter)),
    )


def _totals() -> rx.Component:
    return rx.el.div(
        stat_tile(t("statement.gross"), StatementState.gross, StatementState.count, icon_name="indian-rupee"),
        stat_tile(t("statement.tax"), StatementState.tax, "", swatch="held", icon_name="landmark"),
        stat_tile(t("statement.pay"), StatementState.pay, StatementState.pay_note, swatch="paid", icon_name="check"),
        class_name="trio",
    )


def _files() -> rx.Component:
    return rx.el.div(
        link_button(t("statement.pdf"), StatementState.pdf, icon_name="download", download="", target="_blank"),
        link_button(
            t("statement.csv"), StatementState.csv, kind="line", icon_name="download", download="", target="_blank"
        ),
        class_name="flex flex-wrap gap-3",
    )


def _line(row: Any) -> rx.Component:
    tax = rx.cond(row.tax != "", rx.el.span(words(row.tax), class_name="t-sm mute"), rx.fragment())
    return rx.el.li(
        rx.el.div(
            rx.el.a(row.title, href=row.href, class_name="cover b"),
            rx.el.div(
                state_chip("payout", row.status), rx.el.span(words(row.owed), class_name="t-sm mute"),
                class_name="row flex-wrap",
            ),
            tax,
            class_name="grow flex flex-col gap-1.5",
        ),
        amount(row.pay, "m"),
        icon("chevron-right"),
        class_name="relative flex items-center gap-3 py-4 border-b border-chuna-200",
    )  # fmt: skip


def _waiting() -> rx.Component:
    shapes = (skeleton("h-10 w-2/3"), skeleton("h-28 w-full"), skeleton("h-40 w-full"))
    return rx.el.div(loading(*shapes), class_name="wide flex flex-col gap-3 py-4")


def page() -> rx.Component:
    """The page."""
    years = each(
        StatementState.years,
        lambda one: pill(one.name, on=StatementState.year == one.year, on_click=StatementState.choose(one.year)),
    )
    notes = rx.el.div(
        rx.el.p(t("statement.note_tax")), rx.el.p(t("statement.note_form")), class_name="t-sm soft flex flex-col gap-2"
    )
    nothing = empty_state(t("statement.none"), icon_name="wallet")
    listed = rx.cond(
        StatementState.lines.length() > 0,
        rx.fragment(_totals(), _files(), _quarters(), rx.el.ul(each(StatementState.lines, _line)), notes),
        nothing,
    )
    content = rx.el.div(
        rx.el.a(
            icon("arrow-left", 16), t("statement.back"), href=routes.EARNINGS, class_name="link row t-sm min-h-[44px]"
        ),
        rx.el.h1(t("statement.title"), class_name="t-h1"),
        pills(years, label=attr("statement.years")),
        rx.cond(StatementState.failed, broken(StatementState.load), listed),
        class_name="wide max-w-[760px] flex flex-col gap-5 py-4 pb-8",
    )
    shown = for_cleaners(rx.cond(StatementState.loaded, content, _waiting()), waiting=_waiting(), while_suspended=True)
    return cleaner_page(shown, active="earnings")
