"""New terms: read from top to bottom, accepted at the end, or left for later by who only wants to read."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.islands.forms import session_form
from cleanit_app.components.text import t
from cleanit_app.pages.frame import plain_page
from cleanit_app.pages.public.texts import TERMS_SECTIONS, long_text
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ACCEPT_TERMS, "accept.title"


class AcceptTermsState(PageState, rx.State):
    """Where one goes on to."""

    later: str = ""  # unknown until the address is read: a link offered before would lead home

    @rx.event
    async def load(self) -> None:
        """Take the goal from the address."""
        self.later = routes.inside(self.router.url.query_parameters.get("next"), routes.HOME)


ON_LOAD = [CurrentUserState.arrive_signed_in, AcceptTermsState.load]


def page() -> rx.Component:
    """The text with the form at its end."""
    form = session_form(
        rx.el.input(type="hidden", name="version", value=CurrentUserState.terms_version, read_only=True),
        button(t("accept.go"), size="l", block=True, type="submit", busy_label=t("accept.busy")),
        action=routes.SEND_TERMS,
        class_name="flex flex-col gap-4 mt-8",
    )
    later = rx.cond(
        AcceptTermsState.later != "",
        rx.el.a(
            t("accept.later"), href=AcceptTermsState.later, class_name="link min-h-[44px] inline-flex items-center mt-2"
        ),
    )
    head = rx.el.p(t("accept.lead"), class_name="b")
    return plain_page(
        rx.fragment(
            rx.el.h1(t("accept.title"), class_name="t-h1 mb-2"),
            head,
            long_text(t("terms.title"), t("terms.short"), TERMS_SECTIONS, CurrentUserState.terms_version, form, later),
        )
    )
