"""Servers for one run of the tests: PostgreSQL with a migrated template, and Valkey."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from cleanit_app.local import postgres, valkey
from cleanit_app.local.postgres import Postgres
from cleanit_app.local.valkey import Valkey
from cleanit_app.ops import databases
from cleanit_app.ops.database_roles import make_roles
from cleanit_app.ops.migrate import migrate
from cleanit_app.paths import temporary

TEMPLATE = "template_cleanit"
MEMORY = Path("/dev/shm")
"""Linux's file system in memory: a database is copied there four times as fast, and nearly every test copies one."""
ROOM, MACHINE = 4 << 30, 12 << 30
"""Bytes that must be free there, and that the machine must have in all, before databases lie in memory."""
_numbers = count(1)


def fastest() -> Path:
    """Where a database that may be lost lies best: in memory when there is plenty of it."""
    if not os.access(MEMORY, os.W_OK | os.X_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return temporary()
    return MEMORY if os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >= MACHINE else temporary()


@contextmanager
def folder(below: Path | None = None) -> Iterator[Path]:
    """A folder with a short and plain name that another system user may walk into; gone after the block."""
    path = Path(tempfile.mkdtemp(prefix="cleanit-test-", dir=below or temporary()))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """An own PostgreSQL whose template database has every migration."""
    with (
        folder(fastest()) as root,
        Postgres(root / "data", root / "sockets", root / "log").running(postgres.FORGETFUL) as it,
    ):
        databases.create_database(it.url, TEMPLATE)
        migrate(it.database_url(TEMPLATE))
        make_roles(it.database_url(TEMPLATE))
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


def as_role(url: str, role: str) -> str:
    """The same address for one of the house's own roles."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@contextmanager
def running_valkey() -> Iterator[Valkey]:
    """An own Valkey that remembers nothing."""
    with (
        folder() as root,
        Valkey(root / "data", root / "valkey.sock", root / "log").running(valkey.FORGETFUL) as it,
    ):
        yield it
