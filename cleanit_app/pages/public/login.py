"""Signing in: one name, one password; the browser can send the form by itself."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.fields import password_field, typed_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.forms import session_form
from cleanit_app.components.text import t
from cleanit_app.pages.frame import plain_page
from cleanit_app.pages.public.came_for import came_for
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.entrance import EntranceState

ROUTE, TITLE = routes.LOGIN, "login.title"
ON_LOAD = [CurrentUserState.arrive, EntranceState.load]


def page() -> rx.Component:
    """The form and the way to the other one."""
    form = session_form(
        typed_field("identifier", t("login.identifier"), "identifier", auto_complete="username", required=True),
        password_field("password", t("login.password"), required=True),
        button(t("login.go"), size="l", block=True, type="submit", busy_label=t("login.busy"), class_name="mt-2"),
        action=routes.SEND_LOGIN,
        class_name="flex flex-col gap-4 mt-5",
    )
    forgot = rx.el.a(t("login.forgot"), href=routes.RESET, class_name="link min-h-[44px] inline-flex items-center mt-2")
    safe = rx.el.p(icon("shield-check"), rx.el.span(t("login.safe")), class_name="row-t t-sm soft mt-6")
    other = rx.el.p(
        t("login.new"),
        " ",
        rx.el.a(t("login.join"), href=EntranceState.join_href, class_name="link min-h-[44px] inline-flex items-center"),
        class_name="mt-4",
    )
    return plain_page(rx.fragment(rx.el.h1(t("login.title"), class_name="t-h1"), came_for(), form, forgot, other, safe))
