"""Stored values that nobody can read: a question stops at one, a list goes on without its row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from cleanit_app.domain.errors import RowUnreadable

_marking: ContextVar[bool] = ContextVar("marking", default=False)


@dataclass(frozen=True)
class UnreadableValue:
    """Stands in a row for a value that cannot be read; `raw` is how the database writes it."""

    raw: str


@contextmanager
def marks_instead_of_refusals() -> Iterator[None]:
    """Within the block a value that cannot be read is marked in its row, so that the other rows are read."""
    token = _marking.set(True)
    try:
        yield
    finally:
        _marking.reset(token)


def met(raw: str) -> UnreadableValue:
    """What is read instead of such a value; RowUnreadable outside of `marks_instead_of_refusals`."""
    if _marking.get():
        return UnreadableValue(raw)
    raise RowUnreadable(value=raw[:60])
