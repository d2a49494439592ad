"""Each process is seen to live: that one of two workers is dead is told, though the other does the work (MON-06)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from redis import Redis

from cleanit_app.pages.admin.system.scheduled_jobs import _parts_now
from cleanit_app.paths import PROJECT
from cleanit_app.process_heartbeats import PARTS, SILENT_SECONDS, WEB, Process, dead, leave, live, processes
from cleanit_app.settings import Settings
from cleanit_app.web.prometheus import HouseFigures
from cleanit_app.wiring import Wiring
from tests.sandbox.running import until
from tests.support.words import in_both

pytestmark = pytest.mark.row("MON-06", "SCL-01")


@pytest.fixture
def redis(valkey_url: str) -> Iterator[Redis]:
    """An empty Redis."""
    with Redis.from_url(valkey_url) as client:
        yield client


def worker(settings: Settings) -> subprocess.Popen[bytes]:
    own = {"APP_ENV": "test", "DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
    command = [sys.executable, "-m", "workers.worker", "notify"]
    return subprocess.Popen(command, cwd=PROJECT, env=os.environ | own, stdout=subprocess.DEVNULL)


def test_one_of_two_workers_is_killed_and_the_other_goes_home(settings: Settings, parts: Wiring, redis: Redis) -> None:
    killed, goes_home = worker(settings), worker(settings)
    try:
        until(lambda: {one.pid for one in processes(redis)} >= {killed.pid, goes_home.pid}, 60)
        killed.kill()
        goes_home.send_signal(signal.SIGTERM)
        assert goes_home.wait(30) == 0
    finally:
        for one in (killed, goes_home):
            one.kill()
            one.wait()
    (left,) = processes(redis)
    assert (left.part, left.host, left.pid) == ("notify", socket.gethostname(), killed.pid)
    assert dead([left]) == [], "nobody is missed before its time"
    assert dead([left], time.time() + SILENT_SECONDS + 1) == [left]

    redis.hset("cleanit:processes", f"notify {left.host} {left.pid}", f"{left.born} {time.time() - 100}")
    told = {
        (sample.name, sample.labels.get("part")): sample.value
        for family in HouseFigures(parts).collect()
        for sample in family.samples
    }
    assert told["cleanit_processes_dead", "notify"] == 1
    assert told["cleanit_processes", "notify"] == told["cleanit_processes_dead", "money"] == 0


def test_who_is_started_in_its_place_makes_up_for_one_dead_process() -> None:
    here = Process("money", "a", 1, born=0, seen=100)
    beside = replace(here, pid=2, seen=1000)
    elsewhere = Process("money", "b", 9, born=150, seen=1000)
    assert dead([here, beside, elsewhere], 1000) == [here], "who was there before, or is elsewhere, replaces nobody"
    instead = Process("money", "a", 3, born=120, seen=990)
    assert dead([here, beside, elsewhere, instead], 1000) == []
    second = replace(here, pid=4, seen=110)
    assert dead([here, second, beside, instead], 1000) == [second], "one makes up for one"


def test_who_left_or_is_long_dead_is_nobodys_worry(redis: Redis) -> None:
    live(redis, WEB)
    assert [one.part for one in processes(redis)] == [WEB]
    leave(redis, WEB)
    redis.hset("cleanit:processes", "relay old host 7", f"1.0 {time.time() - 2 * 86_400}")
    assert processes(redis) == []
    assert redis.hlen("cleanit:processes") == 0


def test_the_desk_says_where_one_fell_silent_and_how_many_work(redis: Redis) -> None:
    now = time.time()
    redis.hset("cleanit:processes", "money blr-1 7", f"{now - 900} {now - 300}")
    redis.hset("cleanit:processes", "money blr-2 7", f"{now - 900} {now}")
    said = in_both(lambda: _parts_now(redis, datetime.now(UTC)))
    for parts in said:
        money = parts[PARTS.index("money")]
        assert money.at_work.startswith("1 ")
        assert [line for line in money.fallen if "blr-1" in line] == money.fallen != []
    assert [part.name for part in said[0]] != [part.name for part in said[1]]
    with Redis(port=1, socket_connect_timeout=1) as away:
        assert _parts_now(away, datetime.now(UTC)) == []
