"""Rows of a run, each done once and by itself, by however many workers at the same time (OPS-01)."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor
from cleanit_app.domain.bulk import MAY, BulkAction, BulkObstacle
from cleanit_app.domain.errors import DomainError, NotAllowed
from cleanit_app.domain.events import BulkRunEnded, BulkRunStopped, NoticeGoesOut
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.domain.statuses import BulkRowStatus, BulkRunStatus, UserStatus
from cleanit_app.models import BulkRow, BulkRun, User
from cleanit_app.services.accounts.accounts import Standing, actor_of
from cleanit_app.services.bulk.runs import waiting_of
from cleanit_app.services.campaigns.closing import cancel_by_admin
from cleanit_app.services.unit_of_work import UnitOfWork

_CHECK_BOOKS = "workers.jobs.reconciliation.check_books"


def running_runs(uow: UnitOfWork) -> list[UUID]:
    """Every run that a worker should go on with, the oldest first."""
    running = select(col(BulkRun.id)).where(col(BulkRun.status) == BulkRunStatus.RUNNING)
    return list(uow.run(running.order_by(col(BulkRun.id))).scalars())


def waiting_rows(uow: UnitOfWork, *, run_id: UUID, limit: int) -> list[UUID]:
    """Rows of a run whose turn has come, in their order."""
    mine = select(col(BulkRow.id)).where(*waiting_of(run_id))
    return list(uow.run(mine.order_by(col(BulkRow.id)).limit(limit)).scalars())


def do_row(uow: UnitOfWork, *, run_id: UUID, row_id: UUID) -> bool:
    """Do one row as the admin who started its run: its change and its result are one transaction.

    False when it is not to be done: its run was stopped, it is done, or another worker has it. A DomainError is the
    row's refusal; NotAllowed and its kin mean that the admin may do this no more.
    """
    run = _running(uow, run_id)
    row = _taken(uow, row_id) if run else None
    if run is None or row is None:
        return False
    actor = _answerable(uow, run)
    if obstacle := _ACTS[BulkAction(run.action)](uow, run, row, actor):
        _skip(uow, row, obstacle)
        return True
    row.done_at = uow.now
    row.move_to(BulkRowStatus.DONE, by=actor, at=uow.now)
    return True


def _give_back(uow: UnitOfWork, run: BulkRun, row: BulkRow, actor: Actor) -> BulkObstacle | None:
    if row.campaign_id is None:
        return BulkObstacle.UNKNOWN
    campaign = cancel_by_admin(uow, actor=actor, campaign_id=row.campaign_id, reason=run.reason)
    row.refunded_paise = campaign.raised_paise
    return None


def _tell(uow: UnitOfWork, run: BulkRun, row: BulkRow, _actor: Actor) -> BulkObstacle | None:
    """Hand the notice to the relay with this row; what is marketing asks for the person's choice at this moment."""
    person = uow.get(User, row.person_id) if row.person_id else None
    if person is None or person.status is UserStatus.DELETED:
        return BulkObstacle.GONE
    if run.marketing and NotificationCategory.MARKETING in person.muted_notices:
        return BulkObstacle.MUTED
    uow.record(NoticeGoesOut(run.id, person.id), by=SYSTEM)
    return None


_ACTS = {BulkAction.REFUNDS: _give_back, BulkAction.NOTICES: _tell}


def _skip(uow: UnitOfWork, row: BulkRow, why: BulkObstacle) -> None:
    row.why, row.done_at = why.value, uow.now
    target = BulkRowStatus.FAILED if why is BulkObstacle.TROUBLE else BulkRowStatus.SKIPPED
    row.move_to(target, by=SYSTEM, at=uow.now, why=why.value)


def pass_over(uow: UnitOfWork, *, run_id: UUID, row_id: UUID, why: BulkObstacle) -> bool:
    """Write down why a row is not done; FAILED on a trouble of ours, else SKIPPED. False when it is done already."""
    run = _running(uow, run_id)
    row = _taken(uow, row_id) if run else None
    if row is None:
        return False
    _skip(uow, row, why)
    return True


def stop_without_admin(uow: UnitOfWork, *, run_id: UUID, refusal: DomainError) -> None:
    """Stop a run whose admin may do this no more: its rows were answered for by that one."""
    run = uow.lock(BulkRun, run_id)
    if run.status is BulkRunStatus.RUNNING:
        run.move_to(BulkRunStatus.STOPPED, by=SYSTEM, at=uow.now, why=refusal.code)
        uow.record(BulkRunStopped(run.id, refusal.code), by=SYSTEM)


def end_run(uow: UnitOfWork, *, run_id: UUID) -> bool:
    """End a run of which no row waits; the books are checked right after. False while one does."""
    run = uow.lock(BulkRun, run_id)
    if run.status is not BulkRunStatus.RUNNING or uow.first(BulkRow, *waiting_of(run_id)) is not None:
        return False
    counts = _counts(uow, run_id)
    run.ended_at = uow.now
    run.move_to(BulkRunStatus.DONE, by=SYSTEM, at=uow.now)
    done, skipped, failed = (counts[s] for s in (BulkRowStatus.DONE, BulkRowStatus.SKIPPED, BulkRowStatus.FAILED))
    uow.record(BulkRunEnded(run.id, run.started_by, done, skipped, failed), by=SYSTEM)
    uow.hint("default", _CHECK_BOOKS)
    return True


def _counts(uow: UnitOfWork, run_id: UUID) -> Counter[str]:
    mine = select(col(BulkRow.status), func.count()).where(col(BulkRow.run_id) == run_id)
    found: Counter[str] = Counter()
    for status, n in uow.run(mine.group_by(col(BulkRow.status))):
        found[status] = n
    return found


def _running(uow: UnitOfWork, run_id: UUID) -> BulkRun | None:
    """The run if it goes on; nobody can stop it until the end of this transaction, others may do rows meanwhile."""
    mine = select(BulkRun).where(col(BulkRun.id) == run_id, col(BulkRun.status) == BulkRunStatus.RUNNING)
    return uow.session.scalars(mine.with_for_update(read=True).execution_options(populate_existing=True)).first()


def _taken(uow: UnitOfWork, row_id: UUID) -> BulkRow | None:
    """The row, locked, if it still waits and no other worker has it."""
    mine = select(BulkRow).where(col(BulkRow.id) == row_id, col(BulkRow.status) == BulkRowStatus.WAITING)
    free = mine.with_for_update(skip_locked=True, key_share=True).execution_options(populate_existing=True)
    return uow.session.scalars(free).first()


def _answerable(uow: UnitOfWork, run: BulkRun) -> Actor:
    """Who started the run, with what that admin may do now; the second factor was shown when it was started."""
    actor = actor_of(uow.get(User, run.started_by), Standing(proved=True), uow.policy.terms.version)
    if not actor.may(MAY[BulkAction(run.action)]):
        raise NotAllowed
    return actor
