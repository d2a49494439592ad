"""Pages of a list: keyset cursors that stay right while rows come and go, and one way to ask the database."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, text

from cleanit_app.domain.errors import MalformedRequest
from cleanit_app.services.unit_of_work import UnitOfWork

Item = TypeVar("Item")
Place = tuple[float, float]
DEFAULT_LIMIT, LARGEST_LIMIT = 20, 100


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items, and the cursor that asks for the ones after them; None at the end."""

    items: tuple[Item, ...]
    next_cursor: str | None


def ask(uow: UnitOfWork, sql: str, **values: Any) -> Sequence[Row[Any]]:
    """All rows of one statement with bound values."""
    return uow.run(text(sql), values).all()


def page_size(limit: int | None) -> int:
    """A number of items between 1 and 100; 20 when none was asked for."""
    return max(1, min(limit if limit is not None else DEFAULT_LIMIT, LARGEST_LIMIT))


def make_cursor(*keys: object) -> str:
    """The sort keys of the last row as an opaque word."""
    body = json.dumps([k.isoformat() if hasattr(k, "isoformat") else k for k in keys], default=str)
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


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
    rows: Sequence[Row[Any]],
    size: int,
    read: Callable[[Row[Any]], Item],
    keys: Callable[[Row[Any]], tuple[object, ...]],
) -> Page[Item]:
    """A page of `size` from rows that were asked for one more than that."""
    shown = rows[:size]
    more = len(rows) > size
    return Page(tuple(read(row) for row in shown), make_cursor(*keys(shown[-1])) if more else None)
