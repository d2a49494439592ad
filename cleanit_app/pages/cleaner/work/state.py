"""The cleaner's own jobs, by what is asked of them now, and what happens to them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.domain.errors import DomainError
from cleanit_app.pages.cleaner.views import NOTHING
from cleanit_app.pages.cleaner.work.view import WorkView, work_view
from cleanit_app.ports import all_of
from cleanit_app.reads.jobs.work import WorkItem, my_work
from cleanit_app.reads.people.photo_consents import my_photo_consents
from cleanit_app.state.base import PageState
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState


class WorkState(PageState, rx.State):
    """The four heaps of a cleaner's jobs."""

    in_hand: list[WorkView] = []
    in_check: list[WorkView] = []
    redo: list[WorkView] = []
    done: list[WorkView] = []
    said: str = NOTHING  # news of the page before: the job was left
    failed: bool = False
    consent_due: bool = False  # never asked yet whether the photos may be shown

    @rx.event
    async def load(self) -> None:
        """Read the work, and hear what happens to it."""
        await self._look()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened to one of these jobs."""
        self.said = NOTHING
        await self._look()
        return CleanerDashboardState.arrive

    async def _look(self) -> None:
        try:
            work = await self._ask(my_work)
            self.consent_due = (await self._ask(my_photo_consents)).gallery is None
        except DomainError:
            self.failed, self.loaded = True, True
            return
        self.in_hand, self.in_check = self._views(work.in_hand), self._views(work.in_check)
        self.redo, self.done = self._views(work.redo), self._views(work.done)
        self.failed, self.loaded = False, True
        await self._listen()

    def _views(self, items: tuple[WorkItem, ...]) -> list[WorkView]:
        parts = self._parts()
        here = (parts.clock.now(), parts.settings.public_url, parts.house_known.limits)
        return [work_view(item, *here) for item in items]

    async def _listen(self) -> None:
        mine = all_of((await self.get_state(CurrentUserState)).user_id)
        items = (*self.in_hand, *self.in_check, *self.redo, *self.done)
        self._hear_of("campaign", [mine, *(item.campaign_id for item in items)], WorkState.refresh)
