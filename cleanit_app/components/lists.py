"""Drawing lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import reflex as rx


def each(rows: Any, draw: Callable[[Any], Any], *, key: Callable[[Any], Any] | None = None) -> rx.Component:
    """Draw every row of a Var list; a row keeps its own elements while others come and go.

    Rows are told apart by their ``id`` where they have one, else by ``key(row)``, else by their place. By place, the
    button under a finger becomes the next row's as soon as its own row is gone, and so does what stands typed in it.
    """

    def drawn(row: Any) -> Any:
        told_apart_by = key(row) if key else _id_of(row)
        return draw(row) if told_apart_by is None else rx.fragment(draw(row), key=told_apart_by)

    return rx.foreach(rows, drawn)


def _id_of(row: Any) -> Any:
    kind = row._var_type
    named = dataclasses.is_dataclass(kind) and any(field.name == "id" for field in dataclasses.fields(kind))
    return row.id if named else None
