"""Joining: what one wants to do, a name, a way to sign in again, and the terms; then the code that came."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import checkbox, error_line, option, options, password_field, text_field, typed_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.codes import another_code, code_id_field
from cleanit_app.components.islands.forms import session_form
from cleanit_app.components.islands.sign_up import join_steps, other_contact, sent_to
from cleanit_app.components.text import t
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.pages.frame import plain_page
from cleanit_app.pages.public.came_for import came_for
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.entrance import EntranceState

ROUTE, TITLE = routes.JOIN, "join.title"
ON_LOAD = [CurrentUserState.arrive, EntranceState.load]


def _role() -> rx.Component:
    citizen: Any = option(
        "role", "CITIZEN", t("join.citizen"), t("join.citizen_note"), "hand-coins", default_checked=True
    )
    cleaner: Any = option("role", "CLEANER", t("join.cleaner"), t("join.cleaner_note"), "sparkles")
    return rx.el.div(options(t("join.role"), citizen, cleaner), error_line("role"))


def _terms() -> rx.Component:
    """The links open beside the form, so that nothing typed is lost."""
    links = {
        name: rx.el.a(t(f"join.{name}_link"), href=href, target="_blank", class_name="link")
        for name, href in (("terms", routes.TERMS), ("privacy", routes.PRIVACY))
    }
    return checkbox("acceptTerms", rx.el.span(t("join.terms", **links)), field_error=True)


def _form() -> rx.Component:
    least = LIMITS.password_length[0]
    return session_form(
        _role(),
        text_field("name", t("join.name"), hint=t("join.name_hint"), auto_complete="name"),
        typed_field("phone", t("join.phone"), "phone", hint=t("join.phone_hint"), auto_complete="tel"),
        typed_field("email", t("join.email"), "email", hint=t("join.email_hint"), auto_complete="email"),
        password_field("password", t("join.password"), new=True, hint=t("join.password_hint", least=least)),
        _terms(),
        button(t("join.go"), size="l", block=True, type="submit", busy_label=t("join.busy")),
        action=routes.SEND_JOIN,
        class_name="flex flex-col gap-4 mt-5",
    )


def _code() -> rx.Component:
    form = session_form(
        code_id_field(),
        typed_field("code", t("join.code"), "code", auto_complete="one-time-code", required=True),
        button(t("join.open"), size="l", block=True, type="submit", busy_label=t("join.opening")),
        action=routes.SEND_JOIN_CODE,
        class_name="flex flex-col gap-4 mt-4",
    )
    more = rx.el.div(another_code(routes.SEND_JOIN_AGAIN), other_contact(), class_name="flex flex-col gap-2 mt-4")
    forgot = rx.el.a(t("join.had_account"), href=routes.RESET, class_name="link min-h-[44px] inline-flex items-center")
    safe = rx.el.p(icon("shield-check"), rx.el.span(t("reset.safe")), class_name="row-t t-sm soft mt-4")
    return rx.fragment(note(sent_to(), "plain", role="status"), form, more, safe, forgot)


def page() -> rx.Component:
    """Both steps and the way to the other form."""
    steps = join_steps(
        rx.el.div(rx.el.h1(t("join.title"), class_name="t-h1", tab_index=-1), came_for(), _form()),
        rx.el.div(rx.el.h1(t("join.code_title"), class_name="t-h1 mb-3", tab_index=-1), _code()),
    )
    other = rx.el.p(
        t("join.old"),
        " ",
        rx.el.a(t("login.go"), href=EntranceState.login_href, class_name="link min-h-[44px] inline-flex items-center"),
        class_name="mt-4",
    )
    return plain_page(rx.fragment(steps, other))
