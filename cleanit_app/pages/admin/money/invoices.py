"""Invoices of the platform's fee and credit notes: the list, its sums, each as a PDF (LAW-05)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.icons import icon
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.text import attr, hidden, t, words
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import rupees
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.paging import LARGEST_LIMIT
from cleanit_app.reads.tax.invoices import CREDIT_NOTE, INVOICE, FeePapers, FeeSums, InvoiceItem, fee_papers
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_INVOICES, "admin.invoices"
SIZE = 30
KINDS = ("", INVOICE, CREDIT_NOTE)


@dataclass(frozen=True)
class PaperRow:
    """One paper in words."""

    id: str
    number: str
    undoes: str
    date: str
    title: str
    href: str
    taxable: str
    gst: str
    fee: str
    file: str


class InvoicesState(AdminDeskState, rx.State):
    """Papers of the fee, newest first."""

    kind: str = ""
    rows: list[PaperRow] = []
    cursor: str = ""
    month: str = ""
    month_note: str = NOTHING
    year: str = ""
    year_note: str = NOTHING
    year_name: str = ""
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the newest papers; hear of changes."""
        self._hear_everything(InvoicesState.refresh)
        self.busy, self.rows = False, []
        await self._read(SIZE, "")

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read(min(max(len(self.rows), SIZE), LARGEST_LIMIT), "")
        return CurrentUserState.hear

    @rx.event
    async def choose(self, kind: str) -> None:
        """Show only invoices, only credit notes, or all."""
        if kind in KINDS:
            self.kind = kind
            await self._read(SIZE, "")

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.busy or not self.cursor:
            return
        self.busy = True
        yield
        await self._read(SIZE, self.cursor)
        self.busy = False

    async def _read(self, size: int, cursor: str) -> None:
        found: FeePapers | None = await self._ask_here(
            fee_papers, kind=self.kind or None, cursor=cursor or None, limit=size
        )
        if found is None:
            return
        fresh = found.page.each(_row)
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self.cursor = found.page.next_cursor or ""
        self.month, self.month_note = rupees(found.month.fee_paise), _note(found.month)
        self.year, self.year_note = rupees(found.year.fee_paise), _note(found.year)
        self.year_name = f"20{found.year_name[:2]}-{found.year_name[2:]}"
        self.loaded = True


ON_LOAD = [CurrentUserState.arrive_signed_in, InvoicesState.load]


def _note(sums: FeeSums) -> str:
    return say("invoices.sum_note", n=sums.invoices, notes=sums.credit_notes, gst=rupees(sums.gst_paise))


def _row(item: InvoiceItem) -> PaperRow:
    return PaperRow(
        id=str(item.id),
        number=item.number,
        undoes=say("invoices.undoes", number=item.corrects) if item.corrects else NOTHING,
        date=f"{item.issued_on:%d-%m-%Y}",
        title=item.campaign_title,
        href=routes.campaign(item.campaign_id),
        taxable=rupees(item.taxable_paise),
        gst=rupees(item.fee_paise - item.taxable_paise),
        fee=rupees(item.fee_paise),
        file=routes.invoice_file(item.id),
    )


def _table() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        undoes = rx.cond(row.undoes != "", rx.el.span(words(row.undoes), class_name="t-sm mute block"), rx.fragment())
        file = rx.el.a(
            icon("download"),
            rx.el.span("PDF", aria_hidden="true"),
            hidden(t("invoices.open", number=row.number)),
            href=row.file,
            target="_blank",
            class_name="link inline-flex items-center gap-1.5 min-h-[44px]",
        )
        return [
            rx.el.div(rx.el.span(row.number, class_name="b num whitespace-nowrap"), undoes),
            rx.el.span(row.date, class_name="num whitespace-nowrap"),
            rx.el.a(row.title, href=row.href, class_name="link"),
            amount(row.taxable, "s"),
            amount(row.gst, "s"),
            amount(row.fee, "s"),
            file,
        ]

    heads = [t(f"invoices.col.{name}") for name in ("number", "date", "cleanup", "taxable", "gst", "fee", "file")]
    return data_table(t("invoices.list"), heads, InvoicesState.rows, cells, right=(3, 4, 5), empty=t("invoices.none"))


def page() -> rx.Component:
    """The page."""
    kinds = [
        pill(t(f"invoices.{kind or 'all'}"), on=InvoicesState.kind == kind, on_click=InvoicesState.choose(kind))
        for kind in KINDS
    ]
    tiles = rx.el.div(
        stat_tile(t("invoices.month"), InvoicesState.month, InvoicesState.month_note, swatch="paid"),
        stat_tile(
            t("invoices.year", year=InvoicesState.year_name),
            InvoicesState.year,
            InvoicesState.year_note,
            swatch="plain",
        ),
        class_name="tiles my-5",
    )
    more = button(
        t("coming.more"),
        kind="line",
        busy=InvoicesState.busy,
        busy_label=t("state.loading"),
        on_click=InvoicesState.more,
    )
    shown = rx.fragment(
        tiles,
        pills(*kinds, label=attr("invoices.kind")),
        rx.el.div(_table(), class_name="mt-4"),
        rx.cond(InvoicesState.cursor != "", rx.el.div(more, class_name="mt-4 text-center"), rx.fragment()),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.invoices"), class_name="t-h1"),
        rx.el.p(t("invoices.what"), class_name="soft mt-2"),
        rx.cond(InvoicesState.loaded, shown, loading(skeleton("h-28 w-full mt-5"), skeleton("h-64 w-full mt-5"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="invoices", refused=InvoicesState.refused)
