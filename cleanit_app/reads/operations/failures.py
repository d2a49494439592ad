"""What failed, newest first, for whoever sees the finances: payments, jobs, messages (MON-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import Page, ask_list, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FailureItem:
    """One failure: what happened, to what, for whom, in which request, where; of surprises how often and since when."""

    id: UUID
    at: datetime
    source: str
    message: str
    stack: str | None
    subject_id: UUID | None
    user_id: UUID | None
    user_name: str | None
    request_id: str | None
    environment: str
    first_at: datetime | None
    times: int
    asked: str
    release: str


def failures(
    uow: UnitOfWork, *, actor: Actor, source: str | None = None, cursor: str | None = None, limit: int | None = None
) -> Page[FailureItem]:
    """Failures, all of them or of one source; whom one concerns is read off its payout, refund or contribution."""
    actor.must(Permission.SEE_FINANCES)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    given: dict[str, Any] = {"source": source} if source else {}
    conditions = ["e.source = :source"] if source else []
    if keys:
        given["last"] = keys[0]
        conditions.append("e.id < :last")
    rows = ask_list(
        uow,
        "failures",
        f"""SELECT e.*, u.id AS whose, u.name FROM (
              SELECT * FROM error_logs e {"WHERE " + " AND ".join(conditions) if conditions else ""}
              ORDER BY e.id DESC LIMIT :size) e
            LEFT JOIN payouts p ON p.id = e.subject_id LEFT JOIN refunds r ON r.id = e.subject_id
            LEFT JOIN contributions c ON c.id = e.subject_id
            LEFT JOIN users u ON u.id = coalesce(e.user_id, p.cleaner_id, r.contributor_id, c.contributor_id)
            ORDER BY e.id DESC""",
        size=size + 1,
        **given,
    )
    return one_page(rows, size, _item, lambda row: (row.id,))


def failure_sources(uow: UnitOfWork, *, actor: Actor) -> tuple[str, ...]:
    """Every source there is; found by stepping through their index, not by reading the log."""
    actor.must(Permission.SEE_FINANCES)
    rows = ask_list(
        uow,
        "sources of failures",
        """WITH RECURSIVE kinds (source) AS (
             (SELECT source FROM error_logs ORDER BY source LIMIT 1)
             UNION ALL
             SELECT (SELECT e.source FROM error_logs e WHERE e.source > k.source ORDER BY e.source LIMIT 1)
             FROM kinds k WHERE k.source IS NOT NULL)
           SELECT source FROM kinds WHERE source IS NOT NULL""",
    )
    return tuple(rows.read(lambda row: str(row.source)))


def _item(row: Row[Any]) -> FailureItem:
    return FailureItem(
        row.id, row.at, row.source, row.message, row.stack, row.subject_id, row.whose, row.name, row.request_id,
        row.environment, row.first_at, row.times, row.asked, row.release,
    )  # fmt: skip
