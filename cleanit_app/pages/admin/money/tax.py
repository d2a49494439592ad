"""Tax kept back from cleaners, quarter by quarter: sums, what to put right, files for the accountant (LAW-04)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.calendar import financial_year, ist_date, quarter_of
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.tax.statements import years_between
from cleanit_app.reads.tax.tax_quarters import PayeeTax, TaxCheck, TaxQuarter, tax_quarter
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_TAX, "admin.tax"
SIZE = 50
QUARTERS = (1, 2, 3, 4)
YEARS_SHOWN = 4
SEVERE = frozenset({TaxCheck.LEDGER_DIFFERS, TaxCheck.TAN_MISSING, TaxCheck.PAN_MISSING})


@dataclass(frozen=True)
class YearChoice:
    """A financial year to look at."""

    key: str
    name: str


@dataclass(frozen=True)
class TaxFindingView:
    """A check that did not pass, in words."""

    text: str
    severe: bool


@dataclass(frozen=True)
class PayeeRow:
    """One payee in words."""

    id: str
    href: str
    name: str
    pan: str
    payments: int
    gross: str
    tax: str


class TaxState(AdminDeskState, rx.State):
    """One quarter at a time, from this one backwards."""

    year: str = ""
    quarter: int = 0
    years: list[YearChoice] = []
    rows: list[PayeeRow] = []
    findings: list[TaxFindingView] = []
    cursor: str = ""
    span: str = ""
    payer: str = ""
    gross: str = ""
    tax: str = ""
    ledger: str = ""
    agrees: bool = True
    payees: int = 0
    payments: int = 0
    by_payment: str = ""
    by_payee: str = ""
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Show this quarter; hear of changes."""
        self._hear_everything(TaxState.refresh)
        today = ist_date(self._parts().clock.now())
        this_year = financial_year(today)
        first = f"{int(this_year[:2]) - YEARS_SHOWN + 1:02d}{int(this_year[2:]) - YEARS_SHOWN + 1:02d}"
        self.years = [YearChoice(year, f"20{year[:2]}-{year[2:]}") for year in years_between(first, this_year)]
        self.year, self.quarter, self.busy = this_year, quarter_of(today), False
        await self._read("")

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read("")
        return CurrentUserState.hear

    @rx.event
    async def choose_year(self, year: str) -> None:
        """Another financial year."""
        if any(one.key == year for one in self.years):
            self.year = year
            await self._read("")

    @rx.event
    async def choose(self, quarter: int) -> None:
        """Another quarter of the year."""
        if quarter in QUARTERS:
            self.quarter = quarter
            await self._read("")

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next payees."""
        if self.busy or not self.cursor:
            return
        self.busy = True
        yield
        await self._read(self.cursor)
        self.busy = False

    async def _read(self, cursor: str) -> None:
        found: TaxQuarter | None = await self._ask_here(
            tax_quarter, year=self.year, quarter=self.quarter, cursor=cursor or None, limit=SIZE
        )
        if found is None:
            return
        fresh = found.page.each(_payee)
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self.cursor = found.page.next_cursor or ""
        self.span = say("statement.from_to", first=f"{found.first_on:%d-%m-%Y}", last=f"{found.last_on:%d-%m-%Y}")
        self.payer = ", ".join(part for part in (found.payer, found.tan and f"TAN {found.tan}") if part)
        self.gross, self.tax = rupees(found.gross_paise), rupees(found.tds_paise)
        self.ledger, self.agrees = rupees(found.ledger_tds_paise), found.ledger_tds_paise == found.tds_paise
        self.payees, self.payments = found.payees, found.payments
        self.findings = [_finding(found, one.check, one.count, one.amount_paise) for one in found.findings]
        self.by_payment = routes.tax_file(found.year, found.quarter, "payment")
        self.by_payee = routes.tax_file(found.year, found.quarter, "payee")
        self.loaded = True


ON_LOAD = [CurrentUserState.arrive_signed_in, TaxState.load]


def _finding(found: TaxQuarter, check: TaxCheck, count: int, paise: int) -> TaxFindingView:
    rate = f"{(found.rate_without_pan_bps or 0) / 100:g}"
    text = say(f"tax.check.{check}", n=count, amount=rupees(paise), percent=rate)
    return TaxFindingView(text, check in SEVERE)


def _payee(one: PayeeTax) -> PayeeRow:
    return PayeeRow(
        id=str(one.payee_id),
        href=routes.person(one.payee_id),
        name=one.name,
        pan=one.pan_mask or "",
        payments=one.payments,
        gross=rupees(one.gross_paise),
        tax=rupees(one.tds_paise),
    )


def _table() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        return [
            rx.el.a(row.name, href=row.href, class_name="link break-words"),
            rx.cond(row.pan != "", rx.el.span(row.pan, class_name="num"), rx.el.b(t("tax.no_pan"))),
            row.payments,
            amount(row.gross, "s"),
            amount(row.tax, "s"),
        ]

    heads = [t(f"tax.col.{name}") for name in ("payee", "pan", "payments", "gross", "tax")]
    return data_table(t("tax.list"), heads, TaxState.rows, cells, right=(2, 3, 4), empty=t("tax.none"))


def _files() -> rx.Component:
    def file(label: str, href: Any) -> rx.Component:
        return link_button(t(label), href, kind="line", icon_name="download", download=True)

    return rx.el.section(
        rx.el.h2(t("tax.files"), class_name="t-h3"),
        rx.el.p(t("tax.files_note"), class_name="t-sm soft"),
        rx.el.div(
            file("tax.by_payment", TaxState.by_payment),
            file("tax.by_payee", TaxState.by_payee),
            class_name="flex flex-wrap gap-3",
        ),
        rx.el.p(t("tax.form"), class_name="t-sm mute"),
        class_name="card pad flex flex-col gap-3",
    )


def _finding_line(one: Any) -> rx.Component:
    return rx.cond(one.severe, note(words(one.text), "err"), note(words(one.text), "warn"))


def page() -> rx.Component:
    """The page."""
    state = TaxState
    years = pills(
        each(
            state.years,
            lambda one: pill(one.name, on=state.year == one.key, on_click=state.choose_year(one.key)),
        ),
        label=attr("tax.year"),
    )
    quarters = pills(
        *[pill(t(f"tax.q{n}"), on=state.quarter == n, on_click=state.choose(n)) for n in QUARTERS],
        label=attr("tax.quarter"),
    )
    agrees = rx.cond(state.agrees, t("tax.agrees", amount=state.ledger), t("tax.differs", amount=state.ledger))
    tiles = rx.el.div(
        stat_tile(
            t("tax.gross"), state.gross, t("tax.of", payments=state.payments, payees=state.payees), swatch="plain"
        ),
        stat_tile(t("tax.kept"), state.tax, agrees, swatch="held"),
        class_name="tiles my-5",
    )
    more = button(t("coming.more"), kind="line", busy=state.busy, busy_label=t("state.loading"), on_click=state.more)
    shown = rx.fragment(
        rx.el.div(years, quarters, class_name="flex flex-col gap-3 mt-4"),
        rx.el.p(state.span, class_name="soft num mt-3"),
        rx.el.p(state.payer, class_name="t-sm mute"),
        tiles,
        rx.el.div(each(state.findings, _finding_line), class_name="flex flex-col gap-2.5 mb-4"),
        _files(),
        rx.el.div(_table(), class_name="mt-5"),
        rx.cond(state.cursor != "", rx.el.div(more, class_name="mt-4 text-center"), rx.fragment()),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.tax"), class_name="t-h1"),
        rx.el.p(t("tax.what"), class_name="soft mt-2"),
        rx.cond(state.loaded, shown, loading(skeleton("h-28 w-full mt-5"), skeleton("h-64 w-full mt-5"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="tax", refused=state.refused)
