"""The numbers of the business over REST: what they are, what another value would have done, choosing one (OPS-01)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.schemas.house_settings import (
    ChoiceOut,
    HouseSettingOut,
    HouseSettingsOut,
    SettingIn,
    SettingTrialOut,
    WaitingOut,
)
from cleanit_app.domain.actors import Permission
from cleanit_app.reads.operations.setting_choices import SettingItem, settings_with_history
from cleanit_app.reads.operations.setting_trials import try_setting
from cleanit_app.services.operations.house_settings import choose_setting, read_value, setting_named

router = APIRouter(prefix="/api/admin/settings", tags=["admin"])


@router.get("", response_model=HouseSettingsOut)
def list_settings(request: Request) -> Response:
    """Every number that may be changed while Cleanit runs, with who chose what when."""
    with asking(request) as call:
        return answer(HouseSettingsOut(items=[_out(one) for one in settings_with_history(call.uow, actor=call.actor)]))


@router.get("/{setting}/trial", response_model=SettingTrialOut)
def try_value(request: Request, setting: str, value: str = "") -> Response:
    """What would have changed in the last 30 days with another value; changes nothing."""
    with asking(request) as call:
        call.actor.must(Permission.MANAGE_ADMINS)  # before the words of a stranger are judged
        known = setting_named(setting)
        wanted = read_value(known, value)
        trial = try_setting(call.uow, actor=call.actor, setting=known, value=wanted)
    if trial is None:
        return answer(SettingTrialOut(value=wanted, counted=False, before=None, after=None))
    return answer(SettingTrialOut(value=wanted, counted=True, before=trial.before, after=trial.after))


@router.put("/{setting}", status_code=204)
def choose(request: Request, setting: str, body: SettingIn) -> Response:
    """Give a number another value; 403 without the second factor. Everybody goes by it within two seconds."""
    with changing(request) as call:
        choose_setting(
            call.uow,
            actor=call.actor,
            name=setting,
            value=body.value,
            why=body.why,
            seen=body.seen,
            effective_from=body.effective_from,
        )
    return Response(status_code=204)


def _out(one: SettingItem) -> HouseSettingOut:
    setting, waiting = one.setting, one.waiting
    return HouseSettingOut(
        name=setting.name,
        group=setting.group,
        counts=setting.counts,
        least=setting.least,
        most=setting.most,
        applies=setting.applies,
        in_terms=setting.in_terms,
        value=one.value,
        usual=one.usual,
        waiting=WaitingOut.of(waiting) if waiting else None,
        choices=[ChoiceOut.of(choice) for choice in one.choices],
    )
