"""A forgotten password, second step: the code that came, and the new password."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import password_field, typed_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.forms import session_form
from cleanit_app.components.text import t
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.pages.frame import plain_page
from cleanit_app.state.base import PageState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.RESET_CODE, "reset.sent_title"


class ResetCodeState(PageState, rx.State):
    """Which wish for a code this tab belongs to."""

    code_id: str = ""

    @rx.event
    async def load(self) -> None:
        """Take the wish's id from the address."""
        self.code_id = self.router.url.query_parameters.get("id", "")[:60]


ON_LOAD = [CurrentUserState.arrive, ResetCodeState.load]


def page() -> rx.Component:
    """Both in one form; a wrong code leaves the password where it was typed."""
    least = LIMITS.password_length[0]
    form = session_form(
        rx.el.input(type="hidden", name="id", value=ResetCodeState.code_id, read_only=True),
        typed_field("code", t("reset.code"), "code", auto_complete="one-time-code", required=True),
        password_field("password", t("reset.password"), new=True, hint=t("join.password_hint", least=least)),
        button(t("reset.go"), size="l", block=True, type="submit", busy_label=t("reset.going"), class_name="mt-2"),
        action=routes.SEND_RESET_CODE,
        class_name="flex flex-col gap-4 mt-5",
    )
    safe = rx.el.p(icon("shield-check"), rx.el.span(t("reset.safe")), class_name="row-t t-sm soft mt-6")
    again = rx.el.a(t("reset.again"), href=routes.RESET, class_name="link min-h-[44px] inline-flex items-center mt-4")
    sent = note(t("reset.sent"), "info", role="status")
    head = rx.el.h1(t("reset.sent_title"), class_name="t-h1 mb-3")
    return plain_page(rx.fragment(head, sent, form, again, safe))
