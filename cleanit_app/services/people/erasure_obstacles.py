"""What of an account is open still: while money or work hangs on it, it is not deleted (LAW-02)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.erasure import ENDS_BY_ITSELF, InTheWay, Obstacle
from cleanit_app.services.unit_of_work import UnitOfWork

PAY_MAY_RETURN = timedelta(days=10)
"""How long a bank may send pay back that had arrived; then it needs an account to go to (PAY-06)."""
_OPEN = text(
    """SELECT
    (SELECT cardinality(duties) FROM users WHERE id = :me) AS duties,
    (SELECT count(*) FROM escrow_transactions e JOIN contributions g ON g.id = e.contribution_id
        WHERE g.contributor_id = :me AND e.status = 'HELD') AS contributions_held,
    (SELECT count(*) FROM refunds WHERE contributor_id = :me AND status <> 'COMPLETED') AS refunds_open,
    (SELECT count(*) FROM campaigns WHERE creator_id = :me
        AND (status IN ('ACTIVE','FUNDED','COMPLETED') OR refund_status = 'PROCESSING')) AS campaigns_open,
    (SELECT count(*) FROM jobs WHERE claimed_by = :me AND status IN ('CLAIMED','COMPLETED','VERIFIED')) AS jobs_open,
    (SELECT count(*) FROM payouts WHERE cleaner_id = :me AND status NOT IN ('PAID','CANCELLED')) AS pay_open,
    (SELECT count(*) FROM disputes d LEFT JOIN jobs j ON j.id = d.job_id
        WHERE d.status = 'OPEN' AND (:me IN (d.raised_by, d.other_id) OR j.claimed_by = :me)) AS disputes_open,
    (SELECT count(*) FROM fraud_cases WHERE person_id = :me AND closed_at IS NULL) AS cases_open,
    (SELECT count(*) FROM contributions WHERE contributor_id = :me AND status IN ('CREATED','PENDING'))
        AS payments_open,
    (SELECT count(*) FROM payouts WHERE cleaner_id = :me AND status = 'PAID' AND paid_at > :lately)
        AS pay_may_return"""
)


def obstacles(uow: UnitOfWork, *, user_id: UUID) -> tuple[InTheWay, ...]:
    """All that stands in the way of erasing this account now, in the order in which one would put it right."""
    row = uow.run(_OPEN, {"me": user_id, "lately": uow.now - PAY_MAY_RETURN}).one()._mapping
    return tuple(InTheWay(one, int(row[one.value])) for one in Obstacle if row[one.value])


def my_obstacles(uow: UnitOfWork, *, actor: Actor) -> tuple[InTheWay, ...]:
    """What I have to put right before my account can be deleted."""
    actor.must(Permission.MANAGE_SELF)
    return refusing(obstacles(uow, user_id=actor.user_id))


def refusing(found: tuple[InTheWay, ...]) -> tuple[InTheWay, ...]:
    """Those for which the wish itself is refused."""
    return tuple(one for one in found if one.what not in ENDS_BY_ITSELF)
