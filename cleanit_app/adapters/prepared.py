"""Statements that PostgreSQL plans once a connection: the few that run with every request (ADR 0012)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

USES_BEFORE = 3
"""A connection that lives for one short job would only pay for the preparing."""
_INFO = "prepared"


def prepare_often_used(engine: Engine) -> None:
    """Let statements with the execution option `prepared` be planned once a connection and then only carried out.

    The type of each of their values must follow from its place in the SQL. Needs connections that stay the same
    server session: a pool of the house's own, or a proxy that pools sessions and not transactions.
    """
    event.listen(engine, "do_execute", _carry_out)


def _carry_out(cursor: Any, statement: str, parameters: Mapping[str, Any], context: Any) -> bool:
    """Whether the statement was carried out here; else the driver does it as usual."""
    if context is None or not context.execution_options.get("prepared"):
        return False
    ready = _ready(context.root_connection, cursor, statement, parameters)
    if ready is None:
        return False
    cursor.execute(ready, parameters)
    return True


def _ready(connection: Connection, cursor: Any, statement: str, parameters: Mapping[str, Any]) -> str | None:
    """The short statement that carries it out, prepared if need be; None while it was used too seldom."""
    known: dict[str, int | str] = connection.info.setdefault(_INFO, {})
    so_far = known.get(statement, 0)
    if isinstance(so_far, str):
        return so_far
    if so_far < USES_BEFORE:
        known[statement] = so_far + 1
        return None
    name = f"often_{hashlib.sha256(statement.encode()).hexdigest()[:24]}"
    places = {value: f"${place}" for place, value in enumerate(parameters, start=1)}
    cursor.execute(f"PREPARE {name} AS {statement % places}")
    ready = f"EXECUTE {name}({', '.join(f'%({value})s' for value in parameters)})"
    known[statement] = ready
    return ready
