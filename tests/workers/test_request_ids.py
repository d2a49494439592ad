"""The id of a request goes with its hint into the worker, and with what it caused into the outbox (MON-06)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from redis import Redis
from sqlalchemy import text

from cleanit_app.adapters.redis_queue import RedisQueue
from cleanit_app.adapters.request_ids import request_headers
from cleanit_app.domain.actors import Role
from cleanit_app.logs import configure_logging
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import Town, hand_in_id
from workers.relay import relay_all
from workers.worker import make_worker

pytestmark = pytest.mark.row("MON-06")
ERRAND = "f00dfeedf00dfeedf00dfeedf00dfeed"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_job_says_whose_errand_it_is_and_another_gets_an_id_of_its_own(
    valkey_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    client = Redis.from_url(valkey_url)
    queue = RedisQueue(client)
    queue.enqueue("default", "json.dumps", "1", request_id=ERRAND)
    queue.enqueue("default", "json.dumps", "2")
    configure_logging("INFO", part="worker-default")
    make_worker(client, "default").work(burst=True, logging_level="CRITICAL")
    said = [json.loads(line) for line in capfd.readouterr().out.splitlines() if line.startswith("{")]
    jobs = {tuple(line["subjects"]): line for line in said if line["event"] == "job"}
    assert jobs[("1",)]["request_id"] == ERRAND
    assert (jobs[("1",)]["went_well"], jobs[("1",)]["part"]) == (True, "worker-default")
    assert len(jobs[("2",)]["request_id"]) == 32
    assert jobs[("2",)]["request_id"] != ERRAND


def test_what_happened_names_its_request_and_the_relay_says_so(
    town: Town, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    parts, person = Wiring(settings), town.person(Role.CLEANER)
    with structlog.contextvars.bound_contextvars(request_id=ERRAND), parts.open_uow() as uow:
        hand_in_id(uow, person)
        assert request_headers() == {"X-Request-Id": ERRAND}
    assert request_headers() == {}
    with town.engine.connect() as connection:
        kept = connection.execute(text("SELECT request_id FROM outbox WHERE name = 'IdentityHandedIn'")).scalar_one()
    assert kept == ERRAND
    configure_logging("INFO", part="relay")
    relay_all(parts)
    said = [json.loads(line) for line in capfd.readouterr().out.splitlines() if line.startswith("{")]
    assert any(ERRAND in line.get("requests", ()) for line in said)
