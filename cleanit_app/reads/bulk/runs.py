"""Runs over many things, how far they are, and the result of each row (OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.bulk import MAY, BulkAction, BulkObstacle
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import BulkRowStatus, BulkRunStatus
from cleanit_app.reads.paging import Page, about_one, ask, ask_list, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class BulkRunView:
    """A run and how far it is; `refunded_paise` is what went back by its rows so far."""

    id: UUID
    action: BulkAction
    status: BulkRunStatus
    started_by: str
    reason: str
    total: int
    done: int
    skipped: int
    failed: int
    refunded_paise: int
    started_at: datetime
    ended_at: datetime | None
    stopped_why: str = ""  # the code of what stopped it, when no admin did

    @property
    def percent(self) -> int:
        """How much of it needs no more work; 100 only when nothing waits."""
        return (self.done + self.skipped + self.failed) * 100 // self.total


@dataclass(frozen=True)
class BulkRowView:
    """One row of a run."""

    id: UUID
    campaign_id: UUID | None
    person_id: UUID | None
    title: str
    status: BulkRowStatus
    why: BulkObstacle | None
    refunded_paise: int
    done_at: datetime | None


_RUN = """SELECT r.*, u.name AS admin, n.done, n.skipped, n.failed, n.paise, h.why AS stopped_why
    FROM bulk_runs r JOIN users u ON u.id = r.started_by
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE status = 'DONE') AS done,
        count(*) FILTER (WHERE status = 'SKIPPED') AS skipped, count(*) FILTER (WHERE status = 'FAILED') AS failed,
        coalesce(sum(refunded_paise), 0)::bigint AS paise FROM bulk_rows WHERE run_id = r.id) n
    LEFT JOIN LATERAL (SELECT why FROM status_history WHERE subject_id = r.id ORDER BY id DESC LIMIT 1) h
      ON r.status = 'STOPPED'"""


_SEEN = "WHERE r.action = ANY(CAST(:actions AS varchar[]))"


def _seen_by(actor: Actor) -> list[str]:
    """The actions whose runs this admin may see; refused without any, or without the second factor."""
    actions = [action.value for action, permission in MAY.items() if actor.may(permission)]
    if not actions:
        actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    actor.must_prove()
    return actions


def bulk_runs(
    uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None
) -> Page[BulkRunView]:
    """Runs, the newest first."""
    actions = _seen_by(actor)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    before = "AND r.id < CAST(:last AS uuid)" if keys else ""
    values: dict[str, Any] = {"size": size + 1, "actions": actions} | ({"last": keys[0]} if keys else {})
    rows = ask_list(uow, "bulk runs", f"{_RUN} {_SEEN} {before} ORDER BY r.id DESC LIMIT :size", **values)
    return one_page(rows, size, _run, lambda row: (row.id,))


@about_one
def bulk_run(uow: UnitOfWork, *, actor: Actor, run_id: UUID) -> BulkRunView:
    """One run; NotFound when there is none."""
    found = ask(uow, f"{_RUN} {_SEEN} AND r.id = :run", run=run_id, actions=_seen_by(actor))
    if not found:
        raise NotFound(what="BulkRun")
    return _run(found[0])


def bulk_rows(
    uow: UnitOfWork,
    *,
    actor: Actor,
    run_id: UUID,
    status: BulkRowStatus | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[BulkRowView]:
    """The rows of a run in their order, all or those of one status; NotFound when there is no such run."""
    actions = _seen_by(actor)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    values: dict[str, Any] = {"size": size + 1, "run": run_id, "actions": actions}
    conditions = ["r.run_id = :run"]
    if status:
        conditions.append("r.status = :status")
        values["status"] = status.value
    if keys:
        conditions.append("r.id > CAST(:last AS uuid)")
        values["last"] = keys[0]
    rows = ask_list(
        uow,
        "rows of a bulk run",
        f"""SELECT r.*, coalesce(c.title, u.name) AS title FROM bulk_rows r
            JOIN bulk_runs g ON g.id = r.run_id AND g.action = ANY(CAST(:actions AS varchar[]))
            LEFT JOIN campaigns c ON c.id = r.campaign_id LEFT JOIN users u ON u.id = r.person_id
            WHERE {" AND ".join(conditions)} ORDER BY r.id LIMIT :size""",
        **values,
    )
    if not rows.rows and not ask(uow, f"SELECT FROM bulk_runs r {_SEEN} AND r.id = :run", run=run_id, actions=actions):
        raise NotFound(what="BulkRun")
    return one_page(rows, size, _row, lambda row: (row.id,))


def _run(row: Row[Any]) -> BulkRunView:
    return BulkRunView(
        id=row.id,
        action=BulkAction(row.action),
        status=BulkRunStatus(row.status),
        started_by=row.admin,
        reason=row.reason,
        total=row.total,
        done=row.done,
        skipped=row.skipped,
        failed=row.failed,
        refunded_paise=row.paise,
        started_at=row.started_at,
        ended_at=row.ended_at,
        stopped_why=row.stopped_why or "",
    )


def _row(row: Row[Any]) -> BulkRowView:
    return BulkRowView(
        id=row.id,
        campaign_id=row.campaign_id,
        person_id=row.person_id,
        title=row.title,
        status=BulkRowStatus(row.status),
        why=BulkObstacle(row.why) if row.why else None,
        refunded_paise=row.refunded_paise,
        done_at=row.done_at,
    )
