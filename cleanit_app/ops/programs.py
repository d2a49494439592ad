"""The programs of a running Cleanit: what each is started with, on this machine or any other (SCL-01)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from cleanit_app.paths import PROJECT

_UTC = {"TZ": "UTC"}
"""The clock reads its crons in it, and lines of all machines are told in one time."""


@dataclass(frozen=True)
class Program:
    """A command, and what is set in its environment besides what is there."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> list[str]:
        """The command with its settings in front, as `env` reads it."""
        return ["env", *(f"{name}={value}" for name, value in self.environment.items()), *self.command]

    def become(self) -> None:
        """Turn this process into the program; does not return."""
        os.chdir(PROJECT)
        os.execvp("env", self.whole)  # noqa: S606 - the command is ours


def server(app: str, host: str, port: int) -> list[str]:
    """The command that serves an app of ours over HTTP."""
    return [
        *(sys.executable, "-m", "granian"),
        *("--interface", "asgi", "--loop", "uvloop", "--factory", "--host", host, "--port", str(port)),
        app,
    ]


def web(host: str, port: int, workers: int, site: Path) -> Program:
    """Pages and API in so many processes; `site` is the built frontend."""
    command = [
        *server("cleanit_app.cleanit_app:app", host, port),
        *("--log-config", str(PROJECT / "cleanit_app" / "web" / "granian_logs.json")),
        *("--workers", str(workers), "--respawn-failed-workers"),
    ]
    reflex = {
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_WEB_WORKDIR": str(site),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "__REFLEX_SKIP_COMPILE": "true",
        # A dead socket is noticed within half a minute, so that a phone coming back keeps its page.
        "REFLEX_SOCKET_INTERVAL": "10",
        "REFLEX_SOCKET_TIMEOUT": "20",
    }
    return Program(command, reflex)


def worker(queue: str) -> Program:
    """A worker of one queue."""
    return Program([sys.executable, "-m", "workers.worker", queue], _UTC)


def clockwork(name: str) -> Program:
    """The relay or the scheduler."""
    return Program([sys.executable, "-m", f"workers.{name}"], _UTC)


def tool(module: str, *arguments: str) -> Program:
    """A program that does one thing and ends."""
    return Program([sys.executable, "-m", module, *arguments], _UTC)


def together(programs: Sequence[Program]) -> int:
    """Run several beside each other until one ends or somebody asks for the end; the code of the first to end.

    Each gets the signal once and finishes what it has in hand.
    """
    children = [subprocess.Popen(one.whole, cwd=PROJECT, start_new_session=True) for one in programs]

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        _end(children)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    _, status = os.wait()
    _end(children)
    for child in children:
        child.wait()
    return os.waitstatus_to_exitcode(status)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
