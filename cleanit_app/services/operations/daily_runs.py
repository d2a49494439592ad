"""Daily jobs by their Indian date: each date runs once, late after downtime, or is skipped with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, not_, or_, text
from sqlmodel import col, select

from cleanit_app.domain.calendar import IST, ist_date
from cleanit_app.models import DailyRun, ErrorLog
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

LEASE = timedelta(minutes=10)  # after that a run whose process died is taken over
LOOKS_BACK_DAYS = 31
RETRY_AFTER = timedelta(minutes=2)
TAKE = text(
    """INSERT INTO daily_runs (name, on_date, started_at, lease_until, tries)
       VALUES (:name, :day, :now, :lease, 1)
       ON CONFLICT (name, on_date) DO UPDATE SET started_at = :now, lease_until = :lease, tries = daily_runs.tries + 1
       WHERE daily_runs.finished_at IS NULL AND daily_runs.skipped_because IS NULL
         AND daily_runs.lease_until <= :now
       RETURNING tries"""
)


@dataclass(frozen=True)
class Daily:
    """When a daily job is due in India, how late it still makes sense, and whether each day needs its own run."""

    name: str
    at: time
    until: time | None = None
    each_day: bool = False


def day_of(daily: Daily, now: datetime) -> date:
    """The day whose run a tick at this moment is: until today's hour has come it is still yesterday's, late."""
    today = ist_date(now)
    return today if _moment(today, daily.at) <= now else today - timedelta(days=1)


def due_days(uow: UnitOfWork, *, daily: Daily) -> list[date]:
    """The days whose run is due and not done, the oldest first; days that make no sense any more are skipped.

    A job that does all that is due at its time runs for the newest day only, and earlier days say so.
    """
    due = [day for day in _days_since_last(uow, daily) if _moment(day, daily.at) <= uow.now]
    open_days = []
    for day in due:
        reason = _too_late(daily, day, due[-1], uow.now)
        if reason:
            _skip(uow, daily.name, day, reason)
        else:
            open_days.append(day)
    return open_days


def _days_since_last(uow: UnitOfWork, daily: Daily) -> list[date]:
    """Days without a finished run since the last known one; only today when none is known."""
    today = ist_date(uow.now)
    first = today - timedelta(days=LOOKS_BACK_DAYS)
    run = DailyRun
    ended = or_(col(run.finished_at).is_not(None), col(run.skipped_because).is_not(None))
    free = or_(col(run.lease_until).is_(None), col(run.lease_until) <= uow.now)
    # No moment is read: one that nobody can read must not hold up the other entries of the clock.
    known = select(col(run.on_date), and_(not_(ended), free).label("is_open"))
    known = known.where(col(run.name) == daily.name, col(run.on_date).between(first, today))
    runs: dict[date, bool] = {row.on_date: row.is_open for row in uow.run(known)}
    start = min(runs) if runs else today
    days = [start + timedelta(days=n) for n in range((today - start).days + 1)]
    return [day for day in days if runs.get(day, True)]


def _too_late(daily: Daily, day: date, newest: date, now: datetime) -> str:
    if not daily.each_day and day < newest:
        return f"the run of {newest} does its work"
    if daily.until is not None and now > _moment(day, daily.until):
        return f"after {daily.until:%H:%M} it waits for the next day"
    return ""


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=IST)


def _skip(uow: UnitOfWork, name: str, day: date, reason: str) -> None:
    uow.run(
        text(
            """INSERT INTO daily_runs (name, on_date, skipped_because, tries) VALUES (:name, :day, :reason, 0)
               ON CONFLICT (name, on_date) DO UPDATE SET skipped_because = :reason, started_at = NULL,
                 lease_until = NULL
               WHERE daily_runs.finished_at IS NULL"""
        ),
        {"name": name, "day": day, "reason": reason},
    )


def run_once(open_uow: OpenUow, *, daily: Daily, day: date, work: Callable[[], None]) -> bool:
    """Run a day's work unless somebody else has done it or does it now; a failure is noted and tried again later."""
    with open_uow() as uow:
        lease = {"name": daily.name, "day": day, "now": uow.now, "lease": uow.now + LEASE}
        taken = uow.run(TAKE, lease).scalar()
    if taken is None:
        return False
    try:
        work()
    except Exception as trouble:
        with open_uow() as uow:
            _note_trouble(uow, daily.name, day, int(taken), trouble)
        raise
    with open_uow() as uow:
        run = uow.first(DailyRun, DailyRun.name == daily.name, DailyRun.on_date == day, lock=True)
        if run is not None and run.finished_at is None and run.skipped_because is None:
            run.finished_at, run.lease_until, run.trouble = uow.now, None, None
    return True


def _note_trouble(uow: UnitOfWork, name: str, day: date, tries: int, trouble: Exception) -> None:
    message = f"{type(trouble).__name__}: {trouble}"[:1000]
    run = uow.first(DailyRun, DailyRun.name == name, DailyRun.on_date == day, lock=True)
    if run is not None and run.skipped_because is None:
        run.lease_until, run.trouble = uow.now + RETRY_AFTER * 2 ** min(tries - 1, 6), message
    uow.add(ErrorLog(source=f"clock {name}", message=message, at=uow.now))
