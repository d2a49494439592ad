"""A complete running Cleanit for browser tests: real parts, production frontend, free ports."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import redis
from sqlalchemy import Engine, create_engine, text

from cleanit_app.local import postgres, valkey
from cleanit_app.local.machine import Machine
from cleanit_app.local.parts import Plan
from cleanit_app.local.plan import environment_of_sandbox, sandbox_settings
from cleanit_app.local.ports import any_free
from cleanit_app.local.secrets import ensure_secrets
from cleanit_app.paths import Places
from cleanit_app.process_heartbeats import QUEUES
from cleanit_app.settings import Settings
from tests.support.limits import GENEROUS
from tests.support.machine import folder

_QUICK_SANDBOX = {
    "SANDBOX_PAYOUT_DELAY": "0.5",
    "SANDBOX_REFUND_DELAY": "0.5",
    "SANDBOX_VALIDATION_DELAY": "0.3",
}


_NOT_WORKED_ON = """SELECT event, received_at::time, next_try_at::time, tries FROM webhook_events
WHERE processed_at IS NULL ORDER BY received_at LIMIT 5"""
_FAILURES = "SELECT at::time, source, left(message, 200) FROM error_logs ORDER BY at DESC LIMIT 5"
_ON_ITS_WAY = """SELECT event, state, attempts, last_result, fault FROM delivery
WHERE state <> 'delivered' ORDER BY seq DESC LIMIT 5"""
_TROUBLE = re.compile(r'^\{.*"level": "(warning|error|critical)"|^[^{].*(Error|FATAL)')


class Live:
    """Where a running Cleanit is, and levers to stop, kill and start its parts.

    The parts: postgres, valkey, sandbox, web, worker-money, worker-notify, worker-default, scheduler.
    """

    def __init__(self, plan: Plan, machine: Machine) -> None:
        self._plan = plan
        self._machine = machine
        self.base_url = f"http://localhost:{plan.web_port}"
        self.sandbox_url = f"http://localhost:{plan.sandbox_port}"
        self.settings = Settings(
            app_env="test",
            **{name.lower(): value for name, value in plan.environment.items() if name != "APP_ENV"},
        )

    @cached_property
    def engine(self) -> Engine:
        """The database behind the pages, for looking at it."""
        return create_engine(self.settings.database_url, pool_size=2)

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings with which its parts were started."""
        return self._plan.environment

    @property
    def logs(self) -> Path:
        """The folder with one log per part."""
        return self._plan.places.logs

    @property
    def sandbox_book(self) -> Path:
        """What the sandbox knows, as SQLite."""
        return Path(self._plan.sandbox_environment["SANDBOX_DB"])

    def stop(self, part: str) -> None:
        """Stop a part; it stays stopped until `start`."""
        self._machine.supervisor.stop_parts(part)

    def start(self, part: str) -> None:
        """Start a stopped part and return when it does its work."""
        self._machine.supervisor.start_part(part)

    def restart(self, part: str) -> None:
        """Stop a part in good order and start it again."""
        self.stop(part)
        self.start(part)

    def kill(self, part: str) -> None:
        """Kill a part as a crash would (SIGKILL); it comes back by itself, see `wait_for`."""
        self._machine.supervisor.kill_part(part)

    def wait_for(self, part: str) -> None:
        """Return when a part does its work."""
        self._machine.supervisor.wait_for_part(part)

    def pid(self, part: str) -> int:
        """A part's process id, or 0 while it does not run."""
        return self._machine.supervisor.pid(part)

    def processes(self) -> list[int]:
        """The ids of every process of this Cleanit."""
        return [process.pid for process in self._machine.supervisor.descendants()]

    def story(self) -> str:
        """What a failed test's reader asks first: what waits, what went wrong, and what each part said last."""
        lines: list[str] = []
        for ask in (self._stopped, self._waiting, self._troubles, self._deliveries, self._last_words):
            try:
                lines += ask()
            except Exception as away:  # a part that cannot be asked is news as well, and no failure of its own
                lines.append(f"{ask.__name__.strip('_')}: {type(away).__name__} {away}")
        return "\n".join(lines)

    def _stopped(self) -> list[str]:
        return [f"{part}: not running" for part in self._machine.supervisor.parts if not self.pid(part)]

    def _waiting(self) -> list[str]:
        with redis.Redis.from_url(self.settings.redis_url) as client:
            return [f"queue {name}: {client.llen(f'rq:queue:{name}')} waiting" for name in QUEUES]

    def _troubles(self) -> list[str]:
        with self.engine.connect() as connection:
            messages = [f"message not worked on: {tuple(row)}" for row in connection.execute(text(_NOT_WORKED_ON))]
            return messages + [f"failure: {tuple(row)}" for row in connection.execute(text(_FAILURES))]

    def _deliveries(self) -> list[str]:
        with closing(sqlite3.connect(self.sandbox_book)) as book:
            return [f"message on its way: {row}" for row in book.execute(_ON_ITS_WAY)]

    def _last_words(self) -> list[str]:
        lines = []
        for log in sorted(self.logs.glob("*.log")):
            said = log.read_text(errors="replace").splitlines()
            lines += [f"{log.stem}: {line[:400]}" for line in [one for one in said if _TROUBLE.search(one)][-4:]]
            lines += [f"{log.stem} last: {line[:200]}" for line in said[-1:]]
        return lines

    def seed(self) -> None:
        """Load the demo data."""
        self._machine.seed()


_SECRETS = ("JWT_SECRET", "FILE_SIGNING_SECRET", "FIELD_ENCRYPTION_KEYS", "METRICS_TOKEN")


@contextmanager
def running_cleanit(postgres_options: Mapping[str, str] = postgres.FORGETFUL, web_workers: int = 1) -> Iterator[Live]:
    """A Cleanit with an empty, migrated database; gone after the block."""
    with folder() as root:
        plan = replace(_plan(Places(root)), postgres_options=dict(postgres_options), web_workers=web_workers)
        machine = Machine(plan)
        try:
            machine.start()
            live = Live(plan, machine)
            yield live
            live.engine.dispose()
        finally:
            machine.stop()


def _plan(places: Places) -> Plan:
    secrets = ensure_secrets(places)
    web_port, sandbox_port = any_free(), any_free()
    own = {
        "APP_ENV": "test",
        "DATABASE_URL": places.database_url(),
        "REDIS_URL": places.redis_url(0),
        "REDIS_STATE_URL": places.redis_url(1),
        "STORAGE_DIR": str(places.files),
        "BACKUP_DIR": str(places.backups),
        "PUBLIC_URL": f"http://localhost:{web_port}",
        "CORS_ALLOWED_ORIGINS": f"http://localhost:{web_port},http://127.0.0.1:{web_port}",
        "SUPPORT_EMAIL": "people@cleanit.example",
        "COMPANY_ADDRESS": "4 Station Road, Lucknow 226001",
        "GRIEVANCE_OFFICER_NAME": "Savita Rao",
        "GRIEVANCE_OFFICER_CONTACT": "+91 522 400 1234",
        "SECURITY_CONTACT": "https://cleanit.example/holes",
        **{name.upper(): str(most) for name, most in GENEROUS.items()},
        **{name: secrets[name] for name in _SECRETS},
        **sandbox_settings(sandbox_port, secrets),
    }
    return Plan(
        places=places,
        environment=own,
        redis_url=places.redis_url(0),
        web_port=web_port,
        demo_data=False,
        sandbox_port=sandbox_port,
        sandbox_environment={
            **environment_of_sandbox(places, sandbox_port, web_port, secrets),
            **_QUICK_SANDBOX,
        },
        postgres_options=postgres.FORGETFUL,
        valkey_options=valkey.FORGETFUL,
    )
