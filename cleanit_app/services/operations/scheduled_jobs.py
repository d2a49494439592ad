"""Jobs of the clock: how each run went, and a run that an admin asks for by hand (OPS-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import NotFound
from cleanit_app.models import ScheduledJob, ScheduledRun, first_id_of_moment, id_of_moment
from cleanit_app.services.unit_of_work import UnitOfWork

RUN_NOW = "workers.jobs.operations.run_now"
LOST_AFTER = timedelta(seconds=60)
"""A wish that waits longer is hinted at again: its hint may be lost, and one too many does nothing."""
TROUBLE_KEPT = 300
_KNOW = text(
    """INSERT INTO scheduled_jobs (name, queue, cron, most_seconds)
       SELECT * FROM unnest(CAST(:names AS text[]), CAST(:queues AS text[]), CAST(:crons AS text[]),
                            CAST(:seconds AS int[]))
       ON CONFLICT (name) DO UPDATE
         SET queue = excluded.queue, cron = excluded.cron, most_seconds = excluded.most_seconds"""
)
_FORGET = text("DELETE FROM scheduled_jobs WHERE NOT name = ANY(CAST(:names AS text[]))")
_TAKE = text("UPDATE scheduled_jobs SET asked_at = NULL WHERE name = :name AND asked_at IS NOT NULL RETURNING 1")
_WAITING = text("SELECT name, queue, most_seconds FROM scheduled_jobs WHERE asked_at <= :before ORDER BY name")
_CLEAR = text(
    """DELETE FROM scheduled_runs WHERE id IN
       (SELECT id FROM scheduled_runs WHERE id < :first ORDER BY id LIMIT :most) RETURNING 1"""
)


@dataclass(frozen=True)
class KnownJob:
    """A job of the schedule: its queue, its cron in UTC, and how long a run may take."""

    name: str
    queue: str
    cron: str
    most_seconds: int


def know(uow: UnitOfWork, *, jobs: Sequence[KnownJob]) -> None:
    """From now on exactly these jobs are there to be seen and asked for; wishes that wait stay."""
    names = [job.name for job in jobs]
    others = {"queues": [j.queue for j in jobs], "crons": [j.cron for j in jobs]}
    uow.run(_KNOW, {"names": names, "seconds": [j.most_seconds for j in jobs], **others})
    uow.run(_FORGET, {"names": names})


def ask_for_run(uow: UnitOfWork, *, actor: Actor, name: str) -> ScheduledJob:
    """A senior with the second factor asks for a run now, and it is written down; NotFound for another name.

    Asked again before that run has begun, it is the same wish.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    is_name = name.replace("-", "").isalpha()  # a name from an address may hold what no text of the database can
    job = uow.first(ScheduledJob, ScheduledJob.name == name, lock=True) if is_name else None
    if job is None:
        raise NotFound
    if job.asked_at is None:
        job.asked_at = uow.now
        uow.audit(actor, "JobRunByHand", job=name)
        uow.hint(job.queue, RUN_NOW, name, most_seconds=job.most_seconds)
    return job


def take_request(uow: UnitOfWork, *, name: str) -> bool:
    """Begin the run that was asked for; False when nobody did, or another worker has begun it."""
    return uow.run(_TAKE, {"name": name}).first() is not None


def hint_again(uow: UnitOfWork) -> None:
    """Hint again at every wish that has waited for a while."""
    for job in uow.run(_WAITING, {"before": uow.now - LOST_AFTER}):
        uow.hint(job.queue, RUN_NOW, job.name, most_seconds=job.most_seconds)


def note_run(
    uow: UnitOfWork, *, name: str, started_at: datetime, took_ms: int, manual: bool, trouble: Exception | None
) -> None:
    """Keep how a run went."""
    said = f"{type(trouble).__name__}: {trouble}"[:TROUBLE_KEPT] if trouble is not None else None
    run_id = id_of_moment(started_at)
    uow.add(ScheduledRun(id=run_id, name=name, started_at=started_at, took_ms=took_ms, manual=manual, trouble=said))


def clear_old_runs(uow: UnitOfWork, *, limit: int) -> int:
    """Forget runs of more than two weeks ago; gives back how many."""
    return len(list(uow.run(_CLEAR, {"first": first_id_of_moment(uow.now - LIMITS.runs_kept), "most": limit})))
