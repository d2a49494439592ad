"""Pieces that follow the clock, the count or the phone's position."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop


class LiveTitle(rx.Component):
    """See `live_title`."""

    library = script("live.jsx")
    tag = "LiveTitle"
    count: rx.Var[int]
    here: rx.Var[str]


class PageTitle(rx.Component):
    """See `page_title`."""

    library = script("live.jsx")
    tag = "PageTitle"
    title: rx.Var[str]


class Countdown(rx.Component):
    """See `countdown`."""

    library = script("live.jsx")
    tag = "Countdown"
    until: rx.Var[str]
    words: rx.Var[dict[str, str]]
    on_over: rx.EventHandler[rx.event.no_args_event_spec]


class Toaster(rx.Component):
    """See `toaster`."""

    library = script("live.jsx")
    tag = "Toaster"
    items: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    on_gone: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class GeoButton(rx.Component):
    """See `geo_button`."""

    library = script("live.jsx")
    tag = "GeoButton"
    auto: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    on_position: rx.EventHandler[rx.event.passthrough_event_spec(float, float, int)]


class BannerStrip(rx.Component):
    """See `site_banner`."""

    library = script("live.jsx")
    tag = "BannerStrip"
    banner: rx.Var[Any]
    words: rx.Var[dict[str, str]]


def site_banner(banner: Any) -> rx.Component:
    """The banner of the site, a `BannerView`: there between its two moments, until it is closed on this device."""
    return BannerStrip.create(banner=banner, words=word_prop("nav.close", "banner.more"))


class Figures(rx.Component):
    """See `house_figures`."""

    library = script("lang.js")
    tag = "Figures"
    changed: rx.Var[dict[str, str]]


def house_figures(changed: Any) -> rx.Component:
    """Gives the sentences of a page the figures of the house that are others than those it was built with."""
    return Figures.create(changed=changed)


def live_title(count: Any, here: Any = "") -> rx.Component:
    """Puts the count of unread notifications before the tab's title: ``(3) Cleanit``.

    ``here`` is in or out once it is known whether somebody is signed in; the next document knows it before any answer.
    """
    return LiveTitle.create(count=count, here=here)


def page_title(title: Any) -> rx.Component:
    """Names the tab after what the page shows, once that is known (an empty text changes nothing)."""
    return PageTitle.create(title=title)


def countdown(until: Any, *, on_over: Any = None, class_name: str = "") -> rx.Component:
    """The time left until an ISO moment; spoken only at 24 hours, 1 hour and zero."""
    events = {} if on_over is None else {"on_over": on_over}
    return Countdown.create(until=until, words=word_prop("time."), class_name=class_name, **events)


def toaster(items: Any, on_gone: Any) -> rx.Component:
    """Shows the first of ``items`` above the dock for 6 s, longer while one is on it or nobody looks.

    Items are `ToastView`s; one that ``stays`` leaves when the server takes it away or it is closed. ``on_gone`` gets
    the id of the one that left and must take it out of the list.
    """
    return Toaster.create(items=items, on_gone=on_gone, words=word_prop("nav.close"))


def geo_button(*label: Any, on_position: Any, class_name: str = "btn btn-line", **props: Any) -> rx.Component:
    """A button that asks the phone where it is: latitude, longitude in degrees, accuracy in metres.

    ``auto=True`` asks once by itself where the person has allowed it before.
    """
    return GeoButton.create(*label, on_position=on_position, words=word_prop("map."), class_name=class_name, **props)
