"""Changing the numbers of the business while Cleanit runs: by a senior, within bounds, with a reason (OPS-01)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound
from cleanit_app.domain.events import SettingChosen
from cleanit_app.domain.house_settings import SETTINGS, Counts, HouseSetting, SettingChange, house_at
from cleanit_app.domain.reading import numbers
from cleanit_app.domain.reading.signs import Unreadable, folded
from cleanit_app.models import SettingChoice, new_id
from cleanit_app.models.house_settings import EVERY_CHOICE
from cleanit_app.services.input_validation import Form, moment
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import UnitOfWork

_SHARE = re.compile(r"([0-9]{1,3})(?:[.]([0-9]{1,2}))?%?")
LONGEST_WAIT = timedelta(days=90)
"""So far ahead a change may be planned."""


def setting_named(name: object) -> HouseSetting:
    """The setting of this name; NotFound when there is none."""
    known = SETTINGS.get(str(name))
    if known is None:
        raise NotFound(what="Setting")
    return known


def read_value(setting: HouseSetting, typed: object) -> int:
    """A value as typed, in the setting's unit; InvalidFields when it is no whole number within the bounds."""
    try:
        value = numbers.whole(typed)
    except Unreadable:
        raise InvalidFields({"value": FieldProblem("setting_whole")}) from None
    if not setting.least <= value <= setting.most:
        raise InvalidFields({"value": _bounds(setting)})
    return value


def read_typed(setting: HouseSetting, typed: object) -> int:
    """As `read_value`, for what people type: an amount in rupees, a share in percent with up to two decimals."""
    try:
        if setting.counts is Counts.PAISE:
            return read_value(setting, numbers.rupees(typed))
        if setting.counts is Counts.BASIS_POINTS and (found := _SHARE.fullmatch(folded(typed))):
            return read_value(setting, 100 * int(found[1]) + int((found[2] or "").ljust(2, "0")))
    except Unreadable:
        raise InvalidFields({"value": FieldProblem("setting_whole")}) from None
    return read_value(setting, typed)


def _bounds(setting: HouseSetting) -> FieldProblem:
    """That a value is out of bounds, with the bounds in the unit that people type."""
    if setting.counts is Counts.PAISE:
        return FieldProblem("setting_bounds_paise", least_paise=setting.least, most_paise=setting.most)
    parts = 100 if setting.counts is Counts.BASIS_POINTS else 1
    return FieldProblem("setting_bounds", least=f"{setting.least / parts:g}", most=f"{setting.most / parts:g}")


@dataclass(frozen=True)
class SettingDraft:
    """A choice that may be made: of which setting, which value, why, and from when on (None: at once)."""

    setting: HouseSetting
    value: int
    why: str
    effective_from: datetime | None


def draft_choice(
    now: datetime, *, name: object, value: object, why: object, effective_from: object = None, as_typed: bool = False
) -> SettingDraft:
    """What was typed, checked; nothing is changed. `as_typed`: the value is in rupees or percent, as people type it.

    InvalidFields for a value out of bounds, no reason, and a moment that is past or more than 90 days ahead.
    """
    setting = setting_named(name)
    wanted = (read_typed if as_typed else read_value)(setting, value)
    return SettingDraft(setting, wanted, _reason(why), _moment(now, effective_from))


def choose_setting(
    uow: UnitOfWork,
    *,
    actor: Actor,
    name: object,
    value: object,
    why: object,
    seen: object = None,
    effective_from: object = None,
    as_typed: bool = False,
) -> SettingChoice:
    """Give a number of the business another value from now or a later moment on; the other seniors are told.

    A senior with the second factor. `seen` is the value that was shown: InvalidFields when another has been chosen
    since, when nothing would change, and as `draft_choice`.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    uow.lock_name(NamedLock.SETTING, setting_named(name).name)
    draft = draft_choice(uow.now, name=name, value=value, why=why, effective_from=effective_from, as_typed=as_typed)
    was, from_moment = _must_change(uow, draft, seen), draft.effective_from or uow.now
    choice = uow.add(
        SettingChoice(
            id=new_id(), name=draft.setting.name, was=was, value=draft.value, why=draft.why, made_at=uow.now,
            made_by=actor.user_id, effective_from=from_moment,
        )
    )  # fmt: skip
    uow.flush()
    told = (draft.setting.name, was, draft.value, from_moment.isoformat(), draft.why)
    uow.record(SettingChosen(choice.id, actor.user_id, *told), by=actor)
    return choice


def _must_change(uow: UnitOfWork, draft: SettingDraft, seen: object) -> int:
    """The value that holds now; InvalidFields when another was shown, or when nothing would change."""
    choices = [SettingChange(*row) for row in uow.run(EVERY_CHOICE) if row.name == draft.setting.name]
    now = draft.setting.get(house_at(choices, uow.now))
    _must_be_seen(seen, now)
    if draft.value == now and all(one.effective_from <= uow.now for one in choices):
        raise InvalidFields({"value": FieldProblem("setting_same")})
    return now


def _reason(why: object) -> str:
    form = Form()
    clean = form.text("why", why, LIMITS.desk_note_length, "setting_why", lines=True)
    form.done()
    return clean


def _must_be_seen(seen: object, now: int) -> None:
    if seen is None or seen == "":
        return
    try:
        same = numbers.whole(seen) == now
    except Unreadable:
        same = False
    if not same:
        raise InvalidFields({"value": FieldProblem("setting_moved")})


def _moment(now: datetime, typed: object) -> datetime | None:
    """From when on; None where nothing was said. InvalidFields for the past, and for more than 90 days ahead."""
    if typed in (None, ""):
        return None
    found = moment(typed)
    if found is None or found.tzinfo is None or not now <= found <= now + LONGEST_WAIT:
        raise InvalidFields({"effectiveFrom": FieldProblem("setting_moment", days=LONGEST_WAIT.days)})
    return found
