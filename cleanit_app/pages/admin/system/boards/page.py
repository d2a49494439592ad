"""How the business goes: figures of days and weeks as charts with their numbers, and who comes back (MON-04)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import data_table
from cleanit_app.components.charts import bar_chart
from cleanit_app.components.feedback import empty_state, loading, skeleton
from cleanit_app.components.fields import pill, pills
from cleanit_app.components.text import attr, t, words
from cleanit_app.metrics import METRICS, Period
from cleanit_app.pages.admin.system.boards.state import DAYS, WEEKS, BoardsState
from cleanit_app.pages.admin.system.boards.view import AFTER, CHARTS, period_of
from cleanit_app.pages.frame import admin_page
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_BOARDS, "admin.boards"
ON_LOAD = [CurrentUserState.arrive_signed_in, BoardsState.load]


def _chart(name: str) -> rx.Component:
    names = [t(METRICS[metric].words_key) for metric in CHARTS[name]]
    chart: Any = BoardsState.charts[name]
    drawn = bar_chart(t(f"boards.chart.{name}"), names, chart, t(f"boards.col.{period_of(name).value}"))
    return rx.cond(chart.shown, drawn, rx.fragment())


def _head(name: str, chosen: rx.Component, table: Any) -> rx.Component:
    link = rx.el.a(t(f"boards.table.{name}"), href=table, download=True, target="_blank", class_name="link t-sm")
    return rx.el.div(
        rx.el.h2(t(f"boards.{name}"), class_name="t-h2 w-full lg:w-auto lg:grow"),
        chosen,
        link,
        class_name="flex flex-wrap items-center gap-3 mt-7 mb-4",
    )


def _days() -> rx.Component:
    some = [pill(t("boards.n_days", n=n), on=BoardsState.days == n, on_click=BoardsState.show_days(n)) for n in DAYS]
    return pills(*some, label=attr("boards.length"))


def _weeks() -> rx.Component:
    some = [
        pill(t("boards.n_weeks", n=n), on=BoardsState.weeks == n, on_click=BoardsState.show_weeks(n)) for n in WEEKS
    ]
    return pills(*some, label=attr("boards.length"))


def _of(period: Period) -> rx.Component:
    charts = [_chart(name) for name in CHARTS if period_of(name) is period]
    return rx.el.div(*charts, class_name="grid gap-3.5 lg:grid-cols-2 items-start")


def _cohorts() -> rx.Component:
    def cells(row: Any) -> list[Any]:
        return [words(row.joined), words(row.people), *(words(row.shares[n]) for n in range(len(AFTER)))]

    heads = [t("boards.cohort.joined"), t("boards.cohort.people"), *(t("boards.cohort.after", n=n) for n in AFTER)]
    right = tuple(range(1, len(AFTER) + 2))
    table = data_table(t("boards.cohort.title"), heads, BoardsState.cohorts, cells, right=right)
    return rx.el.div(table, rx.el.p(t("boards.cohort.what"), class_name="t-sm mute mt-2"), class_name="mt-3.5")


def page() -> rx.Component:
    """The page."""
    nothing = empty_state(t("boards.none"), t("boards.none_more"), icon_name="layers")
    figures = rx.fragment(
        _head("days", _days(), BoardsState.day_table),
        _of(Period.DAY),
        _head("weeks", _weeks(), BoardsState.week_table),
        _of(Period.WEEK),
        _cohorts(),
    )
    shown = rx.fragment(
        rx.el.p(t("boards.what"), " ", words(BoardsState.counted), class_name="soft mt-2 max-w-[720px]"),
        rx.cond(BoardsState.nothing_yet, nothing, figures),
    )
    body = rx.el.div(
        rx.el.h1(t("admin.boards"), class_name="t-h1"),
        rx.cond(BoardsState.loaded, shown, loading(skeleton("h-12 w-full mt-5"), skeleton("h-64 w-full mt-5"))),
        class_name="p-4 lg:p-7 max-w-[1320px]",
    )
    return admin_page(body, active="boards", refused=BoardsState.refused)
