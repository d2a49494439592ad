"""Questioning something of one's own: what, why, with photos as evidence (OPS-03)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.islands.messages import message_form
from cleanit_app.components.text import attr, t
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.i18n import say
from cleanit_app.pages.frame import citizen_page
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.NEW_DISPUTE, "disputes.new"
QUESTIONS = frozenset(one.value for one in DisputeAbout) - {DisputeAbout.RESULT.value}
"""What is questioned here; a result is disputed at its cleanup."""


class NewDisputeState(PageState, rx.State):
    """What is questioned, as the address says; whose it is the service sees."""

    about: str = ""
    about_words: str = NOTHING
    subject: str = ""
    paused_for: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the address."""
        asked = self.router.url.query_parameters
        about = str(asked.get("about", ""))
        self.about = about if about in QUESTIONS else ""
        self.about_words = say(f"dispute.about.{self.about}") if self.about else NOTHING
        self.subject = str(asked.get("subject", ""))[:36]
        who = await self.get_state(CurrentUserState)
        self.paused_for = who.suspended_for if self.about == DisputeAbout.SUSPENSION else ""
        self.loaded = True

    @rx.event
    async def sent(self, dispute_id: str) -> Any:
        """It has arrived: on to its page."""
        return rx.redirect(routes.dispute(str(dispute_id)[:36]))


ON_LOAD = [CurrentUserState.arrive_signed_in, NewDisputeState.load]


def page() -> rx.Component:
    """The page."""
    state = NewDisputeState
    form = message_form(
        url=routes.API_DISPUTES,
        name="question",
        label=attr("disputes.what_is_wrong"),
        hint=attr("disputes.what_hint"),
        button=attr("disputes.send"),
        longest=LIMITS.dispute_reason_length[1],
        extra={"about": state.about, "subjectId": state.subject},
        on_sent=state.sent,
    )
    why = rx.cond(state.paused_for != "", note(t("desk.suspended_why", reason=state.paused_for), "warn"), rx.fragment())
    shown = rx.fragment(
        rx.el.p(t("disputes.about", what=rx.el.b(state.about_words, class_name="bb"))),
        why,
        note(t("disputes.how"), "plain"),
        form,
    )
    where = empty_state(
        t("disputes.from_where"), t("disputes.from_where_more"), icon_name="gavel",
        action=rx.el.div(
            link_button(t("nav.money"), routes.MY_MONEY, kind="line"),
            link_button(t("nav.ask_support"), routes.SUPPORT, kind="line"),
            class_name="flex flex-wrap gap-2.5 justify-center",
        ),
    )  # fmt: skip
    waiting = loading(skeleton("h-10 w-2/3"), skeleton("h-40 w-full"))
    ready: Any = CurrentUserState.signed_in & state.loaded
    content = rx.el.div(
        rx.el.h1(t("disputes.new"), class_name="t-h1"),
        rx.cond(ready, rx.cond(state.about != "", shown, where), waiting),
        class_name="narrow py-4 pb-12 flex flex-col gap-4",
    )
    return citizen_page(content, title=t("disputes.new"), back=routes.DISPUTES)
