"""What one questioned, and what one has to answer (OPS-03)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.lists import each
from cleanit_app.components.text import t
from cleanit_app.domain.errors import DomainError
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.support.pieces import ticket_card
from cleanit_app.reads.review.dispute_pages import my_disputes
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.dispute_view import DisputeRow, dispute_row

ROUTE, TITLE, SIZE = routes.DISPUTES, "disputes.mine_title", 20


class MyDisputesState(PageState, rx.State):
    """Disputes in which whoever is here has a side."""

    rows: list[DisputeRow] = []
    cursor: str = ""
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the list; hear of news."""
        self.busy = False
        who = await self.get_state(CurrentUserState)
        if who.user_id:
            self._hear_of("user", [who.user_id], MyDisputesState.refresh)
        await self._look(max(len(self.rows), SIZE), "")
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """News came."""
        await self._look(max(len(self.rows), SIZE), "")
        return CurrentUserState.hear

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.cursor and not self.busy:
            self.busy = True
            yield
            await self._look(SIZE, self.cursor)
            self.busy = False

    async def _look(self, size: int, cursor: str) -> None:
        try:
            page = await self._ask(my_disputes, cursor=cursor or None, limit=min(size, 100))
        except DomainError:
            self.rows, self.cursor = [], ""
            return
        now = self._parts().clock.now()
        fresh = page.each(lambda one: dispute_row(one, now, routes.dispute))
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self.cursor = page.next_cursor or ""


ON_LOAD = [CurrentUserState.arrive_signed_in, MyDisputesState.load]


def page() -> rx.Component:
    """The page."""
    state = MyDisputesState
    more = button(t("support.more"), kind="line", busy=state.busy, busy_label=t("state.loading"), on_click=state.more)
    none = empty_state(
        t("disputes.none_mine"), t("disputes.from_where_more"), icon_name="gavel",
        action=link_button(t("nav.money"), routes.MY_MONEY, kind="line"),
    )  # fmt: skip
    listed = rx.cond(
        state.rows.length() > 0, rx.el.div(each(state.rows, ticket_card), class_name="flex flex-col gap-3"), none
    )
    ready: Any = CurrentUserState.signed_in & state.loaded
    content = rx.el.div(
        rx.el.h1(t("disputes.mine_title"), class_name="t-h1"),
        rx.cond(ready, listed, loading(skeleton("h-24 w-full"), skeleton("h-24 w-full"))),
        rx.cond(state.cursor != "", rx.el.div(more, class_name="text-center"), rx.fragment()),
        class_name="narrow py-4 pb-12 flex flex-col gap-4",
    )
    return citizen_page(content, title=t("disputes.mine_title"), back=routes.ME)
