"""Support: ask with photos from wherever one was, find what one asked before, or ask without an account (OPS-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.islands.messages import message_form
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import DomainError
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.grievance import GrievanceState, grievance_block
from cleanit_app.pages.public.support.pieces import ticket_card, topics
from cleanit_app.reads.support.tickets import my_tickets
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.threads import TicketView, ticket_view

ROUTE, TITLE = routes.SUPPORT, "support.title"
SIZE = 20


class SupportState(PageState, rx.State):
    """What this person asked before, and where the button for help was pressed."""

    came_from: str = ""
    rows: list[TicketView] = []
    cursor: str = ""
    busy: bool = False
    code: str = NOTHING

    @rx.event
    async def load(self) -> None:
        """Learn where the person came from; list what was asked before."""
        who = await self.get_state(CurrentUserState)
        self.came_from = who._came_from
        self.code, self.busy = NOTHING, False
        who._will_put_away(self)
        if who.user_id:
            self._hear_of("user", [who.user_id], SupportState.refresh)
        await self._look(max(len(self.rows), SIZE), "")
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """News came, perhaps an answer."""
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

    @rx.event
    async def sent(self, ticket_id: str) -> Any:
        """The question has arrived: on to its thread."""
        return rx.redirect(routes.ticket(str(ticket_id)[:36]))

    @rx.event
    async def sent_as_guest(self, code: str) -> None:
        """The question has arrived: its code is shown this once."""
        self.code = str(code)[:40]

    async def _look(self, size: int, cursor: str) -> None:
        try:
            page = await self._ask(my_tickets, cursor=cursor or None, limit=min(size, 100))
        except DomainError:
            self.rows, self.cursor = [], ""
            return
        now = self._parts().clock.now()
        fresh = page.each(lambda one: ticket_view(one, now, href=routes.ticket(one.id)))
        self.rows = [*self.rows, *fresh] if cursor else fresh
        self.cursor = page.next_cursor or ""


ON_LOAD = [CurrentUserState.arrive, SupportState.load, GrievanceState.load]


def _form() -> rx.Component:
    return message_form(
        url=routes.API_ASK,
        name="ask",
        choices=topics(),
        label=attr("support.text"),
        hint=attr("support.text_hint"),
        button=attr("support.send"),
        extra={"page": SupportState.came_from},
        on_sent=SupportState.sent,
    )


def _earlier() -> rx.Component:
    more = button(
        t("support.more"), kind="line", busy=SupportState.busy, busy_label=t("state.loading"),
        on_click=SupportState.more,
    )  # fmt: skip
    return rx.cond(
        SupportState.rows.length() > 0,
        rx.el.section(
            rx.el.h2(t("support.earlier"), class_name="t-h2 mb-3"),
            rx.el.div(each(SupportState.rows, ticket_card), class_name="flex flex-col gap-3"),
            rx.cond(SupportState.cursor != "", rx.el.div(more, class_name="mt-4 text-center"), rx.fragment()),
        ),
        rx.fragment(),
    )


def _guest() -> rx.Component:
    form = message_form(
        url=routes.API_ASK_AS_GUEST,
        name="ask",
        choices=topics(),
        label=attr("support.text"),
        hint=attr("support.text_hint"),
        button=attr("support.send"),
        most=LIMITS.guest_photos,
        extra={"page": SupportState.came_from},
        on_sent=SupportState.sent_as_guest,
    )
    shown = rx.el.div(
        rx.el.h2(t("support.code_title"), class_name="t-h2"),
        rx.el.p(rx.el.b(SupportState.code, class_name="t-h1 num select-all"), class_name="py-2"),
        note(t("support.code_keep"), "warn"),
        link_button(t("support.code_read"), routes.SUPPORT_ANSWER, kind="line"),
        class_name="card pad flex flex-col gap-3 items-start",
        role="status",
    )
    ways = rx.el.div(
        link_button(t("nav.sign_in"), routes.after_login(routes.SUPPORT), kind="line"),
        link_button(t("support.have_code"), routes.SUPPORT_ANSWER, kind="line"),
        class_name="flex flex-wrap gap-2.5",
    )
    asked = rx.fragment(note(t("support.guest_note"), "plain"), ways, form)
    return rx.cond(SupportState.code != "", shown, asked)


def page() -> rx.Component:
    """The page."""
    waiting = loading(skeleton("h-12 w-full"), skeleton("h-40 w-full"), skeleton("h-14 w-full"))
    known = rx.fragment(_form(), _earlier())
    content = rx.el.div(
        rx.el.h1(t("support.title"), class_name="t-h1"),
        rx.el.p(t("support.lead"), class_name="soft"),
        link_button(t("support.guides"), routes.HELP, kind="quiet", icon_name="life-buoy", class_name="self-start"),
        rx.cond(
            SupportState.came_from != "",
            rx.el.p(
                t("support.came_from"),
                class_name="t-sm soft",
            ),
            rx.fragment(),
        ),
        rx.cond(SupportState.loaded, rx.cond(CurrentUserState.signed_in, known, _guest()), waiting),
        grievance_block(),
        class_name="narrow py-6 pb-12 flex flex-col gap-5",
    )
    return citizen_page(content)
