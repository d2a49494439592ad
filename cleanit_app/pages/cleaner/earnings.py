"""What a cleaner earned: coming, in the bank, on average, this year, and each payment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.chips import state_chip
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount, stat_tile
from cleanit_app.components.progress import kerb
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.domain.tax import TAX_PAPERS_FROM_PAISE
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, day_time, percent, rupees
from cleanit_app.i18n.notifications import coded
from cleanit_app.pages.cleaner.gates import account_link, broken, for_cleaners, more_button
from cleanit_app.pages.cleaner.views import NOTHING
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.ports import all_of
from cleanit_app.reads.paging import DEFAULT_LIMIT, LARGEST_LIMIT
from cleanit_app.reads.payouts.earnings import Earnings as EarningsRead
from cleanit_app.reads.payouts.earnings import PayoutItem, earnings
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.pay_words import own_pay

ROUTE, TITLE = routes.EARNINGS, "earn.title"
YEAR_LIMIT = rupees(TAX_PAPERS_FROM_PAISE)


@dataclass(frozen=True)
class EarningRow:
    """The pay for one job, as a line."""

    id: str
    campaign_id: str
    href: str
    title: str
    amount: str
    status: str
    note: str
    trouble: bool


def payout_row(item: PayoutItem, now: datetime) -> EarningRow:
    """One line of the list."""
    failed = item.failure_reason is not None and item.status is PayoutStatus.PENDING
    return EarningRow(
        id=str(item.id),
        campaign_id=str(item.campaign_id),
        href=routes.payout(item.id),
        title=item.campaign_title,
        amount=rupees(item.amount_paise),
        status=PayoutStatus.FAILED.value if failed else item.status.value,
        note=_note(item, now),
        trouble=item.failure_reason is not None and item.status is not PayoutStatus.PAID,
    )


def _note(item: PayoutItem, now: datetime) -> str:
    if item.failure_reason and item.status is not PayoutStatus.PAID:
        return coded("bank", item.failure_reason)
    if item.paid_at:
        return day(item.paid_at, now)
    return NOTHING if item.stands is PayStands.CANCELLED else own_pay(item.stands, item.leaves_at, now)


def _next_leaving(items: tuple[PayoutItem, ...], now: datetime) -> str:
    """When the next of the newest payments leaves; nothing while none leaves by itself."""
    leaving = [item.leaves_at for item in items if item.leaves_at]
    return say("earn.coming_note", when=day_time(min(leaving), now)) if leaving else NOTHING


class EarningsState(PageState, rx.State):
    """Totals from the ledger, and payments newest first."""

    items: list[EarningRow] = []
    coming: str = ""
    coming_note: str = NOTHING
    paid: str = ""
    paid_note: str = NOTHING
    average: str = ""
    this_year: str = ""
    year_percent: int = 0
    mask: str = ""
    confirmed: bool = False
    has_more: bool = False
    fetching: bool = False
    failed: bool = False
    _cursor: str = ""

    @rx.event
    async def load(self) -> None:
        """Read totals and payments, as many as were shown."""
        await self._fetch(min(max(len(self.items), DEFAULT_LIMIT), LARGEST_LIMIT))

    @rx.event
    async def refresh(self) -> Any:
        """A payment or its job changed."""
        await self.load()
        return CleanerDashboardState.arrive

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.fetching or not self._cursor:
            return
        self.fetching = True
        yield
        try:
            await self._fetch(DEFAULT_LIMIT, after=self._cursor)
        finally:
            self.fetching = False

    async def _fetch(self, size: int, after: str = "") -> None:
        try:
            read = await self._ask(earnings, cursor=after or None, limit=size)
        except DomainError:
            self.failed, self.loaded = True, True
            return
        now = self._parts().clock.now()
        shown = read.page.each(lambda item: payout_row(item, now))
        self.items = [*self.items, *shown] if after else shown
        self._cursor, self.has_more = read.page.next_cursor or "", read.page.next_cursor is not None
        self._take(read, now)
        if not after:
            self.coming_note = _next_leaving(read.page.items, now)
        self.failed, self.loaded = False, True
        await self._listen()

    def _take(self, read: EarningsRead, now: datetime) -> None:
        self.coming = rupees(read.coming_paise)
        self.paid, self.paid_note = rupees(read.paid_paise), say("earn.paid_note", n=read.paid_count)
        self.average, self.this_year = rupees(read.average_paise), rupees(read.this_year_paise)
        self.year_percent = min(100, percent(read.this_year_paise, TAX_PAPERS_FROM_PAISE))
        self.mask, self.confirmed = read.payout_mask or "", read.payout_confirmed

    async def _listen(self) -> None:
        mine = all_of((await self.get_state(CurrentUserState)).user_id)
        self._hear_of("campaign", [mine, *(item.campaign_id for item in self.items)], EarningsState.refresh)


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, EarningsState.load]


def _account() -> rx.Component:
    """Where the money goes, or why it cannot go."""
    goes = rx.el.p(icon("landmark", 16), rx.el.span(t("earn.to", mask=EarningsState.mask)), class_name="row t-sm soft")
    unsure = note(t("earn.unconfirmed"), "warn", more=account_link(t("earn.see_account")), role="status")
    none = note(t("earn.no_account"), "warn", more=account_link(t("earn.add")), role="status")
    return rx.cond(EarningsState.mask == "", none, rx.cond(EarningsState.confirmed, goes, unsure))


def _totals() -> rx.Component:
    return rx.el.div(
        stat_tile(
            t("earn.coming"),
            EarningsState.coming,
            EarningsState.coming_note,
            swatch="held",
            icon_name="clock",
        ),
        stat_tile(t("earn.paid"), EarningsState.paid, EarningsState.paid_note, swatch="paid", icon_name="check"),
        stat_tile(t("earn.average"), EarningsState.average, "", icon_name="indian-rupee"),
        class_name="trio",
    )


def _year() -> rx.Component:
    said = {"amount": EarningsState.this_year, "limit": YEAR_LIMIT}
    return rx.el.section(
        rx.el.h2(t("earn.year"), class_name="t-h3"),
        rx.el.p(t("earn.year_of", **said), class_name="b num"),
        kerb(EarningsState.year_percent, "full", label=attr("earn.year_of", **said)),
        rx.el.p(t("earn.year_note", limit=YEAR_LIMIT), class_name="t-sm soft"),
        link_button(t("statement.link"), routes.STATEMENT, kind="line", icon_name="receipt-indian-rupee"),
        class_name="card pad flex flex-col gap-2.5",
    )


def _line(row: Any) -> rx.Component:
    tint = rx.cond(row.trouble, "t-sm text-geru-700", "t-sm mute")
    return rx.el.li(
        rx.el.div(
            rx.el.a(row.title, href=row.href, class_name="cover b"),
            rx.el.div(
                state_chip("payout", row.status),
                rx.el.span(words(row.note), class_name=tint),
                class_name="row flex-wrap",
            ),
            class_name="grow flex flex-col gap-1.5",
        ),
        amount(row.amount, "m"),
        icon("chevron-right"),
        class_name="relative flex items-center gap-3 py-4 border-b border-chuna-200",
    )


def _list() -> rx.Component:
    lines = rx.el.ul(each(EarningsState.items, _line))
    go = link_button(t("desk.to_jobs"), routes.JOBS, kind="line")
    nothing = empty_state(t("earn.none"), t("earn.none_more"), icon_name="wallet", action=go)
    return rx.el.section(
        rx.el.h2(t("earn.list"), class_name="t-h2"),
        rx.cond(EarningsState.items.length() > 0, lines, nothing),
        more_button(EarningsState.has_more, EarningsState.fetching, EarningsState.more),
        class_name="flex flex-col gap-2",
    )


def _waiting() -> rx.Component:
    shapes = (skeleton("h-28 w-full"), skeleton("h-28 w-full"), skeleton("h-40 w-full"))
    return rx.el.div(loading(*shapes), class_name="wide flex flex-col gap-3 py-4")


def page() -> rx.Component:
    """The page."""
    some: Any = EarningsState.items.length() > 0  # a newcomer reads no row of zeros
    all_of_it = rx.fragment(
        rx.cond(some, _totals(), rx.fragment()), _account(), _list(), rx.cond(some, _year(), rx.fragment())
    )
    content = rx.el.div(
        rx.el.h1(t("earn.title"), class_name="sr"),
        rx.cond(EarningsState.failed, broken(EarningsState.load), all_of_it),
        class_name="wide max-w-[760px] flex flex-col gap-5 py-4 pb-8",
    )
    shown = for_cleaners(rx.cond(EarningsState.loaded, content, _waiting()), waiting=_waiting(), while_suspended=True)
    return cleaner_page(shown, active="earnings")
