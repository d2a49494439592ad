"""Switching features: for nobody, named people, a share of all, or everybody; and off at once (OPS-06)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.features import Feature, FlagState
from cleanit_app.domain.reading import numbers
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.models import FeatureFlag, User
from cleanit_app.services.auth.sign_in import find_account
from cleanit_app.services.unit_of_work import UnitOfWork

MOST_PEOPLE = 500


def set_flag(
    uow: UnitOfWork, *, actor: Actor, feature: Feature, state: FlagState, percent: object = 0, people: object = ()
) -> FeatureFlag:
    """Choose for whom a feature is on; a senior with the second factor, and it is written down.

    `people` are ids. InvalidFields for a share that is no whole number from 0 to 100, for people who are not there, and
    for a choice that would reach nobody: a share of none, or named people without a name.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    share, named = _percent(percent), _people(uow, people)
    if state is FlagState.PERCENT and not share:
        raise InvalidFields({"percent": FieldProblem("percent_none")})
    if state is FlagState.PEOPLE and not named:
        raise InvalidFields({"people": FieldProblem("people_none")})
    flag = uow.first(FeatureFlag, FeatureFlag.key == feature.value, lock=True)
    if flag is None:
        flag = uow.add(FeatureFlag(key=feature.value, state="", changed_at=uow.now, changed_by=actor.user_id))
    flag.state, flag.percent, flag.people = state.value, share, named
    flag.changed_at, flag.changed_by = uow.now, actor.user_id
    uow.audit(actor, "FlagChanged", feature=feature.value, state=state.value, percent=share, count=len(named))
    return flag


def _percent(typed: object) -> int:
    try:
        share = numbers.whole(typed)
    except Unreadable:
        share = -1
    if not 0 <= share <= 100:
        raise InvalidFields({"percent": FieldProblem("percent_form")})
    return share


def _people(uow: UnitOfWork, typed: object) -> list[UUID]:
    try:
        wanted = list(dict.fromkeys(UUID(str(one)) for one in typed))  # type: ignore[attr-defined]  # any shape may come
    except (TypeError, ValueError):
        raise InvalidFields({"people": FieldProblem("people_unknown")}) from None
    known = {row.id for row in uow.all(User, col(User.id).in_(wanted))} if wanted else set()
    if len(wanted) > MOST_PEOPLE or set(wanted) - known:
        raise InvalidFields({"people": FieldProblem("people_unknown")})
    return wanted


def choose_flag(
    uow: UnitOfWork, *, actor: Actor, feature: Feature, state: FlagState, percent: object, contacts: str
) -> FeatureFlag:
    """As `set_flag`, with people named by mailboxes and numbers that commas part."""
    actor.must(Permission.MANAGE_ADMINS)
    found = [find_account(uow, one) for one in contacts.split(",")[: MOST_PEOPLE + 1] if one.strip()]
    if None in found:
        raise InvalidFields({"people": FieldProblem("people_unknown")})
    people = [user.id for user in found if user is not None]
    return set_flag(uow, actor=actor, feature=feature, state=state, percent=percent, people=people)
