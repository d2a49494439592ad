"""What transactions lock, in which order: read from the statements that reach the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

from cleanit_app.services.locks import ORDER, place_of

LOCKS = re.compile(r"\bFOR (NO KEY UPDATE|KEY SHARE|UPDATE|SHARE)\b( SKIP LOCKED)?")
NAMED = re.compile(r"/\* ([a-z-]+) \*/ SELECT pg_advisory_xact_lock")
READS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")
CHANGES = re.compile(r"\bUPDATE\s+(\w+)(?:\s+(?:AS\s+)?\w+)?\s+SET\b")
REMOVES = re.compile(r"\bDELETE FROM\s+(\w+)")
MAKES = re.compile(r"\bINSERT INTO\s+(\w+)")
MAKES_OR_CHANGES = re.compile(
    r"\bINSERT INTO\s+(\w+)(?:(?!\bINSERT INTO\b).)*?\bON CONFLICT\b[^;]*?\bDO UPDATE\b", re.DOTALL
)
HELD = "held by this transaction"
LOCK_WORDS = ("NO KEY UPDATE", "UPDATE", "SHARE")
TOO_STRONG = "UPDATE"
"""FOR UPDATE keeps others from pointing at the row; who adds a line about it would wait."""


@dataclass(frozen=True)
class Taking:
    """One thing that a statement locks: its own word for how, and whether it waits for whoever has it."""

    what: str
    how: str
    waits: bool = True


@lru_cache(maxsize=4096)
def taken_by(statement: str) -> tuple[Taking, ...]:
    """What a statement locks, in its order; rows that it makes itself are nobody else's yet."""
    taken = [Taking(named, "NAMED") for named in NAMED.findall(statement)]
    for lock in LOCKS.finditer(statement):
        question = statement[: lock.start()]
        question = question[max(question.rfind("SELECT "), 0) :]
        taken += [Taking(table, lock[1], waits=not lock[2]) for table in READS.findall(question)]
    taken += [Taking(table, "CHANGE") for table in CHANGES.findall(statement)]
    taken += [Taking(table, "CHANGE") for table in REMOVES.findall(statement)]
    return (*taken, *(Taking(table, "CHANGE") for table in MAKES_OR_CHANGES.findall(statement)))


@dataclass
class Held:
    """What one transaction holds, in the order in which it was taken, and the tables in which it has made rows."""

    taken: list[str] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    last_id: dict[str, Any] = field(default_factory=dict)


@dataclass
class LockWatch:
    """The orders that were met, and every step against `locks.ORDER`."""

    met: set[tuple[str, ...]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def hear(self, held: Held, statement: str, parameters: Any) -> None:
        """A statement is about to be carried out in the transaction that holds this."""
        for taking in taken_by(statement):
            self._take(held, taking, parameters, statement)
        held.made.update(MAKES.findall(statement))

    def _take(self, held: Held, taking: Taking, parameters: Any, statement: str) -> None:
        if taking.how == TOO_STRONG:
            self.wrong.append(f"{taking.what} is locked FOR UPDATE: {statement[:200]}")
        self._rows_in_order(held, taking, parameters)
        if taking.what in held.taken or (taking.how == "CHANGE" and taking.what in held.made):
            return
        if taking.what not in ORDER:
            self.wrong.append(f"{taking.what} has no place in the order: {statement[:200]}")
            return
        later = [other for other in held.taken if place_of(other) > place_of(taking.what)]
        if later and taking.waits:
            self.wrong.append(f"{taking.what} is waited for while {', '.join(later)} is held: {' > '.join(held.taken)}")
        held.taken.append(taking.what)

    def _rows_in_order(self, held: Held, taking: Taking, parameters: Any) -> None:
        row_id = parameters.get("row_id") if isinstance(parameters, dict) and taking.how in LOCK_WORDS else None
        if row_id is None:
            return
        last = held.last_id.get(taking.what)
        if last is not None and str(row_id) < str(last):
            self.wrong.append(f"{taking.what}: {row_id} is waited for while {last} is held")
        held.last_id[taking.what] = row_id

    def over(self, held: Held | None) -> None:
        """A transaction has ended."""
        if held is not None and held.taken:
            self.met.add(tuple(held.taken))

    @contextmanager
    def at_work(self, engine: Any = Engine) -> Iterator[LockWatch]:
        """Listen to an engine, or to all, inside the block."""
        listeners = {"before_cursor_execute": self._before, "commit": self._end, "rollback": self._end}
        for name, listener in listeners.items():
            event.listen(engine, name, listener)
        try:
            yield self
        finally:
            for name, listener in listeners.items():
                event.remove(engine, name, listener)

    def _before(
        self, connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        self.hear(connection.info.setdefault(HELD, Held()), statement, parameters)

    def _end(self, connection: Connection) -> None:
        self.over(connection.info.pop(HELD, None))
