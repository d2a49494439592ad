"""One's own question: its clock, the answers as they come, and the form to write again (OPS-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.islands.messages import message_form, thread
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.support import number_of
from cleanit_app.i18n import say
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.support.pieces import clock
from cleanit_app.reads.support.threads import Side, Thread
from cleanit_app.reads.support.tickets import my_thread
from cleanit_app.services.support.tickets import settle_ticket
from cleanit_app.state.admin_desk import as_id
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.threads import MessageView, due_line, is_late, message_view

ROUTE, TITLE = routes.ticket("[ticket_id]"), "support.one"


class ThreadState(PageState, rx.State):
    """One question of whoever is here."""

    gone: bool = False
    topic: str = NOTHING
    number: str = ""
    status: str = ""
    due: str = NOTHING
    late: bool = False
    about: str = ""
    about_href: str = ""
    door: str = ""
    rows: list[MessageView] = []
    busy: bool = False
    _shown: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the thread, and read it again whenever there is news."""
        wanted = str(self.ticket_id)
        if self._shown != wanted:
            self.loaded, self.rows, self.gone = False, [], False
        self._shown, self.busy = wanted, False
        self._clear_problems()
        await self._look()
        who = await self.get_state(CurrentUserState)
        if who.user_id:
            self._hear_of("user", [who.user_id], ThreadState.refresh)
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """News came, perhaps an answer; what is being typed stays."""
        if self.loaded and self._shown == str(self.ticket_id):
            await self._look()
        return CurrentUserState.hear

    @rx.event
    async def sent(self, _ticket_id: str) -> None:
        """One more message of one's own has arrived."""
        await self._look()

    @rx.event
    async def settle(self) -> AsyncIterator[None]:
        """The question is settled."""
        if self.busy:
            return
        self.busy = True
        yield
        await self._do(settle_ticket, ticket_id=as_id(self._shown))
        self.busy = False
        await self._look()

    async def _look(self) -> None:
        try:
            self._take(await self._ask(my_thread, ticket_id=as_id(self._shown)))
        except DomainError:
            self.gone = True

    def _take(self, found: Thread) -> None:
        one, now = found.ticket, self._parts().clock.now()
        self.gone, self.status = False, one.status.value
        self.topic, self.due, self.late = say(f"support.topic.{one.topic.value}"), due_line(one, now), is_late(one, now)
        self.about, self.number = one.campaign_title, number_of(one.id)
        self.about_href = routes.campaign(one.campaign_id) if one.campaign_id else ""
        self.door = routes.ticket_door(one.id)
        self.rows = [message_view(message, now, mine=Side.ASKER) for message in found.messages]


ON_LOAD = [CurrentUserState.arrive_signed_in, ThreadState.load]


def _head() -> rx.Component:
    about = rx.el.a(ThreadState.about, href=ThreadState.about_href, class_name="link self-start min-h-[44px]")
    return rx.fragment(
        rx.el.h1(words(ThreadState.topic), class_name="t-h1"),
        clock(ThreadState.due, ThreadState.late),
        rx.el.p(t("support.number", number=ThreadState.number), class_name="t-sm mute num"),
        rx.cond(ThreadState.about_href != "", about, rx.fragment()),
    )


def _write() -> rx.Component:
    form = message_form(
        url=ThreadState.door,
        name="again",
        label=attr("support.again"),
        button=attr("support.send_again"),
        on_sent=ThreadState.sent,
    )
    done = button(
        t("support.settle"), kind="quiet", busy=ThreadState.busy, busy_label=t("start.sending"),
        on_click=ThreadState.settle,
    )  # fmt: skip
    problem = rx.cond(ThreadState.problem != "", note(words(ThreadState.problem), "err", role="alert"), rx.fragment())
    closed = note(t("support.closed_more"), "plain")
    settled = ThreadState.status == "CLOSED"
    return rx.fragment(rx.cond(settled, closed, rx.fragment()), form, problem, rx.cond(settled, rx.fragment(), done))


def page() -> rx.Component:
    """The page."""
    gone = empty_state(
        t("support.gone"), t("support.gone_more"), icon_name="search", whole=True,
        action=link_button(t("support.title"), routes.SUPPORT),
    )  # fmt: skip
    waiting = loading(skeleton("h-10 w-2/3"), skeleton("h-32 w-full"), skeleton("h-32 w-full"))
    shown = rx.fragment(_head(), thread(ThreadState.rows, t("support.thread")), _write())
    content = rx.el.div(
        rx.cond(CurrentUserState.signed_in & ThreadState.loaded, rx.cond(ThreadState.gone, gone, shown), waiting),
        class_name="narrow py-4 pb-12 flex flex-col gap-4",
    )
    return citizen_page(content, title=t("support.one"), back=routes.SUPPORT)
