"""Refunds that have not arrived, with their age against the promise (PAY-08, PAY-09)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.admin import data_table
from cleanit_app.components.chips import chip, state_chip
from cleanit_app.components.feedback import loading, skeleton
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.text import both, t
from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.formats import rupees
from cleanit_app.pages.admin.money_views import RefundRow, refund_row
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.finances import FinancialOverview, financial_overview
from cleanit_app.state.admin_desk import AdminDesk
from cleanit_app.state.who import Who

ROUTE, TITLE = "/admin/refunds", "Refunds | Cleanit"
STATES = tuple(s.value for s in (RefundStatus.PENDING, RefundStatus.PROCESSING, RefundStatus.MANUAL))


class Refunds(AdminDesk, rx.State):
    """Refunds on their way."""

    rows: list[RefundRow] = []
    waiting: str = ""
    manual: str = ""
    done: str = ""
    waiting_count: int = 0
    manual_count: int = 0
    late_count: int = 0
    more: int = 0

    @rx.event
    async def load(self) -> None:
        """Read what waits; hear of changes."""
        self._hear_everything(Refunds.refresh)
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return Who.hear

    async def _read(self) -> None:
        found: FinancialOverview | None = await self._ask_here(financial_overview)
        if found is None:
            return
        now = self._parts().clock.now()
        self.rows = [refund_row(one, now) for one in found.refunds]
        self.waiting, self.waiting_count = rupees(found.refunds_open.paise), found.refunds_open.count
        self.manual, self.manual_count = rupees(found.refunds_manual.paise), found.refunds_manual.count
        self.done = rupees(found.refunded_paise)
        self.late_count = sum(one.late for one in found.refunds)
        self.more = found.refunds_open.count - len(self.rows)
        self.loaded = True


ON_LOAD = [Who.arrive_signed_in, Refunds.load]


def _cells(row: Any) -> list[Any]:
    state = rx.match(row.state, *[(s, state_chip("refund", s)) for s in STATES], rx.fragment())
    age = rx.match(
        row.tone,
        ("bad", chip(both(row.age), "bad", "clock-alert")),
        ("held", chip(both(row.age), "held", "clock")),
        chip(both(row.age), "plain", "clock"),
    )
    return [
        row.name,
        rx.fragment(
            rx.el.a(row.title, href=row.href, class_name="link"),
            rx.el.span(both(row.cause), class_name="t-sm mute block"),
        ),
        amount(row.amount, "s"),
        rx.fragment(
            state,
            rx.cond(row.reason.en != "", rx.el.p(both(row.reason), class_name="t-sm text-geru-700"), rx.fragment()),
        ),
        rx.fragment(
            age, rx.el.span(t("refunds.since", since=row.since, due=row.due), class_name="t-sm mute block mt-1")
        ),
    ]


def page() -> rx.Component:
    """The page."""
    tiles = rx.el.div(
        stat_tile(t("refunds.open"), Refunds.waiting, t("refunds.count", n=Refunds.waiting_count), swatch="refunded"),
        stat_tile(t("refunds.manual"), Refunds.manual, t("refunds.manual_note", n=Refunds.manual_count,
                  late=Refunds.late_count), swatch="stop"),
        stat_tile(t("refunds.done"), Refunds.done, t("refunds.done_note"), swatch="plain"),
        class_name="grid gap-3.5 md:grid-cols-3 mt-5",
    )  # fmt: skip
    heads = ["who", "cleanup", "amount", "state", "age"]
    table = data_table(t("refunds.list"), [t(f"refunds.col.{h}") for h in heads], Refunds.rows, _cells, right=(2,),
                       empty=t("refunds.none"))  # fmt: skip
    more = rx.cond(
        Refunds.more > 0, rx.el.p(t("payouts.more", n=Refunds.more), class_name="t-sm mute mt-3"), rx.fragment()
    )
    body = rx.el.div(
        rx.el.h1(t("admin.refunds"), class_name="t-h1"),
        rx.el.p(t("refunds.promise"), class_name="soft mt-1"),
        rx.cond(
            Refunds.loaded,
            rx.fragment(tiles, rx.el.div(table, class_name="mt-5"), more),
            loading(skeleton("h-28 w-full mt-5"), skeleton("h-64 w-full mt-5")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="refunds", refused=Refunds.refused)
