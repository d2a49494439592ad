"""Questions of people, the one due first on top: mine, nobody's, late, settled (OPS-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t, words
from cleanit_app.i18n import say
from cleanit_app.pages.frame import admin_page
from cleanit_app.pages.public.support.pieces import clock
from cleanit_app.reads.paging import LARGEST_LIMIT
from cleanit_app.reads.support.desk import InboxFilter, InboxItem, inbox
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.threads import ticket_view

ROUTE, TITLE, SIZE = routes.ADMIN_SUPPORT, "admin.support", 20


@dataclass(frozen=True)
class InboxRow:
    """A question in the inbox."""

    id: str
    href: str
    topic: str
    words: str
    who: str
    admin: str
    due: str
    late: bool
    when: str


class SupportInboxState(AdminDeskState, rx.State):
    """Questions that wait for an answer."""

    show: str = InboxFilter.OPEN.value
    rows: list[InboxRow] = []
    cursor: str = ""
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the list; hear of changes."""
        self._hear_everything(SupportInboxState.refresh)
        self.busy = False
        await self._list(SIZE, "")

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._list(min(max(len(self.rows), SIZE), LARGEST_LIMIT), "")
        return CurrentUserState.hear

    @rx.event
    async def choose(self, show: str) -> None:
        """Look at others of them."""
        if show in {one.value for one in InboxFilter}:
            self.show, self.rows = show, []
            await self._list(SIZE, "")

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.cursor and not self.busy:
            self.busy = True
            yield
            await self._list(SIZE, self.cursor)
            self.busy = False

    async def _list(self, size: int, cursor: str) -> None:
        page = await self._ask_here(inbox, show=InboxFilter(self.show), cursor=cursor or None, limit=size)
        if page is not None:
            now = self._parts().clock.now()
            fresh = page.each(partial(_row, now=now))
            self.rows = [*self.rows, *fresh] if cursor else fresh
            self.cursor, self.loaded = page.next_cursor or "", True


ON_LOAD = [CurrentUserState.arrive_signed_in, SupportInboxState.load]


def _row(one: InboxItem, now: Any) -> InboxRow:
    shown = ticket_view(one.ticket, now, href=routes.admin_ticket(one.ticket.id))
    admin = say("care.mine") if one.mine else one.admin or say("care.nobodys")
    return InboxRow(
        id=shown.id,
        href=shown.href,
        topic=shown.topic,
        words=shown.words,
        who=one.person or say("support.guest"),
        admin=admin,
        due=shown.due,
        late=shown.late,
        when=shown.when,
    )


def _card(row: Any) -> rx.Component:
    return rx.el.a(
        rx.el.div(
            rx.el.b(words(row.topic), class_name="b"),
            rx.el.span(words(row.when), class_name="t-sm mute num"),
            class_name="flex justify-between gap-2",
        ),
        rx.el.p(row.words, class_name="[overflow-wrap:anywhere] line-clamp-2"),
        rx.el.p(words(row.who), class_name="t-sm soft"),
        rx.el.div(
            clock(row.due, row.late),
            rx.el.span(words(row.admin), class_name="t-sm soft"),
            class_name="flex flex-wrap justify-between gap-2",
        ),
        href=row.href,
        class_name="card pad flex flex-col gap-1.5",
    )


def page() -> rx.Component:
    """The page."""
    state = SupportInboxState
    filters = [
        pill(t(f"care.show.{one.value}"), on=state.show == one.value, on_click=state.choose(one.value))
        for one in InboxFilter
    ]
    more = button(t("support.more"), kind="line", busy=state.busy, busy_label=t("state.loading"), on_click=state.more)
    listed = rx.cond(
        state.rows.length() > 0,
        rx.el.div(each(state.rows, _card), class_name="flex flex-col gap-3"),
        empty_state(t("care.none"), t("care.none_more"), icon_name="check"),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.support"), class_name="t-h1 mb-2"),
        rx.el.p(t("care.what"), class_name="soft mb-4"),
        pills(*filters, label=attr("care.show")),
        rx.el.div(rx.cond(state.loaded, listed, loading(skeleton("h-64 w-full"))), class_name="mt-4"),
        rx.cond(state.cursor != "", rx.el.div(more, class_name="mt-4 text-center"), rx.fragment()),
        class_name="p-4 lg:p-7 max-w-[900px]",
    )
    return admin_page(body, active="support", refused=state.refused)
