"""What follows by itself when somebody was right about something else than a result (OPS-03)."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import Cleaner, Dispute, Job, Penalty, User
from cleanit_app.services.people.suspension import reinstate_person
from cleanit_app.services.unit_of_work import UnitOfWork


def remedy(uow: UnitOfWork, dispute: Dispute, *, by: Actor, note: str) -> None:
    """A pause ends, a penalty is lifted, a rejection counts no more. Money moves at the desks of finance alone."""
    if dispute.about == DisputeAbout.SUSPENSION:
        _end_pause(uow, dispute, by, note)
    elif dispute.about == DisputeAbout.PENALTY and dispute.penalty_id is not None:
        _lift(uow, uow.get(Penalty, dispute.penalty_id))
    elif dispute.about == DisputeAbout.REJECTION and dispute.job_id is not None:
        _count_no_more(uow, uow.get(Job, dispute.job_id))


def _end_pause(uow: UnitOfWork, dispute: Dispute, by: Actor, note: str) -> None:
    if uow.lock(User, dispute.subject_id).status is UserStatus.SUSPENDED:
        reinstate_person(uow, actor=by, user_id=dispute.subject_id, reason=note[:300])


def _lift(uow: UnitOfWork, penalty: Penalty) -> None:
    cleaner = uow.lock(Cleaner, penalty.cleaner_id)
    if penalty.lifted_at is None:
        penalty.lifted_at = uow.now
        cleaner.released_count = max(0, cleaner.released_count - 1)


def _count_no_more(uow: UnitOfWork, job: Job) -> None:
    if job.claimed_by is not None:
        cleaner = uow.lock(Cleaner, job.claimed_by)
        cleaner.rejected_count = max(0, cleaner.rejected_count - 1)
