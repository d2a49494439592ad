"""Cases of possible fraud for those who look into them: the list, and one case with all that explains it (OPS-04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission, Role
from cleanit_app.domain.errors import NotFound
from cleanit_app.domain.fraud import FraudKind, FraudRule
from cleanit_app.domain.statuses import CampaignStatus, FraudCaseStatus, UserStatus
from cleanit_app.reads.paging import (
    Page,
    about_one,
    ask,
    ask_list,
    json_object,
    moment_key,
    one_page,
    page_size,
    read_cursor,
)
from cleanit_app.reads.photos.photos import PhotoView, maybe_photo, photo_columns
from cleanit_app.services.unit_of_work import UnitOfWork


class FraudGroup(StrEnum):
    """Which cases the list shows: those that wait, with whom, or decided ones."""

    OPEN = "OPEN"
    WITH_COMPLIANCE = "WITH_COMPLIANCE"
    CLOSED = "CLOSED"


@dataclass(frozen=True)
class FraudCaseItem:
    """One case in the list; `rule` and `facts` are of the newest finding, None for what a person reported."""

    id: UUID
    kind: FraudKind
    status: FraudCaseStatus
    person_id: UUID
    person_name: str
    others: int
    findings: int
    rule: FraudRule | None
    facts: Mapping[str, Any]
    notes: str
    opened_at: datetime
    opened_by_name: str | None
    holds_pay: bool
    closed_at: datetime | None


_CASE = """SELECT c.*, u.name AS person_name, o.name AS opened_by_name, f.rule, f.facts,
      coalesce(n.findings, 0) AS findings
    FROM fraud_cases c JOIN users u ON u.id = c.person_id LEFT JOIN users o ON o.id = c.opened_by
    LEFT JOIN LATERAL (SELECT rule, facts FROM fraud_findings WHERE case_id = c.id
      ORDER BY found_at DESC, id DESC LIMIT 1) f ON true
    CROSS JOIN LATERAL (SELECT count(*) AS findings FROM fraud_findings WHERE case_id = c.id) n"""
_WAITS = "c.closed_at IS NULL AND c.status = '{}'"
# For each group: which, by what it is ordered, the way, and what comes after a cursor.
_GROUPS = {
    FraudGroup.OPEN: (_WAITS.format("OPEN"), "c.opened_at", "", ">"),
    FraudGroup.WITH_COMPLIANCE: (_WAITS.format("WITH_COMPLIANCE"), "c.opened_at", "", ">"),
    FraudGroup.CLOSED: ("c.closed_at IS NOT NULL", "c.closed_at", "DESC", "<"),
}


def fraud_cases(
    uow: UnitOfWork,
    *,
    actor: Actor,
    group: FraudGroup | None = None,
    kind: FraudKind | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[FraudCaseItem]:
    """Cases of one group: those that wait with the longest waiting first, decided ones with the newest first.

    Nobody reads a case about himself here, nor who reported it.
    """
    actor.must(Permission.LOOK_INTO_FRAUD)
    size, keys = page_size(limit), read_cursor(cursor, moment_key, UUID)
    which, at, way, sign = _GROUPS[group or FraudGroup.OPEN]
    after = f"AND ({at}, c.id) {sign} (CAST(:since AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "cases of fraud",
        f"""{_CASE} WHERE {which} AND NOT :me = ANY(c.people) {"AND c.kind_of_case = :kind" if kind else ""} {after}
            ORDER BY {at} {way}, c.id {way} LIMIT :size""",
        me=actor.user_id,
        size=size + 1,
        **({"kind": kind.value} if kind else {}),
        **({"since": keys[0], "last": keys[1]} if keys else {}),
    )
    closed = group is FraudGroup.CLOSED
    return one_page(rows, size, _item, lambda row: (row.closed_at if closed else row.opened_at, row.id))


def _item(row: Row[Any]) -> FraudCaseItem:
    return FraudCaseItem(
        id=row.id,
        kind=FraudKind(row.kind_of_case),
        status=FraudCaseStatus(row.status),
        person_id=row.person_id,
        person_name=row.person_name,
        others=len(row.people) - 1,
        findings=row.findings,
        rule=FraudRule(row.rule) if row.rule else None,
        facts=json_object(row.facts) if row.facts is not None else {},
        notes=row.notes,
        opened_at=row.opened_at,
        opened_by_name=row.opened_by_name,
        holds_pay=row.holds_pay,
        closed_at=row.closed_at,
    )


@dataclass(frozen=True)
class FindingItem:
    """One thing a rule found, with its numbers, the photo it is about and the one beside it."""

    id: UUID
    rule: FraudRule
    facts: Mapping[str, Any]
    found_at: datetime
    job_id: UUID | None
    campaign_id: UUID | None
    title: str | None
    photo: PhotoView | None
    other_photo: PhotoView | None
    other_campaign_id: UUID | None


@dataclass(frozen=True)
class CasePerson:
    """Somebody a case is about."""

    id: UUID
    name: str
    role: Role
    status: UserStatus
    created_at: datetime


@dataclass(frozen=True)
class CaseMoment:
    """One line of a case's timeline: a status it came to (`status`), or a note; by whom, None for the clock."""

    at: datetime
    by_name: str | None
    status: FraudCaseStatus | None
    text: str


@dataclass(frozen=True)
class LinkedCase:
    """Another case about somebody of this one."""

    id: UUID
    kind: FraudKind
    status: FraudCaseStatus
    person_name: str
    opened_at: datetime


@dataclass(frozen=True)
class FraudCaseDetail:
    """A case whole. Sums are the person's pay that has not arrived, and what of it is held."""

    head: FraudCaseItem
    people: tuple[CasePerson, ...]
    findings: tuple[FindingItem, ...]
    timeline: tuple[CaseMoment, ...]
    linked: tuple[LinkedCase, ...]
    campaign_id: UUID | None
    campaign_title: str | None
    campaign_status: CampaignStatus | None
    job_id: UUID | None
    pending_paise: int
    held_paise: int


MOST_SHOWN = 50


@about_one
def fraud_case(uow: UnitOfWork, *, actor: Actor, case_id: UUID) -> FraudCaseDetail:
    """One case with its people, findings, timeline and linked cases, the newest 50 of each.

    NotFound without one, and for whom it is about.
    """
    actor.must(Permission.LOOK_INTO_FRAUD)
    rows = ask(uow, f"{_CASE} WHERE c.id = :case", case=case_id)
    if not rows or actor.user_id in rows[0].people:
        raise NotFound(what="FraudCase")
    row = rows[0]
    campaign = ask(uow, "SELECT title, status FROM campaigns WHERE id = :id", id=row.campaign_id)
    pay = ask(
        uow,
        """SELECT coalesce(sum(amount_paise), 0) AS pending,
             coalesce(sum(amount_paise) FILTER (WHERE held_at IS NOT NULL), 0) AS held
           FROM payouts WHERE cleaner_id = :person AND status IN ('PENDING', 'PROCESSING', 'MANUAL')""",
        person=row.person_id,
    )[0]
    return FraudCaseDetail(
        head=_item(row),
        people=_people(uow, row.people),
        findings=_findings(uow, case_id),
        timeline=_timeline(uow, case_id),
        linked=_linked(uow, case_id, row.people),
        campaign_id=row.campaign_id,
        campaign_title=campaign[0].title if campaign else None,
        campaign_status=CampaignStatus(campaign[0].status) if campaign else None,
        job_id=row.job_id,
        pending_paise=int(pay.pending),
        held_paise=int(pay.held),
    )


def _people(uow: UnitOfWork, ids: list[UUID]) -> tuple[CasePerson, ...]:
    rows = ask_list(
        uow,
        "people of a case",
        """SELECT id, name, role, status, created_at FROM users WHERE id = ANY(:ids)
           ORDER BY array_position(CAST(:ids AS uuid[]), id) LIMIT :most""",
        ids=ids,
        most=MOST_SHOWN,
    )
    return tuple(rows.read(lambda r: CasePerson(r.id, r.name, Role(r.role), UserStatus(r.status), r.created_at)))


def _findings(uow: UnitOfWork, case_id: UUID) -> tuple[FindingItem, ...]:
    rows = ask_list(
        uow,
        "findings of a case",
        f"""SELECT f.*, c.title, {photo_columns("p", "photo")}, {photo_columns("q", "other")},
              coalesce(j.campaign_id, k.id) AS other_campaign
            FROM fraud_findings f LEFT JOIN campaigns c ON c.id = f.campaign_id
            LEFT JOIN photos p ON p.id = f.photo_id LEFT JOIN photos q ON q.id = f.other_photo_id
            LEFT JOIN jobs j ON j.id = q.job_id LEFT JOIN campaigns k ON k.photo_id = q.id
            WHERE f.case_id = :case ORDER BY f.found_at DESC, f.id DESC LIMIT :most""",
        case=case_id,
        most=MOST_SHOWN,
    )
    return tuple(rows.read(_finding))


def _finding(row: Row[Any]) -> FindingItem:
    return FindingItem(
        id=row.id,
        rule=FraudRule(row.rule),
        facts=json_object(row.facts),
        found_at=row.found_at,
        job_id=row.job_id,
        campaign_id=row.campaign_id,
        title=row.title,
        photo=maybe_photo(row, "photo"),
        other_photo=maybe_photo(row, "other"),
        other_campaign_id=row.other_campaign,
    )


def _timeline(uow: UnitOfWork, case_id: UUID) -> tuple[CaseMoment, ...]:
    rows = ask_list(
        uow,
        "timeline of a case",
        """SELECT h.at, u.name, h.to_status AS status, h.why AS text FROM status_history h
             LEFT JOIN users u ON u.id = h.by_id WHERE h.subject_id = :case AND h.kind = 'fraud_case'
           UNION ALL SELECT n.at, u.name, NULL, n.note FROM desk_notes n JOIN users u ON u.id = n.author_id
             WHERE n.subject_id = :case
           ORDER BY at DESC LIMIT :most""",
        case=case_id,
        most=MOST_SHOWN,
    )
    return tuple(rows.read(lambda r: CaseMoment(r.at, r.name, FraudCaseStatus(r.status) if r.status else None, r.text)))


def _linked(uow: UnitOfWork, case_id: UUID, people: list[UUID]) -> tuple[LinkedCase, ...]:
    rows = ask_list(
        uow,
        "linked cases",
        """SELECT c.id, c.kind_of_case, c.status, c.opened_at, u.name FROM fraud_cases c
           JOIN users u ON u.id = c.person_id WHERE c.people && CAST(:people AS uuid[]) AND c.id <> :case
           ORDER BY c.opened_at DESC, c.id DESC LIMIT :most""",
        people=people,
        case=case_id,
        most=MOST_SHOWN,
    )
    return tuple(
        rows.read(lambda r: LinkedCase(r.id, FraudKind(r.kind_of_case), FraudCaseStatus(r.status), r.name, r.opened_at))
    )
