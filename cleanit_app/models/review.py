"""Doubts about accepted work: disputes of those who started or paid for it (OPS-03), cases of fraud (OPS-04)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, PrimaryKeyConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, LargeBinary, SQLModel

from cleanit_app.domain.fraud import FraudKind
from cleanit_app.domain.statuses import DisputeStatus, FraudCaseStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, status_field

_OPEN = text("status = 'OPEN'")
_NOT_CLOSED = text("closed_at IS NULL")


class Dispute(HasStatus, SQLModel, table=True):
    """One person's doubt about one accepted result; while it is open the pay stays here."""

    __tablename__ = "disputes"
    __table_args__ = (
        one_of("status_known", "status", DisputeStatus),
        CheckConstraint("(status = 'OPEN') = (decided_at IS NULL)", name="decided_fact"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_fact"),
        Index("uq_disputes_open_of_person", "job_id", "raised_by", unique=True, postgresql_where=_OPEN),
        Index("ix_disputes_open", "raised_at", "id", postgresql_where=_OPEN),
        Index("ix_disputes_open_payout", "payout_id", postgresql_where=_OPEN),
    )
    kind: ClassVar[str] = "dispute"
    id: uuid.UUID = id_field()
    job_id: uuid.UUID = Field(foreign_key="jobs.id", ondelete="RESTRICT")
    campaign_id: uuid.UUID = Field(foreign_key="campaigns.id", ondelete="RESTRICT", index=True)
    payout_id: uuid.UUID = Field(foreign_key="payouts.id", ondelete="RESTRICT")
    raised_by: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT", index=True)
    raised_at: datetime = moment()
    reason: str
    status: DisputeStatus = status_field(DisputeStatus, DisputeStatus.OPEN)
    decided_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    decided_at: datetime | None = maybe_moment()
    note: str | None = None


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
