"""Every line of money that moved: one search for any number, filters, sorting, and the rows as CSV (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button, icon_button, link_button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import select_field, text_field
from cleanit_app.components.lists import each
from cleanit_app.components.money import amount
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import day_looked_for
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.reading.choices import choice_of
from cleanit_app.domain.reading.signs import maybe
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.pages.admin.money.views import MOVEMENTS, RESULTS
from cleanit_app.pages.citizen.pieces import more_button
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.ledger.transaction_search import (
    PAGE,
    FoundTransaction,
    TransactionOrder,
    TransactionStatus,
    TransactionsWanted,
    TransactionType,
    find_transactions,
    said_of,
)
from cleanit_app.reads.operations.saved_views import OwnView, own_views
from cleanit_app.reads.paging import Page
from cleanit_app.services.operations.saved_views import delete_view, save_view
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_TRANSACTIONS, "admin.transactions"
COLOURS: dict[str, Any] = {"COMPLETED": "rel", "PROCESSING": "held", "FAILED": "bad"}
TURNS = {
    "when": (TransactionOrder.NEWEST, TransactionOrder.OLDEST),
    "amount": (TransactionOrder.LARGEST, TransactionOrder.SMALLEST),
    "what": (TransactionOrder.KIND, TransactionOrder.KIND_BACK),
    "state": (TransactionOrder.STATE, TransactionOrder.STATE_BACK),
    "cleanup": (TransactionOrder.CLEANUP, TransactionOrder.CLEANUP_BACK),
    "reference": (TransactionOrder.REFERENCE, TransactionOrder.REFERENCE_BACK),
}
"""What a press on a head sorts by, first and then the other way."""
SORTED = ((0, "what"), (1, "state"), (2, "amount"), (4, "cleanup"), (5, "reference"), (6, "when"))
"""The heads that sort. Not by person: a line knows an account, names stand with the people; one finds them by `q`."""


@dataclass(frozen=True)
class TransactionRow:
    """One line in words."""

    id: str
    kind: str
    status: str
    amount: str
    person: str
    person_href: str
    title: str
    href: str
    reference: str
    when: str


@dataclass(frozen=True)
class ViewRow:
    """A view that this admin keeps; its address can be sent to colleagues."""

    id: str
    name: str
    href: str


class TransactionSearchState(AdminDeskState, rx.State):
    """What was looked for, and the part of it that is shown."""

    rows: list[TransactionRow] = []
    q: str = ""
    kind: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    order: str = TransactionOrder.NEWEST.value
    file: str = ""
    busy: bool = False
    there_are_more: bool = False
    searched: bool = False
    views: list[ViewRow] = []
    turn: int = 0
    _wanted: TransactionsWanted = TransactionsWanted()
    _cursor: str = ""

    @rx.event
    async def load(self) -> None:
        """What the address asks for; without a question the newest lines."""
        self.reset()
        asked = self.router.url.query_parameters
        try:
            order: TransactionOrder | None = maybe(choice_of(TransactionOrder), asked.get("sort"))
            wanted = _wanted(asked, order or TransactionOrder.NEWEST)
        except InvalidFields:  # an address that somebody typed
            wanted = TransactionsWanted()
        await self._read(wanted)
        await self._read_views()

    @rx.event
    async def find(self, form: dict[str, Any]) -> Any:
        """Look for any number, phone, amount and day, with filters; the address says what, and can be sent on."""
        self._clear_problems()
        try:
            wanted = _wanted(form, TransactionOrder(self.order))
        except InvalidFields as refusal:
            self._show(refusal)
            return None
        return rx.redirect(routes.transactions(urlencode(said_of(wanted))))

    @rx.event
    async def sort(self, column: str) -> Any:
        """Sort by a column, or the other way when it is sorted by it."""
        first, other = TURNS.get(column, TURNS["when"])
        order = other if self.order == first.value else first
        return rx.redirect(routes.transactions(urlencode(said_of(replace(self._wanted, order=order)))), replace=True)

    @rx.event
    async def keep(self, form: dict[str, Any]) -> None:
        """Keep what is shown under a name."""
        question = urlencode(said_of(self._wanted))
        if await self._do(save_view, name=form.get("name"), question=question):
            self.turn += 1
            await self._toast(say("transactions.view_kept"))
        await self._read_views()

    @rx.event
    async def forget(self, view_id: str) -> None:
        """Keep a view no longer."""
        await self._do(delete_view, view_id=as_id(view_id))
        await self._read_views()

    async def _read_views(self) -> None:
        found: list[OwnView] = await self._ask_here(own_views) or []
        self.views = [ViewRow(str(v.id), v.name, routes.transactions(v.question)) for v in found]

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next 50."""
        if self.busy or not self._cursor:
            return
        self.busy = True
        yield
        await self._read(self._wanted, self._cursor)
        self.busy = False

    async def _read(self, wanted: TransactionsWanted, cursor: str = "") -> None:
        asked: dict[str, Any] = {"wanted": wanted, "cursor": cursor or None, "limit": PAGE}
        found: Page[FoundTransaction] | None = await self._ask_here(find_transactions, **asked)
        if found is None:
            return
        now = self._parts().clock.now()
        shown = found.each(lambda one: _row(one, now))
        self.rows = [*self.rows, *shown] if cursor else shown
        self._wanted, self._cursor = wanted, found.next_cursor or ""
        self.there_are_more, self.loaded = bool(self._cursor), True
        self.order = wanted.order.value
        self.q, self.kind, self.status = wanted.q, wanted.type or "", wanted.status or ""
        self.since, self.until = (str(day) if day else "" for day in (wanted.since, wanted.until))
        self.searched = bool(wanted.q or wanted.type or wanted.status or wanted.since or wanted.until)
        self.file = routes.transactions_file(urlencode(said_of(wanted)))


def _wanted(form: Mapping[str, Any], order: TransactionOrder) -> TransactionsWanted:
    return TransactionsWanted(
        str(form.get("q") or "")[:200],
        maybe(choice_of(TransactionType), form.get("type")),
        maybe(choice_of(TransactionStatus), form.get("status")),
        _day(form, "since"),
        _day(form, "until"),
        order,
    )


def _day(form: Mapping[str, Any], name: str) -> date | None:
    typed = str(form.get(name) or "")
    try:
        return day_looked_for(typed) if typed else None
    except ValueError:
        raise InvalidFields({name: FieldProblem("value_unreadable")}) from None


def _row(one: FoundTransaction, now: datetime) -> TransactionRow:
    return TransactionRow(
        id=str(one.id),
        kind=one.type,
        status=one.status,
        amount=rupees(one.amount_paise),
        person=one.person_name,
        person_href=routes.person(one.person_id) if one.person_id else "",
        title=one.campaign_title,
        href=routes.campaign(one.campaign_id),
        reference=one.reference or "–",
        when=day_time(one.created_at, now),
    )


ON_LOAD = [CurrentUserState.arrive_signed_in, TransactionSearchState.load]


def _views() -> rx.Component:
    """The views that are kept, and the name for what is shown now."""
    state = TransactionSearchState

    def one(view: Any) -> rx.Component:
        gone = icon_button("x", t("transactions.view_forget", name=view.name), on_click=state.forget(view.id))
        link = rx.el.a(view.name, href=view.href, class_name="link inline-flex items-center min-h-[44px]")
        return rx.el.li(link, gone, class_name="flex items-center gap-1")

    kept = rx.el.ul(each(state.views, one), class_name="flex flex-wrap gap-x-5 gap-y-1")
    form = rx.el.form(
        text_field(
            "name", t("transactions.view_name"), hint=t("transactions.view_hint"),
            max_length=LIMITS.view_name_length[1], error=state.field_problems["name"],
        ),
        button(t("transactions.view_keep"), kind="line", type="submit"),
        on_submit=state.keep,
        no_validate=True,
        key="view-" + state.turn.to_string(),
        class_name="flex flex-wrap items-start gap-2.5",
    )  # fmt: skip
    return rx.el.section(
        rx.el.h2(t("transactions.views"), class_name="t-h3"),
        rx.cond(state.views.length() > 0, kept, rx.fragment()),
        form,
        class_name="card pad flex flex-col gap-3 mt-4",
    )


def _search() -> rx.Component:
    kinds = [("", attr("transactions.any")), *[(k, attr(f"movement.{k}")) for k in MOVEMENTS]]
    states = [("", attr("transactions.any")), *[(s, attr(f"movement.{s}")) for s in RESULTS]]
    problems = TransactionSearchState.field_problems
    return rx.el.form(
        text_field("q", t("transactions.search"), hint=t("transactions.search_hint"), kind="search", max_length=200),
        rx.el.div(
            select_field("type", t("movement.col.what"), kinds),
            select_field("status", t("movement.col.state"), states),
            text_field("since", t("transactions.since"), kind="date", error=problems["since"]),
            text_field("until", t("transactions.until"), kind="date", error=problems["until"]),
            class_name="grid gap-4 grid-cols-2 md:grid-cols-4 items-start",
        ),
        button(t("people.find"), icon_name="search", type="submit", class_name="self-start",
               busy=TransactionSearchState.busy, busy_label=t("state.loading")),
        on_submit=TransactionSearchState.find,
        no_validate=True,
        class_name="card pad flex flex-col gap-4 mt-5",
    )  # fmt: skip


def _cells(row: Any) -> list[Any]:
    person = rx.cond(
        row.person_href != "", rx.el.a(row.person, href=row.person_href, class_name="link break-words"), "–"
    )
    return [
        rx.match(row.kind, *[(k, t(f"movement.{k}")) for k in MOVEMENTS], rx.fragment()),
        rx.match(row.status, *[(s, chip(t(f"movement.{s}"), COLOURS[s])) for s in RESULTS], rx.fragment()),
        amount(row.amount, "s"),
        person,
        rx.el.a(row.title, href=row.href, class_name="link break-words"),
        rx.el.span(row.reference, class_name="num t-sm mute break-all whitespace-normal"),
        words(row.when),
    ]


def _order_of(column: str) -> Any:
    first, other = (one.value for one in TURNS[column])
    ways = ("descending", "ascending") if column in ("when", "amount") else ("ascending", "descending")
    return rx.match(TransactionSearchState.order, (first, ways[0]), (other, ways[1]), "none")


def _found() -> rx.Component:
    heads = [t(f"movement.col.{h}") for h in ("what", "state", "amount")]
    heads += [t("transactions.person"), *[t(f"movement.col.{h}") for h in ("cleanup", "reference", "when")]]
    sorting = {n: (_order_of(name), TransactionSearchState.sort(name)) for n, name in SORTED}
    table = data_table(t("admin.transactions"), heads, TransactionSearchState.rows, _cells, right=(2,), sorting=sorting,
                       empty=t("transactions.none"), headed=True)  # fmt: skip
    nothing = note(t("transactions.nothing", q=TransactionSearchState.q), "info")
    none_found = TransactionSearchState.searched & (TransactionSearchState.rows.length() == 0)
    file = TransactionSearchState.file
    take = link_button(t("transactions.csv"), file, kind="line", icon_name="download", download=True)
    return rx.el.section(
        rx.cond(none_found, nothing, rx.fragment(rx.el.div(take, class_name="mb-3"), table)),
        more_button(TransactionSearchState.there_are_more, TransactionSearchState.busy, TransactionSearchState.more),
        class_name="mt-5",
    )


def page() -> rx.Component:
    """The page."""
    state = TransactionSearchState
    problem = rx.cond(state.problem != "", note(words(state.problem), "err", role="alert"), rx.fragment())
    body = rx.el.div(
        rx.el.h1(t("admin.transactions"), class_name="t-h1"),
        rx.el.p(t("transactions.lead"), class_name="soft mt-1"),
        problem,
        rx.cond(
            state.loaded,
            rx.fragment(_search(), _views(), _found()),
            loading(skeleton("h-40 w-full mt-5"), skeleton("h-64 w-full mt-5")),
        ),
        class_name="p-4 lg:p-7 max-w-[1280px]",
    )
    return admin_page(body, active="transactions", refused=state.refused)
