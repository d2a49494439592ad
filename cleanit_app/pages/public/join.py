"""Joining: what one wants to do, a name, a way to sign in again, and the terms."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.fields import checkbox, error_line, option, options, password_field, text_field
from cleanit_app.components.islands.forms import session_form
from cleanit_app.components.text import t
from cleanit_app.domain.rules import PASSWORD_LENGTH
from cleanit_app.pages.frame import plain_page
from cleanit_app.state.entrance import Entrance
from cleanit_app.state.who import Who

ROUTE, TITLE = routes.JOIN, "Join Cleanit"
ON_LOAD = [Who.arrive, Entrance.load]


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


def page() -> rx.Component:
    """The form and the way to the other one."""
    least = PASSWORD_LENGTH[0]
    form = session_form(
        _role(),
        text_field("name", t("join.name"), hint=t("join.name_hint"), auto_complete="name"),
        text_field("phone", t("join.phone"), hint=t("join.phone_hint"), kind="tel", auto_complete="tel"),
        text_field("email", t("join.email"), hint=t("join.email_hint"), kind="email", auto_complete="email"),
        password_field("password", t("join.password"), new=True, hint=t("join.password_hint", least=least)),
        _terms(),
        button(t("join.go"), size="l", block=True, type="submit", busy_label=t("join.busy")),
        action="/session/register",
        class_name="flex flex-col gap-4 mt-5",
    )
    other = rx.el.p(
        t("join.old"),
        " ",
        rx.el.a(t("login.go"), href=Entrance.login_href, class_name="link min-h-[44px] inline-flex items-center"),
        class_name="mt-4",
    )
    return plain_page(rx.fragment(rx.el.h1(t("join.title"), class_name="t-h1"), form, other))
