"""Jobs of the clock: how their last runs went, when each runs next, and a run by hand (OPS-01)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.chips import chip
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.formats import day_time, lasted
from cleanit_app.pages.frame import admin_page
from cleanit_app.process_heartbeats import PARTS, Process, dead, processes
from cleanit_app.reads.operations.scheduled_jobs import RunItem, ScheduledJobItem, scheduled_jobs
from cleanit_app.services.operations.scheduled_jobs import ask_for_run
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.wiring import is_outage

ROUTE, TITLE = routes.ADMIN_JOBS, "admin.jobs"
SHORTEST = 100
"""So many milliseconds are told apart at least; below it a run took no time worth a number."""


@dataclass(frozen=True)
class ScheduledJobView:
    """One job on the page; `result` is WELL, FAILED, or NEVER before the first run."""

    id: str
    name: str
    result: str
    last: str
    trouble: str
    earlier: list[str]
    silent: bool
    next: str
    asked: str

    @property
    def in_trouble(self) -> bool:
        """Whether it stands above the others, which are sorted by what they are called."""
        return self.silent or self.result == "FAILED"


@dataclass(frozen=True)
class PartView:
    """The processes of one part on all machines; `fallen` says of each dead one where it was and when it was seen."""

    name: str
    at_work: str
    fallen: list[str]


class ScheduledJobsState(AdminDeskState, rx.State):
    """Every job of the clock; `busy` is the one that is asked for."""

    rows: list[ScheduledJobView] = []
    parts: list[PartView] = []
    busy: str = ""

    @rx.event
    async def load(self) -> None:
        """How they went."""
        self.reset()
        await self._read()

    @rx.event
    async def run(self, name: str) -> AsyncIterator[None]:
        """Ask for a run now; a second press before it begins asks for nothing more."""
        known = next((row for row in self.rows if row.id == name), None)
        if self.busy or known is None:
            return
        self.busy = known.id
        yield
        if await self._do(ask_for_run, name=known.id) is not None:
            await self._toast(say("scheduled.asked", what=known.name))
            await self._read()
        self.busy = ""

    async def _read(self) -> None:
        found = await self._ask_here(scheduled_jobs)
        if found is not None:
            now = self._parts().clock.now()
            shown = [_view(one, now) for one in found]
            self.rows, self.loaded = sorted(shown, key=lambda row: (not row.in_trouble, row.name)), True
            self.parts = await asyncio.to_thread(_parts_now, self._parts().redis, now)


def _parts_now(redis: Any, now: datetime) -> list[PartView]:
    """How each part stands; nothing while Redis is away, which the overview says."""
    try:
        known = processes(redis)
    except Exception as trouble:
        if not is_outage(trouble):
            raise
        return []
    gone = dead(known)
    return [_part(part, [one for one in known if one.part == part], gone, now) for part in PARTS]


def _part(part: str, known: list[Process], gone: list[Process], now: datetime) -> PartView:
    fallen = [one for one in known if one in gone]
    return PartView(
        name=say(f"scheduled.part.{part}"),
        at_work=say("scheduled.at_work", n=len(known) - len(fallen)),
        fallen=[say("scheduled.fallen", where=one.host, when=day_time(datetime.fromtimestamp(one.seen, UTC), now))
                for one in fallen],
    )  # fmt: skip


def job_words(name: str) -> str:
    """What a job does, for people; one that has no words yet goes by its name."""
    key = f"scheduled.job.{name}"
    return say(key) if key in KEYS else name


def _view(one: ScheduledJobItem, now: datetime) -> ScheduledJobView:
    last = one.runs[0] if one.runs else None
    return ScheduledJobView(
        id=one.name,
        name=job_words(one.name),
        result="NEVER" if last is None else "FAILED" if last.trouble else "WELL",
        last=_when(last, now) if last else "",
        trouble=(last.trouble or "") if last else "",
        earlier=[f"{_when(run, now)}: {say('scheduled.FAILED' if run.trouble else 'scheduled.WELL')}"
                 for run in one.runs[1:]],
        silent=one.silent,
        next=day_time(one.next_at, now),
        asked=say("scheduled.waits", when=day_time(one.asked_at, now)) if one.asked_at else "",
    )  # fmt: skip


def _when(run: RunItem, now: datetime) -> str:
    key = "scheduled.run_by_hand" if run.manual else "scheduled.run"
    return say(key, when=day_time(run.started_at, now), took=_took(run.took_ms))


def _took(milliseconds: int) -> str:
    if milliseconds < SHORTEST:
        return say("scheduled.no_time")
    if milliseconds < 60_000:
        return say("scheduled.seconds", time=f"{milliseconds / 1000:.1f}")
    return lasted(timedelta(milliseconds=milliseconds))


ON_LOAD = [CurrentUserState.arrive_signed_in, ScheduledJobsState.load]


def _cells(row: Any) -> list[Any]:
    result = rx.match(
        row.result,
        ("WELL", chip(t("scheduled.WELL"), "rel", "check")),
        ("FAILED", chip(t("scheduled.FAILED"), "bad", "circle-alert")),
        chip(t("scheduled.NEVER")),
    )
    earlier = rx.el.details(
        rx.el.summary(t("scheduled.earlier"), class_name="link t-sm min-h-[44px]"),
        rx.el.ul(each(row.earlier, lambda line: rx.el.li(line, class_name="t-sm num"))),
    )
    last = rx.el.div(
        result,
        rx.cond(row.silent, chip(t("scheduled.silent"), "held", "triangle-alert"), rx.fragment()),
        rx.cond(row.last != "", rx.el.p(row.last, class_name="t-sm num"), rx.fragment()),
        rx.cond(row.trouble != "", rx.el.p(row.trouble, class_name="t-sm break-words", lang="en"), rx.fragment()),
        rx.cond(row.earlier.length() > 0, earlier, rx.fragment()),
    )
    ask = button(
        t("scheduled.run_now"), kind="line", size="s", of=row.name, busy=ScheduledJobsState.busy == row.id,
        busy_label=t("people.working"), on_click=ScheduledJobsState.run(row.id),
    )  # fmt: skip
    waits = rx.el.p(words(row.asked), class_name="t-sm mute", role="status")
    return [rx.el.b(row.name, class_name="b"), last, row.next, rx.cond(row.asked != "", waits, ask)]


def _parts_list() -> rx.Component:
    def line(part: Any) -> rx.Component:
        return rx.el.li(
            rx.el.b(part.name, class_name="b"), " · ", rx.el.span(part.at_work, class_name="num"),
            each(part.fallen, lambda said: chip(words(said), "bad", "circle-alert")),
            class_name="t-sm py-1",
        )  # fmt: skip

    return rx.el.section(
        rx.el.h2(t("scheduled.parts"), class_name="t-h2 mb-2"),
        rx.el.ul(each(ScheduledJobsState.parts, line)),
        class_name="mt-6",
    )


def page() -> rx.Component:
    """The page."""
    heads = [t(f"scheduled.col.{name}") for name in ("job", "last", "next", "run")]
    refused = rx.cond(
        ScheduledJobsState.problem != "",
        note(words(ScheduledJobsState.problem), "err", role="alert"),
        rx.fragment(),
    )
    again = button(t("scheduled.look_again"), kind="quiet", on_click=ScheduledJobsState.load)
    body = rx.el.div(
        rx.el.h1(t("admin.jobs"), class_name="t-h1 mb-2"),
        rx.el.p(t("scheduled.what"), class_name="soft mb-3 max-w-[720px]"),
        rx.el.div(again, class_name="mb-4"),
        refused,
        rx.cond(
            ScheduledJobsState.loaded,
            rx.fragment(data_table(t("admin.jobs"), heads, ScheduledJobsState.rows, _cells), _parts_list()),
            loading(skeleton("h-64 w-full")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="jobs", refused=ScheduledJobsState.refused)
