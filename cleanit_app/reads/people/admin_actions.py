"""What admins did, newest first, for whoever manages admins (SEC-10)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.models import first_id_of_moment
from cleanit_app.reads.paging import Page, ask_list, json_object, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AdminActionItem:
    """One thing an admin did; `address` is where that admin had signed in from.

    `names`: the `person` and the `campaign` it was about, as they are called now, where there is one.
    """

    id: UUID
    admin_id: UUID
    admin_name: str
    action: str
    subject_id: UUID | None
    details: Mapping[str, Any]
    address: str
    at: datetime
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """Which acts are looked for: of one admin, about one thing, of one kind, from one moment until before another."""

    admin_id: UUID | None = None
    subject_id: UUID | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def admin_actions(
    uow: UnitOfWork,
    *,
    actor: Actor,
    wanted: Wanted = Wanted(),
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[AdminActionItem]:
    """What admins did: all of it or what is looked for; newest first."""
    actor.must(Permission.MANAGE_ADMINS)
    size, keys = page_size(limit), read_cursor(cursor, UUID)
    given: dict[str, Any] = {n: getattr(wanted, n) for n in ("admin_id", "subject_id", "action") if getattr(wanted, n)}
    conditions = [f"a.{name} = :{name}" for name in given]
    # The ids were made at the moment of the act, so the index that orders them also finds a time.
    for name, sign, bound in (("since", ">=", wanted.since), ("until", "<", wanted.until)):
        if bound is not None:
            given[name] = first_id_of_moment(bound)
            conditions.append(f"a.id {sign} :{name}")
    if keys:
        given["last"] = keys[0]
        conditions.append("a.id < :last")
    rows = ask_list(
        uow,
        "acts of admins",
        f"""SELECT a.*, u.name, coalesce(s.address, '') AS address FROM admin_actions a
            JOIN users u ON u.id = a.admin_id LEFT JOIN sessions s ON s.id = a.session_id
            {"WHERE " + " AND ".join(conditions) if conditions else ""} ORDER BY a.id DESC LIMIT :size""",
        size=size + 1,
        **given,
    )
    page = one_page(rows, size, _item, lambda row: (row.id,))
    known = _names(uow, page.items)
    return replace(page, items=tuple(replace(one, names=_about(one, known)) for one in page.items))


@dataclass(frozen=True)
class LogChoices:
    """What one may look for: every admin there was (id, name), and every kind of act that was done."""

    admins: tuple[tuple[UUID, str], ...]
    actions: tuple[str, ...]


def log_choices(uow: UnitOfWork, *, actor: Actor) -> LogChoices:
    """The choices above the log; kinds are found by stepping through their index, not by reading the log."""
    actor.must(Permission.MANAGE_ADMINS)
    admins = ask_list(uow, "admins", "SELECT id, name FROM users WHERE role = 'ADMIN' ORDER BY name, id LIMIT 500")
    actions = ask_list(
        uow,
        "kinds of acts",
        """WITH RECURSIVE kinds (action) AS (
             (SELECT action FROM admin_actions ORDER BY action LIMIT 1)
             UNION ALL
             SELECT (SELECT a.action FROM admin_actions a WHERE a.action > k.action ORDER BY a.action LIMIT 1)
             FROM kinds k WHERE k.action IS NOT NULL)
           SELECT action FROM kinds WHERE action IS NOT NULL""",
    )
    return LogChoices(tuple(admins.read(lambda row: (row.id, row.name))), tuple(actions.read(lambda row: row.action)))


PEOPLE = ("cleaner_id", "contributor_id", "user_id", "creator_id", "person_id")
# A job before its campaign: the photo is its cleaner's, not of who started the campaign.
THINGS = ("job_id", "campaign_id", "payout_id", "refund_id", "dispute_id")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMES = """SELECT id, 'person' AS kind, id AS person, name FROM users WHERE id = ANY(:ids)
       UNION ALL SELECT id, 'campaign', creator_id, title FROM campaigns WHERE id = ANY(:ids)
       UNION ALL SELECT j.id, 'campaign', j.claimed_by, c.title FROM jobs j JOIN campaigns c ON c.id = j.campaign_id
         WHERE j.id = ANY(:ids)
       UNION ALL SELECT p.id, 'campaign', p.cleaner_id, c.title FROM payouts p
         JOIN campaigns c ON c.id = p.campaign_id WHERE p.id = ANY(:ids)
       UNION ALL SELECT r.id, 'campaign', r.contributor_id, c.title FROM refunds r
         JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = ANY(:ids)
       UNION ALL SELECT d.id, 'campaign', NULL, c.title FROM disputes d JOIN jobs j ON j.id = d.job_id
         JOIN campaigns c ON c.id = j.campaign_id WHERE d.id = ANY(:ids)"""
"""The names of things by their ids: one question for a whole page, each part by a primary key."""


def _ids(one: AdminActionItem) -> list[str]:
    """What an act was about, the most telling first; the admin's own account is nobody it was about."""
    named = [str(one.details.get(name)) for name in (*PEOPLE, *THINGS)]
    return [found for found in (*named, str(one.subject_id)) if _ID.fullmatch(found)]


@dataclass(frozen=True)
class _Named:
    """What a thing is called, and the person it belongs to."""

    id: UUID
    kind: str
    person: UUID | None
    name: str


def _names(uow: UnitOfWork, acts: Sequence[AdminActionItem]) -> dict[str, _Named]:
    found = _named(uow, {UUID(name) for one in acts for name in _ids(one)})
    people = {one.person for one in found.values() if one.person}
    return found | _named(uow, people - {one.id for one in found.values()})


def _named(uow: UnitOfWork, ids: set[UUID]) -> dict[str, _Named]:
    if not ids:
        return {}
    rows = ask_list(uow, "names of things", NAMES, ids=list(ids))
    return {str(one.id): one for one in rows.read(lambda row: _Named(row.id, row.kind, row.person, row.name))}


def _about(one: AdminActionItem, known: Mapping[str, _Named]) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in filter(None, map(known.get, _ids(one))):
        if row.id != one.admin_id:
            names.setdefault(row.kind, row.name)
        person = known.get(str(row.person))
        if person is not None and person.id != one.admin_id:
            names.setdefault("person", person.name)
    return names


def _item(row: Row[Any]) -> AdminActionItem:
    return AdminActionItem(
        row.id, row.admin_id, row.name, row.action, row.subject_id, json_object(row.details), row.address, row.at
    )
