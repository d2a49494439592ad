"""What every table shares: ids, moments, paise, and statuses that move only through their table."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, cast

import uuid6
from sqlalchemy import CheckConstraint, DateTime, Enum, Index, MetaData, TextClause, insert, text
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import BigInteger, Field, SQLModel

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.statuses import Status

# Named constraints, so that migrations can find and drop them.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def new_id() -> uuid.UUID:
    """A new UUIDv7: sorts by the time it was made."""
    return uuid.UUID(int=uuid6.uuid7().int)


def id_of_moment(at: datetime) -> uuid.UUID:
    """A new UUIDv7 that sorts by another moment than now."""
    random = secrets.randbits(74)
    milliseconds = int(at.timestamp() * 1000)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | (random & ((1 << 62) - 1)))


def first_id_of_moment(at: datetime) -> uuid.UUID:
    """The smallest UUIDv7 of a moment: a bound for asking by time with the primary key.

    Ids count from 1970; what lies before it is before all of them.
    """
    return uuid.UUID(int=max(int(at.timestamp() * 1000), 0) << 80)


def id_field() -> Any:
    """Primary key, UUIDv7."""
    return Field(default_factory=new_id, primary_key=True)


def moment(*, index: bool = False) -> Any:
    """A required moment, aware, kept as UTC."""
    return Field(sa_type=cast(Any, DateTime(timezone=True)), index=index)


def maybe_moment() -> Any:
    """A moment that may not have come yet."""
    return Field(default=None, sa_type=cast(Any, DateTime(timezone=True)), nullable=True)


def paise(default: int | None = None) -> Any:
    """An amount of money in whole paise."""
    kwargs: dict[str, Any] = {"sa_type": BigInteger, "nullable": False}
    return Field(**kwargs) if default is None else Field(default=default, **kwargs)


def counted() -> Any:
    """A count that begins at zero."""
    return Field(default=0, sa_column_kwargs={"server_default": "0"})


def paise_from(default: int) -> Any:
    """An amount that rows made without it get from the database."""
    column = {"server_default": text(str(default))}
    return Field(default=default, sa_type=BigInteger, nullable=False, sa_column_kwargs=column)


def maybe_paise() -> Any:
    """An amount in paise that is not known yet."""
    return Field(default=None, sa_type=BigInteger, nullable=True)


def status_field(kind: type[Status], default: Status | None = None, *, nullable: bool = False) -> Any:
    """A column for one status enum, stored as its text."""
    column = Enum(
        kind,
        native_enum=False,
        length=16,
        values_callable=lambda members: [m.value for m in members],
    )
    return Field(default=default, sa_type=cast(Any, column), nullable=nullable)


def one_of(name: str, column: str, kind: type[Status]) -> CheckConstraint:
    """A CHECK that the column holds a known status."""
    values = ", ".join(f"'{m.value}'" for m in kind)
    return CheckConstraint(f"{column} IN ({values})", name=name)


class StatusChange(SQLModel, table=True):
    """One move of one thing: from, to, who, when, why. Rows are only ever added."""

    __tablename__ = "status_history"
    __table_args__ = (
        # decisions of admins, for how long they take (VER-07)
        Index(
            "ix_status_history_decided",
            "at",
            postgresql_where=text("kind = 'job' AND from_status = 'COMPLETED'"),
        ),
        # for the figures of the week (MON-04)
        Index(
            "ix_status_history_collected",
            "at",
            postgresql_where=text("kind = 'campaign' AND from_status = 'ACTIVE'"),
        ),
        Index(
            "ix_status_history_claims",
            "at",
            postgresql_where=text("kind = 'job' AND to_status IN ('CLAIMED','VERIFIED','RELEASED','FAILED')"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    kind: str
    subject_id: uuid.UUID = Field(index=True)
    from_status: str | None = None
    to_status: str
    by_id: uuid.UUID | None = None
    at: datetime = moment()
    why: str = ""


# Made once, used at every move.
_INTO_HISTORY = insert(StatusChange).execution_options(prepared=True)


_OUTSIDE = "only a row inside a unit of work can move"


@lru_cache
def _moving(table: str, facts: tuple[str, ...]) -> TextClause:
    """The statement behind `move_now`; table and facts are names of ours, never anybody's words."""
    changes = "".join(f", {name} = :{name}" for name in facts)
    return text(
        f"""WITH moved AS (
              UPDATE {table} SET status = CAST(:to_status AS varchar){changes} WHERE id = :row_id RETURNING id)
            INSERT INTO status_history (kind, subject_id, from_status, to_status, by_id, at, why)
            SELECT CAST(:kind AS varchar), id, CAST(:from_status AS varchar), CAST(:to_status AS varchar),
              CAST(:by_id AS uuid), CAST(:at AS timestamptz), CAST(:why AS varchar) FROM moved"""  # noqa: S608 - our own names
    ).execution_options(prepared=True)


class HasStatus:
    """A row with a `status` that changes only by `move_to`."""

    kind: ClassVar[str]
    id: uuid.UUID
    status: Any

    def move_to(self, target: Status, *, by: Actor, at: datetime, why: str = "") -> None:
        """Move to `target` and write history; MoveRefused when the table has no such move."""
        self.status.check_move(target)
        self._write_history(self.status, target, by, at, why)
        self.status = target

    def move_now(self, target: Status, *, by: Actor, at: datetime, why: str = "", **facts: Any) -> None:
        """Move as `move_to` and change other columns with it, all written at once by one statement.

        For a locked row and for what very many do at the same moment; `facts` are columns with their new values.
        """
        self.status.check_move(target)
        session = object_session(self)
        if session is None:
            raise RuntimeError(_OUTSIDE)
        session.connection().execute(
            _moving(self.__table__.name, tuple(facts)),  # type: ignore[attr-defined]  # every one of them has a table
            {
                **facts,
                "row_id": self.id,
                "kind": self.kind,
                "from_status": self.status.value,
                "to_status": target.value,
                "by_id": by.id,
                "at": at,
                "why": why,
            },
        )
        for name, value in {**facts, "status": target}.items():
            set_committed_value(self, name, value)

    def begin(self, *, by: Actor, at: datetime, why: str = "") -> None:
        """Write the first line of history: how this row came to be."""
        self._write_history(None, self.status, by, at, why)

    def _write_history(self, source: Status | None, target: Status, by: Actor, at: datetime, why: str) -> None:
        write_history([self], [source], target, by=by, at=at, why=why)


def move_all(rows: Sequence[HasStatus], target: Status, *, by: Actor, at: datetime, why: str = "") -> None:
    """Move many locked rows to one status as `move_to` does, their history in one statement; all or none."""
    for row in rows:
        row.status.check_move(target)
    write_history(rows, [row.status for row in rows], target, by=by, at=at, why=why)
    for row in rows:
        row.status = target


def begin_all(rows: Sequence[HasStatus], *, by: Actor, at: datetime, why: str = "") -> None:
    """Write the first line of history of many new rows of one status, in one statement."""
    if rows:
        write_history(rows, [None] * len(rows), rows[0].status, by=by, at=at, why=why)


def write_history(
    rows: Sequence[HasStatus],
    sources: Sequence[Status | None],
    target: Status,
    *,
    by: Actor,
    at: datetime,
    why: str,
    kind: str | None = None,
) -> None:
    """Write one line of history for each row; `kind` is given when another status than the row's own moved."""
    if not rows:
        return
    session = object_session(rows[0])
    if session is None:
        raise RuntimeError(_OUTSIDE)
    lines = [
        {
            "kind": kind or row.kind,
            "subject_id": row.id,
            "from_status": source.value if source else None,
            "to_status": target.value,
            "by_id": by.id,
            "at": at,
            "why": why,
        }
        for row, source in zip(rows, sources, strict=True)
    ]
    # By the connection, for the rows themselves may still be half changed and must not be sent yet.
    session.connection().execute(_INTO_HISTORY, lines if len(lines) > 1 else lines[0])
