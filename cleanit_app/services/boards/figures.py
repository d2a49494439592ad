"""Counting the figures of days and weeks, as often as one likes: each run says what is true by then (MON-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import text

from cleanit_app.domain.calendar import ist_date, midnight
from cleanit_app.metrics import METRICS, Period
from cleanit_app.services.unit_of_work import UnitOfWork

RECENT_DAYS, SETTLING_DAYS = 1, 35
"""Days counted anew with every run, and with each night's: what was booked late comes into its day."""
A_DAY = timedelta(days=1)
_KEEP = """INSERT INTO board_figures (metric, starts_on, cohort_on, value, base, counted_at)
  SELECT CAST(:metric AS varchar), CAST(:starts_on AS date), coalesce(f.cohort_on, CAST(:starts_on AS date)),
    f.value, f.base, CAST(:now AS timestamptz) FROM ({sql}) f
  ON CONFLICT (metric, starts_on, cohort_on) DO UPDATE
    SET value = EXCLUDED.value, base = EXCLUDED.base, counted_at = EXCLUDED.counted_at"""
_STATEMENTS = {metric.name: text(_KEEP.format(sql=metric.sql)) for metric in METRICS.values()}
# Days whose kept revenue is not what the ledger says of them. Asked only when the sums of all days differ.
_DIFFER = text(
    """SELECT day FROM (
         SELECT (t.created_at AT TIME ZONE 'Asia/Kolkata')::date AS day, -sum(l.amount_paise) AS paise
         FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id
         WHERE l.account = 'FEE_INCOME' GROUP BY 1) booked
       FULL JOIN (SELECT starts_on AS day, value AS paise FROM board_figures WHERE metric = 'revenue') kept USING (day)
       WHERE coalesce(booked.paise, 0) <> coalesce(kept.paise, 0) ORDER BY day"""
)
_SUMS = text(
    """SELECT (SELECT coalesce(-sum(amount_paise), 0) FROM ledger_lines WHERE account = 'FEE_INCOME')
         = (SELECT coalesce(sum(value), 0) FROM board_figures WHERE metric = 'revenue') AS equal"""
)


@dataclass(frozen=True)
class FigureSpan:
    """A day or a week of India, by its first day; weeks begin on Monday."""

    period: Period
    starts_on: date

    @property
    def ends_before(self) -> date:
        """The first day after it."""
        return self.starts_on + (A_DAY if self.period is Period.DAY else 7 * A_DAY)


def span_of(period: Period, day: date) -> FigureSpan:
    """The day itself, or the week that it lies in."""
    return FigureSpan(period, day if period is Period.DAY else day - day.weekday() * A_DAY)


def count_figures(uow: UnitOfWork, *, span: FigureSpan) -> None:
    """Count every figure of a day or a week from what is there now, and replace what was counted before."""
    moments = {"begin": midnight(span.starts_on), "end": midnight(span.ends_before), "now": uow.now}
    for metric in METRICS.values():
        if metric.period is span.period:
            uow.run(_STATEMENTS[metric.name], {"metric": metric.name, "starts_on": span.starts_on, **moments})


def spans_to_count(uow: UnitOfWork, *, nightly: bool) -> tuple[FigureSpan, ...]:
    """Which days and weeks are to be counted now, the oldest first.

    Those never counted since the first account, and today with the days before it in which something may have been
    booked late; by night also every day whose kept revenue is not the ledger's.
    """
    today = ist_date(uow.now)
    first = today - (SETTLING_DAYS if nightly else RECENT_DAYS) * A_DAY
    begin = max(min(_last_counted(uow), first), _first_day(uow, today))
    days = {begin + n * A_DAY for n in range((today - begin).days + 1)}
    if nightly:
        days |= _days_that_differ(uow)
    weeks = {span_of(Period.WEEK, day) for day in days}
    return (*(FigureSpan(Period.DAY, day) for day in sorted(days)), *sorted(weeks, key=lambda week: week.starts_on))


def _last_counted(uow: UnitOfWork) -> date:
    last = uow.run(text("SELECT max(starts_on) FROM board_figures WHERE metric = 'campaigns_new'")).scalar_one()
    return last or date.min


def _first_day(uow: UnitOfWork, today: date) -> date:
    """The day of the first account, before which nothing can have happened."""
    first = uow.run(text("SELECT min(created_at) FROM users")).scalar_one()
    return min(ist_date(first), today) if first is not None else today


def _days_that_differ(uow: UnitOfWork) -> set[date]:
    if uow.run(_SUMS).scalar_one():
        return set()
    return set(uow.run(_DIFFER).scalars())
