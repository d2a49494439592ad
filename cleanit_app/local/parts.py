"""The parts of a running Cleanit: what each is started with, and how one sees that it works."""

from __future__ import annotations

import http.client
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import redis

from cleanit_app.local import postgres, valkey
from cleanit_app.local.listening import V4, Listening
from cleanit_app.local.postgres import Postgres
from cleanit_app.local.supervision import Part
from cleanit_app.local.valkey import Valkey
from cleanit_app.ops import programs
from cleanit_app.paths import Places
from cleanit_app.process_heartbeats import QUEUES, RELAY, SCHEDULER, pid_of

_LOCALHOST = Listening(V4, (), ("localhost",))


@dataclass(frozen=True)
class Plan:
    """What to start, and where. `environment` holds the settings that every process of ours gets."""

    places: Places
    environment: Mapping[str, str]
    redis_url: str
    web_port: int
    web_workers: int = 1
    demo_data: bool = True
    own_postgres: bool = True
    own_valkey: bool = True
    listening: Listening = _LOCALHOST
    sandbox_port: int | None = None
    sandbox_environment: Mapping[str, str] = field(default_factory=dict)
    postgres_options: Mapping[str, str] = field(default_factory=lambda: postgres.DURABLE)
    valkey_options: Mapping[str, str] = field(default_factory=lambda: valkey.KEPT)

    @property
    def postgres(self) -> Postgres:
        """The PostgreSQL of these places."""
        return Postgres(self.places.postgres, self.places.postgres_sockets, self.places.logs / "postgres.log")

    @property
    def valkey(self) -> Valkey:
        """The Valkey of these places."""
        return Valkey(self.places.valkey, self.places.valkey_socket, self.places.logs / "valkey.log")


def parts_of(plan: Plan, site: Path) -> list[Part]:
    """Every part of the plan, in the order in which they start; `site` is the frontend to serve."""
    servers = [
        *([_postgres(plan)] if plan.own_postgres else []),
        *([_valkey(plan)] if plan.own_valkey else []),
        *([_loopback(plan)] if plan.listening.loopbacks else []),
        *([_sandbox(plan, plan.sandbox_port)] if plan.sandbox_port else []),
    ]
    return [*servers, _web(plan, site), *(_worker(plan, queue) for queue in QUEUES), *_clockwork(plan)]


def _postgres(plan: Plan) -> Part:
    server = plan.postgres
    return Part(
        name="postgres",
        label="PostgreSQL",
        command=server.command(dict(plan.postgres_options)),
        user=server.user,
        folder=Path("/"),
        stop_signal="INT",  # "fast": roll back whoever is still connected
        is_ready=lambda _pid: server.answers(),
        ready_seconds=120,  # after a crash it first replays its log
    )


def _valkey(plan: Plan) -> Part:
    server = plan.valkey
    return Part(
        name="valkey",
        label="Valkey",
        command=server.command(dict(plan.valkey_options)),
        is_ready=lambda _pid: server.answers(),
    )


def _loopback(plan: Plan) -> Part:
    ports = [plan.web_port, *([plan.sandbox_port] if plan.sandbox_port else [])]
    target = plan.listening.reached_at
    routes = [(own, port, target, port) for own in plan.listening.loopbacks for port in ports]
    return Part(
        name="loopback",
        label="Localhost",
        command=[
            sys.executable,
            "-m",
            "cleanit_app.local.loopback",
            *(str(word) for route in routes for word in route),
        ],
        is_ready=lambda _pid: all(_listens(port, own) for own, port, _, _ in routes),
    )


def _sandbox(plan: Plan, port: int) -> Part:
    return Part(
        name="sandbox",
        label="Razorpay sandbox",
        command=programs.server("cleanit_app.sandbox.app:create_app", plan.listening.host, port),
        environment=plan.sandbox_environment,
        is_ready=lambda _pid: _listens(port),
    )


def _web(plan: Plan, site: Path) -> Part:
    program = programs.web(plan.listening.host, plan.web_port, plan.web_workers, site)
    return Part(
        name="web",
        label="Pages and API",
        command=program.command,
        environment={**_ours(plan), **program.environment},
        is_ready=lambda _pid: _says_ok(plan.web_port, "/ping"),
        ready_seconds=180,
    )


def _worker(plan: Plan, queue: str) -> Part:
    program = programs.worker(queue)
    return Part(
        name=f"worker-{queue}",
        label=f"Worker: {queue}",
        command=program.command,
        environment={**_ours(plan), **program.environment},
        is_ready=_beats(plan.redis_url, queue),
        stop_seconds=25,  # it finishes the job in hand
    )


def _clockwork(plan: Plan) -> list[Part]:
    """The two that set work going: the relay when something happened, the scheduler when it is time."""
    return [
        Part(
            name=name,
            label=label,
            command=programs.clockwork(name).command,
            environment={**_ours(plan), **programs.clockwork(name).environment},
            is_ready=_beats(plan.redis_url, name),
        )
        for name, label in ((RELAY, "Relay"), (SCHEDULER, "Scheduler"))
    ]


def _ours(plan: Plan) -> dict[str, str]:
    """The settings of every process of ours, and where they share their figures."""
    return {**plan.environment, "PROMETHEUS_MULTIPROC_DIR": str(plan.places.figures)}


def _beats(redis_url: str, part: str) -> Callable[[int], bool]:
    def beats(pid: int) -> bool:
        with redis.Redis.from_url(redis_url) as client:
            return pid_of(client, part) == pid

    return beats


def _listens(port: int, host: str = V4) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        return probe.connect_ex((host, port)) == 0


def _says_ok(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(V4, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
