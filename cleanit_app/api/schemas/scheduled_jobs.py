"""Jobs of the clock as the contract shows them to seniors."""

from __future__ import annotations

from cleanit_app.api.schemas.base import Moment, Out


class RunOut(Out):
    """One run; `trouble` is what ended it, null when it went well."""

    started_at: Moment
    took_ms: int
    manual: bool
    trouble: str | None


class ScheduledJobOut(Out):
    """One job with its last runs, the newest first, and when it runs next."""

    name: str
    next_at: Moment
    asked_at: Moment | None
    silent: bool
    runs: list[RunOut]


class ScheduledJobsOut(Out):
    """Every job of the clock."""

    items: list[ScheduledJobOut]
