"""How Alembic reaches the database: one transaction, one migrator at a time."""

from __future__ import annotations

from alembic.operations import MigrationScript, Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, pool, text
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlmodel import SQLModel

import cleanit_app.models  # noqa: F401 - registers every table
from alembic import context
from cleanit_app.models.campaigns import Cube
from cleanit_app.ops.schema_history import refuse_unknown_schema
from cleanit_app.settings import get_settings

ONE_MIGRATOR = 7_302_461
"""The advisory lock that keeps two starting servers from migrating at once."""

ischema_names["cube"] = Cube  # an extension's type, which SQLAlchemy does not know when it reads our tables


def number_by_place(_: MigrationContext, __: object, written: list[MigrationScript]) -> None:
    """Give a new migration the next number of the chain, for its name and its revision."""
    head = context.script.get_current_head()
    for script in written:
        script.rev_id = f"{int(head or 0) + 1:04}"


def run() -> None:
    """Bring the database to the asked revision, all or nothing."""
    url = context.config.attributes.get("url") or get_settings().database_directly
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            compare_type=True,
            compare_server_default=True,
            process_revision_directives=number_by_place,
        )
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_MIGRATOR})
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            with Operations.context(context.get_context()):  # some migrations use `op` while they are read
                known = {script.revision for script in context.script.walk_revisions()}
            refuse_unknown_schema(connection, context.get_context().get_current_heads(), known)
            context.run_migrations()


run()
