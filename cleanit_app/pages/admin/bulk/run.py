"""One run: how far it is, live, the result of each row, and stopping, continuing and trying again (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import empty_state, loading, note, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.money import amount, facts
from cleanit_app.components.navigation import back_link
from cleanit_app.components.progress import kerb
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import BulkRowStatus, BulkRunStatus
from cleanit_app.i18n import say
from cleanit_app.pages.admin.bulk.views import RowView, RunView, row_chip, row_view, run_chip, run_view
from cleanit_app.pages.citizen.pieces import more_button
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.bulk.runs import bulk_rows, bulk_run
from cleanit_app.services.bulk.runs import continue_bulk_run, stop_bulk_run
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.bulk_run("[run_id]"), "title.bulk_run"
SHOWN = 50
ROWS = tuple(s.value for s in BulkRowStatus)


class BulkRunState(AdminDeskState, rx.State):
    """One run; `only` is the status of the rows that are shown, empty for all."""

    view: RunView = RunView()
    rows: list[RowView] = []
    only: str = ""
    there_are_more: bool = False
    missing: bool = False
    busy: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the run of this address; hear of changes."""
        self.reset()
        self._hear_everything(BulkRunState.refresh)
        await self._read(SHOWN)

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house: a row was done, perhaps."""
        await self._read(max(len(self.rows), SHOWN))
        return CurrentUserState.hear

    @rx.event
    async def show(self, status: str) -> None:
        """The rows of one status, or all."""
        self.only = status if status in ROWS else ""
        await self._read(SHOWN)

    @rx.event
    async def more(self) -> None:
        """More rows."""
        await self._read(len(self.rows) + SHOWN)

    @rx.event
    async def stop(self) -> AsyncIterator[None]:
        """Let nothing more be done of it."""
        async for _ in self._decide("stop", stop_bulk_run, "bulk.stopped_done"):
            yield

    @rx.event
    async def go_on(self) -> AsyncIterator[None]:
        """Go on with it, or try again what failed."""
        async for _ in self._decide("go_on", continue_bulk_run, "bulk.goes_on"):
            yield

    async def _decide(self, act: str, service: Callable[..., Any], said: str) -> AsyncIterator[None]:
        if self.busy or not self.view.id:
            return
        self.busy = act
        yield
        if await self._do(service, run_id=as_id(self.view.id)) is not None:
            await self._toast(say(said))
        self.busy = ""
        await self._read(max(len(self.rows), SHOWN))

    async def _read(self, wanted: int) -> None:
        run_id, status = as_id(self.run_id), BulkRowStatus(self.only) if self.only else None
        try:
            one = await self._ask_here(bulk_run, run_id=run_id)
        except NotFound:
            self.missing, self.loaded = True, True
            return

        def rows_of_run(uow: Any, **asked: Any) -> Any:
            return bulk_rows(uow, run_id=run_id, status=status, **asked)

        found = None if one is None else await self._ask_list(rows_of_run, wanted)
        if one is not None and found is not None:
            now = self._parts().clock.now()
            self.view = run_view(one, now)
            self.rows, self.there_are_more = [row_view(row, now) for row in found[0]], bool(found[1])
            self.loaded = True


ON_LOAD = [CurrentUserState.arrive_signed_in, BulkRunState.load]


def _progress() -> rx.Component:
    view = BulkRunState.view
    done = rx.cond(view.status == BulkRunStatus.DONE.value, "done", "full")
    far = t("bulk.of_total", over=view.over, total=view.total)
    return rx.el.section(
        rx.el.div(run_chip(view.status), rx.el.span(far, class_name="b num"), class_name="row sp mb-3"),
        kerb(view.percent, done, label=attr("bulk.progress", percent=view.percent)),
        rx.cond(view.stopped != "", rx.el.div(note(words(view.stopped), "warn"), class_name="mt-3"), rx.fragment()),
        rx.el.div(
            facts([
                (t("bulk.row.DONE"), view.done.to_string()), (t("bulk.row.SKIPPED"), view.skipped.to_string()),
                (t("bulk.row.FAILED"), view.failed.to_string()), (t("bulk.col.back"), view.amount),
                (t("bulk.col.who"), rx.fragment(view.who, ", ", words(view.when))), (t("ending.reason"), view.reason),
            ]),
            class_name="mt-4",
        ),
        _buttons(),
        class_name="card pad mt-4",
    )  # fmt: skip


def _buttons() -> rx.Component:
    view, busy = BulkRunState.view, BulkRunState.busy
    stop = button(t("bulk.stop"), kind="danger", icon_name="ban", on_click=BulkRunState.stop, busy=busy == "stop",
                  busy_label=t("people.working"))  # fmt: skip
    working: dict[str, Any] = {"busy": busy == "go_on", "busy_label": t("people.working")}
    go_on = button(t("bulk.go_on"), icon_name="arrow-right", on_click=BulkRunState.go_on, **working)
    again = button(
        t("bulk.again", n=view.failed), kind="line", icon_name="refresh-cw", on_click=BulkRunState.go_on, **working
    )
    shown = rx.match(
        view.status,
        (BulkRunStatus.RUNNING.value, stop),
        (BulkRunStatus.STOPPED.value, go_on),
        rx.cond(view.failed > 0, again, rx.fragment()),
    )
    return rx.el.div(shown, class_name="flex flex-wrap gap-2.5 mt-4")


def _cells(row: Any) -> list[Any]:
    why = rx.cond(row.why != "", rx.el.p(words(row.why), class_name="t-sm soft break-words"), rx.fragment())
    return [
        rx.el.a(row.title, href=row.href, class_name="link break-words"),
        rx.fragment(row_chip(row.status), why),
        amount(row.amount, "s"),
        words(row.when),
    ]


def _results() -> rx.Component:
    choices = [pill(t("bulk.all"), on=BulkRunState.only == "", on_click=BulkRunState.show(""))]
    choices += [pill(t(f"bulk.row.{s}"), on=BulkRunState.only == s, on_click=BulkRunState.show(s)) for s in ROWS]
    heads = [t(f"bulk.col.{one}") for one in ("thing", "result", "back", "when")]
    return rx.el.section(
        rx.el.h2(t("bulk.results"), class_name="t-h2 mt-8 mb-3"),
        rx.el.div(pills(*choices, label=attr("bulk.results")), class_name="mb-3"),
        data_table(
            t("bulk.results"), heads, BulkRunState.rows, _cells, right=(2,), empty=t("bulk.no_rows"), headed=True
        ),
        more_button(BulkRunState.there_are_more, False, BulkRunState.more),
    )


def page() -> rx.Component:
    """The page."""
    problem = rx.cond(BulkRunState.problem != "", note(words(BulkRunState.problem), "err", role="alert"), rx.fragment())
    head = rx.el.div(
        back_link(routes.ADMIN_BULK, t("admin.bulk")),
        rx.el.h1(words(BulkRunState.view.title), class_name="t-h1 break-words"),
        class_name="flex items-start gap-3",
    )
    shown = rx.fragment(head, problem, _progress(), _results())
    gone = empty_state(t("bulk.missing"), t("bulk.missing_more"), icon_name="layers", whole=True)
    body = rx.el.div(
        rx.cond(
            BulkRunState.loaded,
            rx.cond(BulkRunState.missing, gone, shown),
            loading(skeleton("h-10 w-1/2"), skeleton("h-40 w-full mt-5"), skeleton("h-64 w-full mt-5")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="bulk", refused=BulkRunState.refused)
