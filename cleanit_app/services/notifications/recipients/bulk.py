"""Who hears of runs over many things: who started one, of its end and of what stopped it."""

from __future__ import annotations

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.events import BulkRunContinued, BulkRunEnded, BulkRunStarted, BulkRunStopped, NoticeGoesOut
from cleanit_app.models import BulkRun
from cleanit_app.notification_kinds import bulk as kinds
from cleanit_app.services.notifications.audiences import ADMINS, ONE, Draft, Tellers, duty, nobody, one
from cleanit_app.services.unit_of_work import UnitOfWork


def _ended(_uow: UnitOfWork, e: BulkRunEnded) -> list[Draft]:
    values = {"done": e.done, "rest": e.skipped + e.failed}
    return [Draft(kinds.BULK_RUN_ENDED, ONE, one(e.starter_id), values, subject=e.run_id)]


def _stopped(_uow: UnitOfWork, e: BulkRunStopped) -> list[Draft]:
    """A colleague who presses the button needs no telling; a run that lost its admin needs somebody."""
    return [Draft(kinds.BULK_RUN_STOPPED, ADMINS, duty(AdminDuty.SENIOR), subject=e.run_id)] if e.why else []


def _notice(uow: UnitOfWork, e: NoticeGoesOut) -> list[Draft]:
    """The words an admin wrote; once for each person, however often the run is continued."""
    run = uow.get(BulkRun, e.run_id)
    kind = kinds.NOTICE_OF_MARKETING if run.marketing else kinds.NOTICE_OF_SERVICE
    return [Draft(kind, ONE, one(e.person_id), {"said": dict(run.notice or {})}, f"notice:{run.id}")]


TELLERS: Tellers = {
    NoticeGoesOut: _notice,
    BulkRunStarted: nobody,
    BulkRunStopped: _stopped,
    BulkRunContinued: nobody,
    BulkRunEnded: _ended,
}
