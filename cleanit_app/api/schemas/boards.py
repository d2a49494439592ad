"""Boards as the contract shows them: how the business is now, and the figures of days and weeks."""

from __future__ import annotations

from datetime import date

from cleanit_app.api.schemas.base import Moment, Out
from cleanit_app.metrics import MetricUnit, Period
from cleanit_app.reads.boards.boards import Board, Cohort, Figure, FigureSeries


class BusinessNowOut(Out):
    """The live numbers; null is for others to see. Money in paise."""

    active_campaigns: int
    to_verify: int | None
    held_paise: int | None
    payouts_pending: int | None
    payouts_pending_paise: int | None


class FigureOut(Out):
    """A count or paise; a share is `value` of `base`, a time `value` seconds over `base` things."""

    value: int
    base: int | None


class FigurePointOut(Out):
    """One day or week; `figure` is null where nothing was counted."""

    starts_on: date
    figure: FigureOut | None


class FigureSeriesOut(Out):
    """One metric, its sum, and the sum of the same length of time before."""

    metric: str
    unit: MetricUnit
    points: list[FigurePointOut]
    total: FigureOut
    before: FigureOut


class CohortOut(Out):
    """Who joined in one week; `active[n]` of them were active n weeks later, null where nothing was counted."""

    joined_on: date
    people: int
    active: list[int | None]


class BoardOut(Out):
    """A board; the last day or week is not over."""

    period: Period
    first: date
    last: date
    counted_at: Moment | None
    series: list[FigureSeriesOut]
    cohorts: list[CohortOut]


def board_out(board: Board) -> BoardOut:
    """A board as it goes out."""
    return BoardOut(
        period=board.period,
        first=board.first,
        last=board.last,
        counted_at=board.counted_at,
        series=[_series_out(one) for one in board.series],
        cohorts=[_cohort_out(one) for one in board.cohorts],
    )


def _series_out(series: FigureSeries) -> FigureSeriesOut:
    return FigureSeriesOut(
        metric=series.metric.name,
        unit=series.metric.unit,
        points=[FigurePointOut.model_validate(point) for point in series.points],
        total=_figure_out(series.total),
        before=_figure_out(series.before),
    )


def _figure_out(figure: Figure) -> FigureOut:
    return FigureOut(value=figure.value, base=figure.base)


def _cohort_out(cohort: Cohort) -> CohortOut:
    weeks = range(max(cohort.active_after, default=-1) + 1)
    active = [cohort.active_after.get(week) for week in weeks]
    return CohortOut(joined_on=cohort.joined_on, people=cohort.people, active=active)
