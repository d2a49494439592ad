"""How the business is at this moment: four numbers that move by themselves on the first page of admins (MON-03)."""

from __future__ import annotations

from dataclasses import dataclass

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class BusinessNow:
    """Campaigns that collect and after-photos to verify; money in paise. None is for others to see."""

    active_campaigns: int
    to_verify: int | None
    held_paise: int | None
    payouts_pending: int | None
    payouts_pending_paise: int | None


# What is held stands in the ledger alone: one account, summed from its index.
_NOW = """SELECT
    (SELECT count(*) FROM campaigns WHERE status = 'ACTIVE') AS active,
    (SELECT count(*) FROM jobs WHERE status = 'COMPLETED') AS to_verify,
    (SELECT coalesce(-sum(amount_paise), 0)::bigint FROM ledger_lines WHERE account = 'HELD') AS held,
    p.number AS payouts, p.paise
  FROM (SELECT count(*) AS number, coalesce(sum(amount_paise), 0)::bigint AS paise
        FROM payouts WHERE status = 'PENDING') p"""


def must_see_boards(actor: Actor) -> None:
    """Refuse whoever neither sees the money nor verifies work."""
    if not actor.may(Permission.SEE_FINANCES):
        actor.must(Permission.VERIFY_JOBS)


def business_now(uow: UnitOfWork, *, actor: Actor) -> BusinessNow:
    """The four live numbers, as far as the actor's duties go (MON-03)."""
    must_see_boards(actor)
    row = ask(uow, _NOW)[0]
    checks, money = actor.may(Permission.VERIFY_JOBS), actor.may(Permission.SEE_FINANCES)
    return BusinessNow(
        active_campaigns=row.active,
        to_verify=row.to_verify if checks else None,
        held_paise=row.held if money else None,
        payouts_pending=row.payouts if money else None,
        payouts_pending_paise=row.paise if money else None,
    )
