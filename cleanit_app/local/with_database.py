"""Runs one command with the local servers: those of a `make run`, or some just for the command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pydantic import ValidationError

from cleanit_app.local import postgres, valkey
from cleanit_app.local.parts import Plan
from cleanit_app.local.secrets import ensure_secrets
from cleanit_app.ops import databases
from cleanit_app.paths import DEFAULT
from cleanit_app.settings import Settings, read_settings, wrong_settings


@contextmanager
def servers(settings: Settings) -> Iterator[None]:
    """Inside the block every server that the settings name answers."""
    DEFAULT.prepare()
    plan = Plan(DEFAULT, {}, settings.redis_url, settings.port)
    with ExitStack() as stack:
        if settings.database_url == DEFAULT.database_url():
            if not plan.postgres.answers():
                stack.enter_context(plan.postgres.running(postgres.DURABLE))
            databases.create_database(plan.postgres.url, "cleanit")
        if settings.redis_url == DEFAULT.redis_url() and not plan.valkey.answers():
            stack.enter_context(plan.valkey.running(valkey.KEPT))
        yield


def main(command: list[str]) -> int:
    """Run the command and return its exit code."""
    ensure_secrets(DEFAULT)
    try:
        settings = read_settings()
    except ValidationError as wrong:
        sys.exit(wrong_settings(wrong))
    if not settings.database_url:
        sys.exit("DATABASE_URL: not set; production needs a real server.")
    with servers(settings):
        return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
