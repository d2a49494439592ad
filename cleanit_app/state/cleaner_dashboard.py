"""A cleaner's desk: counts and the nearest deadline, the same on every cleaner page."""

from __future__ import annotations

from datetime import datetime, timedelta

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.house_settings import House
from cleanit_app.domain.statuses import KycStatus
from cleanit_app.reads.jobs.cleaner_dashboard import Desk as DeskRead
from cleanit_app.reads.jobs.cleaner_dashboard import Nearest, cleaner_desk
from cleanit_app.state.base import PageState
from cleanit_app.state.cards import short_place

SHOWN_BEFORE = timedelta(hours=48)


class CleanerDashboardState(PageState, rx.State):
    """Where the cleaner of this tab stands; `newcomer` may look around, `may_work` take jobs.

    `all_given`: a newcomer whose papers are handed in and only wait for us.
    """

    is_cleaner: bool = False
    may_work: bool = False
    newcomer: bool = False
    all_given: bool = False
    suspended: bool = False
    suspended_for: str = ""
    kyc: str = ""
    in_hand: int = 0
    limit: int = House().limits.claim_limit
    open_jobs: int = 0
    due_place: str = ""
    due_at: str = ""  # ISO, empty until 48 hours before
    due_href: str = ""

    @rx.event
    async def arrive(self) -> None:
        """Learn where this cleaner stands; runs on every cleaner page and whenever a job changes."""
        try:
            self._take(await self._ask(cleaner_desk))
        except DomainError:
            self.reset()
        self.loaded = True

    def _take(self, desk: DeskRead) -> None:
        self.is_cleaner = desk.kyc is not None
        self.suspended, self.suspended_for = desk.suspended_for is not None, desk.suspended_for or ""
        self.may_work = desk.kyc is KycStatus.ACTIVE and not self.suspended
        self.kyc = desk.kyc.value if desk.kyc else ""
        self.in_hand, self.limit = desk.in_hand, desk.limit
        self.newcomer = self.is_cleaner and not self.may_work and not self.suspended
        self.all_given = self.newcomer and desk.all_given
        self.open_jobs = desk.open_jobs if self.may_work or self.newcomer else 0
        self._take_deadline(desk.nearest, self._parts().clock.now())

    def _take_deadline(self, nearest: Nearest | None, now: datetime) -> None:
        if nearest is None or nearest.deadline - now > SHOWN_BEFORE:
            self.due_place = self.due_at = self.due_href = ""
            return
        self.due_place, self.due_at = short_place(nearest.address), nearest.deadline.isoformat()
        self.due_href = routes.work(nearest.job_id)
