"""Where a search found nothing: a place that is known, names that may have been meant, and ways on (JOB-03)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.locales import DEVANAGARI
from cleanit_app.pages.public.cards import card_grid
from cleanit_app.reads.campaigns.gazetteer import KnownPlace
from cleanit_app.reads.campaigns.nothing_found import NothingFound
from cleanit_app.state.base import NOTHING


@dataclass(frozen=True)
class NearName:
    """A town that may have been meant, and the address that shows its cleanups."""

    name: str
    href: str


@dataclass(frozen=True)
class KnownView:
    """A place that is known and has nothing of what is shown: its name, the sentence, and where it has something."""

    name: str = ""
    sentence: str = NOTHING
    href: str = ""
    elsewhere: str = NOTHING


def place_name(place: KnownPlace) -> str:
    """A town or state, or a spot in a town, as it is called in the language of whoever reads."""
    name = place.hindi or place.name if spoken_language() in DEVANAGARI else place.name
    spot = place.detail if any(sign.isdigit() for sign in place.detail) else ""
    return f"{spot}, {name}" if spot else name


def known_view(found: NothingFound, show: str, open_href: str, cleaned_href: str) -> KnownView:
    """What is said of a known place in the view `show`; nothing where no place is known."""
    if found.known is None:
        return KnownView()
    place = place_name(found.known)
    kind = "any" if not found.has_any else "cleaned" if show == "cleaned" else "open"
    href, elsewhere = "", NOTHING
    if found.has_open and show != "new":
        href, elsewhere = open_href, say("discover.see_open_in", place=place)
    elif found.has_cleaned and show != "cleaned":
        href, elsewhere = cleaned_href, say("discover.see_cleaned_in", place=place)
    return KnownView(place, say(f"discover.none_{kind}", place=place), href, elsewhere)


def nothing_here(q: Any, known: Any, near_names: Any, nearest: Any, all_href: Any) -> rx.Component:
    """Vars of what was asked for and is known of it; without words there is simply nothing yet."""
    start = link_button(t("home.photograph"), routes.START, icon_name="camera")
    unknown = empty_state(
        t("discover.nothing", q=q),
        t("discover.nothing_more"),
        icon_name="search",
        action=_ways_on(near_names, all_href, start),
    )
    asked = rx.cond(known.name != "", _known(known, nearest, all_href), unknown)
    return rx.cond(q != "", asked, empty_state(t("home.none"), t("home.none_more"), action=start))


def _ways_on(near_names: Any, all_href: Any, start: rx.Component) -> rx.Component:
    """Where nothing was found: near names, the list without the words, a cleanup of one's own."""
    meant = rx.el.div(
        rx.el.p(t("discover.did_you_mean"), class_name="soft"),
        each(
            near_names,
            lambda one: link_button(words(one.name), one.href, kind="line", icon_name="map-pin"),
            key=lambda one: one.href,
        ),
        class_name="flex flex-wrap gap-2 items-center justify-center",
    )
    return rx.el.div(
        rx.cond(near_names.length() > 0, meant, rx.fragment()),
        link_button(t("discover.see_all"), all_href, kind="line", icon_name="list"),
        start,
        class_name="flex flex-col gap-3 items-center mt-2",
    )


def _known(known: Any, nearest: Any, all_href: Any) -> rx.Component:
    """A place that is known and has nothing to show: start there, its other cleanups, the nearest ones elsewhere."""
    ways = rx.el.div(
        link_button(t("discover.start_in"), routes.START, icon_name="camera"),
        rx.cond(known.href != "", link_button(words(known.elsewhere), known.href, kind="line"), rx.fragment()),
        link_button(t("discover.see_all"), all_href, kind="line", icon_name="list"),
        class_name="flex flex-col gap-3 items-center mt-2",
    )
    elsewhere = rx.el.section(rx.el.h2(t("discover.nearest"), class_name="t-h2 mb-3"), card_grid(nearest))
    return rx.fragment(
        empty_state(known.sentence, t("discover.none_more"), icon_name="map-pin", action=ways),
        rx.cond(nearest.length() > 0, elsewhere, rx.fragment()),
    )
