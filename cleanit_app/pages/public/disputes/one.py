"""One dispute for its sides: its clock, all that was said and decided, the form to say more or to appeal (OPS-03)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.islands.messages import message_form, thread
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.support.pieces import clock
from cleanit_app.reads.review.dispute_pages import DisputeDetail, dispute_detail
from cleanit_app.state.admin_desk import as_id
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.dispute_view import DisputeStepView, about_line, due_of, step_views

ROUTE, TITLE = routes.dispute("[dispute_id]"), "disputes.one"


class DisputeState(PageState, rx.State):
    """One dispute of whoever is here."""

    gone: bool = False
    about: str = NOTHING
    due: str = NOTHING
    late: bool = False
    held: str = NOTHING
    until: str = NOTHING
    may_say: bool = False
    may_appeal: bool = False
    say_door: str = ""
    appeal_door: str = ""
    other_href: str = ""
    is_appeal: bool = False
    rows: list[DisputeStepView] = []
    _shown: str = ""

    @rx.event
    async def load(self) -> None:
        """Read it, and read it again whenever there is news."""
        wanted = str(self.dispute_id)
        if self._shown != wanted:
            self.loaded, self.rows, self.gone = False, [], False
        self._shown = wanted
        await self._look()
        who = await self.get_state(CurrentUserState)
        if who.user_id:
            self._hear_of("user", [who.user_id], DisputeState.refresh)
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """News came; what is being typed stays."""
        if self.loaded and self._shown == str(self.dispute_id):
            await self._look()
        return CurrentUserState.hear

    @rx.event
    async def sent(self, _dispute_id: str) -> None:
        """What one said has arrived."""
        await self._look()

    @rx.event
    async def appealed(self, dispute_id: str) -> Any:
        """The appeal has arrived: on to its page."""
        return rx.redirect(routes.dispute(str(dispute_id)[:36]))

    async def _look(self) -> None:
        try:
            self._take(await self._ask(dispute_detail, dispute_id=as_id(self._shown)))
        except DomainError:
            self.gone = True

    def _take(self, found: DisputeDetail) -> None:
        item, now = found.item, self._parts().clock.now()
        self.gone, self.about, self.due, self.late = False, about_line(item), due_of(item, now), item.late
        self.held = say("disputes.held", amount=rupees(found.held_paise)) if found.held_paise else NOTHING
        self.until = (
            say("disputes.appeal_until", when=day_time(found.appeal_until, now))
            if found.may_appeal and found.appeal_until
            else NOTHING
        )
        self.may_say, self.may_appeal = found.may_say, found.may_appeal
        self.say_door = routes.dispute_door(item.id, "statements")
        self.appeal_door = routes.dispute_door(item.id, "appeal")
        other = found.appeal_of or found.appeal_id
        self.other_href, self.is_appeal = routes.dispute(other) if other else "", found.appeal_of is not None
        self.rows = step_views(found, now)


ON_LOAD = [CurrentUserState.arrive_signed_in, DisputeState.load]


def _forms() -> rx.Component:
    state = DisputeState
    more = message_form(
        url=state.say_door,
        name="say",
        label=attr("disputes.say"),
        button=attr("support.send_again"),
        longest=LIMITS.dispute_words_length[1],
        on_sent=state.sent,
    )
    appeal = rx.el.section(
        rx.el.h2(t("disputes.appeal"), class_name="t-h2"),
        rx.el.p(t("disputes.appeal_means"), class_name="soft"),
        rx.el.p(words(state.until), class_name="t-sm soft num"),
        message_form(
            url=state.appeal_door,
            name="appeal",
            label=attr("disputes.appeal_why"),
            button=attr("disputes.appeal_send"),
            longest=LIMITS.dispute_reason_length[1],
            photos=False,
            on_sent=state.appealed,
        ),
        class_name="card pad flex flex-col gap-3",
    )
    return rx.fragment(rx.cond(state.may_say, more, rx.fragment()), rx.cond(state.may_appeal, appeal, rx.fragment()))


def page() -> rx.Component:
    """The page."""
    state = DisputeState
    other = rx.el.a(
        rx.cond(state.is_appeal, t("disputes.to_first"), t("disputes.to_appeal")),
        href=state.other_href,
        class_name="link inline-flex items-center min-h-[44px] self-start",
    )
    shown = rx.fragment(
        rx.el.h1(words(state.about), class_name="t-h1"),
        clock(state.due, state.late),
        rx.cond(state.held != "", note(words(state.held), "warn"), rx.fragment()),
        rx.cond(state.other_href != "", other, rx.fragment()),
        thread(state.rows, t("disputes.timeline")),
        _forms(),
    )
    gone = empty_state(
        t("disputes.gone"), t("support.gone_more"), icon_name="search", whole=True,
        action=link_button(t("disputes.mine_title"), routes.DISPUTES),
    )  # fmt: skip
    waiting = loading(skeleton("h-10 w-2/3"), skeleton("h-32 w-full"), skeleton("h-32 w-full"))
    ready: Any = CurrentUserState.signed_in & state.loaded
    content = rx.el.div(
        rx.cond(ready, rx.cond(state.gone, gone, shown), waiting), class_name="narrow py-4 pb-12 flex flex-col gap-4"
    )
    return citizen_page(content, title=t("disputes.one"), back=routes.DISPUTES)
