"""PgBouncer before a test's PostgreSQL: the one of this machine, or Debian's, unpacked into `.local/`."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from sqlalchemy import make_url

from cleanit_app.local.postgres import Postgres
from cleanit_app.local.process_tree import dies_with_parent
from cleanit_app.ops.database_roles import ROLES
from tests.house.source import PROJECT
from tests.sandbox.running import free_port, until
from tests.support.debian import fetched, libraries
from tests.support.machine import folder

FETCHED = PROJECT / ".local" / "pgbouncer"
SHIPPED = PROJECT / "deploy" / "pgbouncer" / "pgbouncer.ini"
SENTENCE = (
    "These tests need PgBouncer. Install it (Debian: apt-get install --no-install-recommends pgbouncer), "
    "or name it: PGBOUNCER=/path/to/pgbouncer make test"
)


def find_pgbouncer() -> str | None:
    """The path of pgbouncer: $PGBOUNCER first, then the machine's, then the fetched one."""
    named = os.environ.get("PGBOUNCER")
    if named:
        return named if os.access(named, os.X_OK) else None
    places = (None, "/usr/sbin", str(FETCHED / "root" / "usr" / "sbin"))
    return next(filter(None, (shutil.which("pgbouncer", path=place) for place in places)), None)


def ensure_pgbouncer() -> str | None:
    """The path of pgbouncer, after fetching Debian's when this user may; None when there is none."""
    return find_pgbouncer() if os.environ.get("PGBOUNCER") else fetched("pgbouncer", FETCHED, find_pgbouncer)


@contextmanager
def pooling(server: Postgres, database: str, certificate: tuple[bytes, bytes] | None = None) -> Iterator[str]:
    """The shipped configuration before one database; its address as `cleanit_app`, by TLS when there is a certificate.

    The certificate comes with its key, both as PEM. A machine without PgBouncer fails the test.
    """
    program = ensure_pgbouncer()
    assert program, SENTENCE
    with folder() as own:
        port = free_port()
        (own / "users.txt").write_text("".join(f'"{role}" ""\n' for role in ROLES))
        with (own / "pgbouncer.ini").open("w") as written:
            _here(server, database, own, port, certificate).write(written)
        for path in (own, *own.iterdir()):
            path.chmod(0o755)
        (own / "log").touch()
        with (own / "log").open("w") as log:
            process = subprocess.Popen(
                [program, own / "pgbouncer.ini"], env=os.environ | libraries(FETCHED, own), stdout=log, stderr=log,
                preexec_fn=dies_with_parent(signal.SIGKILL), **_as_user(server.user),
            )  # fmt: skip
        url = make_url(server.database_url(database)).set(
            username="cleanit_app", host="localhost", port=port, query={}
        )  # fmt: skip
        try:
            until(lambda: process.poll() is not None or _answers(port, database), 20)
            assert process.poll() is None, (own / "log").read_text()
            yield url.render_as_string(hide_password=False)
        finally:
            process.kill()
            process.wait(20)


def shipped() -> ConfigParser:
    """The configuration that is deployed."""
    read = ConfigParser(interpolation=None, delimiters=("=",))
    read.read(SHIPPED, "utf-8")
    return read


def _here(
    server: Postgres, database: str, own: Path, port: int, certificate: tuple[bytes, bytes] | None
) -> ConfigParser:
    """The same but for where it listens, whom it believes, and where PostgreSQL is."""
    made = shipped()
    size = made["databases"]["cleanit"].rpartition("pool_size=")[2]
    made["databases"] = {database: f"host={server.sockets} dbname={database} pool_size={size}"}
    pooler = made["pgbouncer"]
    pooler.update({"listen_port": str(port), "auth_type": "trust", "auth_file": f"{own}/users.txt"})
    pooler.update({"server_tls_sslmode": "disable", "server_tls_ca_file": ""})
    pooler.update({f"client_tls_{name}_file": "" for name in ("cert", "key")})
    pooler["client_tls_sslmode"] = "require" if certificate else "disable"
    for name, pem in zip(("cert", "key"), certificate or (), strict=False):
        (own / name).write_bytes(pem)
        pooler[f"client_tls_{name}_file"] = f"{own}/{name}"
    return made


def _as_user(user: str | None) -> dict[str, object]:
    """It refuses to run as root."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def _answers(port: int, database: str) -> bool:
    try:
        psycopg2.connect(host="127.0.0.1", port=port, dbname=database, user="cleanit_app").close()
    except psycopg2.OperationalError as away:
        return "SSL required" in str(away)
    return True


if __name__ == "__main__":
    if ensure_pgbouncer() is None:
        sys.stderr.write(SENTENCE + "\n")
