"""One table: which job runs when, why, and what a missed run means."""

from __future__ import annotations

from dataclasses import dataclass

from workers.queues import IN_ORDER

_INDIA_IS_AHEAD_MINUTES = 330


@dataclass(frozen=True)
class Scheduled:
    """A job the clock causes. `cron` is in UTC; make it with the functions below."""

    name: str
    job: str
    cron: str
    queue: str
    why: str
    when_missed: str
    args: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same in every process and after every restart, so that a job is never scheduled twice."""
        return f"cron-{self.name}"


def every_minutes(minutes: int) -> str:
    """Every so many minutes of the hour."""
    return "* * * * *" if minutes == 1 else f"*/{minutes} * * * *"


def hourly_at(minute: int) -> str:
    """Once an hour, at this minute of the Indian hour."""
    return f"{(minute - _INDIA_IS_AHEAD_MINUTES) % 60} * * * *"


def daily_at(time_in_india: str) -> str:
    """Once a day, at this HH:MM in India."""
    hour, minute = map(int, time_in_india.split(":"))
    in_utc = (hour * 60 + minute - _INDIA_IS_AHEAD_MINUTES) % (24 * 60)
    return f"{in_utc % 60} {in_utc // 60} * * *"


SCHEDULE: tuple[Scheduled, ...] = (
    *(
        Scheduled(
            name=f"heartbeat-{queue}",
            job="workers.jobs.heartbeat.beat",
            cron=every_minutes(1),
            queue=queue,
            args=(queue,),
            why="Shows that the clock reaches this queue's worker (MON-06).",
            when_missed="After three missed minutes /health turns red; nothing is lost.",
        )
        for queue in IN_ORDER
    ),
)
