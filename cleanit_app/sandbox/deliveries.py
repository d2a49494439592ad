"""Sends events to their addresses until they are taken: signed, at least once, on Razorpay's retry ladder."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import time

import httpx

from cleanit_app.sandbox import timers
from cleanit_app.sandbox.store import Json
from cleanit_app.sandbox.world import World

LADDER = (
    6.1,
    19.1,
    39.5,
    82.3,
    164.5,
    326.0,
    650.0,
    1293.0,
    2577.0,
    5140.0,
    10267.0,
    20508.0,
    40989.0,
    81953.0,
)
"""Seconds after the first delivery at which a refused event comes again; after the last it is given up."""
INSTANT = 0.23
_INSTANT_EVENTS = ("payment.authorized", "payment.captured", "order.paid")
_TIMEOUT = 5.0
_AT_ONCE = 50
_FASTEST = 1e-6
_log = logging.getLogger("sandbox.deliveries")


def sign(body: bytes, secret: str) -> str:
    """Lowercase hex HMAC-SHA256 over the raw body."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Courier:
    """The background loop: fires timers and sends what is due."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wake = asyncio.Event()
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        world.wake = self._wake.set

    async def run(self) -> None:
        """Work until cancelled."""
        async with httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            while True:
                self._wake.clear()
                try:
                    timers.fire_due(self._world)
                    self._send_due(client)
                except Exception:
                    # The loop must outlive one bad record: it is reported and tried again a little later.
                    _log.exception("a timer or delivery failed")
                await self._sleep()

    def _send_due(self, client: httpx.AsyncClient) -> None:
        if self._world.store.setting("deliveries_paused", False):
            return
        sql = "SELECT seq FROM delivery WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, seq LIMIT ?"
        due = self._world.store.db.execute(sql, (self._world.exact_now(), 2 * _AT_ONCE)).fetchall()
        for seq in [row["seq"] for row in due if row["seq"] not in self._busy]:
            if len(self._busy) >= _AT_ONCE:
                return
            row = self._world.store.db.execute("SELECT * FROM delivery WHERE seq = ?", (seq,)).fetchone()
            self._busy.add(seq)
            task = asyncio.create_task(self._deliver(client, dict(row)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _sleep(self) -> None:
        """Until something is due or was just queued."""
        sql = "SELECT min(due_at) AS due FROM delivery WHERE state = 'waiting' AND due_at > ?"
        now = self._world.exact_now()
        dues = [timers.next_due(self._world), self._world.store.db.execute(sql, (now,)).fetchone()["due"]]
        waits = [max(due - now, 0.0) for due in dues if due is not None]
        try:
            await asyncio.wait_for(self._wake.wait(), min([1.0, *waits]))
        except TimeoutError:
            return

    async def _deliver(self, client: httpx.AsyncClient, row: Json) -> None:
        started = self._world.exact_now()
        try:
            result, taken = await _post(client, row)
            with self._world.store.transaction():
                self._record(row, started, result, taken)
        finally:
            self._busy.discard(row["seq"])
            self._wake.set()

    def _record(self, row: Json, started: float, result: str, taken: bool) -> None:
        first = row["first_at"] or started
        scale = max(self._world.delay("time_scale"), _FASTEST)
        due = None if taken else _next_due(row, first, started, result, self._world.exact_now(), scale)
        state = "delivered" if taken else "waiting" if due is not None else "given_up"
        self._world.store.db.execute(
            "UPDATE delivery SET state = ?, due_at = ?, first_at = ?, attempts = attempts + 1,"
            " last_result = ? WHERE seq = ?",
            (state, due or started, first, result, row["seq"]),
        )
        if state == "given_up":
            _log.warning("address %s is switched off: it refused an event for a day", row["url"])
            self._world.store.db.execute(
                "UPDATE endpoint SET active = 0, disabled_at = ? WHERE id = ?",
                (self._world.now(), row["endpoint_id"]),
            )


async def _post(client: httpx.AsyncClient, row: Json) -> tuple[str, bool]:
    """One attempt: what came back in a word, and whether it counts as taken."""
    headers = {
        "User-Agent": "Razorpay-Webhook/v1", "Content-Type": "application/json", "Accept-Encoding": "gzip",
        "Request-Id": row["event_id"], "X-Razorpay-Event-Id": row["event_id"],
    }  # fmt: skip
    if row["secret"]:
        spoiled = row["attempts"] < row["spoiled_attempts"]
        headers["X-Razorpay-Signature"] = sign(row["body"], row["secret"] + ("-wrong" if spoiled else ""))
    began = time.monotonic()
    try:
        async with asyncio.timeout(_TIMEOUT):
            response = await client.post(row["url"], content=row["body"], headers=headers)
    except TimeoutError:
        return "timeout", False
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return f"no answer: {type(error).__name__}", False
    on_time = time.monotonic() - began <= _TIMEOUT
    return str(response.status_code), response.is_success and on_time


def _next_due(row: Json, first: float, started: float, result: str, now: float, scale: float) -> float | None:
    """When to try again, or None after the whole ladder."""
    dropped = result.startswith(("5", "no answer"))
    instant = row["attempts"] == 0 and dropped and row["event"] in _INSTANT_EVENTS
    if instant:
        return first + INSTANT * scale
    if row["attempts"] == 0 and result == "timeout":
        return now + LADDER[0] * scale
    later = [first + step * scale for step in LADDER if first + step * scale > started]
    return max(later[0], now) if later else None
