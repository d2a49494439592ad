"""Everything a tab needs to know about who is here, in one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, text
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.models import Cleaner, Notification, User
from cleanit_app.reads.notifications.pictures import Pictures, pictures_of
from cleanit_app.reads.paging import find, json_object
from cleanit_app.services.unit_of_work import UnitOfWork

SHOWN = 20
LONG_AGO = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class BellNotification:
    """A notification as it is stored; its words are made when it is shown."""

    id: UUID
    kind: str
    values: Mapping[str, Any]
    link: str
    created_at: datetime
    read_at: datetime | None
    pictures: Pictures | None = None


@dataclass(frozen=True)
class Arrival:
    """Who is here (`user_id` None: nobody), what the bell says, and what waits for an admin.

    `half_in`: an admin who has yet to show the second factor. `terms_due`: new terms wait to be accepted.
    """

    user_id: UUID | None = None
    session_id: UUID | None = None
    name: str = ""
    role: str = ""
    kyc: str = ""
    may: tuple[str, ...] = ()
    suspended_for: str = ""
    half_in: bool = False
    terms_due: bool = False
    unread: int = 0
    undelivered: bool = False
    notifications: tuple[BellNotification, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    now: datetime = LONG_AGO


def arrival(uow: UnitOfWork, *, actor: Actor) -> Arrival:
    """The person of this tab with the newest 20 notifications (NOT-02); an empty answer for nobody."""
    if actor.id is None:
        return Arrival(now=uow.now)
    name, role, reason, kyc = uow.run(
        select(col(User.name), col(User.role), col(User.suspension_reason), col(Cleaner.status))
        .outerjoin(Cleaner, col(Cleaner.id) == col(User.id))
        .where(col(User.id) == actor.id)
    ).one()
    if actor.half_in:  # the password alone shows a name and the way to the second factor
        return Arrival(actor.id, actor.session_id, name, role, half_in=True, now=uow.now)
    unread, undelivered = _counts(uow, actor.id)
    return Arrival(
        user_id=actor.id,
        session_id=actor.session_id,
        name=name,
        role=role,
        kyc=kyc.value if kyc else "",
        may=tuple(sorted(actor.permissions)),
        suspended_for=reason or "",
        terms_due=actor.terms_due,
        unread=unread,
        undelivered=undelivered > 0,
        notifications=_newest(uow, actor, actor.id),
        counts=_waiting_for(uow, actor),
        now=uow.now,
    )


def _counts(uow: UnitOfWork, user_id: UUID) -> tuple[int, int]:
    mine = col(Notification.user_id) == user_id
    counted = select(
        select(func.count()).where(mine, col(Notification.read_at).is_(None)).scalar_subquery(),
        select(func.count()).where(mine, col(Notification.delivered_at).is_(None)).scalar_subquery(),
    )
    unread, undelivered = uow.run(counted).one()
    return int(unread), int(undelivered)


def _newest(uow: UnitOfWork, actor: Actor, user_id: UUID) -> tuple[BellNotification, ...]:
    columns: list[Any] = [
        col(Notification.id),
        col(Notification.kind),
        col(Notification.values),
        col(Notification.link),
        col(Notification.created_at),
        col(Notification.read_at),
    ]
    rows = find(
        uow,
        "newest notifications",
        select(*columns).where(col(Notification.user_id) == user_id).order_by(col(Notification.id).desc()).limit(SHOWN),
    )
    newest = list(rows.read(_notification))
    pictures = pictures_of(uow, actor=actor, values=[one.values for one in newest])
    return tuple(replace(one, pictures=pair) for one, pair in zip(newest, pictures, strict=True))


def _notification(row: Row[Any]) -> BellNotification:
    return BellNotification(
        row.id, row.kind, json_object(row._mapping["values"]), row.link, row.created_at, row.read_at
    )


WAITING = """SELECT
  (SELECT count(*) FROM jobs j WHERE status = 'COMPLETED'
     AND NOT EXISTS (SELECT FROM pending_decisions d WHERE d.job_id = j.id)) AS verification,
  (SELECT count(*) FROM campaigns WHERE status = 'DRAFT') AS campaigns,
  (SELECT count(*) FROM cleaners WHERE identity_waits_since IS NOT NULL
     OR (payout_details IS NOT NULL AND payout_verified_at IS NULL)) AS kyc,
  (SELECT count(*) FROM payouts WHERE status IN ('PENDING', 'MANUAL')) AS payouts,
  (SELECT count(*) FROM refunds WHERE status NOT IN ('COMPLETED')) AS refunds,
  (SELECT count(*) FROM disputes WHERE status = 'OPEN') AS disputes,
  (SELECT count(*) FROM support_tickets WHERE status = 'OPEN') AS support,
  (SELECT count(*) FROM fraud_cases WHERE closed_at IS NULL) AS fraud"""


def _waiting_for(uow: UnitOfWork, actor: Actor) -> dict[str, int]:
    """Numbers on an admin's rail; nothing for others."""
    if not (actor.may(Permission.LOOK_INTO_FRAUD) or actor.may(Permission.SEE_FINANCES)):
        return {}
    row = uow.run(text(WAITING)).mappings().one()
    return {name: int(count) for name, count in row.items()}
