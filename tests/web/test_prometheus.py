"""What Prometheus reads from a running Cleanit, and what stands there when a part is away (MON-01)."""

from __future__ import annotations

import re
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import redis
from sqlalchemy import create_engine

from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.web.prometheus import HouseFigures
from cleanit_app.wiring import Wiring
from tests.factories import Town
from tests.sandbox.running import until
from tests.support.live import Live


def told(parts: Wiring) -> dict[str, float]:
    """Every number of the house; of a kind with labels under `name value`."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in HouseFigures(parts).collect()
        for sample in family.samples
    }


@pytest.mark.row("MON-01")
def test_the_house_is_told_in_numbers(town: Town, parts: Wiring) -> None:
    before = told(parts)
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 100_000)
    job = town.job_of(campaign.id)
    with town.uow() as uow:
        claim_job(uow, actor=town.cleaner(), job_id=job.id)
    now = told(parts)
    assert before["cleanit_held_paise"] == 0
    assert now["cleanit_held_paise"] == 100_000
    assert now["cleanit_events_waiting"] > before["cleanit_events_waiting"]
    assert now["cleanit_part_up database"] == now["cleanit_part_up redis"] == 1
    assert now["cleanit_part_working money"] == 0  # nobody works in this test
    assert 0 < now["cleanit_connections"] <= now["cleanit_most_connections"]


@pytest.mark.row("MON-01")
def test_a_part_that_is_away_is_told_and_the_rest_all_the_same(parts: Wiring) -> None:
    parts.redis = redis.Redis(port=1, socket_connect_timeout=1)
    without_redis = told(parts)
    assert (without_redis["cleanit_part_up redis"], without_redis["cleanit_part_up database"]) == (0, 1)
    assert "cleanit_held_paise" in without_redis
    parts.read_engine = create_engine("postgresql+psycopg2://nobody@127.0.0.1:1/none")
    assert told(parts)["cleanit_part_up database"] == 0


@pytest.mark.row("MON-01")
def test_how_long_a_job_waits_is_told(parts: Wiring) -> None:
    assert told(parts)["cleanit_queue_jobs default"] == 0
    parts.queue.enqueue("default", "workers.jobs.operations.tick", "heartbeat-default")
    now = told(parts)
    assert now["cleanit_queue_jobs default"] == 1
    assert 0 <= now["cleanit_queue_oldest_seconds default"] < 30


@pytest.mark.browser
@pytest.mark.row("MON-01")
def test_a_running_cleanit_tells_who_has_the_token(live: Live) -> None:
    assert ask(live, "/metrics")[0] == 404
    assert ask(live, "/metrics", "Bearer ")[0] == 404
    assert ask(live, "/metrics", f"Bearer {live.settings.metrics_token}x")[0] == 404
    assert ask(live, "/api/campaigns?q=farida")[0] == 200
    assert ask(live, "/api/campaigns/7")[0] == 404

    one = r"/api/campaigns/\{campaign_id\}"

    def everybody_counted() -> bool:
        said = ask(live, "/metrics", f"Bearer {live.settings.metrics_token}")[1]
        return all(
            re.search(pattern, said)
            for pattern in (
                r'cleanit_request_seconds_count\{method="GET",route="/api/campaigns",status="2xx"\} [1-9]',
                rf'cleanit_request_seconds_count\{{method="GET",route="{one}",status="4xx"\}} [1-9]',
                r'cleanit_job_seconds_count\{job="tick",queue="default",result="well"\} [1-9]',  # of another process
                r'cleanit_part_working\{part="relay"\} 1\.0',
                r"cleanit_memory_bytes [1-9]",
            )
        )

    until(everybody_counted, seconds=90)  # the clock gives a worker something to do every minute
    assert "farida" not in ask(live, "/metrics", f"Bearer {live.settings.metrics_token}")[1]


@pytest.mark.browser
@pytest.mark.row("MON-06")
def test_a_process_says_that_it_lives_and_that_it_can_serve(live: Live) -> None:
    assert [ask(live, path)[0] for path in ("/livez", "/readyz")] == [200, 200]
    live.stop("worker-notify")
    try:
        assert ask(live, "/readyz")[0] == 200, "a silent worker is no reason to send people away"
        live.stop("valkey")
        assert (ask(live, "/livez")[0], ask(live, "/readyz")[0]) == (200, 503)
    finally:
        live.start("valkey")
        live.start("worker-notify")
    until(lambda: ask(live, "/readyz")[0] == 200, seconds=30)


def ask(live: Live, path: str, token: str = "") -> tuple[int, str]:
    """The status and text of one answer."""
    connection = HTTPConnection(urlsplit(live.base_url).netloc, timeout=20)
    connection.request("GET", path, headers={"Authorization": token} if token else {})
    answer = connection.getresponse()
    said = answer.status, answer.read().decode()
    connection.close()
    return said
