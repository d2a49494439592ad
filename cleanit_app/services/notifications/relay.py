"""Telling people: waiting events become notifications, each draft in one set-based step (NOT-01)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, StatementError
from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.bounds import said, shown
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.errors import DomainError, FieldProblem, InvalidFields, RowUnreadable
from cleanit_app.domain.events import Event, JobAvailable
from cleanit_app.domain.notifications import CHOOSABLE, NotificationCategory
from cleanit_app.domain.unreadable import UnreadableValue, marks_instead_of_refusals
from cleanit_app.models import (
    Campaign,
    Contribution,
    ErrorLog,
    Job,
    Notification,
    OutboxEvent,
    Payout,
    User,
    first_id_of_moment,
    id_of_moment,
)
from cleanit_app.ports import OPEN_JOBS, all_of
from cleanit_app.services.accounts.terms import open_before_terms
from cleanit_app.services.notifications.audiences import ADMINS, ONE, Draft
from cleanit_app.services.notifications.recipients import WHO_HEARS
from cleanit_app.services.photos.takedowns import plan_takedowns
from cleanit_app.services.unit_of_work import UnitOfWork

SPOKEN_OF: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Campaign, ("campaign_id",)),
    (Job, ("job_id",)),
    (Contribution, ("contribution_id",)),
    (Payout, ("payout_id",)),
    (User, ("cleaner_id", "contributor_id")),
)
"""What events name, and under which names."""
WHOSE = ("cleaner_id", "contributor_id", "creator_id", "raised_by")
"""Under which names an event says whose open lists have something new."""

TELL = """INSERT INTO notifications (id, user_id, kind, "values", link, dedupe_key, created_at)
    SELECT new_uuid_v7(CAST(:at AS timestamptz)), a.user_id, :kind, CAST(:values AS jsonb) || a.extra, :link,
           :once || ':' || a.user_id, CAST(:at AS timestamptz)
    FROM ({audience}) a WHERE NOT EXISTS
           (SELECT FROM users u WHERE u.id = a.user_id AND CAST(:category AS varchar) = ANY(u.muted_notices))
      AND a.user_id IS DISTINCT FROM CAST(:doer AS uuid)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING user_id"""
WAKE_BY_NAME = 500
"""Up to this many people of one notification are woken by name; a wider audience is woken by waking everybody."""
TOLD = f"WITH told AS ({TELL}) SELECT user_id FROM told LIMIT {WAKE_BY_NAME + 1}"  # noqa: S608 (ours)
_NEEDED = (
    col(OutboxEvent.id),
    col(OutboxEvent.name),
    col(OutboxEvent.payload),
    col(OutboxEvent.occurred_at),
    col(OutboxEvent.request_id),
    col(OutboxEvent.actor_id),
)
CANNOT_BE_TOLD = (DomainError, LookupError, TypeError, ValueError, AttributeError, StatementError)


# The id begins with the moment of the event, so the primary key finds the old ones.
CLEAR = """DELETE FROM notifications WHERE id IN (
    SELECT id FROM notifications WHERE id < :before ORDER BY id LIMIT :limit)
    RETURNING id"""


@dataclass(frozen=True)
class Told:
    """What a relay pass did: how many events, who has news, and which campaigns changed."""

    events: int = 0
    people: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    everybody: bool = False
    requests: frozenset[str] = frozenset()  # whose errands these events were


def relay_outbox(uow: UnitOfWork, *, limit: int = 100) -> Told:
    """Turn waiting events into notifications, oldest first; several relays share the work without meeting.

    An event that cannot be told is logged once and left behind, so that it does not hold up the others.
    """
    # What is needed of a row, and not what stands elsewhere in it: a moment that nobody can read becomes a mark.
    waiting = select(*_NEEDED).where(col(OutboxEvent.relayed_at).is_(None)).order_by(col(OutboxEvent.id))
    with marks_instead_of_refusals():
        rows = uow.run(waiting.limit(limit).with_for_update(skip_locked=True, key_share=True)).all()
    readable = [row for row in rows if _can_be_read(uow, row)]
    people, everybody = _tell_together(uow, readable)
    changed = {str(row.payload["campaign_id"]) for row in readable if row.payload.get("campaign_id")}
    changed |= {all_of(row.payload[name]) for row in readable for name in WHOSE if row.payload.get(name)}
    if any(row.name == JobAvailable.__name__ for row in readable):
        changed.add(OPEN_JOBS)
    plan_takedowns(uow, [Event.from_payload(row.name, row.payload) for row in readable])
    told_now = update(OutboxEvent).where(col(OutboxEvent.id).in_([row.id for row in rows])).values(relayed_at=uow.now)
    uow.run(told_now.execution_options(synchronize_session=False))  # nobody looks at these rows again
    errands = frozenset(row.request_id for row in rows if row.request_id)
    return Told(len(rows), frozenset(people), frozenset(changed), everybody, errands)


def _can_be_read(uow: UnitOfWork, row: Any) -> bool:
    try:
        if not isinstance(row.payload, dict):
            raise ValueError(f"no object: {shown(row.payload)}")
        if isinstance(row.occurred_at, UnreadableValue):
            raise RowUnreadable(column="occurred_at", value=row.occurred_at.raw[:60])
        Event.from_payload(row.name, row.payload)
    except CANNOT_BE_TOLD as trouble:
        _note(uow, row, trouble)
        return False
    return True


def _tell_together(uow: UnitOfWork, rows: Sequence[Any]) -> tuple[set[str], bool]:
    """Tell of all at once; when one of them is in the way, each by itself. Who hears, and whether everybody does."""
    try:
        with uow.session.begin_nested():
            return _tell(uow, rows)
    except CANNOT_BE_TOLD as trouble:
        if not _of_the_event(trouble):
            raise
        if len(rows) == 1:
            _note(uow, rows[0], trouble)
            return set(), False
    apart = [_tell_together(uow, [row]) for row in rows]
    return {person for people, _ in apart for person in people}, any(everybody for _, everybody in apart)


def _of_the_event(trouble: Exception) -> bool:
    """Whether it lies in what the event says; a database that is away, busy or of another version is waited for."""
    if isinstance(trouble, ProgrammingError):
        return getattr(trouble.orig, "pgcode", None) is None  # the driver could not write down a value
    return not isinstance(trouble, DBAPIError) or isinstance(trouble, DataError | IntegrityError)


def _tell(uow: UnitOfWork, rows: Sequence[Any]) -> tuple[set[str], bool]:
    kept = _prefetch(uow, rows)
    events = [(row, Event.from_payload(row.name, row.payload)) for row in rows]
    drafts = [(row, draft) for row, event in events for draft in WHO_HEARS[type(event)](uow, event)]
    people = _tell_single_people(uow, [(row, n) for row, n in drafts if n.audience == ONE])
    everybody, first = False, dict[tuple[str, str], Draft]()
    for row, draft in drafts:
        # New jobs of one pass are one piece of news: the second would tell nobody but whom the first passed over.
        if draft.audience == ONE:
            continue
        before = first.setdefault((_once(row, draft), draft.audience), draft)
        if before is not draft and not draft.rest:
            continue
        many = _tell_audience(uow, row, draft if before is draft else _of_the_rest(draft, before))
        everybody = everybody or len(many) > WAKE_BY_NAME
        people |= set() if len(many) > WAKE_BY_NAME else many
    del kept
    return people, everybody


def _of_the_rest(draft: Draft, before: Draft) -> Draft:
    return replace(draft, audience=draft.rest, bound={**draft.bound, "before": before.bound["job"]})


def _note(uow: UnitOfWork, row: Any, trouble: Exception) -> None:
    message = f"{row.name} could not be told: {type(trouble).__name__} {trouble}"
    uow.add(
        ErrorLog(source="notifications", subject_id=row.id, message=said(message, most=1000) or row.name, at=uow.now)
    )


def _prefetch(uow: UnitOfWork, rows: Sequence[Any]) -> list[Any]:
    """Load what the events speak of in one question for each kind; they stay at hand while the list lives."""
    found: list[Any] = []
    for kind, names in SPOKEN_OF:
        ids = {UUID(row.payload[name]) for row in rows for name in names if row.payload.get(name)}
        if ids:
            found += uow.all(kind, col(kind.id).in_(ids))
    return found


def _once(row: Any, draft: Draft) -> str:
    return (draft.once or f"{row.id}:{draft.kind.name}").format(day=ist_date(row.occurred_at))


def _doer(row: Any, draft: Draft) -> UUID | None:
    """Who need not hear it: what lies on the desk is no news to the admin who has just laid it there."""
    at_desk = draft.kind.category is NotificationCategory.DESK
    of_admins = draft.audience == ADMINS and draft.kind.category is NotificationCategory.LEGAL
    return row.actor_id if at_desk or of_admins else None


def _tell_single_people(uow: UnitOfWork, drafts: list[tuple[Any, Draft]]) -> set[str]:
    """Notifications for one person each, all in one statement."""
    if not drafts:
        return set()
    muted = _muted_by(uow, {draft.bound["person"] for _, draft in drafts})
    rows = [
        {
            "id": id_of_moment(row.occurred_at),
            "user_id": UUID(draft.bound["person"]),
            "kind": draft.kind.name,
            "values": draft.values,
            "link": draft.link,
            "dedupe_key": f"{_once(row, draft)}:{draft.bound['person']}",
            "created_at": row.occurred_at,
        }
        for row, draft in drafts
        if draft.kind.category not in muted.get(draft.bound["person"], ())
        and draft.bound["person"] != str(_doer(row, draft))
    ]
    if not rows:
        return set()
    table = Notification.__table__  # type: ignore[attr-defined]  # SQLModel does not tell
    told = uow.run(insert(table).on_conflict_do_nothing().returning(table.c.user_id), rows)
    return {str(person) for person in told.scalars()}


def _muted_by(uow: UnitOfWork, people: set[str]) -> dict[str, list[str]]:
    """What these people switched off, for those who switched off anything (NOT-05)."""
    silent = select(col(User.id), col(User.muted_notices)).where(
        col(User.id).in_([UUID(person) for person in people]), col(User.muted_notices) != []
    )
    return {str(person): list(muted) for person, muted in uow.run(silent)}


def _tell_audience(uow: UnitOfWork, row: Any, draft: Draft) -> set[str]:
    """A notification for many, however many they are, in one statement."""
    told = uow.run(
        text(TOLD.format(audience=draft.audience)),
        {
            "category": draft.kind.category.value,
            "doer": _doer(row, draft),
            "kind": draft.kind.name,
            "values": json.dumps(draft.values),
            "link": draft.link,
            "once": _once(row, draft),
            "at": row.occurred_at,
            **draft.bound,
        },
    )
    return {str(person) for person in told.scalars()}


@open_before_terms
def mark_read(
    uow: UnitOfWork, *, actor: Actor, notification_id: UUID | None = None, links: Collection[str] | None = None
) -> None:
    """Mark one of one's own notifications as read, those that lead to `links`, or all (NOT-02); no stranger's."""
    actor.must(Permission.MANAGE_SELF)
    mine = update(Notification).where(col(Notification.user_id) == actor.user_id, col(Notification.read_at).is_(None))
    if notification_id is not None:
        mine = mine.where(col(Notification.id) == notification_id)
    if links is not None:
        mine = mine.where(col(Notification.link).in_(links))
    uow.run(mine.values(read_at=uow.now))


@open_before_terms
def mark_delivered(uow: UnitOfWork, *, actor: Actor) -> None:
    """Note that one's notifications have reached an open tab (NOT-06)."""
    actor.must(Permission.MANAGE_SELF)
    mine = update(Notification).where(
        col(Notification.user_id) == actor.user_id, col(Notification.delivered_at).is_(None)
    )
    uow.run(mine.values(delivered_at=uow.now))


@open_before_terms
def choose_notifications(uow: UnitOfWork, *, actor: Actor, off: object) -> None:
    """Switch these categories off and all others on; money, security and legal notifications always arrive (NOT-05).

    InvalidFields for a category that does not exist or cannot be switched off.
    """
    actor.must(Permission.MANAGE_SELF)
    if not isinstance(off, list) or not all(isinstance(name, str) and name in CHOOSABLE for name in off):
        raise InvalidFields({"off": FieldProblem("notification_category")})
    uow.lock(User, actor.user_id).muted_notices = sorted(set(off))


def clear_old_notifications(uow: UnitOfWork, *, limit: int) -> int:
    """Remove the oldest notifications that are past their 90 days, `limit` at the most; how many (NOT-07)."""
    gone = uow.run(text(CLEAR), {"before": first_id_of_moment(uow.now - LIMITS.notification_life), "limit": limit})
    return len(gone.all())
