"""Runs over many things, the newest first, and ordering one (OPS-01)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.feedback import loading, skeleton
from cleanit_app.components.money import amount
from cleanit_app.components.text import t, words
from cleanit_app.domain.actors import Permission
from cleanit_app.pages.admin.bulk.notices import notice_to_many
from cleanit_app.pages.admin.bulk.refunds import refunds_of_many
from cleanit_app.pages.admin.bulk.views import RunView, run_chip, run_view
from cleanit_app.pages.citizen.pieces import more_button
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.bulk.runs import bulk_runs
from cleanit_app.reads.paging import DEFAULT_LIMIT
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_BULK, "admin.bulk"


class BulkState(AdminDeskState, rx.State):
    """The runs there are."""

    rows: list[RunView] = []
    there_are_more: bool = False
    gives_back: bool = False
    tells: bool = False
    busy: bool = False

    @rx.event
    async def load(self) -> None:
        """Read the newest runs; hear of changes."""
        self._hear_everything(BulkState.refresh)
        await self._read(DEFAULT_LIMIT)

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house."""
        await self._read(max(len(self.rows), DEFAULT_LIMIT))
        return CurrentUserState.hear

    @rx.event
    async def more(self) -> None:
        """Older runs too."""
        await self._read(len(self.rows) + DEFAULT_LIMIT)

    async def _read(self, wanted: int) -> None:
        actor = await self._actor()
        self.gives_back = actor.may(Permission.MOVE_CAMPAIGN_MONEY)
        self.tells = actor.may(Permission.MANAGE_PEOPLE)
        found = await self._ask_list(bulk_runs, wanted)
        if found is not None:
            now = self._parts().clock.now()
            self.rows = [run_view(one, now) for one in found[0]]
            self.there_are_more = bool(found[1])
            self.loaded = True


ON_LOAD = [CurrentUserState.arrive_signed_in, BulkState.load]


def _cells(row: Any) -> list[Any]:
    return [
        rx.fragment(
            rx.el.a(words(row.title), href=row.href, class_name="link b"),
            rx.el.p(row.reason, class_name="t-sm mute break-words"),
        ),
        run_chip(row.status),
        t("bulk.of_total", over=row.over, total=row.total),
        amount(row.amount, "s"),
        rx.fragment(row.who, rx.el.span(words(row.when), class_name="t-sm mute block")),
    ]


def page() -> rx.Component:
    """The page."""
    heads = [t(f"bulk.col.{one}") for one in ("what", "state", "far", "back", "who")]
    table = data_table(t("bulk.runs"), heads, BulkState.rows, _cells, right=(3,), empty=t("bulk.no_runs"), headed=True)
    body = rx.el.div(
        rx.el.h1(t("admin.bulk"), class_name="t-h1"),
        rx.el.p(t("bulk.lead"), class_name="soft mt-1"),
        rx.cond(
            BulkState.loaded,
            rx.fragment(
                rx.cond(BulkState.gives_back, refunds_of_many(), rx.fragment()),
                rx.cond(BulkState.tells, notice_to_many(), rx.fragment()),
                rx.el.h2(t("bulk.runs"), class_name="t-h2 mt-8 mb-3"),
                table,
                more_button(BulkState.there_are_more, BulkState.busy, BulkState.more),
            ),
            loading(skeleton("h-64 w-full mt-5"), skeleton("h-40 w-full mt-5")),
        ),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="bulk", refused=BulkState.refused)
