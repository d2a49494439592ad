"""supervisord, which keeps the parts running: its configuration, its start and its orders."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psutil
from supervisor.xmlrpc import SupervisorTransport

from cleanit_app.local.process_tree import descendants, dies_with_parent
from cleanit_app.paths import PROJECT, Places

_SUPERVISORD = f"""import sys; sys.path[0] = {str(PROJECT)!r}
from cleanit_app.local.supervisord import main; main()"""
"""supervisord with our lines, found wherever it is started and whatever this folder is called."""


class PartFailed(RuntimeError):
    """A part did not come up; the message names its log."""


@dataclass(frozen=True)
class Part:
    """One process to keep running: it alone is asked to stop; if it stays, its group is killed."""

    name: str
    label: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    folder: Path = PROJECT
    stop_signal: str = "TERM"
    stop_seconds: int = 15
    is_ready: Callable[[int], bool] = lambda _pid: True
    """Given the process id, whether it does its work now."""
    ready_seconds: float = 120.0


_PART = "CLEANIT_PART"
"""The variable that holds how a part is started: paths come to supervisord by its environment or relative to `root`."""

_REAPER = "reaper"
_PARTS_FILE = "parts.json"


def configuration(places: Places, parts: Sequence[Part]) -> str:
    """supervisord's configuration for these parts; none starts by itself, each is restarted when it dies.

    It holds no path but the socket's, for not every path can be said in it.
    """
    logs = places.logs.relative_to(places.root)
    lines = [
        "[supervisord]",
        "nodaemon=true",
        "silent=true",
        *(["user=root"] if os.geteuid() == 0 else []),
        f"logfile={logs}/supervisor.log",
        "logfile_maxbytes=5MB",
        "logfile_backups=1",
        "pidfile=supervisor.pid",
        f"childlogdir={logs}",
        "[unix_http_server]",
        f"file={places.supervisor_socket}",
        "chmod=0700",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
        f"[eventlistener:{_REAPER}]",
        f"command=%(ENV_{_PART})s {_REAPER}",
        "events=PROCESS_STATE_EXITED",
        "priority=-1",
        "stdout_logfile=NONE",  # its words are for supervisord
        f"stderr_logfile={logs}/reaper.log",
    ]
    for order, part in enumerate(parts):
        lines += _program(part, order, f"{logs}/{part.name}.log")
    return "\n".join(lines) + "\n"


def _program(part: Part, order: int, log: str) -> list[str]:
    return [
        f"[program:{part.name}]",
        f"command=%(ENV_{_PART})s {part.name}",
        f"priority={order}",
        "autostart=false",
        "autorestart=true",
        "startsecs=1",
        "startretries=20",
        f"stopsignal={part.stop_signal}",
        f"stopwaitsecs={part.stop_seconds}",
        "stopasgroup=false",
        "killasgroup=true",
        "redirect_stderr=true",
        f"stdout_logfile={log}",
        "stdout_logfile_maxbytes=10MB",
        "stdout_logfile_backups=2",
    ]


def described(parts: Sequence[Part]) -> str:
    """The parts as `cleanit_app.local.part` reads them."""
    reaper = Part(_REAPER, "Reaper", [sys.executable, "-m", "cleanit_app.local.process_reaper"])
    told = {
        part.name: {
            "user": part.user,
            "folder": str(part.folder),
            "environment": dict(part.environment),
            "command": list(part.command),
        }
        for part in (reaper, *parts)
    }
    return json.dumps(told)


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


class Supervisor:
    """A supervisord of our own, reached over a unix socket; it dies with this process."""

    def __init__(self, places: Places, parts: Sequence[Part]) -> None:
        self._places = places
        self.parts = {part.name: part for part in parts}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start supervisord; it starts no part yet."""
        places, parts = self._places, list(self.parts.values())
        places.prepare()
        _write_private(places.root / "supervisord.conf", configuration(places, parts))
        _write_private(places.root / _PARTS_FILE, described(parts))
        start = [sys.executable, "-P", str(Path(__file__).with_name("part.py")), _PARTS_FILE]
        supervisord = [sys.executable, "-c", _SUPERVISORD, "-n", "-c", "supervisord.conf"]
        with (places.logs / "supervisor.out").open("wb") as output:
            self._process = subprocess.Popen(
                ["env", f"{_PART}={shlex.join(start)}", *supervisord],
                cwd=places.root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM, adopts_orphans=True),
            )
        self._wait_for(self._answers, 15, lambda: "The supervisor does not answer")

    def start_part(self, name: str, *, wait: bool = True) -> None:
        """Start a part and, unless told otherwise, return when it does its work. Raises PartFailed."""
        self._order("startProcess", name, False)
        if wait:
            self.wait_for_part(name)

    def wait_for_part(self, name: str) -> None:
        """Return when a part does its work. Raises PartFailed with where to look when it does not."""
        part = self.parts[name]
        self._wait_for(lambda: self._does_its_work(part), part.ready_seconds, lambda: self._no_start(part))

    def stop_parts(self, *names: str) -> None:
        """Ask several parts to stop, then wait for all of them."""
        running = [name for name in names if name in self.parts and self.pid(name)]
        for name in running:
            self._order("stopProcess", name, False)
        for name in running:
            self._wait_for_end(name)

    def _wait_for_end(self, name: str) -> None:
        patience = self.parts[name].stop_seconds + 5
        self._wait_for(lambda: not self.pid(name), patience, lambda: f"{name} does not stop")

    def kill_part(self, name: str) -> None:
        """Kill a part's process as a crash would; the supervisor starts it again."""
        os.kill(self.pid(name), signal.SIGKILL)

    def pid(self, name: str) -> int:
        """A part's process id, or 0."""
        return int(self._order("getProcessInfo", name)["pid"])

    def stop(self, seconds: float = 45.0) -> None:
        """Stop every part, last started first, and supervisord itself."""
        if self._process is None:
            return
        if self.is_running:
            self._forget_stopped_parts()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _forget_stopped_parts(self) -> None:
        """At its end supervisord spends a second on each part it knows, running or not."""
        for name in self.parts:
            if not self.pid(name):
                self._order("removeProcessGroup", name)

    @property
    def own(self) -> set[int]:
        """The process that this one started itself and waits for."""
        return {self._process.pid} if self._process else set()

    def descendants(self) -> list[psutil.Process]:
        """Every process that supervisord has started, directly or not."""
        return descendants(self._process.pid) if self._process else []

    @property
    def has_died(self) -> bool:
        """Whether supervisord is gone though nobody stopped it."""
        return self._process is not None and self._process.poll() is not None

    @property
    def is_running(self) -> bool:
        """Whether supervisord takes orders."""
        return self._process is not None and self._process.poll() is None

    def _order(self, what: str, *details: Any) -> Any:
        transport = SupervisorTransport(None, None, f"unix://{self._places.supervisor_socket}")
        with xmlrpc.client.ServerProxy("http://supervisor", transport=transport) as supervisord:
            return getattr(supervisord.supervisor, what)(*details)

    def _no_start(self, part: Part) -> str:
        log = self._places.logs / f"{part.name}.log"
        end = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else []
        return "\n".join([f"{part.label} does not start. The end of {log}:", *end])

    def _answers(self) -> bool:
        try:
            return bool(self._order("getState")["statename"] == "RUNNING")
        except (OSError, HTTPException, xmlrpc.client.Error):
            return False

    def _does_its_work(self, part: Part) -> bool:
        info = self._order("getProcessInfo", part.name)
        if info["statename"] == "FATAL":
            raise PartFailed(self._no_start(part))
        return bool(info["pid"]) and part.is_ready(int(info["pid"]))

    def _wait_for(self, condition: Callable[[], bool], seconds: float, complaint: Callable[[], str]) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if self.has_died:
                raise PartFailed(f"The supervisor has ended; see {self._places.logs / 'supervisor.out'}")
            if time.monotonic() > deadline:
                raise PartFailed(complaint())
            time.sleep(0.05)
