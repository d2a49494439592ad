"""Servers for one run of the tests: PostgreSQL with a migrated template, and Valkey."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from cleanit_app.local import postgres, valkey
from cleanit_app.local.postgres import Postgres
from cleanit_app.local.valkey import Valkey
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import migrate
from cleanit_app.paths import temporary

TEMPLATE = "template_cleanit"
_numbers = count(1)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder with a short and plain name that another system user may walk into; gone after the block."""
    path = Path(tempfile.mkdtemp(prefix="cleanit-test-", dir=temporary()))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """An own PostgreSQL whose template database has every migration."""
    with (
        folder() as root,
        Postgres(root / "data", root / "sockets", root / "log").running(postgres.FORGETFUL) as it,
    ):
        databases.create_database(it.url, TEMPLATE)
        migrate(it.database_url(TEMPLATE))
        yield it


@contextmanager
def fresh_database(server: Postgres) -> Iterator[str]:
    """The address of a new, migrated, empty database; dropped after the block."""
    name = f"test_{next(_numbers)}"
    databases.create_database(server.url, name, TEMPLATE)
    try:
        yield server.database_url(name)
    finally:
        databases.drop_database(server.url, name)


@contextmanager
def running_valkey() -> Iterator[Valkey]:
    """An own Valkey that remembers nothing."""
    with (
        folder() as root,
        Valkey(root / "data", root / "valkey.sock", root / "log").running(valkey.FORGETFUL) as it,
    ):
        yield it
