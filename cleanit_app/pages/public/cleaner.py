"""A cleaner as neighbours see them: first name, jobs done, how many claims were finished, and cleaned places."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import link_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.lists import each
from cleanit_app.components.photos import avatar
from cleanit_app.components.text import t, words
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import initials, lakhs
from cleanit_app.pages.frame import citizen_page
from cleanit_app.pages.public.cards import waiting_grid
from cleanit_app.pages.public.cleaned_card import cleaned_card
from cleanit_app.reads.people.cleaner_page import cleaner_page
from cleanit_app.state.base import NOTHING, PageState
from cleanit_app.state.cards import CleanedView, cleaned_view
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.cleaner("[cleaner_id]"), "cleaner_page.title"


class CleanerPageState(PageState, rx.State):
    """The cleaner of the address."""

    missing: bool = False
    name: str = ""
    letters: str = ""
    done: str = NOTHING
    finished: str = NOTHING
    places: list[CleanedView] = []

    @rx.event
    async def load(self) -> None:
        """Read what everybody may know."""
        try:
            found = await self._ask(cleaner_page, cleaner_id=UUID(str(self.cleaner_id)))
        except (DomainError, ValueError):
            self.missing, self.name, self.places, self.loaded = True, "", [], True
            return
        now = self._parts().clock.now()
        self.name, self.letters = found.first_name, initials(found.first_name)
        self.done = lakhs(found.jobs_done)
        rate = found.completion_rate
        self.finished = say("cleaner_page.new") if rate is None else f"{int(100 * rate)}%"
        self.places = [cleaned_view(card, now) for card in found.results]
        self.missing, self.loaded = False, True


ON_LOAD = [CurrentUserState.arrive, CleanerPageState.load]


def _figure(name: Any, value: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="t-sm soft"),
        rx.el.dd(words(value), class_name="t-h2 num mt-1"),
        class_name="card pad",
    )


def _shown() -> rx.Component:
    s = CleanerPageState
    head = rx.el.div(
        avatar(s.letters, paid=True),
        rx.el.h1(s.name, class_name="t-h1"),
        class_name="flex items-center gap-3",
    )
    figures = rx.el.dl(
        _figure(t("cleaner_page.done"), s.done),
        _figure(t("cleaner_page.finished"), s.finished),
        class_name="grid grid-cols-2 gap-3.5 max-w-[520px] mt-5",
    )
    grid = rx.el.div(
        each(s.places, cleaned_card, key=lambda place: place.href),
        class_name="grid gap-4 md:grid-cols-2 lg:grid-cols-3 lg:gap-6",
    )
    nothing = empty_state(t("cleaner_page.none"), t("cleaner_page.none_more"), icon_name="sparkles")
    return rx.fragment(
        head,
        rx.el.p(t("cleaner_page.lead"), class_name="soft mt-3 max-w-[640px]"),
        figures,
        rx.el.h2(t("cleaner_page.results"), class_name="t-h2 mt-7 mb-4"),
        rx.cond(s.places.length() > 0, grid, nothing),
    )


def page() -> rx.Component:
    """The page."""
    others = link_button(t("campaign.others"), routes.DISCOVER)
    missing = empty_state(
        t("cleaner_page.missing"), t("cleaner_page.missing_more"), icon_name="search", action=others, whole=True
    )
    shown = rx.cond(CleanerPageState.missing, missing, _shown())
    content = rx.el.div(rx.cond(CleanerPageState.loaded, shown, waiting_grid()), class_name="wide py-6")
    return citizen_page(content, active="discover", back=routes.DISCOVER)
