"""Backups: one sealed dump a day, thirty days kept, and a restore that proves the newest one (SEC-09)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, create_engine, make_url, pool, text

from cleanit_app.adapters.clock import SystemClock
from cleanit_app.ops import databases
from cleanit_app.ops.databases import BINARIES
from cleanit_app.ops.sealing import CHUNK, seal, unseal
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.unit_of_work import unit_of_work
from cleanit_app.settings import get_settings

KEPT = timedelta(days=30)
SCRATCH = "cleanit_restore_test"
_NAME = "cleanit-%Y%m%dT%H%M%SZ.sealed"


class BackupFailed(RuntimeError):
    """A dump or a restore did not work; the message says what the tool said."""


def back_up(url: str, folder: Path, keys: Mapping[int, bytes], now: datetime) -> Path:
    """Write one sealed dump of a single moment, with the number of rows of each table; forget those too old."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = folder / now.astimezone(UTC).strftime(_NAME)
    part = made.with_suffix(".part")
    engine = create_engine(url, poolclass=pool.NullPool, isolation_level="REPEATABLE READ")
    with engine.connect() as connection, open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        seal(_dump(url, str(snapshot), _counts(connection)), out, keys)
        out.flush()
        os.fsync(out.fileno())
    part.rename(made)
    for old in backups(folder):
        if _moment(old) < now - KEPT:
            old.unlink()
    return made


def backups(folder: Path) -> list[Path]:
    """The backups of a folder, oldest first."""
    return sorted(folder.glob("cleanit-*.sealed"))


def _moment(path: Path) -> datetime:
    return datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = connection.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    ).scalars()
    quoted = {name: name.replace('"', '""') for name in names}
    return {n: int(connection.execute(text(f'SELECT count(*) FROM "{q}"')).scalar_one()) for n, q in quoted.items()}  # noqa: S608 - quoted above


def _dump(url: str, snapshot: str, counts: dict[str, int]) -> Iterator[bytes]:
    """The counts, then the dump, in chunks."""
    yield json.dumps(counts).encode()
    command = [str(BINARIES / "pg_dump"), "--format=custom", "--compress=6", f"--snapshot={snapshot}", *_where(url)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_with_password(url)) as tool:
        if tool.stdout is None or tool.stderr is None:
            raise BackupFailed("pg_dump has no output")
        while chunk := tool.stdout.read(CHUNK):
            yield chunk
        said = tool.stderr.read().decode(errors="replace")
        if tool.wait() != 0:
            raise BackupFailed(said.strip())


def _where(url: str, database: str | None = None) -> list[str]:
    address = make_url(url)
    host = address.query.get("host") or address.host
    words = ["--username", str(address.username), "--dbname", database or str(address.database)]
    words += ["--host", str(host)] if host else []
    return words + (["--port", str(address.port)] if address.port else [])


def _with_password(url: str) -> dict[str, str]:
    password = make_url(url).password  # for the child alone; nothing of ours is read from the environment here
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}


def restore_test(url: str, folder: Path, keys: Mapping[int, bytes], now: datetime) -> dict[str, int]:
    """Restore the newest backup beside the database, count its rows, check its books; the counts.

    BackupFailed when there is none, when it does not restore, when a table has other counts or the books are wrong.
    """
    known = backups(folder)
    if not known:
        raise BackupFailed(f"there is no backup in {folder}")
    scratch = make_url(url).set(database=SCRATCH).render_as_string(hide_password=False)
    databases.drop_database(url, SCRATCH)
    databases.create_database(url, SCRATCH)
    try:
        with known[-1].open("rb") as file:
            counts = _restore(scratch, file, keys)
        _compare(scratch, counts, now)
        return counts
    finally:
        databases.drop_database(url, SCRATCH)


def _restore(url: str, file: IO[bytes], keys: Mapping[int, bytes]) -> dict[str, int]:
    chunks = unseal(file, keys)
    counts: dict[str, int] = json.loads(next(chunks))
    command = [str(BINARIES / "pg_restore"), "--exit-on-error", "--no-owner", "--no-privileges", *_where(url)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=_with_password(url)) as tool:
        try:
            for chunk in chunks:
                if tool.stdin:
                    tool.stdin.write(chunk)
        except BrokenPipeError:
            pass  # the tool says why below
        said = tool.communicate()[1].decode(errors="replace")
    if tool.returncode != 0:
        raise BackupFailed(said.strip())
    return counts


def _compare(url: str, counts: dict[str, int], now: datetime) -> None:
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        found = _counts(connection)
    if found != counts:
        wrong = [
            f"{n}: {counts.get(n)} → {found.get(n)}" for n in sorted({*found, *counts}) if found.get(n) != counts.get(n)
        ]
        raise BackupFailed(f"other counts: {', '.join(wrong)}")
    with unit_of_work(engine, now) as uow:
        broken = check_books(uow)
    if broken:
        raise BackupFailed("; ".join(one.sentence for one in broken))


def main(verb: str) -> int:
    """`make backup` and `make restore-test`."""
    settings = get_settings()
    keys, now = settings.keys_of_backups, SystemClock().now()
    try:
        if verb == "backup":
            made = back_up(settings.database_directly, settings.backup_dir, keys, now)
            print(f"{made}: {made.stat().st_size} bytes; {len(backups(settings.backup_dir))} kept")
            return 0
        counts = restore_test(settings.database_directly, settings.backup_dir, keys, now)
    except BackupFailed as failure:
        print(f"{verb} failed: {failure}", file=sys.stderr)
        return 1
    print(f"Restored {backups(settings.backup_dir)[-1].name}: {sum(counts.values())} rows in {len(counts)} tables, "
          "counts equal, books right.")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
