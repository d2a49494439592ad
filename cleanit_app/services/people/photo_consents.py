"""Whether one's photos may be shown in the gallery and where Cleanit speaks of itself, and the name (LAW-07)."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.models import PhotoConsent, User
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.photos.takedowns import plan_takedowns_of
from cleanit_app.services.unit_of_work import UnitOfWork

PURPOSES = {"gallery": "gallery_consent", "marketing": "marketing_consent", "credit": "credited"}


@open_before_terms
def choose_photo_consents(uow: UnitOfWork, *, actor: Actor, **chosen: object) -> None:
    """Say yes or no for `gallery`, `marketing` and `credit`; what is not named stays as it is.

    Each change is logged with the version of the terms and the moment, and holds at once: what may not be shown any
    more is shown to nobody else from this commit on, and shared caches are told. InvalidFields for other values.
    """
    actor.must(Permission.MANAGE_SELF)
    wrong = {name for name, value in chosen.items() if value is not None and not isinstance(value, bool)}
    if wrong:
        raise InvalidFields({name: FieldProblem("value_unreadable") for name in wrong})
    user = uow.lock(User, actor.user_id)
    for purpose, column in PURPOSES.items():
        given = chosen.get(purpose)
        if isinstance(given, bool) and getattr(user, column) is not given:
            setattr(user, column, given)
            said = PhotoConsent(
                user_id=user.id, purpose=purpose.upper(), given=given, version=uow.policy.terms.version, at=uow.now
            )
            uow.add(said)
    uow.flush()
    if user.gallery_consent is False:
        plan_takedowns_of(uow, owner_id=user.id)
