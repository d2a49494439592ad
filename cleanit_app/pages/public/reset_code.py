"""A forgotten password, second step: the code that came, and the new password."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import password_field, typed_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.codes import another_code, code_id_field
from cleanit_app.components.islands.forms import session_form
from cleanit_app.components.text import t
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.pages.frame import plain_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.RESET_CODE, "reset.sent_title"


ON_LOAD = [CurrentUserState.arrive]


def page() -> rx.Component:
    """Both in one form; a wrong code leaves the password where it was typed."""
    least = LIMITS.password_length[0]
    form = session_form(
        code_id_field("id"),
        typed_field("code", t("reset.code"), "code", auto_complete="one-time-code", required=True),
        password_field("password", t("reset.password"), new=True, hint=t("join.password_hint", least=least)),
        button(t("reset.go"), size="l", block=True, type="submit", busy_label=t("reset.going"), class_name="mt-2"),
        action=routes.SEND_RESET_CODE,
        class_name="flex flex-col gap-4 mt-5",
    )
    safe = rx.el.p(icon("shield-check"), rx.el.span(t("reset.safe")), class_name="row-t t-sm soft mt-6")
    again = rx.el.div(
        another_code(routes.SEND_RESET, named="id", typed="identifier", fallback=routes.RESET), class_name="mt-4"
    )
    other = rx.el.a(t("reset.other"), href=routes.RESET, class_name="link min-h-[44px] inline-flex items-center")
    sent = note(t("reset.sent"), "plain", role="status")
    head = rx.el.h1(t("reset.sent_title"), class_name="t-h1 mb-3")
    return plain_page(rx.fragment(head, sent, form, again, other, safe))
