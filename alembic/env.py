"""How Alembic reaches the database: one transaction, one migrator at a time."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import create_engine, pool, text
from sqlmodel import SQLModel

import cleanit_app.models  # noqa: F401 - registers every table
from alembic import context
from cleanit_app.ops.schema_history import refuse_unknown_schema
from cleanit_app.settings import get_settings

ONE_MIGRATOR = 7_302_461
"""The advisory lock that keeps two starting servers from migrating at once."""


def run() -> None:
    """Bring the database to the asked revision, all or nothing."""
    url = context.config.attributes.get("url") or get_settings().database_url
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_MIGRATOR})
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            with Operations.context(context.get_context()):  # some migrations use `op` while they are read
                known = {script.revision for script in context.script.walk_revisions()}
            refuse_unknown_schema(connection, context.get_context().get_current_heads(), known)
            context.run_migrations()


run()
