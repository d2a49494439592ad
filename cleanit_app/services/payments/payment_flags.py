"""Payments that look odd: simple rules raise a flag for finance, and nothing is blocked (SEC-10)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Executable, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.events import OddPaymentSeen, PaymentLooksOdd
from cleanit_app.domain.statuses import ContributionStatus
from cleanit_app.models import Campaign, Contribution, ErrorLog, FailedTry, PaymentFlag, new_id
from cleanit_app.services.unit_of_work import UnitOfWork

HOUR = timedelta(hours=1)
# One browser that changed from one account to the other: the earlier sign-in ended just before the later began.
SAME_BROWSER = """
SELECT count(*) FROM sessions a JOIN sessions b ON b.user_agent = a.user_agent
WHERE a.user_id = :creator AND b.user_id = :contributor AND a.user_agent <> ''
  AND (a.ended_at BETWEEN b.created_at - CAST(:near AS interval) AND b.created_at + interval '5 seconds'
       OR b.ended_at BETWEEN a.created_at - CAST(:near AS interval) AND a.created_at + interval '5 seconds')
"""


def check_contribution(uow: UnitOfWork, *, contribution: Contribution) -> None:
    """Look at one that has just arrived: how many within the hour, how big for a first one, from whose device."""
    mine = select(func.count()).where(
        col(Contribution.contributor_id) == contribution.contributor_id,
        col(Contribution.status) == ContributionStatus.SUCCESS,
    )
    paid_at = contribution.paid_at or uow.now
    near = col(Contribution.paid_at) > paid_at - HOUR, col(Contribution.paid_at) < paid_at + HOUR  # heard in any order
    in_an_hour = _count(uow, mine.where(*near))
    if in_an_hour >= uow.limits.contributions_an_hour:
        _flag(uow, contribution, "MANY_GIFTS", in_an_hour, f"{ist_date(uow.now)}")
    if contribution.amount_paise >= uow.limits.big_first_contribution_paise and _count(uow, mine) == 1:
        _flag(uow, contribution, "BIG_FIRST", contribution.amount_paise, "once")
    creator = uow.get(Campaign, contribution.campaign_id).creator_id
    bound = {"creator": creator, "contributor": contribution.contributor_id, "near": LIMITS.same_browser_within}
    shared = int(uow.run(text(SAME_BROWSER), bound).scalar_one())
    if shared:
        _flag(uow, contribution, "SAME_DEVICE", shared, str(contribution.campaign_id))


def note_returned(uow: UnitOfWork, *, contribution: Contribution, payment_id: str) -> None:
    """A payment went back at the provider before we booked it: somebody pressed a button there, told once (PAY-02)."""
    _flag(uow, contribution, "RETURNED", contribution.amount_paise, payment_id)


def note_chargeback(uow: UnitOfWork, *, contribution: Contribution, dispute_id: str, amount_paise: int) -> None:
    """The contributor's bank wants a payment back: finance hears of it once, however the dispute goes on (SEC-10)."""
    _flag(uow, contribution, "CHARGEBACK", amount_paise, dispute_id)


def note_failed_try(uow: UnitOfWork, *, contribution: Contribution, payment_id: str, reason: str, said: str) -> None:
    """Keep a try to pay that failed, once however often we hear of it; many within an hour look odd (MON-05).

    `said` is the provider's own sentence, which the desk reads beside our reason.
    """
    table = FailedTry.__table__  # type: ignore[attr-defined]  # SQLModel does not tell
    values = {
        "contribution_id": contribution.id,
        "contributor_id": contribution.contributor_id,
        "reason": reason,
        "at": uow.now,
    }
    kept = insert(table).values(razorpay_payment_id=payment_id, **values).on_conflict_do_nothing()
    if uow.run(kept.returning(table.c.razorpay_payment_id)).first() is None:
        return
    uow.add(ErrorLog(source="payment", subject_id=contribution.id, message=f"{payment_id}: {said}"[:1000], at=uow.now))
    tries = select(func.count()).where(
        col(FailedTry.contributor_id) == contribution.contributor_id, col(FailedTry.at) > uow.now - HOUR
    )
    found = _count(uow, tries)
    if found >= uow.limits.failed_tries_an_hour:
        _flag(uow, contribution, "MANY_FAILED", found, f"{ist_date(uow.now)}")


def _count(uow: UnitOfWork, question: Executable) -> int:
    return int(uow.run(question).scalar_one())


def _flag(uow: UnitOfWork, contribution: Contribution, rule: str, found: int, once: str) -> None:
    table = PaymentFlag.__table__  # type: ignore[attr-defined]  # SQLModel does not tell
    flag_id = new_id()
    values = {
        "id": flag_id,
        "rule": rule,
        "user_id": contribution.contributor_id,
        "contribution_id": contribution.id,
        "campaign_id": contribution.campaign_id,
        "found": min(found, 2_000_000_000),
        "once_key": f"{rule}:{contribution.contributor_id}:{once}",
        "raised_at": uow.now,
    }
    if uow.run(insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)).first():
        told = PaymentLooksOdd(
            flag_id, contribution.campaign_id, contribution.contributor_id, contribution.amount_paise, rule
        )
        uow.record(told, by=SYSTEM)


def see_odd_payment(uow: UnitOfWork, *, actor: Actor, flag_id: UUID) -> PaymentFlag:
    """Somebody in finance has looked at an odd payment; it leaves the list and stays in the books."""
    actor.must(Permission.SEE_FINANCES)
    flag = uow.lock(PaymentFlag, flag_id)
    if flag.seen_at is None:
        flag.seen_at, flag.seen_by = uow.now, actor.user_id
        uow.record(OddPaymentSeen(flag.id), by=actor)
    return flag
