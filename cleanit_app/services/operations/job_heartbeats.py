"""When each job of the clock last went well, by the database's own clock, which nobody moves (MON-06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import text

from cleanit_app.services.unit_of_work import UnitOfWork

BEAT = text("UPDATE sweep_beats SET well_at = clock_timestamp(), took_ms = :took WHERE name = :name")
EXPECT = text(
    """INSERT INTO sweep_beats (name, well_at, took_ms, may_be_silent_seconds)
       SELECT n, clock_timestamp(), 0, s FROM unnest(CAST(:names AS text[]), CAST(:silence AS int[])) AS e (n, s)
       ON CONFLICT (name) DO UPDATE
         SET well_at = clock_timestamp(), may_be_silent_seconds = excluded.may_be_silent_seconds"""
)
FORGET = text("DELETE FROM sweep_beats WHERE NOT name = ANY(CAST(:names AS text[]))")
HOLD_UP = text(
    """UPDATE sweep_beats SET well_at = least(clock_timestamp(), well_at + :seconds * interval '1 second')
       WHERE name = ANY(CAST(:names AS text[]))"""
)
SILENT = text(
    """SELECT name FROM sweep_beats
       WHERE well_at < clock_timestamp() - may_be_silent_seconds * interval '1 second' ORDER BY name"""
)


def beat(uow: UnitOfWork, *, name: str, took_ms: int) -> None:
    """A job of the clock went well."""
    uow.run(BEAT, {"name": name, "took": took_ms})


def expect(uow: UnitOfWork, *, silence: Mapping[str, int]) -> None:
    """From now on exactly these jobs are expected to go well, each after so many seconds at the latest."""
    names = sorted(silence)
    uow.run(EXPECT, {"names": names, "silence": [silence[name] for name in names]})
    uow.run(FORGET, {"names": names})


def hold_up(uow: UnitOfWork, *, names: Sequence[str], seconds: float) -> None:
    """These jobs waited so long behind another one that is at work: that time does not count as silence."""
    uow.run(HOLD_UP, {"names": list(names), "seconds": seconds})


def silent(uow: UnitOfWork) -> list[str]:
    """Jobs that did not go well for longer than they may."""
    return list(uow.run(SILENT).scalars())
