"""My money: what I gave and where it is now, from the ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, ledger_strip
from cleanit_app.components.text import about, t, words
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n.formats import day, rupees
from cleanit_app.pages.citizen.pieces import heading, money_chip, more_button
from cleanit_app.pages.citizen.views import RefundView, refund_view, trail_of
from cleanit_app.pages.frame import citizen_page
from cleanit_app.ports import all_of
from cleanit_app.reads.ledger.money import MoneyState, MyTotals, TransactionItem, my_transactions
from cleanit_app.reads.paging import DEFAULT_LIMIT
from cleanit_app.reads.payments.year_receipts import receipt_years
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.MY_MONEY, "nav.money"
OPEN = (MoneyState.WAITING, MoneyState.TRY_FAILED, MoneyState.NOT_PAID)


@dataclass(frozen=True)
class GaveView:
    """One contribution in the list; `receipt` is the address of its PDF, once there is one."""

    id: str
    href: str
    title: str
    state: str
    amount: str
    when: str
    trail: str
    refunds: list[RefundView]
    receipt: str


@dataclass(frozen=True)
class YearFile:
    """All receipts of one financial year as a file."""

    name: str
    href: str


class TransactionsState(PageState, rx.State):
    """Totals and every contribution, newest first."""

    given: list[GaveView] = []
    held: str = ""
    paid_out: str = ""
    refunded: str = ""
    on_the_way: str = ""
    all_given: str = ""
    broken: bool = False
    busy: bool = False
    has_more: bool = False
    years: list[YearFile] = []
    _cursor: str = ""
    _campaigns: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Read totals and the first page."""
        await self._read(None)
        self.loaded = True

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """Read the next page."""
        if self.busy or not self.has_more:
            return
        self.busy = True
        yield
        await self._read(self._cursor)
        self.busy = False

    @rx.event
    async def refresh(self) -> None:
        """Something happened to one of their cleanups (sent by the live wire, harmless from anybody)."""
        if self.loaded and not self.busy and self.router.url.path == ROUTE:
            await self._read(None, limit=max(DEFAULT_LIMIT, len(self.given)))

    async def _read(self, cursor: str | None, limit: int | None = None) -> None:
        try:
            found = await self._ask(my_transactions, cursor=cursor, limit=limit)
        except DomainError:
            self.broken = True
            return
        now = self._parts().clock.now()
        before = self.given if cursor else []
        self.given = [*before, *found.page.each(lambda item: gave_view(item, now))]
        self._cursor = found.page.next_cursor or ""
        self.has_more, self.broken = found.page.next_cursor is not None, False
        self._total(found.totals)
        self.years = [YearFile(year_of_money(y), routes.receipts_file(y)) for y in await self._ask(receipt_years)]
        self._campaigns = [*(self._campaigns if cursor else []), *(str(i.campaign_id) for i in found.page.items)]
        mine = all_of((await self.get_state(CurrentUserState)).user_id)
        self._hear_of("campaign", [mine, *self._campaigns], TransactionsState.refresh)

    def _total(self, totals: MyTotals) -> None:
        self.held, self.paid_out = rupees(totals.held_paise), rupees(totals.paid_out_paise)
        self.refunded, self.all_given = rupees(totals.refunded_paise), rupees(totals.stayed_paise)
        self.on_the_way = rupees(totals.refund_on_the_way_paise) if totals.refund_on_the_way_paise else ""


def gave_view(item: TransactionItem, now: datetime) -> GaveView:
    """A contribution as the list shows it; one that is not paid leads to where it can be."""
    is_open = item.state in (MoneyState.WAITING, MoneyState.TRY_FAILED)
    return GaveView(
        id=str(item.id),
        href=routes.paying(item.campaign_id, item.id) if is_open else routes.contribution(item.id),
        title=item.campaign_title,
        state=item.state.value,
        amount=rupees(item.amount_paise),
        when=day(item.paid_at or item.created_at, now),
        trail=trail_of(item, now),
        refunds=[refund_view(refund, now) for refund in item.refunds],
        receipt=routes.receipt_file(item.id) if item.receipt_number else "",
    )


ON_LOAD = [CurrentUserState.arrive_signed_in, TransactionsState.load]


def _row(gave: Any) -> rx.Component:
    refunds = each(
        gave.refunds,
        lambda r: rx.el.p(icon("undo-2", 16), rx.el.span(words(r.text)), class_name="row-t t-sm text-neel-700"),
    )
    receipt = rx.el.a(
        icon("download", 16), t("gave.receipt"), about(gave.title), href=gave.receipt, download="", target="_blank",
        class_name="link t-sm inline-flex items-center gap-1.5 min-h-[44px] relative z-10 self-start",
    )  # fmt: skip
    text = rx.el.div(
        rx.el.div(
            rx.el.a(gave.title, href=gave.href, class_name="cover b grow leading-snug"),
            amount(gave.amount, "s"),
            class_name="flex items-start gap-3",
        ),
        rx.el.div(
            money_chip(gave.state), rx.el.span(words(gave.when), class_name="t-sm mute num"), class_name="row flex-wrap"
        ),
        rx.cond(gave.trail != "", rx.el.p(words(gave.trail), class_name="t-sm soft")),
        refunds,
        rx.cond(gave.receipt != "", receipt),
        class_name="flex flex-col gap-1.5",
    )
    return rx.el.li(text, class_name="relative py-4 border-b border-chuna-200")


def _year(one: Any) -> rx.Component:
    link = rx.el.a(
        icon("download", 16), t("receipts.link", year=one.name), href=one.href, download="", target="_blank",
        class_name="link inline-flex items-center gap-1.5 min-h-[44px]",
    )  # fmt: skip
    return rx.el.li(link)


def year_of_money(year: str) -> str:
    """`2627` as people write a financial year: `2026-27`."""
    return f"20{year[:2]}-{year[2:]}"


def _totals() -> rx.Component:
    coming = note(t("money_page.on_the_way", amount=TransactionsState.on_the_way), "refund", "undo-2")
    return rx.el.section(
        rx.el.p(t("money_page.given", amount=amount(TransactionsState.all_given, "s")), class_name="soft"),
        ledger_strip(TransactionsState.held, TransactionsState.paid_out, TransactionsState.refunded, icons=True),
        rx.cond(TransactionsState.on_the_way != "", coming),
        class_name="flex flex-col gap-3",
    )


def _body() -> rx.Component:
    nothing = empty_state(
        t("money_page.none"), t("money_page.none_more"), icon_name="wallet",
        action=link_button(t("money_page.find"), routes.DISCOVER),
    )  # fmt: skip
    listed = rx.fragment(
        _totals(),
        rx.el.h2(t("money_page.each"), class_name="t-h2 mt-6"),
        rx.el.ul(each(TransactionsState.given, _row)),
        more_button(TransactionsState.has_more, TransactionsState.busy, TransactionsState.more),
        rx.el.h2(t("receipts.years"), class_name="t-h2 mt-6"),
        rx.el.ul(each(TransactionsState.years, _year)),
    )
    waiting = loading(
        rx.el.div(
            skeleton("h-24 w-full"), *[skeleton("h-20 w-full") for _ in range(3)], class_name="flex flex-col gap-4"
        )
    )
    broken = note(t("error.SOMETHING_BROKE"), "err", role="alert")
    full = rx.cond(TransactionsState.given.length() > 0, listed, nothing)
    return rx.cond(
        CurrentUserState.signed_in & TransactionsState.loaded, rx.cond(TransactionsState.broken, broken, full), waiting
    )


def page() -> rx.Component:
    """The page."""
    content = rx.el.div(heading("nav.money"), _body(), class_name="narrow max-w-[720px] py-4")
    return citizen_page(content, active="money", title=t("nav.money"))
