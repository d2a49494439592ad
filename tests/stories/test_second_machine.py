"""A second set of processes, started by one command each and the environment alone, does all the work (SCL-01)."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import redis

from cleanit_app.local import frontend
from cleanit_app.local.ports import any_free
from cleanit_app.paths import PROJECT
from tests.sandbox.running import until
from tests.support.live import Live
from tests.support.post import code_that_came

FIRST = ("worker-money", "worker-notify", "worker-default", "relay", "scheduler")
"""All that works without being asked; the pages of the first machine may stay."""


@contextmanager
def second_machine(settings: Mapping[str, str], folder: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Every role, started from another folder as an operator would, with nothing of this process's environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    roles = (["web"], ["worker", "money", "notify", "default"], ["relay"], ["scheduler"])
    with (folder / "log").open("wb") as log:
        started = [
            subprocess.Popen([PROJECT / "deploy/cleanit", *words], cwd=folder, env={**kept, **settings},
                             stdout=log, stderr=log)
            for words in roles
        ]  # fmt: skip
    try:
        yield started
    finally:
        for one in started:
            one.send_signal(signal.SIGTERM)
        codes = [one.wait(40) for one in started]
    assert codes == [0, 0, 0, 0], (folder / "log").read_text()[-3000:]


@pytest.mark.browser
@pytest.mark.row("SCL-01")
def test_a_second_set_of_processes_takes_over_from_the_environment_alone(live: Live, tmp_path: Path) -> None:
    port = any_free()
    own = {"HOST": "127.0.0.1", "PORT": str(port), "SITE_DIR": str(frontend.site_folder())}
    for part in FIRST:
        live.stop(part)
    try:
        forget_who_worked(live)
        with second_machine({**live.environment, **own}, tmp_path), httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=20, headers={"Origin": live.base_url}
        ) as there:  # fmt: skip
            until(lambda: answers(there, "/health"), 120)  # each part of the second set has said that it lives
            assert there.get("/campaigns").status_code == 200
            joins(there, live)
    finally:
        for part in reversed(FIRST):
            live.start(part)


def answers(there: httpx.Client, path: str) -> bool:
    try:
        return there.get(path).status_code == 200
    except httpx.HTTPError:
        return False


def forget_who_worked(live: Live) -> None:
    """Signs of life last three minutes; these were of the first set."""
    with redis.Redis.from_url(live.settings.redis_url) as client:
        client.delete(*client.keys("cleanit:heartbeat:*"))


def joins(there: httpx.Client, live: Live) -> None:
    """A code is wished for on this machine's pages, sent by its worker, and opens an account."""
    wish = {"name": "Nasreen", "email": "nasreen.second@example.in", "password": "a long way from home",
            "role": "CITIZEN", "acceptTerms": True}  # fmt: skip
    asked = there.post("/api/auth/register", json=wish)
    assert asked.status_code == 201, asked.text
    code = code_that_came(live.sandbox_url, wish["email"])
    typed = {"codeId": asked.json()["codeId"], "code": code}
    assert there.post("/api/auth/register/confirm", json=typed).status_code == 200
