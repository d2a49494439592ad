"""Telling people: waiting events become notifications, each notice in one set-based step (NOT-01)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import col, select

from cleanit_app.domain import rules
from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.events import Event
from cleanit_app.models import ErrorLog, Notification, OutboxEvent
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.services.who_hears import WHO_HEARS, Notice

TELL = """INSERT INTO notifications (id, user_id, kind, "values", link, dedupe_key, created_at)
    SELECT new_uuid_v7(CAST(:at AS timestamptz)), a.user_id, :kind, CAST(:values AS jsonb) || a.extra, :link,
           :once || ':' || a.user_id, CAST(:at AS timestamptz)
    FROM ({audience}) a ON CONFLICT (dedupe_key) DO NOTHING RETURNING user_id"""


@dataclass(frozen=True)
class Told:
    """What a relay pass did: how many events, who has news, and which campaigns changed."""

    events: int = 0
    people: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()


def relay_outbox(uow: UnitOfWork, *, limit: int = 100) -> Told:
    """Turn waiting events into notifications, oldest first; several relays share the work without meeting.

    An event that cannot be told is logged and left behind, so that it does not hold up the others.
    """
    waiting = (
        select(OutboxEvent)
        .where(col(OutboxEvent.relayed_at).is_(None))
        .order_by(col(OutboxEvent.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    people: set[str] = set()
    changed: set[str] = set()
    rows = uow.run(waiting).scalars().all()
    for row in rows:
        people.update(_tell_about(uow, row))
        if campaign_id := row.payload.get("campaign_id"):
            changed.add(campaign_id)
    ids = [row.id for row in rows]
    uow.run(update(OutboxEvent).where(col(OutboxEvent.id).in_(ids)).values(relayed_at=uow.now))
    return Told(len(rows), frozenset(people), frozenset(changed))


def _tell_about(uow: UnitOfWork, row: OutboxEvent) -> Iterable[str]:
    try:
        with uow.session.begin_nested():
            event = Event.from_payload(row.name, row.payload)
            notices = WHO_HEARS[type(event)](uow, event)
            return [person for notice in notices for person in _tell(uow, row, notice)]
    except Exception as trouble:  # whatever it is, it is written down and must not stop the events behind it
        message = f"{row.name} could not be told: {type(trouble).__name__} {trouble}"
        uow.add(ErrorLog(source="notifications", subject_id=row.id, message=message[:1000], at=uow.now))
        return []


def _tell(uow: UnitOfWork, row: OutboxEvent, notice: Notice) -> list[str]:
    told = uow.run(
        text(TELL.format(audience=notice.audience)),
        {
            "kind": notice.kind,
            "values": json.dumps(notice.values),
            "link": notice.link,
            "once": (notice.once or f"{row.id}:{notice.kind}").format(day=rules.ist_date(row.occurred_at)),
            "at": row.occurred_at,
            **notice.bound,
        },
    )
    return [str(person) for person in told.scalars()]


def mark_read(uow: UnitOfWork, *, actor: Actor, notification_id: UUID | None = None) -> None:
    """Mark one of one's own notifications as read, or all of them (NOT-02); a stranger's is left alone."""
    actor.must(Permission.MANAGE_SELF)
    mine = update(Notification).where(col(Notification.user_id) == actor.user_id, col(Notification.read_at).is_(None))
    if notification_id is not None:
        mine = mine.where(col(Notification.id) == notification_id)
    uow.run(mine.values(read_at=uow.now))


def mark_delivered(uow: UnitOfWork, *, actor: Actor) -> None:
    """Note that one's notifications have reached an open tab (NOT-06)."""
    actor.must(Permission.MANAGE_SELF)
    mine = update(Notification).where(
        col(Notification.user_id) == actor.user_id, col(Notification.delivered_at).is_(None)
    )
    uow.run(mine.values(delivered_at=uow.now))
