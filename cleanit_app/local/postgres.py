"""PostgreSQL from its wheel: prepare a data directory, say how to start it, wait until it answers."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from cleanit_app.local.process_tree import dies_with_parent
from cleanit_app.ops.databases import BINARIES, connect
from cleanit_app.paths import is_plain, temporary
from cleanit_app.reads.operations.database_log import DISCREET

ROOT_RUNS_IT_AS = "cleanit-postgres"
"""PostgreSQL refuses to run as root; root starts it as this system user."""

DURABLE = {"max_connections": "120", "shared_buffers": "128MB"} | DISCREET
FORGETFUL = {"max_connections": "120", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
FORGETFUL |= DISCREET
"""For tests: nothing survives a power cut, everything is faster."""


class PostgresFailed(RuntimeError):
    """PostgreSQL did not start; the message holds the end of its log."""


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL: its data, its socket folder and its log."""

    data: Path
    sockets: Path
    log: Path

    @property
    def user(self) -> str | None:
        """The system user it must run as, or None for the present one."""
        return ROOT_RUNS_IT_AS if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the maintenance database."""
        return self.database_url("postgres")

    def database_url(self, name: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg2://postgres@/{name}?host={self.sockets}"

    def prepare(self) -> None:
        """Make the data directory if there is none, readable by the user that will run it."""
        for folder in (self.data, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.user:
            _hand_over(self.user, self.data, self.sockets)
        self.data.chmod(0o700)
        if not (self.data / "PG_VERSION").exists():
            self._initdb()

    def _initdb(self) -> None:
        with _sayable_binaries() as binaries:
            command = [str(binaries / "initdb"), "-D", str(self.data), "-U", "postgres", "--auth=trust"]
            command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
            done = subprocess.run(command, capture_output=True, text=True, cwd="/", **self._as_user())
        if done.returncode != 0:
            shutil.rmtree(self.data)
            raise PostgresFailed(f"initdb failed: {done.stderr.strip()}")

    def _as_user(self) -> dict[str, Any]:
        return {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []} if self.user else {}

    def command(self, options: dict[str, str]) -> list[str]:
        """What to run, in the foreground; it listens on its socket only."""
        command = [str(BINARIES / "postgres"), "-D", str(self.data), "-k", str(self.sockets), "-h", ""]
        return command + [word for name, value in options.items() for word in ("-c", f"{name}={value}")]

    def wait(self, seconds: float = 30.0) -> None:
        """Return when it answers a query; raises PostgresFailed with its log when it does not in time."""
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise PostgresFailed(f"PostgreSQL does not answer. The end of {self.log}:\n{_tail(self.log)}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it takes connections now."""
        try:
            connect(self.url).close()
        except psycopg2.OperationalError:
            return False
        return True

    @contextmanager
    def running(self, options: dict[str, str]) -> Iterator[Postgres]:
        """It runs inside the block and stops after it, or with this process."""
        self.prepare()
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.command(options),
                **self._as_user(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGINT),
            )
        try:
            self.wait()
            yield self
        finally:
            process.send_signal(signal.SIGINT)  # "fast": roll back whoever is still connected
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _sayable_binaries() -> Iterator[Path]:
    """PostgreSQL's programs where a shell finds them in double quotes, in which initdb calls its server."""
    if is_plain(BINARIES):
        yield BINARIES
        return
    with tempfile.TemporaryDirectory(prefix="cleanit-initdb-", dir=temporary()) as folder:
        Path(folder).chmod(0o755)  # the user that runs PostgreSQL reads them too
        package = BINARIES.parents[1]
        for part in (package, package.with_name(f"{package.name}.libs")):  # its libraries lie beside it, or inside
            if part.exists():
                shutil.copytree(part, Path(folder) / part.name, symlinks=True)
        yield Path(folder) / BINARIES.relative_to(package.parent)


def _hand_over(user: str, *folders: Path) -> None:
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", user], check=True)
        entry = pwd.getpwnam(user)
    for folder in folders:
        if folder.stat().st_uid != entry.pw_uid:
            os.chown(folder, entry.pw_uid, entry.pw_gid)
    for path in (*folders, BINARIES):
        _let_others_pass(path)


def _let_others_pass(path: Path) -> None:
    """Give every folder above `path` the bit that lets others walk through it, and no more."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
