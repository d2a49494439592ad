"""The figures that the clock has counted: a row of days or weeks, compared with as many before (MON-04)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.calendar import ist_date
from cleanit_app.metrics import METRICS, Metric, Period
from cleanit_app.reads.boards.now import must_see_boards
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork

LENGTHS: dict[Period, tuple[int, ...]] = {Period.DAY: (14, 28, 90), Period.WEEK: (12, 26)}
"""How many days or weeks a board may show; the first is what it shows unasked."""


@dataclass(frozen=True)
class Figure:
    """What was counted: a number or paise; for shares and times `value` of `base`."""

    value: int
    base: int | None


@dataclass(frozen=True)
class FigurePoint:
    """The figure of one day or week, by its first day; None where nothing was counted."""

    starts_on: date
    figure: Figure | None


@dataclass(frozen=True)
class FigureSeries:
    """One metric over the shown time, its sum, and the sum of the time before of the same length."""

    metric: Metric
    points: tuple[FigurePoint, ...]
    total: Figure
    before: Figure


@dataclass(frozen=True)
class Cohort:
    """People who joined in one week, and how many of them were active so many weeks later."""

    joined_on: date
    people: int
    active_after: dict[int, int]


@dataclass(frozen=True)
class Board:
    """All figures of a period that the actor may see; `last` is today or this week, which is not over."""

    period: Period
    first: date
    last: date
    counted_at: datetime | None
    series: tuple[FigureSeries, ...]
    cohorts: tuple[Cohort, ...]


@dataclass(frozen=True)
class _Row:
    metric: str
    starts_on: date
    cohort_on: date
    figure: Figure
    counted_at: datetime


COHORT_METRIC = "retention"


def board(uow: UnitOfWork, *, actor: Actor, period: Period, length: int) -> Board:
    """The last `length` days or weeks, this one included, and as many before them (MON-04)."""
    must_see_boards(actor)
    step = timedelta(days=1 if period is Period.DAY else 7)
    today = ist_date(uow.now)
    last = today if period is Period.DAY else today - timedelta(days=today.weekday())
    first = last - (length - 1) * step
    metrics = [one for one in METRICS.values() if one.period is period and _may_see(actor, one)]
    rows = _rows(uow, metrics, first - length * step, last)
    spans = tuple(first + n * step for n in range(length))
    return Board(
        period=period,
        first=first,
        last=last,
        counted_at=max((row.counted_at for row in rows), default=None),
        series=tuple(_series(one, rows, spans) for one in metrics if one.name != COHORT_METRIC),
        cohorts=_cohorts([row for row in rows if row.metric == COHORT_METRIC and row.starts_on >= first]),
    )


def _may_see(actor: Actor, metric: Metric) -> bool:
    return metric.permission is None or actor.may(metric.permission)


def _rows(uow: UnitOfWork, metrics: list[Metric], first: date, last: date) -> list[_Row]:
    found = ask_list(
        uow,
        "figures of the boards",
        """SELECT * FROM board_figures WHERE metric = ANY(CAST(:names AS varchar[]))
             AND starts_on BETWEEN CAST(:first AS date) AND CAST(:last AS date)""",
        names=[one.name for one in metrics],
        first=first,
        last=last,
    )
    return found.read(lambda r: _Row(r.metric, r.starts_on, r.cohort_on, Figure(r.value, r.base), r.counted_at))


def _series(metric: Metric, rows: list[_Row], spans: tuple[date, ...]) -> FigureSeries:
    mine = {row.starts_on: row.figure for row in rows if row.metric == metric.name}
    before = [figure for day, figure in mine.items() if day < spans[0]]
    points = tuple(FigurePoint(day, mine.get(day)) for day in spans)
    return FigureSeries(metric, points, _sum(p.figure for p in points if p.figure), _sum(before))


def _sum(figures: Iterable[Figure]) -> Figure:
    """Sums of values and of bases, so that a share of several weeks is that of all their things together."""
    all_of_them = list(figures)
    bases = [one.base for one in all_of_them if one.base is not None]
    return Figure(sum(one.value for one in all_of_them), sum(bases) if bases else None)


def _cohorts(rows: list[_Row]) -> tuple[Cohort, ...]:
    people: dict[date, int] = {}
    active: dict[date, dict[int, int]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.starts_on):
        people[row.cohort_on] = row.figure.base or 0
        active[row.cohort_on][(row.starts_on - row.cohort_on).days // 7] = row.figure.value
    return tuple(Cohort(day, people[day], active[day]) for day in sorted(people, reverse=True))
