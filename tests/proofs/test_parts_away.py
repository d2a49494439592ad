"""The database ends sessions at any moment, Redis is away: work is late, money is neither lost nor moved twice."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy import Engine, create_engine, text

from cleanit_app.adapters.redis_queue import RedisQueue
from cleanit_app.local import postgres
from cleanit_app.local.postgres import Postgres
from cleanit_app.local.valkey import FORGETFUL, Valkey
from cleanit_app.ops import databases
from cleanit_app.ops.migrate import migrate
from cleanit_app.settings import Settings
from tests.proofs.house import all_is_well, come_to_rest, house, neighbours
from tests.proofs.life import Life
from tests.proofs.test_threads import Clerk
from tests.support.machine import folder

SEED = int(os.environ.get("PROOF_SEED", "1"))
LIMITS = {"options": "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=15s"}
KILL = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT :most"""


@contextmanager
def ending_sessions(engine: Engine) -> Iterator[list[int]]:
    """Inside the block one or two sessions of this database end every few moments; how many, in the list."""
    dice, over, ended = random.Random(SEED), threading.Event(), [0]

    def kill() -> None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while not over.is_set():
                ended[0] += len(connection.execute(text(KILL), {"most": dice.choice((1, 2))}).all())
                time.sleep(dice.random() * 0.2)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield ended
    finally:
        over.set()
        killer.join()


def work_together(life: Life, engine: Engine, seconds: float, clerks: int = 8) -> Counter[str]:
    """Many work on an engine with the time limits of production; what they did."""
    own = life.parts.__dict__["engine"]
    life.parts.__dict__["engine"] = engine
    try:
        until = time.monotonic() + seconds
        with ThreadPoolExecutor(clerks) as threads:
            works = [threads.submit(Clerk(life, n, until).work) for n in range(clerks)]
            return sum((work.result() for work in works), Counter())
    finally:
        life.parts.__dict__["engine"] = own


def end_well(life: Life) -> None:
    """Afterwards everything ends and both books say the same."""
    life.quiet(random.Random(SEED), rounds=100)
    life.books_agree()


def sessions_end(life: Life, seconds: float) -> tuple[Counter[str], int]:
    """Work while sessions are ended; what was done, and how many ended."""
    for creator in life.creators * 3:
        life.campaign(creator, 60_000)
    engine = create_engine(life.engine.url, pool_size=12, connect_args=LIMITS)
    outside = create_engine(life.engine.url)
    with ending_sessions(outside) as ended:
        done = work_together(life, engine, seconds)
    engine.dispose()
    outside.dispose()
    life.engine.dispose()
    return done, ended[0]


@pytest.mark.row("PAY-07")
def test_sessions_that_end_at_any_moment_lose_nothing(life: Life) -> None:
    done, ended = sessions_end(life, 3)
    assert ended >= 3
    assert sum(done.values()) >= 20
    end_well(life)


@pytest.mark.proof
def test_sessions_end_for_a_minute(life: Life) -> None:
    done, ended = sessions_end(life, 60)
    print(f"seed {SEED}: {ended} sessions ended, {dict(done)}")
    end_well(life)


@pytest.mark.row("PAY-07", "PAY-08")
def test_without_redis_the_clock_does_everything(life: Life, tmp_path: Path) -> None:
    nobody = redis.Redis.from_url(f"unix://{tmp_path}/nobody.sock")
    own: Any = life.parts.__dict__["queue"]
    life.parts.__dict__["queue"] = RedisQueue(nobody)
    try:
        life.owed(60_000, life.cleaners[0])
        life.sweep()
        end_well(life)
    finally:
        life.parts.__dict__["queue"] = own


@pytest.mark.proof
def test_a_database_that_stops_at_once_comes_back_with_every_promise() -> None:
    with folder() as root:
        server = Postgres(root / "data", root / "sockets", root / "log")
        with server.running(postgres.DURABLE):
            databases.create_database(server.url, "proof")
            migrate(server.database_url("proof"))
            engine = create_engine(server.database_url("proof"), pool_size=12)
            life = Life(engine)
            life.settle_in()
            life.begin_work()
        done: Counter[str] = Counter()
        for number in range(5):
            engine.dispose()
            with server.running(postgres.DURABLE), life.working():
                pid = int((root / "data" / "postmaster.pid").read_text().splitlines()[0])
                stopper = threading.Timer(1 + number / 3, os.kill, (pid, 3))  # SIGQUIT: stop at once
                stopper.start()
                work = create_engine(server.database_url("proof"), pool_size=12, connect_args=LIMITS)
                now = work_together(life, work, 2 + number / 3)
                stopper.join()
                work.dispose()
                assert sum(n for name, n in now.items() if name.startswith("trouble")) >= 1
                done += now
        engine.dispose()
        with server.running(postgres.DURABLE), life.working():
            end_well(life)
            engine.dispose()
        print(f"5 immediate stops: {dict(done)}")


def redis_goes_away(settings: Settings, place: Path, seconds: float) -> dict[str, Any]:
    """Real workers live through a Redis that stops, comes back empty, and is emptied once more; what happened."""
    with folder() as root, ExitStack() as at_first, ExitStack() as to_the_end:
        valkey = Valkey(root / "data", root / "valkey.sock", root / "log")
        own = settings.model_copy(update={"redis_url": valkey.url(), "redis_state_url": valkey.url(1)})
        at_first.enter_context(valkey.running(FORGETFUL))
        with house(own, place) as (life, crew):
            with neighbours(life) as done:
                time.sleep(5)
                at_first.close()
                time.sleep(seconds)
                to_the_end.enter_context(valkey.running(FORGETFUL))
                time.sleep(5)
                with redis.Redis.from_url(valkey.url()) as wire:
                    wire.flushall()
                time.sleep(5)
            come_to_rest(life)
            return {"started": crew.started, "did": dict(done), **all_is_well(life)}


@pytest.mark.proof
def test_redis_stops_for_a_minute_and_is_emptied(settings: Settings, tmp_path: Path) -> None:
    seen = redis_goes_away(settings, tmp_path, 60)
    print(f"seed {SEED}: redis away for a minute, then emptied: {seen}")
    assert min(seen["gifts"], seen["messages"]) >= 10
