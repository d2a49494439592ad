"""What a person said about showing the own photos (LAW-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PhotoConsents:
    """Yes, no or None for not answered; `credit`: named by first name; `changed_at` is of the last answer."""

    gallery: bool | None
    marketing: bool | None
    credit: bool
    changed_at: datetime | None


def my_photo_consents(uow: UnitOfWork, *, actor: Actor) -> PhotoConsents:
    """My own answers."""
    actor.must(Permission.MANAGE_SELF)
    row = ask(
        uow,
        """SELECT gallery_consent, marketing_consent, credited,
             (SELECT max(at) FROM photo_consents WHERE user_id = u.id) AS changed_at FROM users u WHERE id = :me""",
        me=actor.user_id,
    )[0]
    return PhotoConsents(row.gallery_consent, row.marketing_consent, row.credited, row.changed_at)
