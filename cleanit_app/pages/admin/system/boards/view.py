"""What the charts show: which figures stand in one, and their numbers as lengths, sentences and cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cleanit_app.components.charts import HEIGHT
from cleanit_app.domain.calendar import midnight
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day, lakhs, lasted, percent, rupees, rupees_short
from cleanit_app.metrics import METRICS, Metric, MetricUnit, Period
from cleanit_app.reads.boards.boards import Board, Cohort, Figure, FigureSeries

CHARTS: dict[str, tuple[str, ...]] = {
    "money": ("money_in", "money_to_cleaners", "money_back"),
    "revenue": ("revenue", "gst"),
    "campaigns": ("campaigns_new", "campaigns_funded"),
    "jobs": ("jobs_done",),
    "signups": ("signups_citizens", "signups_cleaners"),
    "rates": ("success_rate", "completion_rate"),
    "speed": ("funding_time",),
}
"""The charts in their order; those of one chart are counted in the same unit over the same time."""
NO_FIGURE = "–"
AFTER = (1, 2, 3, 4, 6, 8, 12)
"""Weeks after joining that the table of cohorts shows."""


def period_of(chart: str) -> Period:
    """Whether a chart is of days or weeks."""
    return METRICS[CHARTS[chart][0]].period


@dataclass(frozen=True)
class BarView:
    """One bar: lengths of the drawing as text, and which series it is of."""

    id: str
    x: str
    y: str
    height: str
    colour: str


@dataclass(frozen=True)
class SeriesSum:
    """A series over the whole time, and what it was over the same time before."""

    name: str
    figure: str
    before: str
    colour: str


@dataclass(frozen=True)
class NumbersRow:
    """A day or week with its figures."""

    day: str
    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ChartView:
    """A chart ready to be drawn; `shown` is false for who may not see its figures."""

    shown: bool = False
    box: str = f"0 0 1 {HEIGHT}"
    zero: str = f"{HEIGHT}"
    top: str = ""
    first: str = ""
    last: str = ""
    said: str = ""
    bars: list[BarView] = field(default_factory=list)
    sums: list[SeriesSum] = field(default_factory=list)
    rows: list[NumbersRow] = field(default_factory=list)


@dataclass(frozen=True)
class CohortRow:
    """Who joined in one week, and the share that was active after some weeks."""

    joined: str
    people: str
    shares: list[str] = field(default_factory=list)


def chart_view(board: Board, chart: str, now: datetime) -> ChartView:
    """One chart of this board."""
    wanted = CHARTS[chart]
    series = [one for one in board.series if one.metric.name in wanted]
    if not series:
        return ChartView()
    sums = [_sum(one, str(n)) for n, one in enumerate(series)]
    days = [point.starts_on for point in series[0].points]
    values = [[_height(one.metric, point.figure) for point in one.points] for one in series]
    low, high = min(0.0, *map(min, values)), max(0.0, *map(max, values))
    reach = (high - low) or 1.0
    return ChartView(
        shown=True,
        box=f"0 0 {len(days) * (len(series) + 1)} {HEIGHT}",
        zero=f"{HEIGHT * high / reach if high > low else HEIGHT:.2f}",
        top=_axis(series[0].metric, high) if high else "",
        first=_day(days[0], now),
        last=_day(days[-1], now),
        said=". ".join(f"{one.name}: {one.figure}. {one.before}" for one in sums),
        bars=_bars(values, high, reach),
        sums=sums,
        rows=[
            NumbersRow(_day(when, now), [figure_shown(one.metric, one.points[n].figure) for one in series])
            for n, when in reversed(list(enumerate(days)))
        ],
    )


def _bars(values: Sequence[Sequence[float]], high: float, reach: float) -> list[BarView]:
    """Bars side by side for each day, from the line of zero up, or down for what is less."""
    wide = len(values) + 1
    return [
        BarView(
            id=f"{s}-{n}",
            x=f"{n * wide + 0.5 + s}",
            y=f"{HEIGHT * (high - max(value, 0)) / reach:.2f}",
            height=f"{HEIGHT * abs(value) / reach:.2f}",
            colour=str(s),
        )
        for s, one in enumerate(values)
        for n, value in enumerate(one)
        if value
    ]


def _sum(series: FigureSeries, colour: str) -> SeriesSum:
    metric = series.metric
    before = figure_shown(metric, series.before)
    now, then = _height(metric, series.total), _height(metric, series.before)
    change = f"{'+' if now >= then else '−'}{round(100 * abs(now - then) / abs(then))}%" if then else ""
    said = say("boards.before_change", figure=before, change=change) if change else say("boards.before", figure=before)
    return SeriesSum(say(metric.words_key), figure_shown(metric, series.total), said, colour)


def _height(metric: Metric, figure: Figure | None) -> float:
    """A figure as one number; a share or an average of nothing is none."""
    if figure is None or figure.base == 0:
        return 0.0
    per_thing = metric.unit in (MetricUnit.SHARE, MetricUnit.SECONDS)
    return figure.value / figure.base if per_thing and figure.base else float(figure.value)


def figure_shown(metric: Metric, figure: Figure | None) -> str:
    """A figure in words of the language; a line where nothing was counted or there was nothing to take a share of."""
    if figure is None or figure.base == 0:
        return NO_FIGURE
    if metric.unit is MetricUnit.COUNT:
        return lakhs(figure.value)
    if metric.unit is MetricUnit.PAISE:
        return rupees(figure.value)
    if figure.base is None:
        return NO_FIGURE
    if metric.unit is MetricUnit.SHARE:
        return f"{percent(figure.value, figure.base)}%"
    return lasted(timedelta(seconds=figure.value // figure.base))


def _axis(metric: Metric, high: float) -> str:
    """The tallest bar, short."""
    if metric.unit is MetricUnit.PAISE:
        return rupees_short(int(high))
    if metric.unit is MetricUnit.SHARE:
        return f"{int(100 * high)}%"
    return lasted(timedelta(seconds=high)) if metric.unit is MetricUnit.SECONDS else lakhs(int(high))


def _day(when: date, now: datetime) -> str:
    return day(midnight(when), now)


def cohort_row(cohort: Cohort, now: datetime) -> CohortRow:
    """A line of the table of who came back."""
    shares = [
        f"{percent(cohort.active_after[week], cohort.people)}%" if week in cohort.active_after else NO_FIGURE
        for week in AFTER
    ]
    return CohortRow(_day(cohort.joined_on, now), lakhs(cohort.people), shares)
