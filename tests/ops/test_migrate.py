"""A database that the migrations do not know is left alone, and whoever starts Cleanit hears what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import create_engine, text

from alembic import command
from cleanit_app.ops.migrate import configuration, migrate
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


@pytest.mark.row("OPS-07")
def test_a_new_migration_takes_the_next_number_for_its_file_and_its_revision(database_url: str, tmp_path: Path) -> None:
    migrate(database_url)
    _say(database_url, "ALTER TABLE users DROP COLUMN suspension_reason")
    config = _with_copies(database_url, tmp_path)
    there = sorted(file.name for file in (tmp_path / "versions").glob("*.py"))
    command.revision(config, "Why somebody is suspended", autogenerate=True)
    command.upgrade(config, "head")
    command.revision(config, "by hand")
    new = [file for file in sorted((tmp_path / "versions").glob("*.py")) if file.name not in there]
    first, second = len(there) + 1, len(there) + 2
    assert [file.name for file in new] == [f"{first:04}_why_somebody_is_suspended.py", f"{second:04}_by_hand.py"]
    said = [file.read_text() for file in new]
    assert f'revision = "{first:04}"\ndown_revision = "{there[-1][:4]}"' in said[0]
    assert f'revision = "{second:04}"\ndown_revision = "{first:04}"' in said[1]
    assert "suspension_reason" in said[0]
    command.upgrade(config, "head")
    command.check(config)


def _with_copies(url: str, folder: Path) -> Config:
    """Alembic's configuration with a copy of ours to write into."""
    shutil.copytree(PROJECT / "alembic", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    config = configuration()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["url"] = url
    return config
