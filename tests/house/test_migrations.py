"""The migrations make exactly the tables of the models, and go back as well as forward."""

from __future__ import annotations

from alembic import command
from cleanit_app.local.postgres import Postgres
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import configuration


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
