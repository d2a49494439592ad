"""What an admin has just decided and may still undo (VER-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OwnDecision:
    """A decision that nobody has been told of; it can be undone until `due_at`."""

    job_id: UUID
    title: str
    approves: bool
    pay_paise: int
    due_at: datetime


def own_decisions(uow: UnitOfWork, *, actor: Actor) -> list[OwnDecision]:
    """The decisions of this admin that can be undone now, the newest first."""
    actor.must(Permission.VERIFY_JOBS)
    rows = ask_list(
        uow,
        "own decisions",
        """SELECT d.job_id, c.title, d.approves, j.amount_paise, d.due_at
           FROM pending_decisions d JOIN jobs j ON j.id = d.job_id JOIN campaigns c ON c.id = j.campaign_id
           WHERE d.admin_id = :me AND d.due_at > CAST(:now AS timestamptz)
           ORDER BY d.decided_at DESC, d.job_id LIMIT 10""",
        me=actor.user_id,
        now=uow.now,
    )
    return rows.read(lambda r: OwnDecision(r.job_id, r.title, r.approves, r.amount_paise, r.due_at))
