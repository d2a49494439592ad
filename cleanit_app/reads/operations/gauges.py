"""How the house stands at this moment, in numbers for machines that watch it (MON-01)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleanit_app.reads.paging import ask, ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


class Gauge(NamedTuple):
    """One number: its name and meaning, what it is of, and how much."""

    name: str
    meaning: str
    of: dict[str, str]
    value: float


# Each from an index; none reads rows whose number grows with the years but the one account that is summed.
_NOW = """SELECT
    w.number AS events_waiting,
    coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0)::float8 AS events_waiting_seconds,
    (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      AS most_connections,
    (SELECT coalesce(-sum(amount_paise), 0)::bigint FROM ledger_lines WHERE account = 'HELD') AS held_paise,
    (SELECT count(*) FROM payouts WHERE status = 'PENDING' AND scheduled_for < :now) AS payouts_due,
    (SELECT coalesce(extract(epoch FROM :now - min(scheduled_for)), 0)::float8
       FROM payouts WHERE status = 'PENDING' AND scheduled_for < :now) AS payouts_late_seconds,
    (SELECT count(*) FROM jobs WHERE status = 'COMPLETED') AS to_verify,
    (SELECT coalesce(extract(epoch FROM :now - min(completed_at)), 0)::float8
       FROM jobs WHERE status = 'COMPLETED') AS oldest_to_verify_seconds,
    (SELECT count(*) FROM sweep_beats
       WHERE well_at < clock_timestamp() - may_be_silent_seconds * interval '1 second') AS silent_jobs,
    (SELECT count(*) FROM error_logs WHERE at > :now - interval '1 hour') AS failures
  FROM (SELECT count(*) AS number, min(occurred_at) AS oldest FROM outbox WHERE relayed_at IS NULL) w"""
_MEANINGS = {
    "events_waiting": "Events that nobody has been told of yet.",
    "events_waiting_seconds": "Seconds since the oldest of these happened.",
    "connections": "Connections to the database server, all programs'.",
    "most_connections": "Connections that the database server gives to programs.",
    "held_paise": "Money held for campaigns, by the ledger, in paise.",
    "payouts_due": "Payouts whose time has come and that have not left.",
    "payouts_late_seconds": "Seconds since the earliest of these should have left.",
    "to_verify": "After-photos that wait for an admin.",
    "oldest_to_verify_seconds": "Seconds that the oldest of these waits.",
    "silent_jobs": "Jobs of the clock that did not go well for longer than they may.",
    "failures": "Failures that were kept in the last hour.",
}
_CHECKS = """SELECT DISTINCT ON (kind) lower(kind) AS kind, problems,
    extract(epoch FROM :now - finished_at)::float8 AS age
  FROM check_runs WHERE finished_at IS NOT NULL ORDER BY kind, day_on DESC"""


def gauges(uow: UnitOfWork) -> Iterator[Gauge]:
    """Every number of the house that the database knows; money in paise, times in seconds.

    Who asks is the caller's to check: a machine that watches is nobody's account.
    """
    row = ask(uow, _NOW, now=uow.now)[0]
    for name, meaning in _MEANINGS.items():
        yield Gauge(name, meaning, {}, float(getattr(row, name)))
    rows = ask_list(uow, "checks", _CHECKS, now=uow.now)
    for kind, problems, age in rows.read(lambda row: (row.kind, row.problems, row.age)):
        yield Gauge("check_problems", "What the last check of the books found wrong.", {"check": kind}, problems)
        yield Gauge("check_age_seconds", "Seconds since that check came to its end.", {"check": kind}, age)
