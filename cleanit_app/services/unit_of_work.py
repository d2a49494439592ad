"""One door, one transaction: the only file that commits."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Engine, Executable, Result, bindparam, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.business_limits import BusinessLimits
from cleanit_app.domain.errors import NotFound, RowUnreadable
from cleanit_app.domain.events import Event
from cleanit_app.domain.house_settings import House, house_at
from cleanit_app.domain.policy import HousePolicy
from cleanit_app.models import AdminAction, ErrorLog, OutboxEvent, id_of_moment, new_id
from cleanit_app.services import locks
from cleanit_app.services.crashpoints import crashpoint

Row = TypeVar("Row")
AS_USUAL = HousePolicy()
HINT_TAKES_SECONDS = 120
UNREADABLE = "unreadable"
"""The source of failures that are rows which nobody can read."""


@dataclass(frozen=True)
class LeftOut:
    """A row that a list could not show: of which list, which one, and why."""

    what: str
    subject_id: UUID | None
    trouble: Exception


class UnitOfWork:
    """A transaction in progress: its session, the one reading of the clock, the house's choices, what has happened."""

    def __init__(
        self, session: Session, now: datetime, policy: HousePolicy = AS_USUAL, request_id: str | None = None
    ) -> None:
        self.session = session
        self.now = now
        self.policy = policy
        self.request_id = request_id
        self.recorded: list[Event] = []
        self.hints: list[tuple[str, ...]] = []
        self.in_seconds: dict[tuple[str, ...], int] = {}
        self.ended: list[UUID] = []
        self.left_out: list[LeftOut] = []
        self.note_late: Callable[[Sequence[LeftOut]], None] | None = None
        self.most_seconds: dict[tuple[str, ...], int] = {}

    @property
    def limits(self) -> BusinessLimits:
        """The numbers of the business that hold at this moment, as seniors have chosen them (OPS-01)."""
        return self.policy.limits

    @property
    def house(self) -> House:
        """The same together with the terms."""
        return House(self.policy.limits, self.policy.terms)

    def house_at(self, at: datetime) -> House:
        """The numbers and terms that held at an earlier moment, for what began under them."""
        return house_at(self.policy.choices, at)

    def add(self, row: Row) -> Row:
        """Put a new row into this transaction and give it back; a failure says in which request and where (MON-05)."""
        if isinstance(row, ErrorLog):
            row.request_id, row.environment = row.request_id or self.request_id, self.policy.app_env
        self.session.add(row)
        return row

    def get(self, kind: type[Row], row_id: UUID) -> Row:
        """The row with this id; NotFound when there is none."""
        with _read_whole(kind):
            row = self.session.get(kind, row_id)
        if row is None:
            raise NotFound(what=kind.__name__)
        return row

    def lock(self, kind: type[Row], row_id: UUID) -> Row:
        """The row with this id, freshly read and locked until the end; NotFound when there is none.

        Who locks several keeps the order of `locks.ORDER`.
        """
        with _read_whole(kind):
            row = self.session.scalars(_locking(cast(Hashable, kind)), {"row_id": row_id}).first()
        if row is None:
            raise NotFound(what=kind.__name__)
        return cast(Row, row)

    def first(self, kind: type[Row], *conditions: Any, lock: bool = False) -> Row | None:
        """One row that meets the conditions, or None; with `lock`, freshly read and locked."""
        query = select(kind).where(*conditions).limit(1)
        if lock:
            _must_have_a_place(cast(Hashable, kind))
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        with _read_whole(kind):
            return self.session.scalars(query).first()

    def all(self, kind: type[Row], *conditions: Any) -> Sequence[Row]:
        """Every row that meets the conditions."""
        with _read_whole(kind):
            return self.session.scalars(select(kind).where(*conditions)).all()

    def lock_all(self, kind: type[Row], row_ids: Sequence[UUID]) -> Sequence[Row]:
        """The rows with these ids, freshly read and locked in the order of their ids."""
        _must_have_a_place(cast(Hashable, kind))
        table = cast(Any, kind)
        query = select(kind).where(table.id.in_(row_ids)).order_by(table.id).with_for_update(key_share=True)
        with _read_whole(kind):
            return self.session.scalars(query.execution_options(populate_existing=True)).all()

    def lock_name(self, lock: locks.NamedLock, of: str) -> None:
        """Wait for a lock on something without a row, and keep it until the end."""
        self.session.connection().execute(locks.taking(lock), {"key": locks.key_of(lock, of)})

    def leave_out(self, what: str, subject_id: UUID | None, trouble: Exception) -> None:
        """Say that a list goes on without a row; it is noted among the failures once this transaction is over."""
        self.left_out.append(LeftOut(what, subject_id, trouble))

    def leave_out_later(self, what: str, subject_id: UUID | None, trouble: Exception) -> None:
        """As `leave_out`, for what is found unreadable when this transaction is over: it is noted at once."""
        if self.note_late is not None:
            self.note_late([LeftOut(what, subject_id, trouble)])

    def note_left_out(self, rows: Sequence[LeftOut]) -> None:
        """Write down rows that lists left out, each once, however often and by however many it is met (MON-05)."""
        for row in rows:
            said = f"{row.what}: {type(row.trouble).__name__}: {row.trouble}"[:1000]
            line = {"id": new_id(), "source": UNREADABLE, "subject_id": row.subject_id, "message": said, "at": self.now}
            where = {"request_id": self.request_id, "environment": self.policy.app_env}
            self.session.execute(_INTO_FAILURES_ONCE, {**line, **where})

    def run(self, statement: Executable, values: Any = None) -> Result[*tuple[Any, ...]]:
        """Run one statement with bound values in this transaction."""
        return self.session.execute(statement, values)

    def take_time(self, seconds: int) -> None:
        """Let the statements of this transaction run so long: for nightly work that looks at everything."""
        self.session.connection().execute(_TAKE_TIME, {"most": f"{seconds}s"})

    def flush(self) -> None:
        """Send what was added so far to the database, so that its checks speak now."""
        self.session.flush()

    def hint(
        self, queue: str, job: str, *args: str, most_seconds: int = HINT_TAKES_SECONDS, in_seconds: int = 0
    ) -> None:
        """Ask for a worker after the commit; only a hint, for what is due stands in the database.

        The worker begins `in_seconds` later at the earliest, and breaks the job off after `most_seconds`.
        """
        self.hints.append((queue, job, *args))
        self.in_seconds[queue, job, *args] = in_seconds
        self.most_seconds[queue, job, *args] = most_seconds

    def sessions_ended(self, session_ids: Sequence[UUID]) -> None:
        """These sessions end with this commit; their tabs and the doors hear of it right after."""
        self.ended += session_ids

    def record(self, event: Event, *, by: Actor) -> None:
        """Say what has happened; it is stored with the change and told to others after the commit (NOT-01)."""
        self.record_all([event], by=by)

    def record_all(self, events: Sequence[Event], *, by: Actor) -> None:
        """Say what has happened to many things at once, in one statement."""
        if not events:
            return
        self.recorded += events
        said = [
            {
                "id": new_id(),
                "occurred_at": self.now,
                "name": type(event).__name__,
                "payload": event.to_payload(),
                "actor_id": by.id,
                "request_id": self.request_id,
            }
            for event in events
        ]
        self.session.connection().execute(_INTO_OUTBOX, said if len(said) > 1 else said[0])
        for event in events if by.role is Role.ADMIN else ():
            subject = next((v for v in vars(event).values() if isinstance(v, UUID)), None)
            self.audit(by, type(event).__name__, subject_id=subject, **event.to_payload())

    def audit(self, by: Actor, action: str, /, *, subject_id: UUID | None = None, **details: Any) -> None:
        """Write down what an admin did, in the same transaction; the table only grows (SEC-10).

        Recorded events are written down by themselves; what an admin does without one says so here. Others are
        passed over.
        """
        if by.role is Role.ADMIN:
            done = {"admin_id": by.id, "session_id": by.session_id, "action": action, "subject_id": subject_id}
            self.session.connection().execute(
                _INTO_ADMIN_ACTIONS, {"id": id_of_moment(self.now), "details": details, "at": self.now, **done}
            )


class _read_whole:
    """A row with a word that its column does not know is RowUnreadable, as one with a moment that nobody can read."""

    __slots__ = ("kind",)

    def __init__(self, kind: type[object]) -> None:
        self.kind = kind

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, trouble: BaseException | None, _trace: object) -> None:
        if isinstance(trouble, LookupError):
            raise RowUnreadable(what=self.kind.__name__) from trouble


# Made once: these two run in every unit of work that changes something.
_INTO_OUTBOX = insert(OutboxEvent).execution_options(prepared=True)

_TAKE_TIME = text("SELECT set_config('statement_timeout', :most, true)")
_INTO_ADMIN_ACTIONS = insert(AdminAction)
_INTO_FAILURES_ONCE = (
    upsert(ErrorLog)
    .values(stack=None, user_id=None)
    .on_conflict_do_nothing(index_elements=["subject_id"], index_where=text(f"source = '{UNREADABLE}'"))
)


@lru_cache
def _locking(kind: Any) -> Any:
    """The question that reads one row of a kind afresh and locks it.

    Keys never change, so the lock is the one that lets others point at the row (FOR NO KEY UPDATE): two who each
    added a line about a campaign and then lock it would wait for one another for ever with the stronger one.
    """
    _must_have_a_place(kind)
    mine = select(kind).where(kind.id == bindparam("row_id")).with_for_update(key_share=True)
    return mine.execution_options(populate_existing=True, prepared=True)


OpenUow = Callable[[], AbstractContextManager[UnitOfWork]]
"""What a story is given to open each of its transactions."""


@lru_cache
def _must_have_a_place(kind: Any) -> None:
    locks.place_of(kind.__tablename__)


@contextmanager
def unit_of_work(
    engine: Engine,
    now: datetime,
    after_commit: Callable[[UnitOfWork], None] | None = None,
    policy: HousePolicy = AS_USUAL,
    request_id: str | None = None,
) -> Iterator[UnitOfWork]:
    """A transaction that commits once at the end and rolls back on any exception.

    `after_commit` hears what happened once it is safe; it may only hint, for the outbox is the truth.
    """
    with Session(engine, expire_on_commit=False) as session:
        uow = UnitOfWork(session, now, policy, request_id)
        try:
            yield uow
            crashpoint("commit.before")
            session.commit()
            crashpoint("commit.after")
        except BaseException:
            session.rollback()
            raise
    if after_commit and (uow.recorded or uow.hints or uow.ended or uow.left_out):
        after_commit(uow)
        crashpoint("hint.after")
