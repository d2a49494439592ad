"""Jobs that can be taken: what each pays, where it is, how far."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, link_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.fields import pill, pills, text_field
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.live import geo_button
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.places import place_problem
from cleanit_app.i18n import say
from cleanit_app.pages.cleaner.gates import (
    broken,
    for_cleaners,
    job_skeletons,
    more_button,
    open_job_card,
    papers_first,
    refusal,
)
from cleanit_app.pages.cleaner.views import JobCardView, job_card_view
from cleanit_app.pages.frame import cleaner_page
from cleanit_app.ports import OPEN_JOBS
from cleanit_app.reads.jobs.jobs import JobSort, open_jobs
from cleanit_app.reads.paging import DEFAULT_LIMIT, LARGEST_LIMIT, Place
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.JOBS, "jobs.title"
LONGEST_AREA = 60


class JobsState(PageState, rx.State):
    """The list of open jobs; the position stays in this tab's memory and is stored nowhere."""

    items: list[JobCardView] = []
    sort: str = JobSort.NEAR.value
    located: bool = False
    area: str = ""
    has_more: bool = False
    fetching: bool = False
    failed: bool = False
    _near: Place | None = None
    _cursor: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the list again, as long as it was: coming back keeps filters and place in it."""
        await self._fetch(min(max(len(self.items), DEFAULT_LIMIT), LARGEST_LIMIT))

    @rx.event
    async def refresh(self) -> Any:
        """A job of this list changed."""
        await self.load()
        return CleanerDashboardState.arrive

    @rx.event
    async def located_at(self, latitude: float, longitude: float, accuracy_m: int) -> None:
        """The person let us know where the phone is: nearest jobs first."""
        place = _place(latitude, longitude)
        self._near, self.located, self.sort = place, place is not None, JobSort.NEAR.value
        await self._fetch(DEFAULT_LIMIT)
        if place is None:
            self.problem = say("jobs.outside")

    @rx.event
    async def sort_by(self, sort: str) -> None:
        """Another order of the list."""
        if sort in (JobSort.PAY.value, JobSort.SMALL.value):
            self.sort = sort
            await self._fetch(DEFAULT_LIMIT)

    @rx.event
    async def search(self, form: dict[str, Any]) -> None:
        """Only jobs whose place or title has these words."""
        typed = form.get("area") if isinstance(form, dict) else None
        self.area = " ".join(str(typed or "").split())[:LONGEST_AREA]
        await self._fetch(DEFAULT_LIMIT)

    @rx.event
    async def show_all(self) -> None:
        """No search any more."""
        self.area = ""
        await self._fetch(DEFAULT_LIMIT)

    @rx.event
    async def more(self) -> AsyncIterator[None]:
        """The next part of the list."""
        if self.fetching or not self._cursor:
            return
        self.fetching = True
        yield
        try:
            await self._fetch(DEFAULT_LIMIT, after=self._cursor)
        finally:
            self.fetching = False

    async def _fetch(self, size: int, after: str = "") -> None:
        self._clear_problems()
        try:
            page = await self._ask(
                open_jobs, near=self._near, sort=self._order(), q=self.area, cursor=after or None, limit=size
            )
        except DomainError as refusal_:
            self.items, self.has_more, self._cursor, self.failed = [], False, "", refusal_.status >= 500
            self.loaded = True
            return
        now = self._parts().clock.now()
        shown = page.each(lambda job: job_card_view(job, now))
        self.items = [*self.items, *shown] if after else shown
        self._cursor, self.has_more = page.next_cursor or "", page.next_cursor is not None
        self.failed, self.loaded = False, True
        self._listen()

    def _order(self) -> JobSort:
        """Nearest first needs a position; without one the newest come first."""
        order = JobSort(self.sort)
        return JobSort.NEW if order is JobSort.NEAR and self._near is None else order

    def _listen(self) -> None:
        self._hear_of("campaign", [OPEN_JOBS, *(item.campaign_id for item in self.items)], JobsState.refresh)


def _place(latitude: object, longitude: object) -> Place | None:
    """A position as a browser sent it, when it is one in India."""
    try:
        place = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None
    return place if place_problem(*place) is None else None


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, JobsState.load]


def _filters() -> rx.Component:
    near = geo_button(
        icon("navigation", 16),
        t("jobs.near"),
        on_position=JobsState.located_at,
        auto=~JobsState.located,
        class_name="pill",
        aria_pressed=JobsState.located & (JobsState.sort == "near"),
    )
    pay = pill(t("jobs.pay"), on=JobsState.sort == "pay", icon_name="indian-rupee", on_click=JobsState.sort_by("pay"))
    small = pill(t("jobs.small"), on=JobsState.sort == "small", on_click=JobsState.sort_by("small"))
    return pills(near, pay, small, label=attr("jobs.filters"))


def _search() -> rx.Component:
    """For who gives no position: a place in words."""
    form = rx.el.form(
        rx.el.div(
            text_field(
                "area",
                t("jobs.area"),
                placeholder=attr("jobs.area_example"),
                max_length=LONGEST_AREA,
                kind="search",
                default_value=JobsState.area,
            ),
            class_name="grow",
        ),
        button(t("jobs.search"), kind="line", icon_name="search", type="submit"),
        on_submit=JobsState.search,
        class_name="flex items-end gap-2 max-w-[560px]",
    )
    return rx.cond(~JobsState.located | (JobsState.area != ""), form, rx.fragment())


def _heading() -> rx.Component:
    """What the list shows now, and how many jobs are in hand."""
    found = rx.el.div(
        rx.el.span(t("jobs.found", q=JobsState.area), class_name="grow"),
        rx.el.button(t("jobs.clear"), class_name="link", type="button", on_click=JobsState.show_all),
        class_name="row",
    )
    newest = rx.cond(
        ~JobsState.located & (JobsState.sort == "near"), rx.el.p(t("jobs.newest"), class_name="soft"), rx.fragment()
    )
    hand = rx.el.p(
        icon("clipboard-check", 16),
        t("jobs.in_hand", n=CleanerDashboardState.in_hand, limit=CleanerDashboardState.limit),
        class_name="row b t-sm",
    )
    hand = rx.cond(CleanerDashboardState.may_work, hand, rx.fragment())
    return rx.fragment(hand, rx.cond(JobsState.area != "", found, newest))


def _nothing() -> rx.Component:
    all_of_them = button(t("jobs.clear"), kind="line", on_click=JobsState.show_all)
    unfound = empty_state(
        t("jobs.none_found", q=JobsState.area), t("jobs.none_found_more"), icon_name="search", action=all_of_them
    )
    return rx.cond(
        JobsState.area != "",
        unfound,
        empty_state(
            t("jobs.none"),
            t("jobs.none_more"),
            icon_name="map-pinned",
            action=link_button(t("jobs.none_go"), routes.DISCOVER, kind="line", icon_name="hand-coins"),
        ),
    )


def _list() -> rx.Component:
    cards = rx.el.div(each(JobsState.items, open_job_card), class_name="grid gap-3.5 md:grid-cols-2 lg:grid-cols-3")
    shown = rx.cond(JobsState.items.length() > 0, cards, _nothing())
    return rx.fragment(
        rx.cond(JobsState.failed, broken(JobsState.load), shown),
        more_button(JobsState.has_more, JobsState.fetching, JobsState.more),
    )


def page() -> rx.Component:
    """The page."""
    content = rx.el.div(
        rx.el.h1(t("jobs.title"), class_name="sr"),
        papers_first(),
        _filters(),
        _search(),
        refusal(JobsState.problem),
        _heading(),
        rx.cond(JobsState.loaded, _list(), job_skeletons()),
        class_name="wide flex flex-col gap-3.5 py-3 pb-8",
    )
    return cleaner_page(for_cleaners(content, waiting=job_skeletons()), active="jobs")
