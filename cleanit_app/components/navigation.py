"""Bars around a page: top bar, bottom bar, footer, and the places they lead to."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.icons import icon, logo
from cleanit_app.components.text import Text, attr, hidden, t, words
from cleanit_app.i18n import LANGUAGES
from cleanit_app.i18n.built import LANGUAGE
from cleanit_app.i18n.locales import language_name


@dataclass(frozen=True)
class Place:
    """One entry of a bar: ``name`` marks it active, ``key`` are its words."""

    name: str
    href: str
    key: str
    icon: str


CITIZEN = (
    Place("discover", routes.DISCOVER, "nav.discover", "map"),
    Place("start", routes.START, "nav.start", "camera"),
    Place("money", routes.MY_MONEY, "nav.money", "wallet"),
    Place("me", routes.ME, "nav.me", "user"),
)
CLEANER = (
    Place("jobs", routes.JOBS, "nav.jobs", "map-pinned"),
    Place("work", routes.WORK, "nav.work", "clipboard-check"),
    Place("earnings", routes.EARNINGS, "nav.earnings", "wallet"),
    Place("me", routes.ME, "nav.me", "user"),
)
PUBLIC_TOP = (
    Place("discover", routes.DISCOVER, "nav.discover", "map"),
    Place("how", routes.HOW, "nav.how", "info"),
    Place("cleaned", routes.CLEANED, "nav.cleaned", "sparkles"),
    Place("ledger", routes.LEDGER, "nav.ledger", "scale"),
)
CITIZEN_TOP = (*PUBLIC_TOP, CITIZEN[2], CITIZEN[3])
FOOTER = (
    (routes.HOW, "nav.how"),
    (routes.HELP, "nav.help"),
    (routes.LEDGER, "nav.ledger"),
    (routes.TERMS, "nav.terms"),
    (routes.PRIVACY, "nav.privacy"),
)


def current(is_active: bool) -> dict[str, Any]:
    """The attribute that marks the entry of the page one is on."""
    return {"aria_current": "page"} if is_active else {}


def skip_link() -> rx.Component:
    """The first link of every page, past its bars; a plain anchor, so that it is known for one and needs no script."""
    marks = {"data-skip": ""}
    return rx.el.elements.A.create(t("nav.skip"), href="#content", class_name="btn btn-s skip", custom_attrs=marks)


def lang_switch() -> rx.Component:
    """The choice of the page's language, each named in itself; app.js loads the page anew in it, for a year."""
    choices = [rx.el.option(language_name(one), lang=one, value=one) for one in LANGUAGES]
    return rx.el.select(
        *choices,
        default_value=LANGUAGE,
        class_name="lang",
        aria_label=attr("lang.switch"),
        custom_attrs={"data-languages": ""},
    )


def dhoop_switch() -> rx.Component:
    """Switches the sunlight look on and off, kept on this phone; app.js does the work."""
    return rx.el.button(
        icon("sun", 24),
        rx.el.span(
            rx.el.span(t("dhoop.title"), class_name="b block"), rx.el.span(t("dhoop.note"), class_name="t-sm mute")
        ),
        rx.el.span(
            rx.el.span(t("dhoop.on"), class_name="dhoop-on chip ink"),
            rx.el.span(t("dhoop.off"), class_name="dhoop-off chip"),
            class_name="ml-auto flex-none",
        ),
        class_name="flex items-center gap-4 w-full min-h-[64px] py-2 text-left",
        type="button",
        custom_attrs={"data-dhoop-toggle": ""},
    )


def bell(unread: rx.Var[int] | int, drawer_id: str) -> rx.Component:
    """The bell with its count; opens the drawer with this id."""
    count: Any = rx.Var.create(unread)
    shown = rx.cond(count > 99, "99+", count.to_string())
    badge = rx.el.span(shown, class_name="badge num", aria_hidden="true")
    return rx.el.button(
        icon("bell", 24),
        hidden(t("nav.bell", n=count)),
        rx.cond(count > 0, badge, rx.fragment()),
        class_name="iconbtn",
        type="button",
        custom_attrs={"data-open": drawer_id, "aria-haspopup": "dialog"},
    )


def help_button(class_name: str = "iconbtn") -> rx.Component:
    """The way to support, at the end of the bar of every page; that page knows where it was pressed (WCAG 3.2.6)."""
    return rx.el.a(
        icon("life-buoy", 24),
        hidden(t("nav.ask_support")),
        href=routes.SUPPORT,
        class_name=class_name,
        custom_attrs={"data-help": ""},
    )


def back_link(href: str | rx.Var[str], label: Text | None = None, class_name: str = "iconbtn back") -> rx.Component:
    """Back to where one came from inside Cleanit (keeping its scroll), else to ``href``."""
    return rx.el.a(
        icon("arrow-left", 24),
        hidden(label if label is not None else t("nav.back")),
        href=href,
        class_name=class_name,
        custom_attrs={"data-back": ""},
    )


def share_button(path: str | rx.Var[str] = "", class_name: str = "iconbtn") -> rx.Component:
    """Shares the page (or ``path``) by the phone's own sheet; copies the link where there is none."""
    return rx.el.button(
        icon("share-2", 24 if class_name == "hero-btn" else 20),
        hidden(t("nav.share")),
        rx.el.span(role="status", class_name="copied", custom_attrs={"data-word": attr("share.copied")}),
        class_name=class_name if class_name == "hero-btn" else f"{class_name} relative",  # that one is placed already
        type="button",
        custom_attrs={"data-share": path},
    )


def top_bar(
    *,
    places: tuple[Place, ...] = PUBLIC_TOP,
    active: str = "",
    title: Text | None = None,
    back: str | rx.Var[str] | None = None,
    right: rx.Component | None = None,
    brand: Text = "Cleanit",
    extra: tuple[rx.Component, ...] = (),
) -> rx.Component:
    """The bar on top. With ``title`` (and ``back``) phones show those; wide screens keep logo and links."""
    nav = rx.el.nav(
        *[rx.el.a(t(p.key), href=p.href, **current(p.name == active)) for p in places],
        class_name="topnav",
        custom_attrs={"aria-labelledby": "nav-top"},
    )
    if title is None:
        lead = [logo(words(brand)), rx.el.span(class_name="grow phone-only")]
    else:
        lead = [
            rx.fragment() if back is None else back_link(back),
            rx.el.span(words(title), class_name="title phone-only"),
            rx.el.span(logo(words(brand)), class_name="hidden lg:inline-flex"),
        ]
    tools = [right] if right is not None else []
    return rx.el.header(
        hidden_heading("nav-top", "nav.main"),
        rx.el.div(*lead, nav, *extra, *tools, help_button(), class_name="wide"),
        class_name="topbar",
    )


def hidden_heading(element_id: str, key: str) -> rx.Component:
    """A name for a region that ``aria-labelledby`` can point at."""
    return rx.el.span(t(key), id=element_id, class_name="sr")


def bottom_bar(places: tuple[Place, ...], active: str, counts: dict[str, Any] | None = None) -> rx.Component:
    """The bar under the thumb on phones; ``counts`` puts a number beside an entry."""
    links = [
        rx.el.a(
            icon(p.icon, 24),
            rx.el.span(t(p.key)),
            _tab_count((counts or {}).get(p.name)),
            href=p.href,
            **current(p.name == active),
        )
        for p in places
    ]
    return rx.el.nav(*links, class_name="tabbar", custom_attrs={"aria-labelledby": "nav-top"})


def _tab_count(count: Any) -> rx.Component:
    if count is None:
        return rx.fragment()
    number: Any = rx.Var.create(count)
    badge = rx.el.span(number, class_name="badge num left-1/2 ml-1.5 top-0.5 right-auto")
    return rx.cond(number > 0, badge, rx.fragment())


def start_button() -> rx.Component:
    """The button to start a cleanup, for wide screens; phones have it in the bottom bar."""
    return link_button(
        t("nav.start_cleanup"), routes.START, size="s", icon_name="camera", class_name="hidden lg:inline-flex"
    )


def footer() -> rx.Component:
    """The kerb strip, the links, and the one sentence people should learn."""
    links = [rx.el.a(t(key), href=href) for href, key in FOOTER]
    return rx.el.footer(
        rx.el.div(class_name="kerb-strip", aria_hidden="true"),
        rx.el.div(
            rx.el.div(
                logo(inverse=True),
                rx.el.nav(*links, class_name="flex flex-wrap gap-x-6"),
                rx.el.p(
                    icon("shield-check"),
                    rx.el.span(t("brand.only_here")),
                    class_name="row-t t-sm max-w-[400px]",
                ),
                class_name="wide flex flex-col gap-4 lg:flex-row lg:items-center lg:justify-between",
            ),
            class_name="foot",
        ),
    )
