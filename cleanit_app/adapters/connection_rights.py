"""Refuses connections with more rights than our work needs, or whose statements may hang for ever (SEC-08)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event

_ASK = "SELECT current_setting('is_superuser'), current_setting('statement_timeout')"


class UnfitConnection(RuntimeError):
    """The database lets us in as somebody we must not be; the message says what to set."""


def refuse_unfit_connections(engine: Engine) -> None:
    """Raise UnfitConnection at each new connection of a superuser, or of a role whose statements may run for ever."""

    @event.listens_for(engine, "connect")
    def look(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_ASK)
            superuser, longest = cursor.fetchone()
        connection.rollback()
        if superuser == "on":
            raise UnfitConnection("DATABASE_URL: a superuser; name a role of docs/database.md.")
        if longest == "0":
            raise UnfitConnection("DATABASE_URL: a role without statement_timeout; `cleanit roles` sets it.")
