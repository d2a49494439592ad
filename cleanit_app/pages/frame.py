"""The frames of pages, filled with who is here: every page stands in one of these."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.admin import admin_shell
from cleanit_app.components.islands.live import live_title, toaster
from cleanit_app.components.notices import notice_drawer, notice_list
from cleanit_app.components.shells import citizen_shell, cleaner_shell, plain_shell
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


def cleaner_page(content: rx.Component, **options: Any) -> rx.Component:
    """A cleaner's page; options are those of `cleaner_shell`."""
    return cleaner_shell(content, unread=Who.unread, drawer=_drawer(), toasts=_toasts(), **options)


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
