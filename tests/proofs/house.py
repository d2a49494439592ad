"""A whole house of processes: a town, its provider over HTTP, its door, and real workers on real queues."""

from __future__ import annotations

import base64
import http.server
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import redis
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from cleanit_app.adapters.clock import offset_in
from cleanit_app.adapters.redis_queue import RedisQueue
from cleanit_app.api.app import create_api
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import MovableClock
from tests.proofs.bank import PLENTY_PAISE
from tests.proofs.crew import TURN_SECONDS, Crew
from tests.proofs.http_bank import HttpBank
from tests.proofs.life import CIPHER_KEYS, Life
from tests.proofs.test_threads import Clerk
from tests.sandbox.running import KEY_ID, KEY_SECRET, WEBHOOK_SECRET, X_ACCOUNT, running_sandbox

SEED = int(os.environ.get("PROOF_SEED", "1"))
CLERKS = 2
BREATH_SECONDS = 0.3
MOST_WAITING = 100
"""With more messages than this in hand, neighbours wait for the workers."""
COUNTS = """SELECT (SELECT count(*) FROM payments) AS gifts, (SELECT count(*) FROM payouts) AS pays,
    (SELECT count(*) FROM refunds) AS refunds, (SELECT count(*) FROM webhook_events) AS messages"""


class SharedClock(MovableClock):
    """Real time ahead by the seconds in a file, so that worker processes live at the same moment."""

    def __init__(self, file: Path) -> None:
        self._file, self._one = file, threading.Lock()

    def now(self) -> datetime:
        """The moved moment."""
        return datetime.now(UTC) + timedelta(seconds=offset_in(self._file))

    def move(self, **time: float) -> None:
        """Let time pass everywhere; nobody ever reads half a number."""
        with self._one:
            part = self._file.with_suffix(".part")
            part.write_text(str(offset_in(self._file) + timedelta(**time).total_seconds()), encoding="ascii")
            part.replace(self._file)


class Neighbour(Clerk):
    """Gives, works and decides; what the provider says and what is due is the workers' business."""

    def acts(self) -> list[Callable[[], Any]]:
        """Everything but the work of workers, who are never left far behind."""
        time.sleep(self.dice.random() * BREATH_SECONDS)
        while self.waiting() > MOST_WAITING and time.monotonic() < self.until:
            time.sleep(BREATH_SECONDS)
        return [self.give, self.give, self.give, self.start, self.job, self.job, self.decide, self.bank, self.later]

    def waiting(self) -> int:
        """How many messages nobody has worked on."""
        with self.life.open() as uow:
            unworked = text("SELECT count(*) FROM webhook_events WHERE processed_at IS NULL")
            return int(uow.run(unworked).scalar_one())

    def later(self) -> None:
        self.life.clock.move(minutes=self.dice.choice((1, 30, 300)))


def told(settings: Settings, url: str, clock: Path) -> dict[str, str]:
    """What each process of the house is told."""
    key = base64.b64encode(CIPHER_KEYS[1]).decode()
    return {
        "APP_ENV": "test",
        "TZ": "UTC",
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "REDIS_STATE_URL": settings.redis_state_url,
        "JWT_SECRET": settings.jwt_secret,
        "FILE_SIGNING_SECRET": settings.file_signing_secret,
        "FIELD_ENCRYPTION_KEYS": f"1:{key}",
        "RAZORPAY_KEY_ID": KEY_ID,
        "RAZORPAY_KEY_SECRET": KEY_SECRET,
        "RAZORPAY_WEBHOOK_SECRETS": WEBHOOK_SECRET,
        "RAZORPAY_BASE_URL": url,
        "RAZORPAY_X_ACCOUNT_NUMBER": X_ACCOUNT,
        "CLOCK_FILE": str(clock),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def door(parts: Wiring) -> Iterator[str]:
    """Our REST door on a port of its own; its address without a path."""
    inside = TestClient(create_api(parts))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            answer = inside.post(self.path, content=raw, headers=dict(self.headers))
            self.send_response(answer.status_code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def house(settings: Settings, folder: Path) -> Iterator[tuple[Life, Crew]]:
    """A settled town, its provider, its door and its crew, each a process or a port of its own."""
    clock = SharedClock(folder / "clock")
    plenty = str(PLENTY_PAISE)
    engine = create_engine(settings.database_url, pool_size=CLERKS + 6)
    wire = redis.Redis.from_url(settings.redis_url)
    with running_sandbox(folder / "book.db", SANDBOX_X_BALANCE=plenty, SANDBOX_PG_BALANCE=plenty) as sandbox:
        sandbox.control("delays", payout_delay=-1, refund_delay=-1)
        life = Life(engine, settings=settings, clock=clock, bank=HttpBank(sandbox), queue=RedisQueue(wire))
        life.settle_in()
        with door(life.parts) as address:
            topics = ("payment", "refund", "payout")
            sandbox.control("endpoints", **{t: f"{address}/api/webhooks/razorpay/{t}" for t in topics})
            crew = Crew(told(settings, sandbox.url, folder / "clock"), folder / "crew.log")
            with crew.working():
                yield life, crew
    engine.dispose()


@contextmanager
def neighbours(life: Life) -> Iterator[Counter[str]]:
    """Inside the block neighbours live their lives; what they did, known after it."""
    for creator in life.creators * 3:
        life.campaign(creator, 60_000)
    done: Counter[str] = Counter()
    clerks = [Neighbour(life, n, time.monotonic() + 3600) for n in range(CLERKS)]
    with ThreadPoolExecutor(CLERKS) as threads:
        works = [threads.submit(clerk.work) for clerk in clerks]
        try:
            yield done
        finally:
            for clerk in clerks:
                clerk.until = 0
            for work in works:
                done.update(work.result())


def begin_work(life: Life, much: int) -> None:
    """So many cleaners wait for their pay, and as many gifts came when their campaign was full."""
    for number in range(much):
        life.owed(50_000 + 100 * number, life.cleaners[number % len(life.cleaners)])
        campaign = life.campaign(life.creators[1], 60_000)
        late = life.wish(campaign, 50_000, life.givers[1])
        assert late is not None
        life.give(campaign, 60_000, life.givers[2])
        life.bank.pay(late.razorpay_order_id)


def come_to_rest(life: Life, seconds: float = 1200) -> None:
    """Nobody is killed any more; banks and people answer, and the crew does all that is left."""
    until, dice = time.monotonic() + seconds, random.Random(SEED)
    while life.bank.waiting() or not life.nothing_open():
        assert time.monotonic() < until, life.still_open()
        life.banks_answer(dice, kindly=True)
        life._mend()
        life.clock.move(hours=3)
        time.sleep(TURN_SECONDS)


def all_is_well(life: Life) -> dict[str, int]:
    """Both books are equal and no message was put aside; how much there was."""
    life.books_agree()
    with life.open() as uow:
        parked = uow.run(text("SELECT outcome FROM webhook_events WHERE outcome LIKE 'parked%'")).scalars().all()
        counted = dict(uow.run(text(COUNTS)).one()._mapping)
    assert parked == []
    return counted
