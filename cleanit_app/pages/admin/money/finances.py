"""All money as sums of the ledger, whether the books agree, and what waits (PAY-12)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, facts, stat_tile
from cleanit_app.components.text import t
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.pages.admin.money.kill_switch import KillSwitchState, money_stop, money_stopped
from cleanit_app.pages.admin.money.payment_flags import PaymentFlagsState, odd_section
from cleanit_app.pages.admin.money.views import FinancesView, MovementRow, money_view, movement_row, movements_table
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.ledger.finances import FinancialOverview, financial_overview
from cleanit_app.reads.ledger.money_lists import movements
from cleanit_app.routes import ADMIN_PAYOUTS, ADMIN_REFUNDS
from cleanit_app.services.ledger.invariants import BrokenBook, check_books
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_MONEY, "admin.accounts"
SHOWN = 20
ACCOUNTS = (
    "GATEWAY", "BANK", "HELD", "SURPLUS", "CLEANER_PAYABLE", "FEE_INCOME", "GST_OUTPUT", "TDS_PAYABLE",
    "PLATFORM_FUNDS", "GATEWAY_FEES", "PAYOUT_FEES", "PAYOUT_CLEARING", "REFUND_CLEARING",
)  # fmt: skip


@dataclass(frozen=True)
class AccountRow:
    """One account of the ledger: what it holds as debit or credit."""

    name: str
    debit: str
    credit: str


@dataclass(frozen=True)
class BrokenRow:
    """A rule of the books that does not hold, with what breaks it."""

    rule: str
    subjects: str


def broken_books(uow: UnitOfWork, *, actor: Actor) -> list[BrokenBook]:
    """The rules of the books that do not hold now, for those who see finances."""
    actor.must(Permission.SEE_FINANCES)
    return check_books(uow)


class FinancesState(AdminDeskState, rx.State):
    """The house's money; the books are checked when the page opens and on request, not at every movement."""

    sums: FinancesView = FinancesView()
    accounts: list[AccountRow] = []
    movements: list[MovementRow] = []
    cursor: str = ""
    broken: list[BrokenRow] = []
    checked: str = NOTHING
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the sums and check the books; hear of changes."""
        self._hear_everything(FinancesState.refresh)
        self.busy, self.movements = False, []
        await self._read()
        if not self.refused:
            await self._check()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def check(self) -> AsyncIterator[None]:
        """Check the books again."""
        if self.busy:
            return
        self.busy = True
        yield
        await self._check()
        self.busy = False

    async def _check(self) -> None:
        found = await self._ask_here(broken_books)
        if found is not None:
            self.broken = [BrokenRow(one.sentence, ", ".join(one.subjects)) for one in found]
            now = self._parts().clock.now()
            self.checked = day_time(now, now)

    async def _read(self) -> None:
        found: FinancialOverview | None = await self._ask_here(financial_overview)
        if found is None:
            return
        self.sums = money_view(found, self._parts().clock.now())
        self.accounts = [_account(one.account, one.paise) for one in found.accounts]
        await self._list(max(len(self.movements), SHOWN))
        self.loaded = True

    async def _list(self, wanted: int) -> None:
        found = await self._ask_list(movements, wanted)
        if found is not None:
            now = self._parts().clock.now()
            self.movements, self.cursor = [movement_row(one, now) for one in found[0]], found[1]

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """Show older movements too."""
        if self.busy or not self.cursor:
            return
        self.busy = True
        yield
        await self._list(len(self.movements) + SHOWN)
        self.busy = False


ON_LOAD = [CurrentUserState.arrive_signed_in, KillSwitchState.load, PaymentFlagsState.load, FinancesState.load]


def _account(name: str, paise: int) -> AccountRow:
    return AccountRow(name, rupees(paise) if paise >= 0 else "", rupees(-paise) if paise < 0 else "")


def _books() -> rx.Component:
    again = button(t("money.check_again"), kind="quiet", size="s", icon_name="refresh-cw", on_click=FinancesState.check,
                   busy=FinancesState.busy, busy_label=t("money.checking"))  # fmt: skip
    right = rx.el.div(
        icon("badge-check"),
        rx.el.span(t("money.books_right", when=FinancesState.checked), class_name="grow"),
        again,
        class_name="note ok flex-wrap items-center py-1",
        role="status",
    )
    rows = rx.el.ul(
        each(
            FinancesState.broken,
            lambda one: rx.el.li(
                rx.el.b(one.rule, class_name="b", lang="en"),
                rx.el.span(one.subjects, class_name="t-sm block break-all"),
            ),
        ),
        class_name="list-disc pl-5 mt-2 flex flex-col gap-2",
    )
    wrong = note(
        t("money.books_wrong", n=FinancesState.broken.length(), when=FinancesState.checked),
        "err",
        "octagon-alert",
        more=rx.fragment(rows, again),
        role="alert",
    )
    waiting = note(t("money.checking"), "plain", "loader", role="status")
    return rx.cond(FinancesState.checked == "", waiting, rx.cond(FinancesState.broken.length() > 0, wrong, right))


def _tiles() -> rx.Component:
    s = FinancesState.sums
    return rx.el.div(
        stat_tile(t("money.tile.held"), s.held, t("money.tile.held_note"), swatch="held", dark=True, icon_name="lock"),
        stat_tile(t("money.tile.raised"), s.raised, t("money.tile.raised_note", captured=s.captured), swatch="plain"),
        stat_tile(t("money.tile.paid"), s.paid, t("money.tile.paid_note", paying=s.paying), swatch="paid"),
        stat_tile(t("money.tile.refunded"), s.refunded, t("money.tile.refunded_note", refunding=s.refunding),
                  swatch="refunded"),
        stat_tile(t("money.tile.fees"), s.fees, t("money.tile.fees_note", month=s.fees_month), swatch="plain"),
        stat_tile(t("money.tile.payouts"), s.payouts_pending, t("payouts.pending_note", n=s.payouts_count,
                  when=s.next_run), swatch="held", href=ADMIN_PAYOUTS),
        stat_tile(t("money.tile.refunds"), s.refunds_open, t("refunds.count", n=s.refunds_count), swatch="refunded",
                  href=ADMIN_REFUNDS),
        class_name="tiles mt-4",
    )  # fmt: skip


def _details() -> rx.Component:
    s = FinancesState.sums
    rows = [
        (t("money.line.owed"), s.owed), (t("money.line.surplus"), s.surplus), (t("money.line.gst"), s.gst),
        (t("money.line.gateway_fees"), s.gateway_fees), (t("money.line.payout_fees"), s.payout_fees),
    ]  # fmt: skip
    inside = rx.el.section(
        rx.el.h2(t("money.more"), class_name="t-h3 mb-3"), facts(rows), class_name="card pad self-start"
    )

    def cells(row: Any) -> list[Any]:
        return [
            rx.match(row.name, *[(a, t(f"account.{a}")) for a in ACCOUNTS], rx.el.span(row.name)),
            amount(row.debit, "s"),
            amount(row.credit, "s"),
        ]

    heads = [t("money.col.account"), t("money.col.debit"), t("money.col.credit")]
    table = data_table(t("money.accounts"), heads, FinancesState.accounts, cells, right=(1, 2))
    return rx.el.div(inside, table, class_name="grid gap-3.5 lg:grid-cols-[360px_minmax(0,1fr)] mt-4")


def page() -> rx.Component:
    """The page."""
    older = button(
        t("coming.more"),
        kind="line",
        busy=FinancesState.busy,
        busy_label=t("state.loading"),
        on_click=FinancesState.more,
    )
    shown = rx.fragment(
        money_stopped(MoneyFlow.PAYOUTS),
        money_stopped(MoneyFlow.REFUNDS),
        odd_section(),
        _books(),
        _tiles(),
        _details(),
        rx.el.div(movements_table(FinancesState.movements), class_name="mt-4"),
        rx.cond(FinancesState.cursor != "", rx.el.div(older, class_name="mt-4 text-center"), rx.fragment()),
        money_stop(MoneyFlow.PAYOUTS),
        money_stop(MoneyFlow.REFUNDS),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.accounts"), class_name="t-h1 mb-4"),
        rx.cond(FinancesState.loaded, shown, loading(skeleton("h-14 w-full"), skeleton("h-40 w-full mt-4"))),
        class_name="p-4 lg:p-7 max-w-[1280px]",
    )
    return admin_page(body, active="money", refused=FinancesState.refused)
