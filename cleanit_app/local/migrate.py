"""Bring a database to the newest schema."""

from __future__ import annotations

from alembic.config import Config

from alembic import command
from cleanit_app.local.places import PROJECT


def migrate(url: str, revision: str = "head") -> None:
    """Run the migrations up to `revision` on the database at `url`."""
    config = Config(str(PROJECT / "alembic.ini"))
    config.attributes["url"] = url
    command.upgrade(config, revision)
