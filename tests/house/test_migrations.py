"""The migrations make exactly the tables of the models, and go back as well as forward."""

from __future__ import annotations

import ast
from pathlib import Path

from alembic import command
from cleanit_app.local.postgres import Postgres
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import configuration
from cleanit_app.paths import PROJECT


def _named(file: Path) -> dict[str, str | None]:
    """The texts and Nones that a migration gives names; read, for some can be run by Alembic alone."""
    given = [node for node in ast.parse(file.read_text()).body if isinstance(node, ast.Assign)]
    return {
        node.targets[0].id: node.value.value
        for node in given
        if isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Constant)
    }


def test_a_migration_s_number_is_its_place_in_the_one_chain() -> None:
    files = sorted((PROJECT / "alembic/versions").glob("*.py"))
    before = None
    for place, file in enumerate(files, start=1):
        number = f"{place:04}"
        said = _named(file)
        assert file.name.startswith(f"{number}_"), f"{file.name} stands at place {number}"
        assert (said["revision"], said["down_revision"]) == (number, before), file.name
        before = number
    assert len(files) >= 36


def test_migrations_and_models_agree(postgres_server: Postgres) -> None:
    name = "migrations_there_and_back"
    databases.create_database(postgres_server.url, name)
    try:
        config = configuration()
        config.attributes["url"] = postgres_server.database_url(name)
        command.upgrade(config, "head")
        command.check(config)
        command.downgrade(config, "base")
        command.upgrade(config, "head")
    finally:
        databases.drop_database(postgres_server.url, name)
