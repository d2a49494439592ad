"""Whose account is it? What a bank said of a cleaner's account, and what follows (PAY-04, LAW-08)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import UnknownSubject
from cleanit_app.domain.events import AccountChecked
from cleanit_app.domain.names import name_match
from cleanit_app.domain.provider import ProviderCheckStatus
from cleanit_app.domain.statuses import OPEN_CHECKS, AccountCheckStatus
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import AccountCheck, Cleaner, ErrorLog, User, new_id
from cleanit_app.ports import ProviderValidation
from cleanit_app.services.payouts import payouts
from cleanit_app.services.unit_of_work import UnitOfWork

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=6)
MOST_TRIES = 16  # some three days, as long as banks may take
IN_FLIGHT = timedelta(minutes=3)
"""Longer than the four calls of a question, 35 seconds each: meanwhile no second worker asks, and pays for it."""


def begin_check(uow: UnitOfWork, *, cleaner: Cleaner) -> AccountCheck:
    """Plan to ask the bank about the details that a cleaner has just given; earlier questions are void."""
    for old in uow.all(AccountCheck, AccountCheck.cleaner_id == cleaner.id, col(AccountCheck.status).in_(OPEN_CHECKS)):
        old.finished_at = uow.now
        old.move_to(AccountCheckStatus.REPLACED, by=SYSTEM, at=uow.now, why="the details changed")
    check = AccountCheck(
        id=new_id(), cleaner_id=cleaner.id, details_at=uow.now, created_at=uow.now, next_try_at=uow.now
    )
    uow.add(check)
    uow.flush()
    check.begin(by=SYSTEM, at=uow.now, why="details given")
    uow.hint("default", "workers.jobs.people.check_new_accounts")
    return check


def latest_check(uow: UnitOfWork, *, cleaner_id: UUID) -> AccountCheck | None:
    """The newest question about a cleaner's account."""
    newest = (
        select(AccountCheck).where(col(AccountCheck.cleaner_id) == cleaner_id).order_by(col(AccountCheck.id).desc())
    )
    return uow.session.scalars(newest.limit(1)).first()


def due_checks(uow: UnitOfWork, *, limit: int, somebody_waits: bool = False) -> list[UUID]:
    """Questions that should be asked, or asked about, now; `somebody_waits`: only those of unconfirmed accounts.

    Once a person has confirmed an account nobody waits for the bank. It is asked all the same: what it knows of a
    wrong account is worth knowing before the first payout.
    """
    due = (
        select(col(AccountCheck.id))
        .where(col(AccountCheck.status).in_(OPEN_CHECKS), col(AccountCheck.next_try_at) <= uow.now)
        .order_by(col(AccountCheck.next_try_at))
        .limit(limit)
    )
    if somebody_waits:
        due = due.join(Cleaner, col(Cleaner.id) == col(AccountCheck.cleaner_id))
        due = due.where(col(Cleaner.payout_verified_at).is_(None))
    return list(uow.run(due).scalars())


def take_up(uow: UnitOfWork, *, check_id: UUID) -> AccountCheck | None:
    """Claim a question before asking it; None when it is over, or not due because another is at it.

    After three days without a word a person decides.
    """
    check = _locked(uow, check_id)
    if check.status not in OPEN_CHECKS or check.next_try_at > uow.now:
        return None
    if check.tries >= MOST_TRIES:
        _end(uow, check, AccountCheckStatus.UNAVAILABLE, "the bank never answered")
        return None
    check.tries += 1
    check.next_try_at = uow.now + IN_FLIGHT
    return check


def look_again(uow: UnitOfWork, *, check_id: UUID) -> None:
    """The call is over and the last word not said: plan the next look, the later the more there were."""
    check = _locked(uow, check_id)
    if check.status in OPEN_CHECKS:
        check.next_try_at = uow.now + min(FIRST_WAIT * 2**check.tries, LONGEST_WAIT)


def check_of_provider(uow: UnitOfWork, provider_id: str) -> UUID:
    """Our question behind a provider's id; UnknownSubject when it is not ours (yet)."""
    check = uow.first(AccountCheck, AccountCheck.provider_id == provider_id)
    if check is None:
        raise UnknownSubject(what=f"account check {provider_id}")
    return check.id


def apply_validation(uow: UnitOfWork, *, check_id: UUID, answer: ProviderValidation) -> None:
    """Write down what a bank says of an account; once, whoever says it (LAW-08).

    The same name: confirmed. Another name, or no answer: a person decides. No such account: the cleaner is asked.
    """
    check = _locked(uow, check_id)
    if check.status not in OPEN_CHECKS:
        return
    check.provider_id = answer.id
    if check.status is AccountCheckStatus.WAITING:
        check.move_to(AccountCheckStatus.ASKED, by=SYSTEM, at=uow.now, why=answer.id)
    if answer.status is ProviderCheckStatus.FAILED:
        _end(uow, check, AccountCheckStatus.UNAVAILABLE, "the bank could not say")
    elif answer.status is ProviderCheckStatus.COMPLETED and answer.account_works:
        _compare_names(uow, check, answer.registered_name)
    elif answer.status is ProviderCheckStatus.COMPLETED:
        _end(uow, check, AccountCheckStatus.INVALID, TransferReason.ACCOUNT_WRONG)


def refuse(uow: UnitOfWork, *, check_id: UUID, reason: str, wrong_details: bool) -> None:
    """The provider does not ask this bank: the details have not the right form, or it checks no accounts."""
    check = _locked(uow, check_id)
    if check.status in OPEN_CHECKS:
        status = AccountCheckStatus.INVALID if wrong_details else AccountCheckStatus.UNAVAILABLE
        _end(uow, check, status, reason)


def _locked(uow: UnitOfWork, check_id: UUID) -> AccountCheck:
    """The cleaner's row first, as everywhere, then the question."""
    uow.lock(Cleaner, uow.get(AccountCheck, check_id).cleaner_id)
    return uow.lock(AccountCheck, check_id)


def _compare_names(uow: UnitOfWork, check: AccountCheck, registered: str | None) -> None:
    check.registered_name = (registered or "")[:120] or None
    check.score = name_match(registered, uow.get(User, check.cleaner_id).name)
    if check.score < LIMITS.name_match_least:
        _end(uow, check, AccountCheckStatus.DIFFERS, TransferReason.NAME_DIFFERS)
        return
    uow.lock(Cleaner, check.cleaner_id).payout_verified_at = uow.now
    _end(uow, check, AccountCheckStatus.MATCHES, "")


def _end(uow: UnitOfWork, check: AccountCheck, status: AccountCheckStatus, reason: str) -> None:
    check.finished_at, check.reason = uow.now, reason[:300] or None
    check.move_to(status, by=SYSTEM, at=uow.now, why=reason[:300])
    if status is AccountCheckStatus.INVALID:
        payouts.ask_for_details(uow, cleaner_id=check.cleaner_id, reason=reason[:300])
    if status is AccountCheckStatus.UNAVAILABLE:
        uow.add(
            ErrorLog(
                source="account_check", subject_id=check.id, user_id=check.cleaner_id, message=reason[:1000], at=uow.now
            )
        )
    uow.record(AccountChecked(check.cleaner_id, status.value, check.score), by=SYSTEM)
