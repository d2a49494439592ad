"""How an admin's second factor stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FactorStanding:
    """Whether there is one, since when, the recovery codes left, and until when this session may move money."""

    stands: bool
    since: datetime | None
    codes_left: int
    proved_until: datetime | None
    half_in: bool


def my_factor(uow: UnitOfWork, *, actor: Actor) -> FactorStanding:
    """One's own second factor; also for an admin who has yet to show it."""
    rows = ask(
        uow,
        """SELECT f.confirmed_at,
             (SELECT count(*) FROM recovery_codes r WHERE r.user_id = :me AND r.used_at IS NULL) AS left_over,
             (SELECT proved_at FROM sessions WHERE id = :session) AS proved_at
           FROM (SELECT 1) AS one LEFT JOIN second_factors f ON f.user_id = :me AND f.confirmed_at IS NOT NULL""",
        me=actor.user_id,
        session=actor.session_id,
    )
    row = rows[0]
    until = row.proved_at + LIMITS.proved_for if row.proved_at and actor.proved else None
    return FactorStanding(row.confirmed_at is not None, row.confirmed_at, row.left_over, until, actor.half_in)
