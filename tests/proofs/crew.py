"""Real worker processes and a clock that turns faster, to be killed at any moment and started again."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from redis import Redis
from rq import Queue

from cleanit_app.local.process_tree import dies_with_parent
from cleanit_app.settings import get_settings
from workers import worker
from workers.queues import DEFAULT, IN_ORDER, MONEY, NOTIFY
from workers.schedule import SCHEDULE
from workers.scheduler import TableScheduler

CLOCK = "clock"
REST_SECONDS = 0.5
"""So long at least lies between two starts of the same one."""
TURN_SECONDS = 2
DUE = ("catch-up", "webhooks", "open-attempts", "refunds", "contributions", "payouts", "payouts-again", "outbox")
"""What is due again at every turn: all that money waits for."""
PATIENCE_SECONDS = 15
"""So long a killer waits for somebody to be in the middle of a job, before killing who waits for one."""
OFTEN = (MONEY, MONEY, MONEY, MONEY, MONEY, DEFAULT, NOTIFY, CLOCK)
WAYS = ("horse", "horse", "worker", "both")
"""Who is killed: the process that does the job, the one that watches over it, or both."""


def begin(environment: dict[str, str], log: Path) -> None:
    """Become a process of the house: its own environment and log, gone when the tests are gone."""
    os.environ.update(environment)
    dies_with_parent(signal.SIGKILL)()
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(written, stream)


def work(queue: str, environment: dict[str, str], log: Path) -> None:
    """A worker, as `python -m workers.worker money` is one."""
    begin(environment, log)
    worker.main([queue])


def turn(_: str, environment: dict[str, str], log: Path) -> None:
    """The real clock, for which money's entries are due again at each turn unless they still wait in their queue."""
    begin(environment, log)
    redis = Redis.from_url(get_settings().redis_url)
    clock = TableScheduler(redis)
    while True:
        clock.restore()
        waiting = {job for queue in IN_ORDER for job in Queue(queue, connection=redis).job_ids}
        for entry in SCHEDULE:
            if entry.name in DUE and entry.id not in waiting:
                redis.zadd(clock.scheduled_jobs_key, {entry.id: 1.0}, xx=True)
        clock.enqueue_jobs()
        time.sleep(TURN_SECONDS)


class Crew:
    """One worker for each queue and the clock; who dies is replaced within a moment, as a supervisor does it."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.proofs.crew"])
        self._told = (environment, log)
        self._over = threading.Event()
        self._people: dict[str, multiprocessing.process.BaseProcess] = {}
        self._begun: dict[str, float] = {}
        self.started = 0

    @contextmanager
    def working(self) -> Iterator[Crew]:
        """They work inside the block."""
        watch = threading.Thread(target=self._replace)
        watch.start()
        try:
            yield self
        finally:
            self._over.set()
            watch.join()
            for one in self._people.values():
                _kill([*_below(one.pid), one.pid])
                one.join()

    def _replace(self) -> None:
        while not self._over.wait(0.05):
            for name in (*IN_ORDER, CLOCK):
                rested = time.monotonic() - self._begun.get(name, 0) > REST_SECONDS
                if rested and (name not in self._people or not self._people[name].is_alive()):
                    self._begun[name] = time.monotonic()
                    target: Callable[..., None] = turn if name == CLOCK else work
                    made = self._context.Process(target=target, args=(name, *self._told), name=name)
                    made.start()
                    self._people[name] = made
                    self.started += 1

    def kill(self, dice: random.Random) -> str:
        """Kill -9 somebody now; who and how, as in `money horse`."""
        name, way = dice.choice(OFTEN), dice.choice(WAYS)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            pid = self._people[name].pid if name in self._people else None
            horses = _below(pid) if name != CLOCK else []
            if pid and (horses or name == CLOCK):
                time.sleep(dice.random() * 0.05)
                victims = [*horses] if way == "horse" and name != CLOCK else [pid]
                victims += horses if way == "both" else []
                if _kill(victims):
                    return f"{name} {way if name != CLOCK else 'itself'}"
            time.sleep(0.002)
        if pid and _kill([pid]):
            return f"{name} at rest"
        return "nobody"


def _below(pid: int | None) -> list[int]:
    try:
        return [child.pid for child in psutil.Process(pid).children()] if pid else []
    except psutil.NoSuchProcess:
        return []


def _kill(pids: list[int | None]) -> int:
    """How many of these were there to be killed."""
    done = 0
    for pid in pids:
        try:
            if pid:
                os.kill(pid, signal.SIGKILL)
                done += 1
        except ProcessLookupError:
            continue
    return done


def kill_often(crew: Crew, dice: random.Random, kills: int, pause_seconds: float) -> Counter[str]:
    """So many kills at random moments; who died, and how."""
    dead: Counter[str] = Counter()
    while dead.total() < kills:
        time.sleep(dice.random() * 2 * pause_seconds)
        who = crew.kill(dice)
        if who != "nobody":
            dead[who] += 1
    return dead
