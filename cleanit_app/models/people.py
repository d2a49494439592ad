"""People: accounts, what makes a cleaner, sessions, tokens, accepted terms."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Column, ForeignKey, Index, String, text
from sqlmodel import BigInteger, Field, LargeBinary, SQLModel

from cleanit_app.domain.actors import AdminDuty, Role, permissions_of
from cleanit_app.domain.notices import CHOOSABLE
from cleanit_app.domain.statuses import AccountCheckStatus, KycStatus, UserStatus
from cleanit_app.models.base import HasStatus, id_field, maybe_moment, moment, one_of, status_field


class User(HasStatus, SQLModel, table=True):
    """One person, one account."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("role IN ('CITIZEN','CLEANER','ADMIN')", name="role_known"),
        one_of("status_known", "status", UserStatus),
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="reachable"),
        CheckConstraint(
            f"muted_notices <@ ARRAY[{', '.join(repr(c.value) for c in CHOOSABLE)}]::varchar[]", name="muted_choosable"
        ),
        CheckConstraint(
            f"duties <@ ARRAY[{', '.join(repr(d.value) for d in AdminDuty)}]::varchar[]", name="duties_known"
        ),
        CheckConstraint("(status = 'SUSPENDED') = (suspended_at IS NOT NULL)", name="suspended_fact"),
        Index("ix_users_suspended", "id", postgresql_where=text("status = 'SUSPENDED'")),
        Index("ix_users_admins", "id", postgresql_where=text("role = 'ADMIN'")),
        Index("ix_users_name", text("lower(name) text_pattern_ops")),
    )
    kind: ClassVar[str] = "user"
    id: uuid.UUID = id_field()
    name: str
    email: str | None = Field(default=None, unique=True)
    phone: str | None = Field(default=None, unique=True)
    password_hash: str
    role: str
    duties: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(String), nullable=False, server_default="{}")
    )
    status: UserStatus = status_field(UserStatus, UserStatus.ACTIVE)
    language: str = Field(default="en")
    muted_notices: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(String), nullable=False, server_default="{}")
    )
    created_at: datetime = moment()
    suspended_at: datetime | None = maybe_moment()
    suspension_reason: str | None = None
    phone_verified_at: datetime | None = maybe_moment()
    email_verified_at: datetime | None = maybe_moment()
    terms_version: str = Field(default="", sa_column_kwargs={"server_default": ""})

    def permissions(self) -> frozenset[str]:
        """What this person may do now; nothing while suspended but managing the own account."""
        duties = frozenset(AdminDuty(d) for d in self.duties)
        return frozenset(permissions_of(Role(self.role), duties))


class Cleaner(HasStatus, SQLModel, table=True):
    """What makes an account a cleaner: KYC, figures, and where the pay goes. `status` is the KYC status."""

    __tablename__ = "cleaners"
    __table_args__ = (
        one_of("status_known", "status", KycStatus),
        CheckConstraint(
            "verified_count >= 0 AND rejected_count >= 0 AND failed_count >= 0 AND released_count >= 0",
            name="counts_natural",
        ),
        CheckConstraint("(pan_locked IS NULL) = (pan_given_at IS NULL)", name="pan_fact"),
        Index(
            "ix_cleaners_waiting",
            "user_id",
            postgresql_where=text(
                "identity_waits_since IS NOT NULL OR (payout_details IS NOT NULL AND payout_verified_at IS NULL)"
            ),
        ),
    )
    kind: ClassVar[str] = "cleaner"
    id: uuid.UUID = Field(sa_column=Column("user_id", ForeignKey("users.id", ondelete="RESTRICT"), primary_key=True))
    status: KycStatus = status_field(KycStatus, KycStatus.PENDING)
    verified_count: int = 0
    rejected_count: int = 0
    failed_count: int = 0
    released_count: int = 0
    flagged_for_review_at: datetime | None = maybe_moment()
    payout_kind: str | None = None  # BANK or UPI
    payout_details: bytes | None = Field(default=None, sa_type=LargeBinary)
    payout_mask: str | None = None
    payout_holder: str | None = None
    payout_changed_at: datetime | None = maybe_moment()
    payout_verified_at: datetime | None = maybe_moment()
    payout_usable_at: datetime | None = maybe_moment()  # a changed account waits; None for the first one
    identity_waits_since: datetime | None = maybe_moment()  # an ID waits for a person to look at it
    pan_locked: bytes | None = Field(default=None, sa_type=LargeBinary)
    pan_mask: str | None = None
    pan_given_at: datetime | None = maybe_moment()
    razorpay_contact_id: str | None = None
    razorpay_fund_account_id: str | None = None


class AccountCheck(HasStatus, SQLModel, table=True):
    """One question to a bank: whose account is this? For the details that stood at `details_at` (LAW-08)."""

    __tablename__ = "account_checks"
    __table_args__ = (
        one_of("status_known", "status", AccountCheckStatus),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score_range"),
        Index("ix_account_checks_cleaner", "cleaner_id", text("id DESC")),
        Index("ix_account_checks_open", "next_try_at", postgresql_where=text("status IN ('WAITING','ASKED')")),
    )
    kind: ClassVar[str] = "account_check"
    id: uuid.UUID = id_field()
    cleaner_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    details_at: datetime = moment()
    status: AccountCheckStatus = status_field(AccountCheckStatus, AccountCheckStatus.WAITING)
    provider_id: str | None = Field(default=None, unique=True)
    registered_name: str | None = None
    score: int | None = None
    reason: str | None = None
    tries: int = 0
    created_at: datetime = moment()
    next_try_at: datetime = moment()
    finished_at: datetime | None = maybe_moment()


class Session(SQLModel, table=True):
    """One sign-in on one device; ending it ends its tabs and all its tokens at once."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_user_id", "user_id"),
        Index("ix_sessions_open", "user_id", text("id DESC"), postgresql_where=text("ended_at IS NULL")),
    )
    id: uuid.UUID = id_field()
    user_id: uuid.UUID = Field(foreign_key="users.id")
    cookie_hash: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)
    user_agent: str = ""
    address: str = Field(default="", sa_column_kwargs={"server_default": ""})
    created_at: datetime = moment()
    last_seen_at: datetime | None = maybe_moment()
    confirmed_at: datetime | None = maybe_moment()  # the password was typed
    proved_at: datetime | None = maybe_moment()  # the second factor was shown
    expires_at: datetime = moment()
    ended_at: datetime | None = maybe_moment()
    end_reason: str | None = None


class RefreshToken(SQLModel, table=True):
    """One link in a chain of refresh tokens; using a used one ends the session (SEC-03)."""

    __tablename__ = "refresh_tokens"
    id: uuid.UUID = id_field()
    session_id: uuid.UUID = Field(foreign_key="sessions.id", index=True)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    created_at: datetime = moment()
    expires_at: datetime = moment(index=True)
    used_at: datetime | None = maybe_moment()
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)  # the next token is made of this one and the salt


class TermsAcceptance(SQLModel, table=True):
    """Who accepted which version of the terms, when."""

    __tablename__ = "terms_acceptances"
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    user_id: uuid.UUID = Field(foreign_key="users.id", index=True)
    version: str
    address_hash: bytes | None = Field(default=None, sa_type=LargeBinary)  # keyed: equal for equal addresses, no more
    text_hash: bytes | None = Field(default=None, sa_type=LargeBinary)  # SHA-256 of the English text, then the Hindi
    accepted_at: datetime = moment()


class FraudCase(SQLModel, table=True):
    """Something a person in compliance must look into (VER-06)."""

    __tablename__ = "fraud_cases"
    __table_args__ = (Index("ix_fraud_cases_open", "opened_at", postgresql_where=text("closed_at IS NULL")),)
    id: uuid.UUID = id_field()
    kind_of_case: str
    cleaner_id: uuid.UUID = Field(foreign_key="users.id")
    job_id: uuid.UUID | None = Field(default=None, foreign_key="jobs.id")
    notes: str = ""
    opened_by: uuid.UUID | None = None
    opened_at: datetime = moment()
    closed_at: datetime | None = maybe_moment()
