"""Runs over many things: ordered after a dry run, stopped, and continued (OPS-01)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.bulk import MAY, BulkAction
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, ListChanged, ReasonMissing
from cleanit_app.domain.events import BulkRunContinued, BulkRunStarted, BulkRunStopped
from cleanit_app.domain.reading.numbers import whole
from cleanit_app.domain.statuses import ADMIN_MAY_CANCEL, BulkRowStatus, BulkRunStatus
from cleanit_app.models import BulkRow, BulkRun, Campaign, begin_all, move_all, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.repeats import must_be_the_same, read_key
from cleanit_app.services.unit_of_work import UnitOfWork

WORKER = "workers.jobs.bulk.carry_on"
WORKER_SECONDS = 180


def order_bulk_refunds(
    uow: UnitOfWork,
    *,
    actor: Actor,
    campaign_ids: Sequence[UUID],
    typed_count: object,
    reason: object,
    idempotency_key: str | None,
) -> BulkRun:
    """Let these campaigns be ended one by one with everybody's money going back (OPS-01, CAM-13).

    The count is typed by hand and must be the number of campaigns. ListChanged when one of them can be ended no more;
    the same key with the same campaigns and reason is the same run.
    """
    actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    key, ids = read_key(idempotency_key), sorted(set(campaign_ids))
    why = input_validation.said("reason", reason, 500)
    if not why:
        raise ReasonMissing
    _must_be_counted(ids, typed_count)
    uow.lock_name(NamedLock.BULK, str(actor.user_id))
    if (before := of_key(uow, actor.user_id, key)) is not None:
        must_be_the_same(_order_of(uow, before), {"campaignIds": ids, "reason": why})
        return before
    _must_stand(uow, ids)
    run = BulkRun(
        id=new_id(),
        action=BulkAction.REFUNDS.value,
        started_by=actor.user_id,
        idempotency_key=key,
        reason=why,
        total=len(ids),
        started_at=uow.now,
    )
    uow.add(run).begin(by=actor, at=uow.now, why=why)
    uow.flush()
    rows = [uow.add(BulkRow(id=new_id(), run_id=run.id, campaign_id=one)) for one in ids]
    begin_all(rows, by=actor, at=uow.now)
    uow.record(BulkRunStarted(run.id, run.action, run.total), by=actor)
    call_worker(uow, run)
    return run


def _must_be_counted(ids: Sequence[UUID], typed: object) -> None:
    """InvalidFields unless the typed number is the number of campaigns, and there are some and not too many."""
    if not 0 < len(ids) <= LIMITS.bulk_campaigns:
        raise InvalidFields({"campaignIds": FieldProblem("bulk_many", most=LIMITS.bulk_campaigns)})
    try:
        count = whole(typed)
    except ValueError:
        count = -1
    if count != len(ids):
        raise InvalidFields({"count": FieldProblem("bulk_count", number=len(ids))})


def of_key(uow: UnitOfWork, admin_id: UUID, key: str) -> BulkRun | None:
    """The run that this admin ordered under this key, if there is one."""
    return uow.first(BulkRun, col(BulkRun.started_by) == admin_id, col(BulkRun.idempotency_key) == key)


def _order_of(uow: UnitOfWork, run: BulkRun) -> dict[str, object]:
    ids = uow.run(select(col(BulkRow.campaign_id)).where(col(BulkRow.run_id) == run.id)).scalars()
    return {"campaignIds": sorted(filter(None, ids)), "reason": run.reason}


def _must_stand(uow: UnitOfWork, ids: Sequence[UUID]) -> None:
    """What was looked at is still what would be done; each row looks again when its turn comes."""
    asked = select(func.count()).where(col(Campaign.id).in_(ids), col(Campaign.status).in_(ADMIN_MAY_CANCEL))
    if uow.run(asked).scalar_one() != len(ids):
        raise ListChanged


def stop_bulk_run(uow: UnitOfWork, *, actor: Actor, run_id: UUID) -> BulkRun:
    """Let nothing more be done of a run; what is done stays done. MoveRefused unless it is running."""
    if not actor.may(Permission.MANAGE_PEOPLE):
        actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    actor.must_prove()
    run = uow.lock(BulkRun, run_id)
    actor.must(MAY[BulkAction(run.action)])
    run.move_to(BulkRunStatus.STOPPED, by=actor, at=uow.now)
    uow.record(BulkRunStopped(run.id, ""), by=actor)
    return run


def continue_bulk_run(uow: UnitOfWork, *, actor: Actor, run_id: UUID) -> BulkRun:
    """Go on with a stopped run, or try again what failed; whoever started it stays answerable for its rows.

    MoveRefused while it is running, ListChanged when nothing is left of it to do.
    """
    if not actor.may(Permission.MANAGE_PEOPLE):
        actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    actor.must_prove()
    run = uow.lock(BulkRun, run_id)
    actor.must(MAY[BulkAction(run.action)])
    run.status.check_move(BulkRunStatus.RUNNING)
    _try_again(uow, run, actor)
    if uow.first(BulkRow, *waiting_of(run.id)) is None:
        raise ListChanged
    run.ended_at = None
    run.move_to(BulkRunStatus.RUNNING, by=actor, at=uow.now)
    uow.record(BulkRunContinued(run.id), by=actor)
    call_worker(uow, run)
    return run


def _try_again(uow: UnitOfWork, run: BulkRun, by: Actor) -> None:
    failed = select(col(BulkRow.id)).where(col(BulkRow.run_id) == run.id, col(BulkRow.status) == BulkRowStatus.FAILED)
    rows = uow.lock_all(BulkRow, list(uow.run(failed).scalars()))
    move_all(rows, BulkRowStatus.WAITING, by=by, at=uow.now, why="tried again")
    for row in rows:
        row.why = row.done_at = None
    uow.flush()


def waiting_of(run_id: UUID) -> tuple[Any, Any]:
    """The conditions of rows of a run whose turn is still to come."""
    return col(BulkRow.run_id) == run_id, col(BulkRow.status) == BulkRowStatus.WAITING


def call_worker(uow: UnitOfWork, run: BulkRun) -> None:
    """Ask for a worker at once; without one the clock goes on within a minute."""
    uow.hint("default", WORKER, str(run.id), most_seconds=WORKER_SECONDS)
