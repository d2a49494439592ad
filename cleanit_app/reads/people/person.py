"""One person as admins see that person: who, papers, standing, and everything that is known, part by part (OPS-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain import jobs
from cleanit_app.domain.actors import Actor, AdminDuty, Permission, Role
from cleanit_app.domain.errors import NotAllowed, NotFound
from cleanit_app.domain.statuses import KycStatus, UserStatus
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
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CleanerStanding:
    """A cleaner's papers and figures; rates are None at first. Numbers of papers by their end alone."""

    kyc: KycStatus
    document: str | None
    document_mask: str | None
    document_status: str | None
    payout_kind: str | None
    payout_mask: str | None
    payout_holder: str | None
    payout_confirmed: bool
    pan_mask: str | None
    completion_rate: float | None
    rating: float | None
    verified_count: int
    rejected_count: int
    failed_count: int
    released_count: int
    penalties: int
    flagged_at: datetime | None


@dataclass(frozen=True)
class PersonDetail:
    """A person's head: `own` is whoever asks; the sums are what was given and kept, sent back, and paid as pay."""

    id: UUID
    name: str
    email: str | None
    email_confirmed: bool
    phone: str | None
    phone_confirmed: bool
    role: Role
    duties: tuple[AdminDuty, ...]
    status: UserStatus
    suspended_at: datetime | None
    suspension_reason: str | None
    language: str
    created_at: datetime
    terms_version: str
    has_factor: bool
    open_sign_ins: int
    last_seen_at: datetime | None
    campaigns: int
    gave_paise: int
    refunded_paise: int
    earned_paise: int
    cleaner: CleanerStanding | None
    own: bool


@about_one
def person_detail(uow: UnitOfWork, *, actor: Actor, user_id: UUID) -> PersonDetail:
    """One person's head; NotFound when there is no such account."""
    _must_see_people(actor)
    rows = ask(
        uow,
        """SELECT u.*, k.user_id AS cleaner_id, k.status AS kyc, k.verified_count, k.rejected_count, k.failed_count,
             k.released_count, k.payout_kind, k.payout_mask, k.payout_holder, k.payout_verified_at, k.pan_mask,
             k.flagged_for_review_at, d.document_kind, d.number_mask, d.status AS document_status,
             EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_factor,
             s.open_ones, s.seen,
             (SELECT count(*) FROM campaigns WHERE creator_id = u.id) AS started,
             (SELECT coalesce(sum(kept_paise), 0) FROM contributions WHERE contributor_id = u.id
                AND status = 'SUCCESS') AS gave,
             (SELECT coalesce(sum(amount_paise - fee_withheld_paise), 0) FROM refunds WHERE contributor_id = u.id
                AND status = 'COMPLETED') AS refunded,
             (SELECT coalesce(sum(amount_paise), 0) FROM payouts WHERE cleaner_id = u.id AND status = 'PAID') AS earned,
             (SELECT count(*) FROM cleaner_penalties WHERE cleaner_id = u.id) AS penalties
           FROM users u LEFT JOIN cleaners k ON k.user_id = u.id
           LEFT JOIN LATERAL (SELECT * FROM identity_documents
             WHERE cleaner_id = u.id ORDER BY (status = 'ACCEPTED') DESC, id DESC LIMIT 1) d ON true
           CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE expires_at > :now) AS open_ones,
             max(coalesce(last_seen_at, created_at)) AS seen
             FROM sessions WHERE user_id = u.id AND ended_at IS NULL) s
           WHERE u.id = :person""",
        person=user_id,
        now=uow.now,
    )
    if not rows:
        raise NotFound(what="User")
    row = rows[0]
    return PersonDetail(
        id=row.id,
        name=row.name,
        email=row.email,
        email_confirmed=row.email_verified_at is not None,
        phone=row.phone,
        phone_confirmed=row.phone_verified_at is not None,
        role=Role(row.role),
        duties=tuple(AdminDuty(d) for d in row.duties),
        status=UserStatus(row.status),
        suspended_at=row.suspended_at,
        suspension_reason=row.suspension_reason,
        language=row.language,
        created_at=row.created_at,
        terms_version=row.terms_version,
        has_factor=row.has_factor,
        open_sign_ins=row.open_ones,
        last_seen_at=row.seen,
        campaigns=row.started,
        gave_paise=int(row.gave),
        refunded_paise=int(row.refunded),
        earned_paise=int(row.earned),
        cleaner=_standing(row) if row.cleaner_id else None,
        own=row.id == actor.id,
    )


def _must_see_people(actor: Actor) -> None:
    if not actor.may(Permission.MANAGE_KYC):
        actor.must(Permission.MANAGE_PEOPLE)


def _standing(row: Row[Any]) -> CleanerStanding:
    return CleanerStanding(
        kyc=KycStatus(row.kyc),
        document=row.document_kind,
        document_mask=row.number_mask,
        document_status=row.document_status,
        payout_kind=row.payout_kind,
        payout_mask=row.payout_mask,
        payout_holder=row.payout_holder,
        payout_confirmed=row.payout_verified_at is not None,
        pan_mask=row.pan_mask,
        completion_rate=jobs.completion_rate(row.verified_count, row.failed_count, row.released_count),
        rating=jobs.rating(row.verified_count, row.rejected_count, row.released_count),
        verified_count=row.verified_count,
        rejected_count=row.rejected_count,
        failed_count=row.failed_count,
        released_count=row.released_count,
        penalties=row.penalties,
        flagged_at=row.flagged_for_review_at,
    )


class PersonPart(StrEnum):
    """The parts of a person's page; each is a list of its own, newest first."""

    CONTRIBUTIONS = "contributions"
    REFUNDS = "refunds"
    PAYOUTS = "payouts"
    CAMPAIGNS = "campaigns"
    JOBS = "jobs"
    REJECTIONS = "rejections"
    PENALTIES = "penalties"
    TICKETS = "tickets"
    DISPUTES = "disputes"
    SIGN_INS = "sign-ins"
    DEVICES = "devices"
    ACTS = "acts"
    NOTES = "notes"
    CASES = "cases"
    NAMES = "names"


@dataclass(frozen=True)
class PersonLine:
    """One line of a part: what stands in it (`state`), what it is about, how much, and what somebody said of it.

    Of a sign-in `title` is the browser and `note` the address; of a device `count` are the other accounts on it; of
    an act of an admin `state` is its name, `title` the admin and `details` the rest.
    """

    id: UUID
    at: datetime
    state: str
    title: str
    amount_paise: int | None = None
    campaign_id: UUID | None = None
    note: str = ""
    count: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)


# Each gives the columns of a line for :person; all find their rows by an index on the person.
_LINES = {
    PersonPart.CONTRIBUTIONS: """SELECT g.id, g.created_at AS at, g.status AS state, c.title, g.amount_paise,
        g.campaign_id, coalesce(g.receipt_number, g.razorpay_payment_id, '') AS note
        FROM contributions g JOIN campaigns c ON c.id = g.campaign_id WHERE g.contributor_id = :person""",
    PersonPart.REFUNDS: """SELECT r.id, r.created_at AS at, r.status AS state, c.title, r.amount_paise, r.campaign_id,
        coalesce(r.razorpay_refund_id, '') AS note
        FROM refunds r JOIN campaigns c ON c.id = r.campaign_id WHERE r.contributor_id = :person""",
    PersonPart.PAYOUTS: """SELECT p.id, p.created_at AS at, p.status AS state, c.title, p.amount_paise, p.campaign_id,
        coalesce(p.hold_reason, p.utr, '') AS note
        FROM payouts p JOIN campaigns c ON c.id = p.campaign_id WHERE p.cleaner_id = :person""",
    PersonPart.CAMPAIGNS: """SELECT c.id, c.created_at AS at, c.status AS state, c.title,
        c.raised_paise AS amount_paise, c.id AS campaign_id, coalesce(c.cancel_reason, '') AS note
        FROM campaigns c WHERE c.creator_id = :person""",
    PersonPart.JOBS: """SELECT j.id, j.claimed_at AS at, j.status AS state, c.title, j.amount_paise, j.campaign_id,
        '' AS note FROM jobs j JOIN campaigns c ON c.id = j.campaign_id WHERE j.claimed_by = :person""",
    PersonPart.REJECTIONS: """SELECT j.id, j.rejected_at AS at, coalesce(j.rejection_reason, 'OTHER') AS state,
        c.title, j.amount_paise, j.campaign_id, coalesce(j.rejection_notes, '') AS note
        FROM jobs j JOIN campaigns c ON c.id = j.campaign_id
        WHERE j.claimed_by = :person AND j.rejected_at IS NOT NULL""",
    PersonPart.PENALTIES: """SELECT p.id, p.created_at AS at, '' AS state, c.title, NULL::bigint AS amount_paise,
        j.campaign_id, '' AS note FROM cleaner_penalties p JOIN jobs j ON j.id = p.job_id
        JOIN campaigns c ON c.id = j.campaign_id WHERE p.cleaner_id = :person""",
    PersonPart.TICKETS: """SELECT s.id, s.opened_at AS at, s.status AS state, s.topic AS title,
        NULL::bigint AS amount_paise, s.campaign_id, (SELECT left(m.message, 300) FROM support_messages m
          WHERE m.ticket_id = s.id AND NOT m.internal ORDER BY m.id LIMIT 1) AS note
        FROM support_tickets s WHERE s.person_id = :person""",
    PersonPart.DISPUTES: """SELECT d.id, d.raised_at AS at, d.status AS state, d.about AS title,
        NULL::bigint AS amount_paise, d.campaign_id, d.reason AS note
        FROM disputes d WHERE d.raised_by = :person OR d.other_id = :person""",
    PersonPart.SIGN_INS: """SELECT s.id, s.created_at AS at, s.user_agent AS title, s.address AS note,
        CASE WHEN s.ended_at IS NULL AND s.expires_at > :now THEN 'OPEN' ELSE 'ENDED' END AS state,
        NULL::bigint AS amount_paise, NULL::uuid AS campaign_id FROM sessions s WHERE s.user_id = :person""",
    PersonPart.DEVICES: """SELECT CAST(encode(substring(d.device_hash, 1, 16), 'hex') AS uuid) AS id,
        d.last_seen_at AS at, '' AS state, encode(substring(d.device_hash, 1, 4), 'hex') AS title,
        NULL::bigint AS amount_paise, NULL::uuid AS campaign_id, '' AS note,
        (SELECT count(*) FROM known_devices o WHERE o.device_hash = d.device_hash AND o.user_id <> d.user_id) AS count
        FROM known_devices d WHERE d.user_id = :person""",
    PersonPart.ACTS: """SELECT a.id, a.at, a.action AS state, u.name AS title, NULL::bigint AS amount_paise,
        NULL::uuid AS campaign_id, '' AS note, a.details
        FROM admin_actions a JOIN users u ON u.id = a.admin_id WHERE a.subject_id = :person""",
    PersonPart.NOTES: """SELECT n.id, n.at, '' AS state, u.name AS title, NULL::bigint AS amount_paise,
        NULL::uuid AS campaign_id, n.note FROM desk_notes n JOIN users u ON u.id = n.author_id
        WHERE n.subject_id = :person""",
    PersonPart.CASES: """SELECT c.id, c.opened_at AS at, c.status AS state, c.kind_of_case AS title,
        NULL::bigint AS amount_paise, c.campaign_id, c.notes AS note
        FROM fraud_cases c WHERE c.people @> ARRAY[CAST(:person AS uuid)]""",
    PersonPart.NAMES: """SELECT n.id, n.asked_at AS at, n.status AS state, n.new_name AS title,
        NULL::bigint AS amount_paise, NULL::uuid AS campaign_id,
        jsonb_build_object('before', n.old_name, 'admin', a.name, 'reason', n.reason) AS details, '' AS note
        FROM name_changes n LEFT JOIN users a ON a.id = n.decided_by AND a.id <> n.user_id
        WHERE n.user_id = :person""",
}
_OF_ADMINS = frozenset({PersonPart.SIGN_INS, PersonPart.DEVICES, PersonPart.ACTS, PersonPart.CASES})
"""What of an admin only seniors see: whence colleagues sign in, and what was done about them, cases."""


def person_lines(
    uow: UnitOfWork,
    *,
    actor: Actor,
    user_id: UUID,
    part: PersonPart,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[PersonLine]:
    """One part of what is known about a person, newest first; NotAllowed for what only seniors see of an admin."""
    _must_see_people(actor)
    whose = ask(uow, "SELECT role FROM users WHERE id = :person", person=user_id)
    if not whose:
        raise NotFound(what="User")
    if part in _OF_ADMINS and whose[0].role == Role.ADMIN and not actor.may(Permission.MANAGE_ADMINS):
        raise NotAllowed
    if part is PersonPart.CASES and user_id == actor.user_id:
        return Page((), None)  # nobody reads who suspects him
    size, keys = page_size(limit), read_cursor(cursor, moment_key, UUID)
    earlier = "WHERE (at, id) < (CAST(:since AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        f"a person's {part}",
        f"SELECT * FROM ({_LINES[part]}) line {earlier} ORDER BY at DESC, id DESC LIMIT :size",
        person=user_id,
        size=size + 1,
        **({"now": uow.now} if part is PersonPart.SIGN_INS else {}),
        **({"since": keys[0], "last": keys[1]} if keys else {}),
    )
    return one_page(rows, size, _line, lambda row: (row.at, row.id))


def _line(row: Row[Any]) -> PersonLine:
    more = row._mapping
    return PersonLine(
        id=row.id,
        at=row.at,
        state=row.state,
        title=row.title,
        amount_paise=row.amount_paise,
        campaign_id=row.campaign_id,
        note=row.note,
        count=more.get("count", 0),
        details=json_object(more["details"]) if "details" in more else {},
    )
