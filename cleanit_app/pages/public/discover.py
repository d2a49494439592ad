"""Discover: campaigns as a list or on a map. The address holds the choice, so that back and sharing work."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.live import geo_button
from cleanit_app.components.islands.maps import map_view
from cleanit_app.components.islands.search import search_box
from cleanit_app.components.text import t
from cleanit_app.domain.features import Feature
from cleanit_app.domain.places import is_in_india
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.locales import DEVANAGARI
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.cards import card_grid, waiting_grid
from cleanit_app.pages.public.nothing_here import KnownView, NearName, known_view, nothing_here, place_name
from cleanit_app.reads.campaigns.campaigns import CampaignCard, DiscoverSort, discover
from cleanit_app.reads.campaigns.map_names import map_names
from cleanit_app.reads.campaigns.nothing_found import NothingFound, nothing_found
from cleanit_app.state.base import PageState
from cleanit_app.state.cards import CampaignCardView, card_view
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.place import rounded_place

log = logging.getLogger(__name__)
ROUTE, TITLE = routes.DISCOVER, "discover.title"
PAGE_SIZE, MOST_KEPT = 18, 90
RADII = (1, 3, 10, 25)
OPEN = (CampaignStatus.ACTIVE, CampaignStatus.FUNDED)
VIEWS: dict[str, tuple[DiscoverSort, tuple[CampaignStatus, ...]]] = {
    "almost": (DiscoverSort.ALMOST, (CampaignStatus.ACTIVE,)),
    "ending": (DiscoverSort.ENDING, (CampaignStatus.ACTIVE,)),
    "new": (DiscoverSort.NEW, OPEN),
    "cleaned": (DiscoverSort.NEW, (CampaignStatus.CLOSED,)),
    "near": (DiscoverSort.NEAR, OPEN),
}
CHOICES = ("almost", "ending", "new", "cleaned")


class DiscoverState(PageState, rx.State):
    """What is chosen, and the campaigns that fit."""

    cards: list[CampaignCardView] = []
    points: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    show: str = "almost"
    q: str = ""
    search_on: bool = True  # for whoever looks (OPS-06)
    radius: int = 0
    on_map: bool = False
    located: bool = False
    tiles: list[str] = ["", ""]
    more_to_come: bool = False
    hrefs: dict[str, str] = {}
    near_names: list[NearName] = []
    known: KnownView = KnownView()
    nearest: list[CampaignCardView] = []
    _near: tuple[float, float] | None = None
    _cursor: str | None = None
    _chosen: str = ""

    @rx.event
    async def load(self) -> None:
        """Read what the address asks for; coming back shows as much as was shown before."""
        self._read_choice()
        settings = self._parts().settings
        self.tiles = [settings.map_tile_url, settings.map_tile_attribution]
        chosen = f"{self.show}|{self.q}|{self.radius}|{self._near}"
        again = self.loaded and chosen == self._chosen
        if not again:
            self.loaded, self.cards, self._chosen = False, [], chosen
        await self._fill(None, min(max(PAGE_SIZE, len(self.cards)), MOST_KEPT))

    @rx.event
    async def more(self) -> None:
        """Add the next ones of the list."""
        if self.more_to_come and self._cursor:
            await self._fill(self._cursor, PAGE_SIZE)

    @rx.event
    async def search(self, words: str) -> Any:
        """Look for these words."""
        self.q = _plain(words)
        return rx.redirect(self._href(), replace=True)

    @rx.event
    async def locate(self, latitude: float, longitude: float, accuracy_m: int) -> Any:
        """Sort by distance from here; the place is kept in this tab only, rounded."""
        here = rounded_place(latitude, longitude)
        if here is None:
            return None
        self._near, self.located = here, is_in_india(*here)
        return rx.redirect(self._href(show="near"), replace=self.show == "near")

    def _read_choice(self) -> None:
        asked = self.router.url.query_parameters
        self.q = _plain(asked.get("q") or "")
        show = asked.get("show") or "almost"
        self.located = self._near is not None
        self.show = show if show in VIEWS and (show != "near" or self._near) else "almost"
        km = asked.get("km") or ""
        self.radius = int(km) if km in map(str, RADII) and self.show == "near" else 0
        self.on_map = asked.get("view") == "map"
        self.hrefs = {name: self._href(show=name) for name in CHOICES}
        self.hrefs |= {f"km{km}": self._href(km=km) for km in (0, *RADII)}
        self.hrefs["all"] = self._href(q="")
        self.hrefs |= {"map": self._href(on_map=True), "list": self._href(on_map=False)}

    def _href(
        self, show: str | None = None, km: int | None = None, on_map: bool | None = None, q: str | None = None
    ) -> str:
        show = self.show if show is None else show
        filters = {
            "show": "" if show == "almost" else show,
            "q": self.q if q is None else q,
            "km": (self.radius if km is None else km) if show == "near" else 0,
            "view": "map" if (self.on_map if on_map is None else on_map) else "",
        }
        query = urlencode({name: value for name, value in filters.items() if value})
        return f"{routes.DISCOVER}?{query}" if query else routes.DISCOVER

    async def _fill(self, cursor: str | None, limit: int) -> None:
        sort, statuses = VIEWS[self.show]
        actor = await self._actor()
        self.search_on = await asyncio.to_thread(self._parts().features.is_on, Feature.WORD_SEARCH, actor.id)
        page = await self._ask(
            discover,
            status=statuses,
            q=(self.q or None) if self.search_on else None,
            near=self._near if self.show == "near" else None,
            radius_km=self.radius or None,
            sort=sort,
            cursor=cursor,
            limit=limit,
        )
        now = self._parts().clock.now()
        if not cursor:
            self._lead_on(NothingFound() if page.items else await self._ways_on(statuses), now)
        pairs = page.each(lambda card: (view := card_view(card, now), _point(card, view)))
        shown, points = [view for view, _ in pairs], [point for _, point in pairs]
        self.cards = [*self.cards, *shown] if cursor else shown
        self.points = [*self.points, *points] if cursor else points
        self._cursor, self.more_to_come = page.next_cursor, page.next_cursor is not None
        if self.on_map and not self.tiles[0]:
            around = [(point["latitude"], point["longitude"]) for point in self.points]
            self.names = await self._ask(map_names, around=around, hindi=spoken_language() in DEVANAGARI)
        self.loaded = True

    async def _ways_on(self, statuses: tuple[CampaignStatus, ...]) -> NothingFound:
        """What is known of the words that found nothing."""
        if not (self.q and self.search_on):
            return NothingFound()
        try:
            found: NothingFound = await self._ask(nothing_found, q=self.q, status=statuses)
        except Exception:  # the list itself was read; only the help is missing
            log.exception("ways on from a search could not be read")
            return NothingFound()
        return found

    def _lead_on(self, found: NothingFound, now: datetime) -> None:
        self.near_names = [NearName(place_name(town), self._href(q=town.name)) for town in found.meant]
        self.nearest = [card_view(card, now) for card in found.nearest]
        self.known = known_view(found, self.show, self._href(show="new"), self._href(show="cleaned"))


def _plain(words: object) -> str:
    """Words that can stand in an address: no halves of characters, at most 100 letters."""
    return str(words)[:100].encode("utf-8", "ignore").decode().strip()


def _point(card: CampaignCard, view: CampaignCardView) -> dict[str, Any]:
    done = card.status is CampaignStatus.CLOSED
    return {
        "latitude": card.latitude,
        "longitude": card.longitude,
        "kind": "photo" if done else "spot",
        "name": card.title,
        "label": "" if done else view.raised,
        "href": view.href,
    }


ON_LOAD = [CurrentUserState.arrive, DiscoverState.load]


def _filters() -> rx.Component:
    keep: dict[str, Any] = {"prevent_scroll_reset": True}
    views = [
        pill(t(f"discover.{name}"), href=DiscoverState.hrefs[name], on=DiscoverState.show == name, **keep)
        for name in CHOICES
    ]
    near = geo_button(
        icon("locate", 16),
        t("discover.near"),
        on_position=DiscoverState.locate,
        class_name=rx.cond(DiscoverState.show == "near", "pill on", "pill"),
    )
    return pills(near, *views)


def _radius() -> rx.Component:
    def one(km: int) -> rx.Component:
        words = t("discover.km", n=km) if km else t("discover.any_distance")
        return pill(
            words, href=DiscoverState.hrefs[f"km{km}"], on=DiscoverState.radius == km, prevent_scroll_reset=True
        )

    return rx.cond(DiscoverState.show == "near", pills(*[one(km) for km in (0, *RADII)]), rx.fragment())


def _switch() -> rx.Component:
    to_list = link_button(
        t("discover.list"), DiscoverState.hrefs["list"], kind="line", icon_name="list", class_name="flex-none"
    )
    to_map = link_button(
        t("discover.map"), DiscoverState.hrefs["map"], kind="line", icon_name="map", class_name="flex-none"
    )
    return rx.cond(DiscoverState.on_map, to_list, to_map)


def _map() -> rx.Component:
    return map_view(
        DiscoverState.points,
        names=DiscoverState.names,
        tile_url=DiscoverState.tiles[0],
        attribution=DiscoverState.tiles[1],
        class_name="h-[56vh] min-h-[300px] rounded-lg mb-4",
    )


def _list() -> rx.Component:
    more = rx.cond(
        DiscoverState.more_to_come,
        button(t("discover.more"), kind="line", block=True, on_click=DiscoverState.more, class_name="mt-6"),
        rx.fragment(),
    )
    full = rx.fragment(rx.cond(DiscoverState.on_map, _map(), rx.fragment()), card_grid(DiscoverState.cards), more)
    nothing = nothing_here(
        DiscoverState.q,
        DiscoverState.known,
        DiscoverState.near_names,
        DiscoverState.nearest,
        DiscoverState.hrefs["all"],
    )
    return rx.cond(DiscoverState.loaded, rx.cond(DiscoverState.cards.length() > 0, full, nothing), waiting_grid(6))


def page() -> rx.Component:
    """The page."""
    head = rx.el.div(
        search_box(
            action=routes.DISCOVER, value=DiscoverState.q, on_search=DiscoverState.search, class_name="grow min-w-0"
        ),
        _switch(),
        class_name="flex gap-2 items-stretch",
    )
    abroad = rx.cond(
        (DiscoverState.show == "near") & ~DiscoverState.located, note(t("discover.abroad"), "warn"), rx.fragment()
    )
    return citizen_page(
        rx.el.div(
            rx.el.h1(t("discover.title"), class_name="t-h1 mb-4"),
            rx.el.h2(t("discover.found"), class_name="sr"),
            head,
            rx.el.div(_filters(), _radius(), class_name="flex flex-col gap-1 mt-3 mb-4"),
            abroad,
            rx.cond(DiscoverState.search_on, rx.fragment(), note(t("error.FEATURE_OFF"), "warn")),
            _list(),
            class_name="wide py-6",
        ),
        active="discover",
    )
