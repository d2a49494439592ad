"""The REST app on real PostgreSQL and Valkey, callers of every kind, and a Razorpay sandbox over HTTP."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from cleanit_app.adapters.local_files import LocalFiles
from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import Actor, Role
from cleanit_app.ops.database_roles import WORKER
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import MovableClock, Town, prove
from tests.sandbox.running import (
    KEY_ID,
    KEY_SECRET,
    WEBHOOK_SECRET,
    X_ACCOUNT,
    Sandbox,
    free_port,
    running_sandbox,
    until,
)
from tests.support.machine import as_role
from tests.support.post import Pocket, Post


@pytest.fixture
def town(db: Engine, settings: Settings) -> Iterator[Town]:
    """People, money and work on demand, in database and files of the app; the books are right at the end."""
    clock = MovableClock()
    town = Town(db, clock=clock, files=LocalFiles(settings.storage_dir))
    yield town
    with town.uow() as uow:
        assert check_books(uow) == []


@pytest.fixture
def wiring(settings: Settings, town: Town) -> Iterator[Wiring]:
    """The parts of the app; its clock is the town's."""
    parts = Wiring(settings)
    parts.clock = town.clock
    yield parts
    parts.engine.dispose()


def as_worker(wiring: Wiring) -> Wiring:
    """The parts by which jobs reach the same database, with the rights of a worker and the same clock."""
    url = as_role(wiring.settings.database_url, WORKER)
    made = Wiring(wiring.settings.model_copy(update={"database_url": url}))
    made.clock = wiring.clock
    return made


@pytest.fixture
def api(wiring: Wiring) -> FastAPI:
    """The app."""
    return create_api(wiring)


@dataclass
class Caller:
    """Somebody (or nobody) who calls the app."""

    http: TestClient
    sign: Callable[[], dict[str, str]] = dict

    def __call__(self, method: str, path: str, body: Any = None, /, **more: Any) -> httpx.Response:
        """One request with this caller's token; a body goes as JSON."""
        headers = self.sign() | more.pop("headers", {})
        return self.http.request(method, path, json=body, headers=headers, **more)

    def get(self, path: str, **more: Any) -> httpx.Response:
        """A GET."""
        return self("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """A POST."""
        return self("POST", path, body, **more)


@pytest.fixture
def anybody(api: FastAPI) -> Caller:
    """A caller without any credentials."""
    return Caller(TestClient(api, raise_server_exceptions=False, follow_redirects=False))


@pytest.fixture
def post(wiring: Wiring) -> Post:
    """Codes that can be read."""
    return Post(wiring, Pocket())


@pytest.fixture
def as_(api: FastAPI, wiring: Wiring, town: Town) -> Callable[[Actor], Caller]:
    """A caller with an access token of this person."""

    def caller(actor: Actor) -> Caller:
        http = TestClient(api, raise_server_exceptions=False, follow_redirects=False)
        return Caller(http, signer(wiring, town, actor))

    return caller


def signer(wiring: Wiring, town: Town, actor: Actor) -> Callable[[], dict[str, str]]:
    """Opens a session for this person; each call gives the header with a token of that moment.

    An admin shows the second factor with each call, so that tests may move the clock.
    """
    with town.uow() as uow:
        session = open_session(uow, user_id=actor.user_id, user_agent="tests", with_cookie=False)

    def sign() -> dict[str, str]:
        if actor.role is Role.ADMIN and actor.proved:
            with town.uow() as uow:
                prove(uow, session.session_id)
        return {"Authorization": f"Bearer {wiring.tokens.issue(session.actor, town.clock.now())}"}

    return sign


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One sandbox for the whole run."""
    with running_sandbox(tmp_path_factory.mktemp("sandbox") / "book.db") as running:
        yield running


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Iterator[Sandbox]:
    """The sandbox with an empty book; at the end its records must explain its balances."""
    sandbox_process.control("endpoints")
    sandbox_process.control("reset")
    yield sandbox_process
    sandbox_process.control("endpoints")
    assert sandbox_process.book()["agrees"]


def sandbox_settings(sandbox: Sandbox) -> dict[str, Any]:
    """How an app reaches this sandbox."""
    return {
        "razorpay_base_url": sandbox.url,
        "razorpay_checkout_script_url": f"{sandbox.url}/v1/checkout.js",
        "razorpay_key_id": KEY_ID,
        "razorpay_key_secret": KEY_SECRET,
        "razorpay_webhook_secrets": [WEBHOOK_SECRET],
        "razorpay_x_account_number": X_ACCOUNT,
        "razorpay_account_id": "acc_Sandbox0000001",
    }


@pytest.fixture
def served(settings: Settings, town: Town) -> Iterator[str]:
    """The address of the app in a process of its own, which has the machine's clock: the town goes by it too."""
    town.clock.at = datetime.now(UTC).replace(microsecond=0)
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--log-level", "warning", "tests.api.served:make"]
    told = {**os.environ, **environment_of(settings)}
    process = subprocess.Popen(command, env=told, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: process.poll() is not None or _answers(url), 60)
        assert process.poll() is None, "the app did not start"
        yield url
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the app kindly; one that was still starting may not have heard, so its whole group is ended."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def environment_of(settings: Settings) -> dict[str, str]:
    """These settings as a process is told them."""
    told: dict[str, str] = {}
    for name, value in settings.model_dump().items():
        if isinstance(value, list):
            told[name.upper()] = ",".join(value)
        elif not isinstance(value, dict):
            told[name.upper()] = str(value)
    return told | {"FIELD_ENCRYPTION_KEYS": _key_ring(settings)}


def _key_ring(settings: Settings) -> str:
    return ",".join(f"{i}:{base64.b64encode(k).decode()}" for i, k in settings.field_encryption_keys.items())


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/openapi.json", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
