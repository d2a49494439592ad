"""The frames of pages, filled with who is here: every page stands in one of these."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.admin import admin_shell
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.live import countdown, live_title, toaster
from cleanit_app.components.notices import notice_drawer, notice_list
from cleanit_app.components.shells import citizen_shell, cleaner_shell, plain_shell
from cleanit_app.components.text import t
from cleanit_app.state.desk import Desk
from cleanit_app.state.who import Who


def _drawer() -> rx.Component:
    return notice_drawer(notice_list(Who.notices, on_open=Who.open_notice), on_read_all=Who.read_all)


def _toasts() -> rx.Component:
    return rx.fragment(toaster(Who.toasts, Who.toast_gone), live_title(Who.unread))


def citizen_page(content: rx.Component, **options: Any) -> rx.Component:
    """A public or citizen page; options are those of `citizen_shell`."""
    return citizen_shell(
        content, unread=Who.unread, signed_in=Who.signed_in, drawer=_drawer(), toasts=_toasts(), **options
    )


def cleaner_page(content: rx.Component, *, deadline: bool = True, **options: Any) -> rx.Component:
    """A cleaner's page; options are those of `cleaner_shell`. Put `Desk.arrive` among what it loads."""
    return cleaner_shell(
        content,
        unread=Who.unread,
        counts={"jobs": Desk.open_jobs, "work": Desk.in_hand},
        deadline=_deadline() if deadline else None,
        drawer=_drawer(),
        toasts=_toasts(),
        **options,
    )


def _deadline() -> rx.Component:
    """The bar of the nearest deadline, from 48 hours before it."""
    bar = rx.el.a(
        icon("timer"),
        rx.el.span(rx.el.b(countdown(Desk.due_at), class_name="bb"), rx.el.span(t("desk.due", place=Desk.due_place))),
        icon("chevron-right"),
        href=Desk.due_href,
        class_name="due",
    )
    return rx.cond(Desk.due_at != "", bar, rx.fragment())


def admin_page(content: rx.Component, **options: Any) -> rx.Component:
    """An admin's page; options are those of `admin_shell`."""
    return admin_shell(
        content,
        name=Who.name,
        initials=Who.initials,
        counts={name: Who.counts[name] for name in ("verification", "campaigns", "kyc", "payouts", "refunds")},
        drawer=_drawer(),
        toasts=_toasts(),
        **options,
    )


def plain_page(content: rx.Component) -> rx.Component:
    """Signing in and joining."""
    return plain_shell(content)
