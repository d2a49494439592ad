"""Who is signed in and who may: sessions, tokens, devices, failed tries, codes and second factors."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, text
from sqlmodel import BigInteger, Field, LargeBinary, SQLModel

from cleanit_app.models.base import counted, id_field, maybe_moment, moment


class Session(SQLModel, table=True):
    """One sign-in on one device; ending it ends its tabs and all its tokens at once."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_user_id", "user_id"),
        Index("ix_sessions_open", "user_id", text("id DESC"), postgresql_where=text("ended_at IS NULL")),
        Index("ix_sessions_addresses", "id", postgresql_where=text("address <> ''")),
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


class KnownDevice(SQLModel, table=True):
    """A browser in which this person once signed in; strangers' failed tries do not hold it up."""

    __tablename__ = "known_devices"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "device_hash"),
        Index("ix_known_devices_device", "device_hash"),
        Index("ix_known_devices_first_seen", "first_seen_at"),
    )
    user_id: uuid.UUID = Field(foreign_key="users.id")
    device_hash: bytes = Field(sa_type=LargeBinary)
    first_seen_at: datetime = moment()
    last_seen_at: datetime = moment(index=True)
    proved_at: datetime | None = maybe_moment()  # the second factor was shown in it


class FailedSignIn(SQLModel, table=True):
    """A sign-in with a wrong password (SEC-10).

    `account_hash` is a hash of the account, or of what was typed where there is none. The try that was one too many
    locks the account until `locked_until` for browsers that it does not know.
    """

    __tablename__ = "failed_sign_ins"
    __table_args__ = (Index("ix_failed_sign_ins_account", "account_hash", "at"),)
    id: uuid.UUID = id_field()
    account_hash: bytes = Field(sa_type=LargeBinary)
    user_id: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    address: str = ""
    at: datetime = moment(index=True)
    locked_until: datetime | None = maybe_moment()


class OneTimeCode(SQLModel, table=True):
    """A code on its way to a phone or mailbox; kept as a hash, good once and for minutes.

    Without `user_id` nobody is known under the contact that was typed: no code is made, and none ever fits. Only who
    wants to join has no account yet: then a `PendingAccount` waits for the code.
    """

    __tablename__ = "one_time_codes"
    __table_args__ = (
        CheckConstraint("tries >= 0 AND sendings >= 0", name="counts_natural"),
        CheckConstraint(
            "next_send_at IS NULL OR ((user_id IS NOT NULL OR purpose = 'JOIN') AND destination <> '')",
            name="sent_somewhere",
        ),
        Index("ix_one_time_codes_person", "user_id", "purpose", postgresql_where=text("used_at IS NULL")),
        Index("ix_one_time_codes_to_send", "next_send_at", postgresql_where=text("next_send_at IS NOT NULL")),
    )
    id: uuid.UUID = id_field()
    purpose: str
    user_id: uuid.UUID | None = Field(default=None, foreign_key="users.id")
    destination: str = ""
    language: str = Field(default="en", sa_column_kwargs={"server_default": "en"})
    code_hash: bytes | None = Field(default=None, sa_type=LargeBinary)  # keyed; made when it is sent
    tries: int = 0
    sendings: int = counted()
    next_send_at: datetime | None = maybe_moment()
    created_at: datetime = moment(index=True)
    expires_at: datetime = moment()
    used_at: datetime | None = maybe_moment()


class PendingAccount(SQLModel, table=True):
    """A wish to join that waits for its code; its id is the account's once it opens, and no account is there before.

    The number or mailbox stands with the code. What was typed is kept no longer than the wish lives.
    """

    __tablename__ = "pending_accounts"
    __table_args__ = (
        CheckConstraint("role IN ('CITIZEN','CLEANER')", name="role_joins"),
        CheckConstraint("name <> ''", name="name_there"),
        CheckConstraint("expires_at <= created_at + interval '1 day'", name="life_bounded"),
    )
    id: uuid.UUID = id_field()
    code_id: uuid.UUID = Field(foreign_key="one_time_codes.id", ondelete="CASCADE", unique=True)
    name: str
    role: str
    password_hash: str
    terms_version: str
    address_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    text_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime = moment()
    expires_at: datetime = moment(index=True)


class SecondFactor(SQLModel, table=True):
    """An authenticator app of one person; its secret is kept under the field cipher."""

    __tablename__ = "second_factors"
    user_id: uuid.UUID = Field(foreign_key="users.id", primary_key=True)
    secret: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = moment()
    confirmed_at: datetime | None = maybe_moment()
    last_step: int = Field(default=0, sa_type=BigInteger)  # a code counts once


class RecoveryCode(SQLModel, table=True):
    """Stands in once for a lost authenticator app."""

    __tablename__ = "recovery_codes"
    id: uuid.UUID = id_field()
    user_id: uuid.UUID = Field(foreign_key="users.id", index=True)
    code_hash: bytes = Field(sa_type=LargeBinary)
    used_at: datetime | None = maybe_moment()
