"""A database that the migrations do not know is left alone, and whoever starts Cleanit hears what to do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text

from cleanit_app.ops.migrate import migrate
from cleanit_app.ops.schema_history import UnknownSchema
from cleanit_app.paths import PROJECT

FROM_BEFORE = "COMMENT ON TABLE alembic_version IS NULL"
FROM_TOMORROW = "UPDATE alembic_version SET version_num = '0900'"


def _say(url: str, sql: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(sql))
    engine.dispose()


@pytest.mark.row("OPS-07")
@pytest.mark.parametrize("sql", [FROM_BEFORE, FROM_TOMORROW])
def test_a_start_on_an_unknown_database_says_what_to_do(database_url: str, sql: str) -> None:
    _say(database_url, sql)
    done = subprocess.run(
        [sys.executable, "-m", "cleanit_app.ops.migrate", "upgrade", "head"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "rm -rf .local/postgres" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.row("OPS-07")
def test_an_unknown_database_is_not_touched_and_a_known_one_goes_on(database_url: str) -> None:
    migrate(database_url)
    _say(database_url, FROM_BEFORE + "; UPDATE alembic_version SET version_num = '0030'")
    with pytest.raises(UnknownSchema, match="version 0030"):
        migrate(database_url)
