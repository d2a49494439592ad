"""The answer for who asked without an account: the code opens the thread (OPS-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import text_field
from cleanit_app.components.islands.messages import message_form, thread
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.i18n import say
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.support.pieces import clock
from cleanit_app.reads.support.threads import Side
from cleanit_app.reads.support.tickets import guest_thread
from cleanit_app.services.support.guests import thread_of_code
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.session import visitor_of
from cleanit_app.state.threads import MessageView, due_line, is_late, message_view

ROUTE, TITLE = routes.SUPPORT_ANSWER, "support.answer_title"


class AnswerState(PageState, rx.State):
    """The thread that a code has opened in this tab."""

    code: str = ""
    topic: str = NOTHING
    due: str = NOTHING
    late: bool = False
    rows: list[MessageView] = []
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Begin with the code, each time anew: a shared phone keeps no thread open."""
        self.code, self.rows, self.busy, self.loaded = "", [], False, True
        self._clear_problems()
        (await self.get_state(CurrentUserState))._will_put_away(self)

    @rx.event
    async def look(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Open the thread with the code that was typed."""
        if self.busy:
            return
        self.busy = True
        yield
        await self._open(str(form.get("code") or "")[:60])
        self.busy = False

    @rx.event
    async def sent(self, _ticket_id: str) -> None:
        """One more message has arrived."""
        await self._open(self.code)

    async def _open(self, code: str) -> None:
        parts = self._parts()
        found = await self._tell(
            thread_of_code, limits=parts.limits, keyed=parts.keyed_hash, code=code, address=visitor_of(self).address
        )
        if found is None:
            return
        opened = await self._ask(guest_thread, ticket_id=found.id)
        one, now = opened.ticket, parts.clock.now()
        self.code, self.topic = code, say(f"support.topic.{one.topic.value}")
        self.due, self.late = due_line(one, now), is_late(one, now)
        shown = partial(message_view, now=now, mine=Side.ASKER, address=partial(parts.links.guest_photo, now=now))
        self.rows = [shown(message) for message in opened.messages]


ON_LOAD = [CurrentUserState.arrive, AnswerState.load]


def _ask() -> rx.Component:
    problem = rx.cond(AnswerState.problem != "", note(words(AnswerState.problem), "err", role="alert"), rx.fragment())
    return rx.el.form(
        rx.el.p(t("support.answer_lead"), class_name="soft"),
        text_field(
            "code", t("support.code"), hint=t("support.code_hint"), max_length=40, auto_complete="off",
            auto_capitalize="characters", spell_check=False,
        ),
        problem,
        button(
            t("support.code_read"), size="l", block=True, type="submit", busy=AnswerState.busy,
            busy_label=t("state.loading"),
        ),
        on_submit=AnswerState.look,
        no_validate=True,
        class_name="flex flex-col gap-4",
    )  # fmt: skip


def page() -> rx.Component:
    """The page."""
    opened = rx.fragment(
        rx.el.h2(words(AnswerState.topic), class_name="t-h2"),
        clock(AnswerState.due, AnswerState.late),
        thread(AnswerState.rows, t("support.thread")),
        message_form(
            url=routes.API_WRITE_AS_GUEST,
            name="again",
            label=attr("support.again"),
            button=attr("support.send_again"),
            most=LIMITS.guest_photos,
            extra={"code": AnswerState.code},
            on_sent=AnswerState.sent,
        ),
    )
    content = rx.el.div(
        rx.el.h1(t("support.answer_title"), class_name="t-h1"),
        rx.cond(AnswerState.code != "", opened, _ask()),
        link_button(t("support.title"), routes.SUPPORT, kind="quiet", class_name="self-start"),
        class_name="narrow py-6 pb-12 flex flex-col gap-4",
    )
    return citizen_page(content)
