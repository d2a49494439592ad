"""The boards as they are asked for: how far back, and what the figures make of it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time
from cleanit_app.metrics import Period
from cleanit_app.pages.admin.system.boards.view import CHARTS, ChartView, CohortRow, chart_view, cohort_row, period_of
from cleanit_app.reads.boards.boards import LENGTHS, Board, board
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState

DAYS, WEEKS = LENGTHS[Period.DAY], LENGTHS[Period.WEEK]


class BoardsState(AdminDeskState, rx.State):
    """Figures of the last days and weeks; they move when the clock counted anew."""

    days: int = DAYS[0]
    weeks: int = WEEKS[0]
    counted: str = NOTHING
    nothing_yet: bool = False
    charts: dict[str, ChartView] = {name: ChartView() for name in CHARTS}
    cohorts: list[CohortRow] = []
    day_table: str = ""
    week_table: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the figures; hear of changes."""
        self._hear_everything(BoardsState.refresh)
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    @rx.event
    async def show_days(self, days: int) -> None:
        """Look at so many days."""
        if days in DAYS:
            self.days = days
            await self._read()

    @rx.event
    async def show_weeks(self, weeks: int) -> None:
        """Look at so many weeks."""
        if weeks in WEEKS:
            self.weeks = weeks
            await self._read()

    async def _read(self) -> None:
        daily: Board | None = await self._ask_here(board, period=Period.DAY, length=self.days)
        if daily is None:
            return
        weekly: Board | None = await self._ask_here(board, period=Period.WEEK, length=self.weeks)
        if weekly is None:
            return
        now = self._parts().clock.now()
        of = {Period.DAY: daily, Period.WEEK: weekly}
        self.charts = {name: chart_view(of[period_of(name)], name, now) for name in CHARTS}
        self.cohorts = [cohort_row(one, now) for one in weekly.cohorts]
        self.nothing_yet = daily.counted_at is None
        self.counted = say("boards.counted", when=day_time(daily.counted_at, now)) if daily.counted_at else ""
        self.day_table = routes.board_table(Period.DAY, self.days)
        self.week_table = routes.board_table(Period.WEEK, self.weeks)
        self.loaded = True
