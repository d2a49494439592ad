"""Where the parts that run on this machine keep their state, and how they are addressed."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
_LONGEST_SOCKET_PATH = 80
"""A unix socket's path may hold 107 bytes on Linux; the rest is room for the file name."""


@dataclass(frozen=True)
class Places:
    """One set of local parts: everything they write lies under `root`."""

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
    def sites(self) -> Path:
        """Built frontends, one folder per content hash."""
        return self.root / "site"

    @property
    def sockets(self) -> Path:
        """Where unix sockets lie: under `root`, or the temporary directory when that path is too long."""
        inside = self.root / "run"
        if len(str(inside)) <= _LONGEST_SOCKET_PATH:
            return inside
        return Path(tempfile.gettempdir()) / f"cleanit-{hashlib.sha256(str(self.root).encode()).hexdigest()[:12]}"

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


DEFAULT = Places(PROJECT / ".local")
"""The parts of `make run`."""
