"""The gallery of places that were cleaned: before beside after."""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.lists import each
from cleanit_app.components.text import t
from cleanit_app.domain.errors import MalformedRequest
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.cards import waiting_grid
from cleanit_app.pages.public.cleaned_card import cleaned_card
from cleanit_app.reads.campaigns.campaigns import DiscoverSort, discover
from cleanit_app.state.base import PageState
from cleanit_app.state.cards import CleanedView, cleaned_view
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.CLEANED, "cleaned.title"
PAGE_SIZE, MOST_KEPT = 12, 96


class CleanedState(PageState, rx.State):
    """The places shown."""

    places: list[CleanedView] = []
    more_to_come: bool = False
    _cursor: str | None = None

    @rx.event
    async def load(self) -> None:
        """Read the newest, as many as were shown before."""
        await self._fill(None, min(max(PAGE_SIZE, len(self.places)), MOST_KEPT))

    @rx.event
    async def more(self) -> None:
        """Add the next ones."""
        if self._cursor:
            await self._fill(self._cursor, PAGE_SIZE)

    async def _fill(self, cursor: str | None, limit: int) -> None:
        done = [CampaignStatus.CLOSED]
        try:
            page = await self._ask(
                discover, status=done, sort=DiscoverSort.NEW, cursor=cursor, limit=limit, gallery=True
            )
        except MalformedRequest:
            return
        now = self._parts().clock.now()
        cleaned = page.each(lambda card: cleaned_view(card, now) if card.after else None)
        shown = [view for view in cleaned if view]
        self.places = [*self.places, *shown] if cursor else shown
        self._cursor, self.more_to_come = page.next_cursor, page.next_cursor is not None
        self.loaded = True


ON_LOAD = [CurrentUserState.arrive, CleanedState.load]


def page() -> rx.Component:
    """The page."""
    grid = rx.el.div(
        each(CleanedState.places, cleaned_card, key=lambda place: place.href),
        class_name="grid gap-4 md:grid-cols-2 lg:grid-cols-3 lg:gap-6",
    )
    more = button(t("discover.more"), kind="line", block=True, on_click=CleanedState.more, class_name="mt-6")
    shown = rx.fragment(grid, rx.cond(CleanedState.more_to_come, more, rx.fragment()))
    to_list = link_button(t("campaign.others"), routes.DISCOVER)
    nothing = empty_state(t("cleaned.none"), t("cleaned.none_more"), icon_name="sparkles", action=to_list)
    content = rx.el.div(
        rx.el.h1(t("cleaned.title"), class_name="t-h1"),
        rx.el.p(t("cleaned.lead"), class_name="soft mt-2 mb-5 max-w-[640px]"),
        rx.cond(CleanedState.loaded, rx.cond(CleanedState.places.length() > 0, shown, nothing), waiting_grid()),
        class_name="wide py-6",
    )
    return citizen_page(content, active="cleaned")
