"""The frames that every page stands in, one for each kind of person."""

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.feedback import offline_strip
from cleanit_app.components.navigation import (
    CITIZEN,
    CITIZEN_TOP,
    CLEANER,
    PUBLIC_TOP,
    bell,
    bottom_bar,
    footer,
    lang_switch,
    skip_link,
    start_button,
    top_bar,
)
from cleanit_app.components.text import Text, t

DRAWER_ID = "notifications"


def _tools(unread: Any, signed_in: Any, start: bool) -> tuple[rx.Component, ...]:
    """The right end of the top bar: language, then the bell or the way in, then Start on wide screens."""
    sign_in = rx.el.a(t("nav.sign_in"), href=routes.LOGIN, class_name="btn btn-quiet btn-s way-in")
    known: Any = rx.Var.create(signed_in)
    return (
        lang_switch(),
        rx.cond(known, bell(unread, DRAWER_ID), sign_in),
        *((start_button(),) if start else ()),
    )


def _wide_only(*tools: rx.Component) -> rx.Component:
    """An inner page's bar has its own right end on phones; wide screens keep the tools as well."""
    return rx.el.div(*tools, class_name="hidden lg:contents")


def _wide_footer() -> rx.Component:
    """Below a dock, so that keys come to the main button before the footer's links."""
    return rx.el.div(footer(), class_name="hidden lg:block")


def _main(content: rx.Component, class_name: str, dock: rx.Component | None = None) -> rx.Component:
    """What the page is about; its dock is a part of it and so of no other region."""
    return rx.el.main(content, dock or rx.fragment(), id="content", tab_index=-1, class_name=class_name)


def citizen_shell(
    content: rx.Component,
    *,
    active: str = "",
    title: Text | None = None,
    back: str | rx.Var[str] | None = None,
    right: rx.Component | None = None,
    dock: rx.Component | None = None,
    unread: rx.Var[int] | int = 0,
    signed_in: rx.Var[bool] | bool = False,
    drawer: rx.Component | None = None,
    toasts: rx.Component | None = None,
    banner: rx.Component | None = None,
    main_class: str = "",
) -> rx.Component:
    """The frame of public and citizen pages.

    ``active`` is one of discover, start, money, me, how, cleaned, ledger. ``title`` and ``back`` make the
    phone's bar that of an inner page (``right`` is what stands at its end). ``dock`` holds the main button
    at the bottom and takes the place of the bottom bar. ``drawer`` is ``notification_drawer(...)``.
    """
    tools = _tools(unread, signed_in, start=active != "start")
    if title is not None and right is not None:
        tools = (_wide_only(*tools),)
    return rx.el.div(
        skip_link(),
        top_bar(
            places=CITIZEN_TOP if signed_in is not False else PUBLIC_TOP,
            active=active,
            title=title,
            back=back,
            right=right,
            extra=tools,
        ),
        offline_strip(),
        banner or rx.fragment(),
        _main(content, main_class, dock),
        *((footer(), bottom_bar(CITIZEN, active)) if dock is None else (_wide_footer(),)),
        drawer or rx.fragment(),
        toasts or rx.fragment(),
        class_name="app",
    )


def cleaner_shell(
    content: rx.Component,
    *,
    active: str = "",
    title: Text | None = None,
    back: str | rx.Var[str] | None = None,
    right: rx.Component | None = None,
    dock: rx.Component | None = None,
    unread: rx.Var[int] | int = 0,
    counts: dict[str, Any] | None = None,
    deadline: rx.Component | None = None,
    drawer: rx.Component | None = None,
    toasts: rx.Component | None = None,
    banner: rx.Component | None = None,
    main_class: str = "",
) -> rx.Component:
    """The frame of cleaner pages: everything one size up.

    ``active`` is one of jobs, work, earnings, me. ``deadline`` is the bar for the nearest deadline, shown
    on every cleaner page from 48 hours before it. ``counts`` puts numbers on the bottom bar.
    """
    tools = _tools(unread, True, start=False)
    if title is not None and right is not None:
        tools = (_wide_only(*tools),)
    brand = t(next((place.key for place in CLEANER if place.name == active), "nav.jobs"))
    return rx.el.div(
        skip_link(),
        top_bar(places=CLEANER, active=active, title=title, back=back, right=right, extra=tools, brand=brand),
        offline_strip(),
        banner or rx.fragment(),
        _main(rx.fragment(deadline or rx.fragment(), content), main_class, dock),
        rx.fragment() if dock is not None else bottom_bar(CLEANER, active, counts),
        drawer or rx.fragment(),
        toasts or rx.fragment(),
        class_name="app big",
    )


def plain_shell(
    content: rx.Component, *, toasts: rx.Component | None = None, banner: rx.Component | None = None
) -> rx.Component:
    """The frame of signing in and joining: the logo, the language, one narrow column."""
    return rx.el.div(
        skip_link(),
        top_bar(places=(), extra=(rx.el.span(class_name="grow"), lang_switch())),
        offline_strip(),
        banner or rx.fragment(),
        _main(rx.el.div(content, class_name="narrow py-6"), ""),
        footer(),
        toasts or rx.fragment(),
        class_name="app",
    )
