"""Pages of a list: keyset cursors that stay right while rows come and go, and one way to ask the database.

Whoever asks for one thing uses `ask` and hears RowUnreadable when it cannot be read. Whoever asks for a list uses
`ask_list`: a row that cannot be read is left out and noted, and takes nothing else down.
"""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Executable, Row, text

from cleanit_app.domain.bounds import shown
from cleanit_app.domain.errors import MalformedRequest, RowUnreadable
from cleanit_app.domain.unreadable import UnreadableValue, marks_instead_of_refusals
from cleanit_app.services.unit_of_work import UnitOfWork

Item = TypeVar("Item")
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Shown = TypeVar("Shown")
Place = tuple[float, float]
DEFAULT_LIMIT, LARGEST_LIMIT = 20, 100
log = logging.getLogger(__name__)


# What a row says that does not fit into its place: an unknown word, another shape of JSON, a moment out of range.
DOES_NOT_FIT = (RowUnreadable, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


def _only_log(item: object, trouble: Exception) -> None:
    log.error("an item cannot be shown", extra={"item": type(item).__name__}, exc_info=trouble)


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items, and the cursor that asks for the ones after them; None at the end."""

    items: tuple[Item, ...]
    next_cursor: str | None
    leave_out: Callable[[Item, Exception], None] = field(default=_only_log, repr=False, compare=False)

    def each(self, show: Callable[[Item], Shown]) -> list[Shown]:
        """What `show` makes of each item, for a page or an answer; one that cannot be shown is left out and noted."""
        shown_ones = []
        for item in self.items:
            try:
                shown_ones.append(show(item))
            except DOES_NOT_FIT as trouble:
                self.leave_out(item, trouble)
        return shown_ones


def ask(uow: UnitOfWork, sql: str, **values: Any) -> Sequence[Row[Any]]:
    """All rows of one statement with bound values."""
    return uow.run(text(sql), values).all()


@dataclass(frozen=True)
class Found:
    """Rows of a list, any of which may turn out to be unreadable: they are gone through by `read` alone."""

    uow: UnitOfWork
    what: str
    rows: Sequence[Row[Any]]
    marked: bool = False  # some values are marks: nobody can read them

    def read(self, build: Callable[[Row[Any]], Item], rows: Sequence[Row[Any]] | None = None) -> list[Item]:
        """What `build` makes of each row; a row that cannot be read is left out and noted among the failures."""
        items = []
        for row in self.rows if rows is None else rows:
            try:
                if self.marked:
                    _must_be_readable(row)
                items.append(build(row))
            except DOES_NOT_FIT as trouble:
                self.uow.leave_out(self.what, _subject_of(row), trouble)
        return items

    def leave_out_later(self, item: object, trouble: Exception) -> None:
        """Note an item that could be read and not be shown: the transaction is over by then."""
        self.uow.leave_out_later(self.what, _about(item), trouble)


def _about(item: object) -> UUID | None:
    """Which thing an item is about: its own id, else the job's."""
    return next((one for one in (getattr(item, n, None) for n in ("id", "job_id")) if isinstance(one, UUID)), None)


def ask_list(uow: UnitOfWork, what: str, sql: str, **values: Any) -> Found:
    """The rows of one statement for a list; `what` names the list to who reads the failures."""
    return find(uow, what, text(sql), values)


def find(uow: UnitOfWork, what: str, statement: Executable, values: Any = None) -> Found:
    """As `ask_list`, for a statement that is no text."""
    try:
        return Found(uow, what, uow.run(statement, values).all())
    except RowUnreadable:
        with marks_instead_of_refusals():
            return Found(uow, what, uow.run(statement, values).all(), marked=True)


def json_object(value: Any) -> dict[str, Any]:
    """JSON that must be an object; ValueError for any other shape."""
    if not isinstance(value, dict):
        raise ValueError(f"no object: {shown(value)}")
    return value


def json_flags(value: Any) -> tuple[dict[str, Any], ...]:
    """A list of objects that each name their `flag`; ValueError for any other shape."""
    if not isinstance(value, list) or not all(isinstance(json_object(one).get("flag"), str) for one in value):
        raise ValueError(f"no list of flags: {shown(value)}")
    return tuple(value)


def about_one(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A question about one thing: what is stored and does not fit is RowUnreadable, with its trace in the log."""

    @wraps(question)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        try:
            return question(*args, **kwargs)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as trouble:
            log.exception("a row cannot be read", extra={"question": question.__name__})
            raise RowUnreadable(what=question.__name__) from trouble

    return asked


def _must_be_readable(row: Row[Any]) -> None:
    for name, value in row._mapping.items():
        if isinstance(value, UnreadableValue):
            raise RowUnreadable(column=name, value=value.raw[:60])


def _subject_of(row: Row[Any]) -> UUID | None:
    """Which thing a row is about: its own id, else the first id in it."""
    ids = [row._mapping.get("id"), *row]
    return next((one for one in ids if isinstance(one, UUID)), None)


def page_size(limit: int | None) -> int:
    """A number of items between 1 and 100; 20 when none was asked for."""
    return max(1, min(limit if limit is not None else DEFAULT_LIMIT, LARGEST_LIMIT))


def make_cursor(*keys: object) -> str:
    """The sort keys of the last row as an opaque word."""
    body = json.dumps([_key(k) for k in keys], default=str)
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def _key(value: object) -> object:
    if isinstance(value, UnreadableValue):
        return value.raw
    return value.isoformat() if isinstance(value, date) else value


_RAW_DAY = re.compile(r"(\d{4,6})(-\d\d-\d\d)((?: \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00(?::00)?)?)( BC)?", re.ASCII)


def moment_key(key: Any) -> datetime | str:
    """A moment in a cursor; one beyond what Python knows stays as PostgreSQL writes it, so that the list goes on."""
    return _unreadable_key(key) or datetime.fromisoformat(key)


def day_key(key: Any) -> date | str:
    """A day in a cursor, as `moment_key`."""
    return _unreadable_key(key) or date.fromisoformat(key)


def _unreadable_key(key: Any) -> str | None:
    """The key itself when it is an infinite or very far moment; ValueError when it is none at all."""
    if key in ("infinity", "-infinity"):
        return str(key)
    found = _RAW_DAY.fullmatch(str(key))
    if found is None:
        return None
    year, rest, clock, era = found.groups()
    if not 0 < int(year) <= (4713 if era else 200_000):
        raise ValueError("no such year")
    datetime.fromisoformat(f"{2000 + int(year) % 400}{rest}{clock}")  # a day and a time that exist
    return str(key)


def read_cursor(cursor: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The sort keys in a cursor, each read by its kind; MalformedRequest when it is not one of ours."""
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        keys = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(keys, list) or len(keys) != len(kinds):
            raise ValueError("another shape")
        return tuple(kind(key) for kind, key in zip(kinds, keys, strict=True))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as nonsense:
        raise MalformedRequest(field="cursor") from nonsense


def one_page(
    found: Found,
    size: int,
    read: Callable[[Row[Any]], Item],
    keys: Callable[[Row[Any]], tuple[object, ...]],
) -> Page[Item]:
    """A page of `size` from rows that were asked for one more than that.

    Rows that cannot be read are left out of it; the cursor stands behind them, so that the list goes on.
    """
    shown = found.rows[:size]
    more = len(found.rows) > size
    items = tuple(found.read(read, shown))
    return Page(items, make_cursor(*keys(shown[-1])) if more else None, found.leave_out_later)
