"""A forgotten password, first step: where the code shall go."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.fields import typed_field
from cleanit_app.components.islands.codes import asked_for
from cleanit_app.components.islands.forms import session_form
from cleanit_app.components.text import t
from cleanit_app.pages.frame import plain_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.RESET, "reset.title"
ON_LOAD = [CurrentUserState.arrive]


def page() -> rx.Component:
    """One field; the answer is the same whether there is such an account or not."""
    form = session_form(
        typed_field("identifier", t("login.identifier"), "contact", auto_complete="username", required=True),
        button(t("reset.ask"), size="l", block=True, type="submit", busy_label=t("reset.asking"), class_name="mt-2"),
        action=routes.SEND_RESET,
        class_name="flex flex-col gap-4 mt-5",
    )
    back = rx.el.a(t("reset.back"), href=routes.LOGIN, class_name="link min-h-[44px] inline-flex items-center mt-4")
    lead = rx.el.p(t("reset.lead"), class_name="soft mt-2")
    return plain_page(
        rx.fragment(rx.el.h1(t("reset.title"), class_name="t-h1"), lead, asked_for("identifier", form), back)
    )
