"""Doubts about accepted work: disputes of those who started or paid for it (OPS-03), cases of fraud (OPS-04)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, PrimaryKeyConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, LargeBinary, SQLModel

from cleanit_app.domain.disputes import DisputeAbout, DisputeSide, LeftToFinance
from cleanit_app.domain.fraud import FraudKind
from cleanit_app.domain.statuses import DisputeStatus, FraudCaseStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, maybe_paise, moment, one_of, status_field

_OPEN = text("status = 'OPEN'")
_NOT_CLOSED = text("closed_at IS NULL")


class Dispute(HasStatus, SQLModel, table=True):
    """Something that one person questions; while it is open the pay of a disputed result stays here.

    `subject_id` is what is questioned: the job of a result or a rejection, the contribution or payout of money, the
    penalty, the account. `other_id` is who answers beside Cleanit. An appeal is a dispute about an earlier one.
    """

    __tablename__ = "disputes"
    __table_args__ = (
        one_of("status_known", "status", DisputeStatus),
        CheckConstraint(f"about IN ({', '.join(repr(one.value) for one in DisputeAbout)})", name="about_known"),
        CheckConstraint("(status = 'OPEN') = (decided_at IS NULL)", name="decided_fact"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_fact"),
        CheckConstraint("(status = 'SPLIT') = (done_percent IS NOT NULL)", name="split_fact"),
        CheckConstraint(
            f"left_to_finance IN ({', '.join(repr(one.value) for one in LeftToFinance)})", name="left_known"
        ),
        CheckConstraint("(left_to_finance IS NULL) = (left_paise IS NULL)", name="left_fact"),
        CheckConstraint("left_to_finance IS NULL OR (about = 'RESULT' AND status = 'UPHELD')", name="left_upheld"),
        CheckConstraint(
            """CASE about WHEN 'RESULT' THEN num_nonnulls(job_id, campaign_id, payout_id) = 3
               WHEN 'REJECTION' THEN job_id IS NOT NULL WHEN 'PENALTY' THEN penalty_id IS NOT NULL
               WHEN 'SUSPENSION' THEN num_nonnulls(job_id, campaign_id, payout_id, contribution_id, penalty_id) = 0
               ELSE num_nonnulls(contribution_id, payout_id) = 1 END""",
            name="about_fact",
        ),
        Index("uq_disputes_open_question", "raised_by", "about", "subject_id", unique=True, postgresql_where=_OPEN),
        Index("ix_disputes_open", "raised_at", "id", postgresql_where=_OPEN),
        Index("ix_disputes_open_payout", "payout_id", postgresql_where=_OPEN),
        Index("ix_disputes_other", "other_id", text("id DESC")),
    )
    kind: ClassVar[str] = "dispute"
    id: uuid.UUID = id_field()
    about: str = Field(default=DisputeAbout.RESULT.value, sa_column_kwargs={"server_default": "RESULT"})
    subject_id: uuid.UUID
    job_id: uuid.UUID | None = Field(default=None, foreign_key="jobs.id", ondelete="RESTRICT")
    campaign_id: uuid.UUID | None = Field(default=None, foreign_key="campaigns.id", ondelete="RESTRICT", index=True)
    payout_id: uuid.UUID | None = Field(default=None, foreign_key="payouts.id", ondelete="RESTRICT")
    contribution_id: uuid.UUID | None = Field(default=None, foreign_key="contributions.id", ondelete="RESTRICT")
    penalty_id: uuid.UUID | None = Field(default=None, foreign_key="cleaner_penalties.id", ondelete="RESTRICT")
    raised_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT", index=True)
    other_id: uuid.UUID | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    appeal_of: uuid.UUID | None = Field(default=None, foreign_key="disputes.id", ondelete="RESTRICT", unique=True)
    raised_at: datetime = moment()
    reason: str
    status: DisputeStatus = status_field(DisputeStatus, DisputeStatus.OPEN)
    decided_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = maybe_moment()
    done_percent: int | None = None
    note: str | None = None
    left_to_finance: str | None = None  # what moved no money and is finance's to settle, with how much is at stake
    left_paise: int | None = maybe_paise()


class DisputeStatement(SQLModel, table=True):
    """What one side or the desk said in a dispute; both sides read it, rows are only ever added."""

    __tablename__ = "dispute_statements"
    __table_args__ = (
        CheckConstraint(f"side IN ({', '.join(repr(one.value) for one in DisputeSide)})", name="side_known"),
        Index("ix_dispute_statements_dispute", "dispute_id", "id"),
        Index(
            "uq_dispute_statements_key",
            "author_id",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
    )
    id: uuid.UUID = id_field()
    dispute_id: uuid.UUID = Field(foreign_key="disputes.id", ondelete="RESTRICT")
    author_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    side: str
    message: str
    idempotency_key: str | None = None
    at: datetime = moment()


class Review(SQLModel, table=True):
    """Whose turn it is to decide on a job's after-photo, and whether it was handed up to seniors; one a job."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("num_nonnulls(reviewer_id, taken_at, until_at) IN (0, 3)", name="turn_whole"),
        CheckConstraint("num_nonnulls(escalated_at, escalated_by, reason) IN (0, 3)", name="escalated_whole"),
    )
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT", primary_key=True)
    reviewer_id: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    taken_at: datetime | None = maybe_moment()
    until_at: datetime | None = maybe_moment()
    escalated_at: datetime | None = maybe_moment()
    escalated_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    reason: str | None = None


class PendingDecision(SQLModel, table=True):
    """What an admin decided on an after-photo and may still undo: nothing has happened yet, nobody was told.

    One a job; the row goes in the transaction that carries it out or undoes it.
    """

    __tablename__ = "pending_decisions"
    __table_args__ = (
        CheckConstraint("approves = (reason IS NULL)", name="reason_fact"),
        CheckConstraint("NOT approves OR NOT (allow_retry OR cancel_campaign)", name="approval_fact"),
        Index("ix_pending_decisions_due", "due_at", "job_id"),
        Index("ix_pending_decisions_admin", "admin_id"),
    )
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT", primary_key=True)
    admin_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    photo_id: uuid.UUID = Field(foreign_key="photos.id", ondelete="RESTRICT")
    approves: bool
    checklist: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    notes: str
    reason: str | None = None
    allow_retry: bool = False
    cancel_campaign: bool = False
    decided_at: datetime = moment()
    due_at: datetime = moment()


class FraudCase(HasStatus, SQLModel, table=True):
    """Something a person must look into (OPS-04, VER-06); it blocks nothing but the pay that a person holds.

    `people` is everybody it is about, `person_id` first of all. `opened_by` is None for what the clock found.
    """

    __tablename__ = "fraud_cases"
    __table_args__ = (
        one_of("status_known", "status", FraudCaseStatus),
        CheckConstraint(f"kind_of_case IN ({', '.join(repr(k.value) for k in FraudKind)})", name="kind_known"),
        CheckConstraint("(status IN ('CONFIRMED','UNFOUNDED')) = (closed_at IS NOT NULL)", name="closed_fact"),
        CheckConstraint("cardinality(people) BETWEEN 1 AND 500", name="people_few"),
        Index("ix_fraud_cases_open", "opened_at", "id", postgresql_where=_NOT_CLOSED),
        Index("ix_fraud_cases_closed", "closed_at", "id", postgresql_where=text("closed_at IS NOT NULL")),
        Index("ix_fraud_cases_people", "people", postgresql_using="gin"),
        Index("ix_fraud_cases_person", "person_id", "kind_of_case"),
        # what the clock finds of one kind about one person is one case, however often it looks
        Index(
            "uq_fraud_cases_open_found",
            "person_id",
            "kind_of_case",
            unique=True,
            postgresql_where=text("closed_at IS NULL AND opened_by IS NULL"),
        ),
    )
    kind: ClassVar[str] = "fraud_case"
    id: uuid.UUID = id_field()
    kind_of_case: str
    status: FraudCaseStatus = status_field(FraudCaseStatus, FraudCaseStatus.OPEN)
    person_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    people: list[uuid.UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    job_id: uuid.UUID | None = Field(default=None, foreign_key="jobs.id")
    campaign_id: uuid.UUID | None = Field(default=None, foreign_key="campaigns.id")
    notes: str = ""
    opened_by: uuid.UUID | None = None
    opened_at: datetime = moment()
    holds_pay: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    closed_at: datetime | None = maybe_moment()
    closed_by: uuid.UUID | None = None


class FraudFinding(SQLModel, table=True):
    """One thing a rule found, with its numbers; `evidence` names it for ever, so that it is found once."""

    __tablename__ = "fraud_findings"
    id: uuid.UUID = id_field()
    case_id: uuid.UUID = Field(foreign_key="fraud_cases.id", ondelete="RESTRICT", index=True)
    rule: str
    evidence: str = Field(unique=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    job_id: uuid.UUID | None = Field(default=None, foreign_key="jobs.id")
    campaign_id: uuid.UUID | None = Field(default=None, foreign_key="campaigns.id")
    photo_id: uuid.UUID | None = Field(default=None, foreign_key="photos.id", index=True)
    other_photo_id: uuid.UUID | None = Field(default=None, foreign_key="photos.id", index=True)
    found_at: datetime = moment()


class FraudScan(SQLModel, table=True):
    """How far one rule has looked: everything before this moment was seen."""

    __tablename__ = "fraud_scans"
    rule: str = Field(primary_key=True)
    seen_until: datetime = moment()


class AccountFingerprint(SQLModel, table=True):
    """A keyed hash of a cleaner's payout account or PAN: equal ones are found without anybody unlocking them."""

    __tablename__ = "account_fingerprints"
    __table_args__ = (
        PrimaryKeyConstraint("cleaner_id", "what"),
        CheckConstraint("what IN ('PAYOUT_ACCOUNT','PAN')", name="what_known"),
        Index("ix_account_fingerprints_print", "what", "fingerprint"),
        Index("ix_account_fingerprints_made", "made_at"),
    )
    cleaner_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    what: str
    fingerprint: bytes = Field(sa_type=LargeBinary)
    given_at: datetime = moment()  # of the details it was made from
    made_at: datetime = moment()
