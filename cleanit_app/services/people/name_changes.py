"""Another name for an account: a cleaner's is looked at first, beside ID and bank, any other counts at once (LAW-03).

While a cleaner's new name waits, nothing that was accepted changes: name, ID and account stay as they are, jobs go on
and pay leaves, for the account was found to be that person's under the name that still counts.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, func, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import (
    ChangedMeanwhile,
    OwnInterest,
    ReasonMissing,
    TooManyRequests,
)
from cleanit_app.domain.events import NameAsked, NameDecided
from cleanit_app.domain.names import name_match
from cleanit_app.domain.statuses import NameChangeStatus
from cleanit_app.models import Cleaner, NameChange, User, new_id
from cleanit_app.services import input_validation
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.people import bank_account_checks, identity
from cleanit_app.services.people.waiting_names import waiting_name
from cleanit_app.services.unit_of_work import UnitOfWork

DAY = timedelta(days=1)


@open_before_terms
def correct_profile(
    uow: UnitOfWork,
    *,
    actor: Actor,
    spoken: Collection[str],
    name: object = None,
    name_was: object = None,
    language: object = None,
) -> User:
    """Change one's own `name`, or `language` to one that is `spoken` here; what is None stays.

    `name_was` is the name that was read: ChangedMeanwhile when another tab was faster. A cleaner with papers asks for
    a password typed a moment ago (ConfirmFirst) and waits for an admin; asking for the present name takes a waiting one
    back. InvalidFields names every problem, TooManyRequests after some changes in a day.
    """
    actor.must(Permission.MANAGE_SELF)
    form = input_validation.Form()
    wanted = None if name is None else form.name("name", name)
    if language is not None and language not in spoken:
        form.problem("language", "value_unreadable")
    form.done()
    cleaner = uow.first(Cleaner, Cleaner.id == actor.user_id, lock=True) if wanted else None
    waiting = waiting_name(uow, actor.user_id, lock=True) if wanted else None
    user = uow.lock(User, actor.user_id)
    if language is not None:
        user.language = str(language)
    if wanted is None or wanted == (waiting.new_name if waiting else user.name):
        return user  # nothing to do, or the same wish again
    if name_was is not None and name_was != user.name:
        raise ChangedMeanwhile
    if waiting is not None:
        _end(uow, waiting, NameChangeStatus.TAKEN_BACK, by=actor)
    if wanted != user.name:
        _ask(uow, actor, user, cleaner, wanted)
    return user


def _ask(uow: UnitOfWork, actor: Actor, user: User, cleaner: Cleaner | None, wanted: str) -> None:
    _not_too_many(uow, user.id)
    looked_at = cleaner is not None and _has_papers(uow, cleaner)
    change = NameChange(id=new_id(), user_id=user.id, old_name=user.name, new_name=wanted, asked_at=uow.now)
    if not looked_at:
        change.status, change.decided_at, change.decided_by = NameChangeStatus.ACCEPTED, uow.now, user.id
    uow.add(change)
    uow.flush()
    change.begin(by=actor, at=uow.now, why="asked for")
    if looked_at:
        actor.must_be_fresh()  # pay hangs on the name
        uow.record(NameAsked(user.id, change.id), by=actor)
        return
    uow.audit(actor, "OwnNameChanged", subject_id=user.id, before=user.name, after=wanted)
    user.name = wanted


def _has_papers(uow: UnitOfWork, cleaner: Cleaner) -> bool:
    """Whether anything was given that was, or will be, compared with the name."""
    return cleaner.payout_details is not None or identity.latest_document(uow, cleaner_id=cleaner.id) is not None


def _not_too_many(uow: UnitOfWork, user_id: UUID) -> None:
    since = uow.now - DAY
    mine = (col(NameChange.user_id) == user_id, col(NameChange.asked_at) > since)
    count, first = uow.run(select(func.count(), func.min(col(NameChange.asked_at))).where(*mine)).one()
    if count >= LIMITS.name_changes_a_day:
        raise TooManyRequests.wait(max(1, round((first + DAY - uow.now).total_seconds())))


def accept_name(uow: UnitOfWork, *, actor: Actor, change_id: UUID) -> NameChange:
    """Let a cleaner's new name count, and the ID that was handed in for it (MANAGE_KYC).

    The account stays confirmed when its bank knows that name; else the bank is asked anew, and pay waits until it or a
    person has confirmed the account under the new name. MoveRefused when it is decided, OwnInterest for oneself.
    """
    actor.must(Permission.MANAGE_KYC)
    change, cleaner = _to_decide(uow, actor, change_id)
    identity.accept_for_name(uow, cleaner=cleaner, since=change.asked_at, by=actor)
    waits = _check_account_anew(uow, cleaner, change.new_name)
    _end(uow, change, NameChangeStatus.ACCEPTED, by=actor)
    uow.lock(User, change.user_id).name = change.new_name
    uow.record(NameDecided(change.user_id, accepted=True, account_waits=waits, reason=""), by=actor)
    return change


def refuse_name(uow: UnitOfWork, *, actor: Actor, change_id: UUID, reason: object) -> NameChange:
    """Leave a cleaner's name as it is, with a reason that the cleaner reads; an ID handed in for it is dropped."""
    actor.must(Permission.MANAGE_KYC)
    change, cleaner = _to_decide(uow, actor, change_id)
    why = input_validation.said("reason", reason, 300)
    if not why:
        raise ReasonMissing
    identity.refuse_for_name(uow, cleaner=cleaner, since=change.asked_at, by=actor)
    change.reason = why
    _end(uow, change, NameChangeStatus.REFUSED, by=actor)
    uow.record(NameDecided(change.user_id, accepted=False, account_waits=False, reason=why), by=actor)
    return change


def _to_decide(uow: UnitOfWork, actor: Actor, change_id: UUID) -> tuple[NameChange, Cleaner]:
    whose = uow.get(NameChange, change_id).user_id
    if whose == actor.user_id:
        raise OwnInterest
    cleaner = uow.lock(Cleaner, whose)
    change = uow.lock(NameChange, change_id)
    change.status.check_move(NameChangeStatus.ACCEPTED)
    return change, cleaner


def _end(uow: UnitOfWork, change: NameChange, target: NameChangeStatus, *, by: Actor) -> None:
    change.decided_at, change.decided_by = uow.now, by.id
    change.move_to(target, by=by, at=uow.now, why=change.reason or "")
    uow.flush()


def _check_account_anew(uow: UnitOfWork, cleaner: Cleaner, name: str) -> bool:
    """Whether the account waits to be confirmed: its bank knows another name than the new one, or said none."""
    if cleaner.payout_details is None:
        return False
    check = bank_account_checks.latest_check(uow, cleaner_id=cleaner.id)
    known = check.registered_name if check else None
    if known and name_match(known, name) >= LIMITS.name_match_least:
        return cleaner.payout_verified_at is None
    cleaner.payout_verified_at = None
    bank_account_checks.begin_check(uow, cleaner=cleaner)
    return True
