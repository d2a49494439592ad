"""Runs over many things: row after row, each in a transaction of its own, for as long as a job may take."""

from __future__ import annotations

import logging
from uuid import UUID

from rq.timeouts import BaseTimeoutException

from cleanit_app.domain.bulk import BulkObstacle, obstacle_of
from cleanit_app.domain.errors import DomainError, NotAllowed
from cleanit_app.services.bulk import rows
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.wiring import Wiring, is_outage, wiring
from workers.sweeping import sweep

BATCH = 50
log = logging.getLogger(__name__)


def carry_on_all() -> None:
    """Go on with every run that is not through: its worker was killed, or its hint was lost (OPS-01)."""
    parts = wiring()
    with parts.open_read() as uow:
        running = rows.running_runs(uow)
    for run_id in running:
        _carry_on(parts, run_id)


def carry_on(run_id: str) -> None:
    """Go on with one run, now (OPS-01)."""
    _carry_on(wiring(), UUID(run_id))


def _carry_on(parts: Wiring, run_id: UUID) -> None:
    def find(limit: int) -> list[UUID]:
        with parts.open_read() as uow:
            return rows.waiting_rows(uow, run_id=run_id, limit=limit) if run_id in rows.running_runs(uow) else []

    sweep(find, lambda row_id: _do(parts, run_id, row_id), batch=BATCH)
    with parts.open_uow() as uow:
        rows.end_run(uow, run_id=run_id)


def _do(parts: Wiring, run_id: UUID, row_id: UUID) -> None:
    """Do one row; its trouble is its own, and must not keep the others waiting."""
    try:
        with parts.open_uow() as uow:
            rows.do_row(uow, run_id=run_id, row_id=row_id)
    except BaseTimeoutException:
        raise  # the worker ends this job: the row is undone, and the clock goes on with it
    except NotAllowed as refusal:
        with parts.open_uow() as uow:
            rows.stop_without_admin(uow, run_id=run_id, refusal=refusal)
    except DomainError as refusal:
        _pass_over(parts, run_id, row_id, obstacle_of(refusal))
    except Exception as trouble:  # kept in error_logs with its stack
        if is_outage(trouble):
            raise  # the row still waits, and the clock goes on when the part is back
        log.exception("a row of a bulk run failed", extra={"run": str(run_id), "row": str(row_id)})
        _pass_over(parts, run_id, row_id, BulkObstacle.TROUBLE)
        with parts.open_uow() as uow:
            note_failure(uow, source="job", subject_id=row_id, trouble=trouble, where="bulk")


def _pass_over(parts: Wiring, run_id: UUID, row_id: UUID, why: BulkObstacle) -> None:
    with parts.open_uow() as uow:
        rows.pass_over(uow, run_id=run_id, row_id=row_id, why=why)
