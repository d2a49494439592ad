"""The inbox of who answers, and one question with the person's money, work and earlier questions beside it (OPS-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission, Role
from cleanit_app.domain.canned_answers import CannedVersion
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.statuses import JobStatus, UserStatus
from cleanit_app.reads.paging import (
    Page,
    about_one,
    ask,
    ask_list,
    moment_key,
    one_page,
    page_size,
    read_cursor,
)
from cleanit_app.reads.support.canned_answers import canned_versions
from cleanit_app.reads.support.help_articles import HelpArticleItem, article_of_question
from cleanit_app.reads.support.threads import COLUMNS, TABLES, TICKET, Thread, TicketItem, messages_of, ticket_of
from cleanit_app.services.unit_of_work import UnitOfWork

BESIDE = 5
"""How many of each kind stand beside a question."""


class InboxFilter(StrEnum):
    """Which questions an admin looks at."""

    OPEN = "open"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    LATE = "late"
    SETTLED = "settled"


@dataclass(frozen=True)
class InboxItem:
    """A question in the inbox; `person` is empty for who has no account, `admin` while nobody has it."""

    ticket: TicketItem
    person: str
    admin: str
    mine: bool
    late: bool


@dataclass(frozen=True)
class Colleague:
    """An admin to whom a question can be given."""

    id: UUID
    name: str


@dataclass(frozen=True)
class GivenBeside:
    """Money this person gave, and where it is."""

    contribution_id: UUID
    campaign_id: UUID
    title: str
    amount_paise: int
    refunded_paise: int
    at: datetime


@dataclass(frozen=True)
class JobBeside:
    """A job of this person."""

    job_id: UUID
    campaign_id: UUID
    title: str
    status: JobStatus
    amount_paise: int
    at: datetime


@dataclass(frozen=True)
class Person:
    """Who asked, with what helps to answer: sums in paise over everything, lists of the newest few."""

    id: UUID
    name: str
    contact: str
    role: Role
    status: UserStatus
    suspension_reason: str
    since: datetime
    given_paise: int
    refunded_paise: int
    earned_paise: int
    contributions: tuple[GivenBeside, ...]
    jobs: tuple[JobBeside, ...]
    earlier: tuple[TicketItem, ...]


@dataclass(frozen=True)
class DeskThread:
    """A question for who answers it; `canned` are the changed answers that are ready, the shipped ones are known.

    `article` is the published help article that came out of it.
    """

    thread: Thread
    language: str
    assigned_to: UUID | None
    admin: str
    mine: bool
    late: bool
    own: bool
    person: Person | None
    colleagues: tuple[Colleague, ...]
    canned: tuple[CannedVersion, ...]
    article: HelpArticleItem | None


_ITEM = f"""SELECT {COLUMNS}, u.name AS person, a.name AS admin, t.assigned_to, t.person_id, t.language
    FROM {TABLES} LEFT JOIN users u ON u.id = t.person_id LEFT JOIN users a ON a.id = t.assigned_to"""
_ONLY = {
    InboxFilter.OPEN: "t.status = 'OPEN'",
    InboxFilter.MINE: "t.status = 'OPEN' AND t.assigned_to = :me",
    InboxFilter.UNASSIGNED: "t.status = 'OPEN' AND t.assigned_to IS NULL",
    InboxFilter.LATE: "t.status = 'OPEN' AND t.due_at < :now",
    InboxFilter.SETTLED: "t.due_at IS NULL",
}


def inbox(
    uow: UnitOfWork,
    *,
    actor: Actor,
    show: InboxFilter = InboxFilter.OPEN,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[InboxItem]:
    """Questions that wait, the one due first on top; settled and answered ones by what was said last."""
    actor.must(Permission.ANSWER_SUPPORT)
    size, keys = page_size(limit), read_cursor(cursor, moment_key, UUID)
    settled = show is InboxFilter.SETTLED
    place, order, beyond = ("t.last_at", "DESC", "<") if settled else ("t.due_at", "", ">")
    after = f"AND ({place}, t.id) {beyond} (CAST(:at AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "support inbox",
        f"{_ITEM} WHERE {_ONLY[show]} {after} ORDER BY {place} {order}, t.id {order} LIMIT :size",
        size=size + 1,
        **({"me": actor.user_id} if show is InboxFilter.MINE else {}),
        **({"now": uow.now} if show is InboxFilter.LATE else {}),
        **(dict(zip(("at", "last"), keys, strict=True)) if keys else {}),
    )

    def item(row: Row[Any]) -> InboxItem:
        mine, late = row.assigned_to == actor.user_id, row.due_at is not None and row.due_at < uow.now
        return InboxItem(ticket_of(row), row.person or "", row.admin or "", mine, late)

    return one_page(rows, size, item, lambda row: (row.last_at if settled else row.due_at, row.id))


@about_one
def desk_thread(uow: UnitOfWork, *, actor: Actor, ticket_id: UUID) -> DeskThread:
    """One question with notes, the person beside it, and the colleagues it can be given to."""
    actor.must(Permission.ANSWER_SUPPORT)
    rows = ask(uow, f"{_ITEM} WHERE t.id = :id", id=ticket_id)
    if not rows:
        raise NotFound(what="SupportTicket")
    row = rows[0]
    return DeskThread(
        thread=Thread(ticket_of(row), messages_of(uow, ticket_id, for_desk=True)),
        language=row.language,
        assigned_to=row.assigned_to,
        admin=row.admin or "",
        mine=row.assigned_to == actor.user_id,
        late=row.due_at is not None and row.due_at < uow.now,
        own=row.person_id == actor.user_id,
        person=_person(uow, row.person_id, ticket_id) if row.person_id else None,
        colleagues=_colleagues(uow, row.person_id),
        canned=canned_versions(uow),
        article=article_of_question(uow, ticket_id),
    )


_COLLEAGUES = """SELECT id, name FROM users WHERE role = 'ADMIN' AND status = 'ACTIVE'
    AND duties && ARRAY['SUPPORT','SENIOR']::varchar[] AND id IS DISTINCT FROM CAST(:asker AS uuid)
    ORDER BY lower(name), id"""
_PERSON = """SELECT u.id, u.name, coalesce(u.phone, u.email) AS contact, u.role, u.status, u.suspension_reason,
      u.created_at,
      (SELECT coalesce(sum(g.kept_paise), 0) FROM contributions g
         WHERE g.contributor_id = u.id AND g.status = 'SUCCESS') AS given,
      (SELECT coalesce(sum(r.amount_paise), 0) FROM refunds r
         WHERE r.contributor_id = u.id AND r.status = 'COMPLETED') AS refunded,
      (SELECT coalesce(sum(o.amount_paise), 0) FROM payouts o
         WHERE o.cleaner_id = u.id AND o.status = 'PAID') AS earned
    FROM users u WHERE u.id = :person"""
_GIVEN = """SELECT g.id, g.campaign_id, c.title, g.amount_paise, g.created_at,
      (SELECT coalesce(sum(r.amount_paise), 0) FROM refunds r
         WHERE r.contribution_id = g.id AND r.status = 'COMPLETED') AS refunded
    FROM contributions g JOIN campaigns c ON c.id = g.campaign_id
    WHERE g.contributor_id = :person ORDER BY g.id DESC LIMIT :most"""
_JOBS = """SELECT j.id, j.campaign_id, c.title, j.status, j.amount_paise, coalesce(j.claimed_at, j.created_at) AS at
    FROM jobs j JOIN campaigns c ON c.id = j.campaign_id
    WHERE j.claimed_by = :person ORDER BY j.claimed_at DESC NULLS LAST, j.id DESC LIMIT :most"""


_EARLIER = f"{TICKET} WHERE t.person_id = :person AND t.id <> :this ORDER BY t.id DESC LIMIT :most"


def _colleagues(uow: UnitOfWork, asker: UUID | None) -> tuple[Colleague, ...]:
    rows = ask_list(uow, "colleagues", _COLLEAGUES, asker=asker)
    return tuple(rows.read(lambda row: Colleague(row.id, row.name)))


def _person(uow: UnitOfWork, person_id: UUID, ticket_id: UUID) -> Person:
    one = ask(uow, _PERSON, person=person_id)[0]
    newest = {"person": person_id, "most": BESIDE}
    money = ask_list(uow, "money beside a question", _GIVEN, **newest)
    jobs = ask_list(uow, "jobs beside a question", _JOBS, **newest)
    before = ask_list(uow, "earlier questions", _EARLIER, this=ticket_id, **newest)
    return Person(
        id=one.id,
        name=one.name,
        contact=one.contact or "",
        role=Role(one.role),
        status=UserStatus(one.status),
        suspension_reason=one.suspension_reason or "",
        since=one.created_at,
        given_paise=int(one.given),
        refunded_paise=int(one.refunded),
        earned_paise=int(one.earned),
        contributions=tuple(money.read(_given)),
        jobs=tuple(jobs.read(_job)),
        earlier=tuple(before.read(ticket_of)),
    )


def _given(row: Row[Any]) -> GivenBeside:
    return GivenBeside(row.id, row.campaign_id, row.title, row.amount_paise, int(row.refunded), row.created_at)


def _job(row: Row[Any]) -> JobBeside:
    return JobBeside(row.id, row.campaign_id, row.title, JobStatus(row.status), row.amount_paise, row.at)
