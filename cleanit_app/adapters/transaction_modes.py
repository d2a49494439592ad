"""A connection that was used to read does not insist on writing afterwards: the server allows that (MON-06)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event


def leave_writing_to_the_server(engine: Engine) -> None:
    """Let a transaction begin without a mode unless it is one that reads.

    After a transaction that could only read, SQLAlchemy sets the next one to write. That overrules a server that was
    told to take nothing more, because its disk is full or because it is a standby now.
    """

    @event.listens_for(engine, "checkin")
    def forget(connection: Any, _record: Any) -> None:
        if connection is not None and not connection.closed:
            connection.readonly = None
