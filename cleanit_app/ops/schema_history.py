"""Whether the migrations of this checkout know the database that they are to change."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, text

MARK = "numbered in one chain from 0001"
"""Migration 0001 leaves this on Alembic's table. Databases from before the numbers were put in order lack it, and
their 0030 is another than ours."""


class UnknownSchema(RuntimeError):
    """A database whose revision this checkout does not know; the message says what to do."""


def refuse_unknown_schema(connection: Connection, revisions: Collection[str], known: Collection[str]) -> None:
    """Raises UnknownSchema when the database stands at `revisions` that are not the `known` ones of this checkout."""
    marked = connection.execute(text("SELECT obj_description(to_regclass('alembic_version'), 'pg_class')")).scalar()
    if not revisions or (marked == MARK and set(revisions) <= set(known)):
        return
    raise UnknownSchema(
        f"The database stands at version {', '.join(sorted(revisions))} of another Cleanit, which this one does "
        "not know. Nothing was changed. Start the Cleanit that made it; or throw the database away: stop `make run` "
        "and `rm -rf .local/postgres .local/files` (a server of your own: drop the database and create it anew, empty)."
    )
