"""What the nightly checks found, for finance admins (PAY-13)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.reads.paging import ask_list, json_object
from cleanit_app.services.unit_of_work import UnitOfWork

SHOWN = 100


@dataclass(frozen=True)
class RunResult:
    """One finished run."""

    at: datetime
    checked: int
    problems: int
    report: dict[str, object]


@dataclass(frozen=True)
class DifferenceItem:
    """Something that both books say differently."""

    id: UUID
    what: str
    kind: str
    provider_id: str
    ours: str
    theirs: str
    found_at: datetime


@dataclass(frozen=True)
class NightlyChecks:
    """The last check of the books, the last reconciliation, and what still differs, newest first."""

    books: RunResult | None
    reconciliation: RunResult | None
    open_count: int
    differences: tuple[DifferenceItem, ...]
    hours_late: dict[str, int] = field(default_factory=dict)
    """Of BOOKS and RECONCILIATION those that are too old, with the hours since they came to an end."""


def nightly_checks(uow: UnitOfWork, *, actor: Actor) -> NightlyChecks:
    """The last results and the newest 100 differences that are open."""
    actor.must(Permission.SEE_FINANCES)
    runs = dict(
        ask_list(
            uow,
            "nightly runs",
            """SELECT DISTINCT ON (kind) kind, finished_at, checked, problems, report FROM check_runs
               WHERE finished_at IS NOT NULL ORDER BY kind, day_on DESC""",
        ).read(lambda row: (row.kind, RunResult(row.finished_at, row.checked, row.problems, json_object(row.report))))
    )
    rows = ask_list(
        uow,
        "differences of the books",
        """SELECT d.*, count(*) OVER () AS all_open FROM reconciliation_differences d WHERE resolved_at IS NULL
           ORDER BY found_at DESC, id DESC LIMIT :size""",
        size=SHOWN,
    )
    items = tuple(
        rows.read(lambda r: DifferenceItem(r.id, r.what, r.kind, r.provider_id, r.ours, r.theirs, r.found_at))
    )
    ages = {kind: uow.now - run.at for kind, run in runs.items()}
    late = {k: age // timedelta(hours=1) for k, age in ages.items() if age > LIMITS.reconciled_at_least_every}
    count = rows.rows[0].all_open if rows.rows else 0
    return NightlyChecks(runs.get("BOOKS"), runs.get("RECONCILIATION"), count, items, late)
