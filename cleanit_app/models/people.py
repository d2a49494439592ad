"""People: accounts, what makes a cleaner and whether it was checked, accepted terms, what admins did."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Column, ForeignKey, Index, String, event, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import BigInteger, Field, LargeBinary, SQLModel

from cleanit_app.domain.actors import AdminDuty, Role, permissions_of
from cleanit_app.domain.notifications import CHOOSABLE, OFF_AT_FIRST
from cleanit_app.domain.searching.people import person_words
from cleanit_app.domain.statuses import AccountCheckStatus, DocumentStatus, KycStatus, NameChangeStatus, UserStatus
from cleanit_app.models.base import HasStatus, counted, id_field, maybe_moment, moment, one_of, status_field


class User(HasStatus, SQLModel, table=True):
    """One person, one account."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("role IN ('CITIZEN','CLEANER','ADMIN')", name="role_known"),
        one_of("status_known", "status", UserStatus),
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL OR status = 'DELETED'", name="reachable"),
        CheckConstraint("(status = 'DELETED') = (erased_at IS NOT NULL)", name="erased_fact"),
        CheckConstraint("status <> 'DELETED' OR (email IS NULL AND phone IS NULL)", name="erased_contacts"),
        CheckConstraint(
            f"muted_notices <@ ARRAY[{', '.join(repr(c.value) for c in CHOOSABLE)}]::varchar[]", name="muted_choosable"
        ),
        CheckConstraint(
            f"duties <@ ARRAY[{', '.join(repr(d.value) for d in AdminDuty)}]::varchar[]", name="duties_known"
        ),
        CheckConstraint("(status = 'SUSPENDED') = (suspended_at IS NOT NULL)", name="suspended_fact"),
        Index("ix_users_suspended", "id", postgresql_where=text("status = 'SUSPENDED'")),
        Index("ix_users_admins", "id", postgresql_where=text("role = 'ADMIN'")),
        Index("ix_users_created", "created_at"),
        Index("ix_users_words", "words", postgresql_using="gin"),
        Index("ix_users_to_erase", "erase_at", postgresql_where=text("erase_at IS NOT NULL")),
        Index("ix_users_erased", "erased_at", postgresql_where=text("erased_at IS NOT NULL")),
        Index("ix_users_email_hash", "email_hash", postgresql_where=text("email_hash IS NOT NULL")),
        Index("ix_users_phone_hash", "phone_hash", postgresql_where=text("phone_hash IS NOT NULL")),
        CheckConstraint("length(words) <= 20000", name="words_few"),
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
        default_factory=lambda: [category.value for category in OFF_AT_FIRST],
        sa_column=Column(ARRAY(String), nullable=False, server_default="{MARKETING}"),
    )
    created_at: datetime = moment()
    suspended_at: datetime | None = maybe_moment()
    suspension_reason: str | None = None
    phone_verified_at: datetime | None = maybe_moment()
    email_verified_at: datetime | None = maybe_moment()
    terms_version: str = Field(default="", sa_column_kwargs={"server_default": ""})
    words: str | None = Field(default=None, sa_column=Column(TSVECTOR))  # what admins find this person by
    gallery_consent: bool | None = None  # to show the own photos among cleaned places; None: not asked yet (LAW-07)
    marketing_consent: bool | None = None  # to show them where Cleanit speaks of itself
    credited: bool = Field(
        default=True, sa_column_kwargs={"server_default": "true"}
    )  # by first name, beside the photos
    erase_at: datetime | None = maybe_moment()  # its owner asked; signing in before then takes it back (LAW-02)
    erased_at: datetime | None = maybe_moment()
    email_hash: bytes | None = Field(default=None, sa_type=LargeBinary)  # keyed hash of what an erased account had
    phone_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    erased_while_suspended: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})

    def permissions(self) -> frozenset[str]:
        """What this person may do now; nothing while suspended but managing the own account."""
        duties = frozenset(AdminDuty(d) for d in self.duties)
        return frozenset(permissions_of(Role(self.role), duties))


@event.listens_for(User, "before_insert")
@event.listens_for(User, "before_update")
def _keep_words(_mapper: object, _connection: object, user: User) -> None:
    """Whoever writes a name, a mailbox or a phone number writes the words with it: nothing stays of what is erased."""
    words = person_words(user.name, user.email, user.phone)
    if user.words != words:
        user.words = words


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
        Index("ix_cleaners_payout_changed", "payout_changed_at"),
        Index("ix_cleaners_pan_given", "pan_given_at"),
        Index("ix_cleaners_flagged", "user_id", postgresql_where=text("flagged_for_review_at IS NOT NULL")),
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
    tax_name_locked: bytes | None = Field(default=None, sa_type=LargeBinary)
    """The name that an erased account's tax was deducted under, for as long as tax papers are kept (LAW-02)."""
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


class IdentityDocument(HasStatus, SQLModel, table=True):
    """One ID of one cleaner (LAW-08). The number is kept only until it was checked.

    The file lies under `file_key`, sealed with key `file_key_id`, until it is dropped.
    """

    __tablename__ = "identity_documents"
    __table_args__ = (
        one_of("status_known", "status", DocumentStatus),
        CheckConstraint("(file_key IS NULL) = (file_dropped_at IS NOT NULL)", name="file_fact"),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score_range"),
        CheckConstraint("(status IN ('ACCEPTED','REFUSED')) <= (decided_at IS NOT NULL)", name="decided_fact"),
        Index("ix_identity_documents_cleaner", "cleaner_id", text("id DESC")),
        Index("ix_identity_documents_due", "next_try_at", postgresql_where=text("status = 'WAITING'")),
        Index(
            "ix_identity_documents_drop",
            "id",
            postgresql_where=text("status IN ('REFUSED','REPLACED') AND file_key IS NOT NULL"),
        ),
    )
    kind: ClassVar[str] = "identity_document"
    id: uuid.UUID = id_field()
    cleaner_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    document_kind: str
    status: DocumentStatus = status_field(DocumentStatus, DocumentStatus.WAITING)
    number_locked: bytes | None = Field(default=None, sa_type=LargeBinary)
    number_mask: str
    file_key: str | None = None
    file_key_id: int
    file_hash: bytes = Field(sa_type=LargeBinary, index=True)  # of the picture: the same one from two people is a sign
    file_dropped_at: datetime | None = maybe_moment()
    registered_name: str | None = None
    score: int | None = None
    provider_reference: str | None = None
    tries: int = counted()
    next_try_at: datetime = moment()
    created_at: datetime = moment()
    decided_at: datetime | None = maybe_moment()
    decided_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    ground: str | None = None


class NameChange(HasStatus, SQLModel, table=True):
    """Another name that somebody asked for: a cleaner's waits for a person, any other counts at once (LAW-03)."""

    __tablename__ = "name_changes"
    __table_args__ = (
        one_of("status_known", "status", NameChangeStatus),
        CheckConstraint("(status = 'WAITING') = (decided_at IS NULL)", name="decided_fact"),
        CheckConstraint("status <> 'REFUSED' OR reason IS NOT NULL", name="refused_fact"),
        Index("ix_name_changes_person", "user_id", text("id DESC")),
        Index("uq_name_changes_waiting", "user_id", unique=True, postgresql_where=text("status = 'WAITING'")),
        Index("ix_name_changes_waiting", "asked_at", "id", postgresql_where=text("status = 'WAITING'")),
    )
    kind: ClassVar[str] = "name_change"
    id: uuid.UUID = id_field()
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    old_name: str
    new_name: str
    status: NameChangeStatus = status_field(NameChangeStatus, NameChangeStatus.WAITING)
    asked_at: datetime = moment()
    decided_at: datetime | None = maybe_moment()
    decided_by: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    reason: str | None = None


class TermsAcceptance(SQLModel, table=True):
    """Who accepted which version of the terms, when."""

    __tablename__ = "terms_acceptances"
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    user_id: uuid.UUID = Field(foreign_key="users.id", index=True)
    version: str
    address_hash: bytes | None = Field(default=None, sa_type=LargeBinary)  # keyed: equal for equal addresses, no more
    text_hash: bytes | None = Field(default=None, sa_type=LargeBinary)  # SHA-256 of the text in each language
    accepted_at: datetime = moment()


class PhotoConsent(SQLModel, table=True):
    """One yes or no about the own photos, under which version of the terms; rows are only ever added (LAW-07)."""

    __tablename__ = "photo_consents"
    __table_args__ = (
        CheckConstraint("purpose IN ('GALLERY','MARKETING','CREDIT')", name="purpose_known"),
        Index("ix_photo_consents_person", "user_id", text("id DESC")),
    )
    id: uuid.UUID = id_field()
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    purpose: str
    given: bool
    version: str
    at: datetime = moment()


class DataRequest(SQLModel, table=True):
    """One wish of a person about the own data: a copy of it, or to have it erased; what became of it (SEC-10)."""

    __tablename__ = "data_requests"
    __table_args__ = (
        CheckConstraint("kind IN ('EXPORT','ERASURE')", name="kind_known"),
        CheckConstraint("outcome IS NULL OR outcome IN ('DONE','TAKEN_BACK')", name="outcome_known"),
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_fact"),
        Index("ix_data_requests_person", "user_id", text("id DESC")),
        Index(
            "uq_data_requests_erasure",
            "user_id",
            unique=True,
            postgresql_where=text("kind = 'ERASURE' AND ended_at IS NULL"),
        ),
    )
    id: uuid.UUID = id_field()
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    kind: str
    asked_at: datetime = moment()
    ended_at: datetime | None = maybe_moment()
    outcome: str | None = None


class AdminAction(SQLModel, table=True):
    """One thing an admin did, written with the thing itself; rows are only ever added (SEC-10)."""

    __tablename__ = "admin_actions"
    __table_args__ = (
        Index("ix_admin_actions_admin", "admin_id", text("id DESC")),
        Index("ix_admin_actions_subject", "subject_id", text("id DESC")),
        Index("ix_admin_actions_action", "action", text("id DESC")),
    )
    id: uuid.UUID = id_field()
    admin_id: uuid.UUID = Field(foreign_key="users.id")
    session_id: uuid.UUID | None = None
    action: str
    subject_id: uuid.UUID | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    at: datetime = moment()


class DeskNote(SQLModel, table=True):
    """What an admin wrote down for colleagues about a person, a campaign or a case."""

    __tablename__ = "desk_notes"
    __table_args__ = (
        CheckConstraint("note <> ''", name="note_there"),
        Index("ix_desk_notes_subject", "subject_id", text("id DESC")),
    )
    id: uuid.UUID = id_field()
    subject_id: uuid.UUID
    author_id: uuid.UUID = Field(foreign_key="users.id", ondelete="RESTRICT")
    note: str
    at: datetime = moment()
