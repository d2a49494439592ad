"""Where the parts that run on this machine keep their state, and how they are addressed.

Checkouts lie in folders with blanks, quotes, signs and names in every script, and unix sockets, addresses and
build tools cannot hold all of these. What must be said in such a form lies under `Places.plain`, decided here alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_LONGEST_SOCKET_FOLDER = 80
"""A unix socket's path may hold 103 bytes on macOS, 107 on Linux; the rest is room for the file name."""

_LONGEST_PLAIN = 1024
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


class NotOurs(RuntimeError):
    """A folder that must belong to this user alone does not."""


@dataclass(frozen=True)
class Places:
    """One set of local parts: everything they write lies under `root`, or under a stand-in with a plain name."""

    root: Path

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data directory."""
        return self.root / "postgres"

    @property
    def valkey(self) -> Path:
        """Valkey's data directory."""
        return self.root / "valkey"

    @property
    def logs(self) -> Path:
        """One log file per part."""
        return self.root / "log"

    @property
    def files(self) -> Path:
        """Photos and documents, while no object store is set."""
        return self.root / "files"

    @property
    def backups(self) -> Path:
        """Sealed backups of the database."""
        return self.root / "backups"

    @property
    def secrets(self) -> Path:
        """Secrets made once for this machine."""
        return self.root / "secrets.env"

    @property
    def running(self) -> Path:
        """The settings of the parts that run now; gone when none do."""
        return self.root / "running.env"

    @property
    def clock(self) -> Path:
        """The seconds by which the clock of these parts is moved."""
        return self.root / "clock"

    @property
    def figures(self) -> Path:
        """What the processes count, one file for each process and kind of figure."""
        return self.root / "figures"

    @property
    def sites(self) -> Path:
        """Built frontends, one folder per content hash."""
        return self.root / "site"

    @property
    def workshop(self) -> Path:
        """Where the frontend is built; can be made anew at any time."""
        return self._plain(_LONGEST_PLAIN) / "web"

    @property
    def sockets(self) -> Path:
        """Where unix sockets lie."""
        return self._plain(_LONGEST_SOCKET_FOLDER - len("/run")) / "run"

    @property
    def supervisor_socket(self) -> Path:
        """Where the supervisor takes orders."""
        return self.sockets / "supervisor.sock"

    @property
    def postgres_sockets(self) -> Path:
        """PostgreSQL's own socket folder; it belongs to the user that PostgreSQL runs as."""
        return self.sockets / "postgres"

    @property
    def valkey_socket(self) -> Path:
        """Valkey's socket."""
        return self.sockets / "valkey.sock"

    def database_url(self, name: str = "cleanit") -> str:
        """The SQLAlchemy address of a database on the local PostgreSQL."""
        return f"postgresql+psycopg2://postgres@/{name}?host={self.postgres_sockets}"

    def redis_url(self, number: int = 0) -> str:
        """The address of a numbered database on the local Valkey."""
        return f"unix://{self.valkey_socket}?db={number}"

    def prepare(self) -> None:
        """Make the folders that every part needs. Raises NotOurs when somebody else has a folder of that name."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.figures.mkdir(exist_ok=True)
        if not self.sockets.is_relative_to(self.root):
            _make_private(self.sockets.parent)
        if not self.workshop.is_relative_to(self.root):
            _make_private(self.workshop.parent)
        self.sockets.mkdir(exist_ok=True)

    def _plain(self, longest: int) -> Path:
        """`root` when its name is plain and short enough, else a folder that is this user's and this root's alone."""
        return self.root if is_plain(self.root, longest) else temporary() / f"cleanit-{os.getuid()}-{_short(self.root)}"


def is_plain(path: Path, longest: int = _LONGEST_PLAIN) -> bool:
    """Whether every address, configuration and tool can hold this path."""
    return _PLAIN.fullmatch(str(path)) is not None and len(str(path)) <= longest


def temporary() -> Path:
    """The folder for what may go at a restart of the machine; the same for every process, whatever TMPDIR says."""
    known = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - what is made there is this user's alone
    return next((path for path in known if os.access(path, os.W_OK | os.X_OK)), Path(tempfile.gettempdir()))


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise NotOurs(f"{folder} must be a folder that only you can write to; remove it and start again.")


DEFAULT = Places(PROJECT / ".local")
"""The parts of `make run`."""
