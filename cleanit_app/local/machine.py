"""A whole Cleanit on this machine: servers, sandbox, pages, workers and clock, started in order."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psutil

from cleanit_app.local import frontend
from cleanit_app.local.parts import Plan, parts_of
from cleanit_app.local.process_tree import descendants, dies_with_parent, end
from cleanit_app.local.supervision import PartFailed, Supervisor
from cleanit_app.ops.databases import create_database
from cleanit_app.paths import PROJECT
from cleanit_app.process_heartbeats import QUEUES, RELAY, SCHEDULER

Tell = Callable[[str, float, str], None]
"""Hears that a step is done: its name, its seconds, a remark."""

_DATABASE = "cleanit"
_REPINNED = "built, but with other packages than reflex.lock/ names: make lock"
_WORK = (*(f"worker-{queue}" for queue in QUEUES), RELAY, SCHEDULER)


def tell_nobody(_step: str, _seconds: float, _remark: str = "") -> None:
    """For tests."""


class Machine:
    """Starts the parts of a plan, gives orders to single ones, and stops them all."""

    def __init__(self, plan: Plan, tell: Tell = tell_nobody) -> None:
        self._plan = plan
        self._tell = tell
        self._site = frontend.site_folder()
        self._builder: subprocess.Popen[str] | None = None
        self.supervisor = Supervisor(plan.places, parts_of(plan, self._site))

    def start(self) -> None:
        """Bring everything up; whatever fails, what was started is still there for `stop`."""
        self._builder = _start_builder()
        self._start_servers()
        self._run_tool("Migrations", "cleanit_app.ops.migrate", "upgrade", "head")
        self._start_parts("loopback", "sandbox")
        if self._plan.demo_data:
            self.seed()
        self._finish_building(self._builder)
        # Together: each spends its first seconds importing.
        self._start_parts("web", *_WORK)

    def seed(self) -> None:
        """Load the demo data, if it is not there."""
        self._run_tool("Demo data", "cleanit_app.local.seed")

    def stop(self) -> list[int]:
        """Stop everything; returns the ids of processes that had to be ended by hand."""
        if self._builder is not None and self._builder.poll() is None:
            end([psutil.Process(self._builder.pid), *descendants(self._builder.pid)])
        started_by_us = self.supervisor.descendants()
        if self.supervisor.is_running:
            self.supervisor.stop_parts(*_WORK)
            self.supervisor.stop_parts("web", "sandbox", "loopback")
            self.supervisor.stop_parts("valkey", "postgres")
        self.supervisor.stop()
        return end(started_by_us)

    def _finish_building(self, builder: subprocess.Popen[str]) -> None:
        said, trouble = builder.communicate()
        if builder.returncode != 0:
            raise PartFailed(trouble.strip())
        went, seconds, site = said.strip().split(" ", 2)
        if site != str(self._site):
            raise PartFailed("A page was changed while the frontend was built; start again.")
        self._tell("Frontend", float(seconds), _REPINNED if went == "repinned" else went)

    def _start_servers(self) -> None:
        plan = self._plan
        plan.places.prepare()
        if plan.own_postgres:
            plan.postgres.prepare()
        if plan.own_valkey:
            plan.valkey.prepare()
        self.supervisor.start()
        self._start_parts("postgres", "valkey")
        if plan.own_postgres:
            create_database(plan.postgres.url, _DATABASE)

    def _start_parts(self, *names: str) -> None:
        started = time.monotonic()
        wanted = [name for name in names if name in self.supervisor.parts]
        for name in wanted:
            self.supervisor.start_part(name, wait=False)
        for name in wanted:
            self.supervisor.wait_for_part(name)
            self._tell(self.supervisor.parts[name].label, time.monotonic() - started, "")

    def _run_tool(self, label: str, module: str, *arguments: str) -> None:
        with self._timed(label) as remark:
            settings = [f"{name}={value}" for name, value in self._plan.environment.items()]
            remark.append(self._output_of(label, ["env", *settings, sys.executable, "-m", module, *arguments]))

    def _output_of(self, label: str, command: Sequence[str]) -> str:
        log = self._plan.places.logs / "tools.log"
        with log.open("ab") as errors:
            before = errors.tell()
            done = subprocess.run(command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
        if done.returncode != 0:
            end = "\n".join(log.read_bytes()[before:].decode(errors="replace").splitlines()[-15:])
            raise PartFailed(f"{label}: failed. The end of {log}:\n{end}")
        return done.stdout.decode().strip()

    @contextmanager
    def _timed(self, label: str) -> Iterator[list[str]]:
        started = time.monotonic()
        remarks: list[str] = []
        yield remarks
        self._tell(label, time.monotonic() - started, "; ".join(filter(None, remarks)))


def _start_builder() -> subprocess.Popen[str]:
    """The build goes on beside the servers' start, as a process, so that it can be ended at any moment."""
    return subprocess.Popen(
        [sys.executable, "-m", "cleanit_app.local.frontend"],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
