"""Brings a database to the newest schema, from a checkout in any folder.

Run as `python -m cleanit_app.ops.migrate upgrade head`: Alembic's own words, with its configuration.
"""

from __future__ import annotations

import sys

from alembic.config import CommandLine, Config

from alembic import command
from cleanit_app.ops.database_roles import grant_again
from cleanit_app.ops.schema_history import UnknownSchema
from cleanit_app.paths import PROJECT
from cleanit_app.settings import get_settings


def migrate(url: str, revision: str = "head") -> None:
    """Run the migrations up to `revision` on the database at `url`."""
    config = configuration()
    config.attributes["url"] = url
    command.upgrade(config, revision)


def configuration() -> Config:
    """Alembic's configuration; a percent sign in the checkout's path is no reference to an option."""
    config = Config(str(PROJECT / "alembic.ini"))
    config.file_config.read_dict({"DEFAULT": {"here": str(PROJECT).replace("%", "%%")}})
    return config


def main(arguments: list[str]) -> None:
    """What `alembic` does with these arguments; exits with a sentence where it does not know the database."""
    line = CommandLine()
    options = line.parser.parse_args(arguments)
    config = configuration()
    config.cmd_opts = options
    try:
        line.run_cmd(config, options)
    except UnknownSchema as unknown:
        sys.exit(str(unknown))
    if "upgrade" in arguments:
        grant_again(get_settings().database_directly)


if __name__ == "__main__":
    main(sys.argv[1:])
