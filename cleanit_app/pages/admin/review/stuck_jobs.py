"""Jobs that three cleaners did not finish: offer them again, note a problem, or end the cleanup (JOB-08)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button, opens
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import money_field, text_area
from cleanit_app.components.lists import each
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.reading.numbers import rupees as rupees_typed
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import ago, day, rupees
from cleanit_app.pages.admin.review.end_campaign import stop_button, stop_dialog
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.jobs.stuck_jobs import StuckJob, stuck_jobs
from cleanit_app.services.jobs.stuck_jobs import mark_problematic, relist_job
from cleanit_app.state.admin_desk import DeskState, as_id, row_of
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_HELD, "held.title"
RELIST, MARK, SHOWN, NOTE_LENGTH = "relist-job", "mark-place", 50, 500


@dataclass(frozen=True)
class StuckJobView:
    """A job that waits for a decision."""

    id: str
    campaign_id: str
    href: str
    title: str
    address: str
    line: str
    pay: str
    problem: str
    own: bool


class StuckJobsState(DeskState, rx.State):
    """Held jobs, the longest held first."""

    rows: list[StuckJobView] = []
    chosen: str = ""
    campaign: str = ""
    title: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the list; hear of changes."""
        self._hear_everything(StuckJobsState.refresh)
        self.busy = False
        self._clear_problems()
        await self._read()

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read()
        return CurrentUserState.hear

    async def _read(self) -> None:
        page = await self._ask_here(stuck_jobs, limit=SHOWN)
        if page is not None:
            now = self._parts().clock.now()
            self.rows = page.each(lambda job: _row(job, now))
            self.loaded = True

    @rx.event
    async def pick(self, job_id: str) -> None:
        """Open a dialog about one job."""
        known = row_of(self.rows, job_id)
        if known:
            self.chosen, self.campaign, self.title = known.id, known.campaign_id, known.title
            self._clear_problems()

    @rx.event
    async def relist(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Announce it again; an empty pay leaves the pay as it is."""
        if self.busy or not self.chosen:
            return
        self._clear_problems()
        try:
            pay = rupees_typed(form["pay"]) if form.get("pay") else None
        except Unreadable as unread:
            self.field_problems = {"pay": say(f"field.{unread.problem.key}")}
            return
        said = say("held.relisted", title=self.title)
        async for _ in self._decide(relist_job, lambda _: said, job_id=as_id(self.chosen), pay_paise=pay):
            yield

    @rx.event
    async def mark(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Note what is wrong with the place, for admins."""
        said, seen = say("held.marked", title=self.title), str(form.get("problem") or "").strip()
        if self.campaign:
            async for _ in self._decide(mark_problematic, lambda _: said, campaign_id=as_id(self.campaign), note=seen):
                yield

    def _put_down(self) -> None:
        self.chosen = self.campaign = ""


ON_LOAD = [CurrentUserState.arrive_signed_in, StuckJobsState.load]


def _row(job: StuckJob, now: datetime) -> StuckJobView:
    return StuckJobView(
        id=str(job.job_id),
        campaign_id=str(job.campaign_id),
        href=routes.admin_campaign(job.campaign_id),
        title=job.title,
        address=job.address,
        line=say("held.line", n=job.claims, ago=ago(job.held_since, now), day=day(job.expires_at, now)),
        pay=say("held.pay", pay=rupees(job.pay_paise), most=rupees(job.most_pay_paise)),
        problem=job.problem or "",
        own=job.own_interest,
    )


def _card(row: Any) -> rx.Component:
    acts = rx.el.div(
        button(t("held.relist"), kind="ok", on_click=StuckJobsState.pick(row.id), custom_attrs=opens(RELIST)),
        button(t("held.mark"), kind="line", on_click=StuckJobsState.pick(row.id), custom_attrs=opens(MARK)),
        stop_button(row.campaign_id, row.title, size="m"),
        class_name="flex flex-wrap gap-2.5 mt-3",
    )
    return rx.el.article(
        rx.el.h2(rx.el.a(row.title, href=row.href, class_name="link"), class_name="t-h3"),
        rx.el.p(row.address, class_name="t-sm mute"),
        rx.el.p(words(row.line), class_name="mt-2"),
        rx.el.p(words(row.pay), class_name="t-sm soft"),
        rx.cond(row.problem != "", rx.el.div(note(row.problem, "warn"), class_name="mt-2"), rx.fragment()),
        rx.cond(row.own, rx.el.div(note(t("check.own"), "warn"), class_name="mt-3"), acts),
        class_name="card pad",
    )


def _dialogs() -> rx.Component:
    general = (StuckJobsState.problem != "") & (StuckJobsState.field_problems.length() == 0)
    problem = rx.cond(general, note(words(StuckJobsState.problem), "err", role="alert"), rx.fragment())
    name = rx.el.p(StuckJobsState.title, class_name="b mb-3")
    again = rx.el.form(
        name,
        problem,
        money_field("pay", t("held.new_pay"), hint=t("held.new_pay_hint"), error=StuckJobsState.field_problems["pay"]),
        button(t("held.relist_now"), kind="ok", size="l", block=True, type="submit", class_name="mt-4",
               busy=StuckJobsState.busy, busy_label=t("ending.busy")),
        on_submit=StuckJobsState.relist,
        no_validate=True,
    )  # fmt: skip
    marking = rx.el.form(
        name,
        problem,
        text_area("problem", t("held.problem"), hint=t("held.problem_hint"), max_length=NOTE_LENGTH),
        button(t("held.mark_now"), kind="main", size="l", block=True, type="submit", class_name="mt-4",
               busy=StuckJobsState.busy, busy_label=t("ending.busy")),
        on_submit=StuckJobsState.mark,
        no_validate=True,
    )  # fmt: skip
    return rx.el.div(
        dialog(RELIST, t("held.relist"), again),
        dialog(MARK, t("held.mark"), marking),
        key=StuckJobsState.turn.to_string(),
    )


def page() -> rx.Component:
    """The page."""
    listed = rx.cond(
        StuckJobsState.rows.length() > 0,
        rx.el.div(each(StuckJobsState.rows, _card), class_name="flex flex-col gap-4"),
        empty_state(t("held.none"), t("held.none_more"), icon_name="check"),
    )
    body = rx.el.div(
        rx.el.h1(t("held.title"), class_name="t-h1 mb-2"),
        rx.el.p(t("held.what"), class_name="soft mb-5"),
        rx.cond(StuckJobsState.loaded, listed, loading(skeleton("h-40 w-full"))),
        _dialogs(),
        stop_dialog(),
        class_name="p-4 lg:p-7 max-w-[900px]",
    )
    return admin_page(body, active="campaigns", refused=StuckJobsState.refused)
