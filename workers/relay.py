"""The relay: turns what happened into news within moments. Run as `python -m workers.relay`."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from types import FrameType

import redis
import structlog

from cleanit_app import process_heartbeats, telemetry
from cleanit_app.logs import configure_logging, own_this_process
from cleanit_app.production import refuse_stand_ins
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.settings import get_settings
from cleanit_app.wiring import Wiring, wiring

_LOOK_EVERY_SECONDS = 2
"""Without a ring it looks by itself this often, so that a lost ring costs two seconds."""
_log = structlog.get_logger("cleanit.relay")


def relay_all(parts: Wiring) -> int:
    """Relay until nothing waits; how many events there were."""
    total = 0
    while True:
        with parts.open_uow() as uow:
            told = relay_outbox(uow)
        if not told.events:
            return total
        total += told.events
        telemetry.events_told(told.events)
        _log.info("told", events=told.events, people=len(told.people), requests=sorted(told.requests))
        parts.live.wake(sorted(told.people), sorted(told.campaigns), everybody=told.everybody)


class Relay:
    """Waits for the bell, relays, and stops between two passes when asked to."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts
        self._running = True
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._running = False

    def run(self) -> None:
        """Relay until SIGTERM; a database or Redis that is away is waited for."""
        while self._running:
            try:
                process_heartbeats.beat(self._parts.redis, process_heartbeats.RELAY)
                process_heartbeats.live(self._parts.redis, process_heartbeats.RELAY)
                told = relay_all(self._parts)
                self._parts.queue.wait_for_bell(_LOOK_EVERY_SECONDS, told)
            except redis.RedisError as away:
                _log.warning("redis is away", why=str(away))
                time.sleep(_LOOK_EVERY_SECONDS)
        with suppress(redis.RedisError):
            process_heartbeats.leave(self._parts.redis, process_heartbeats.RELAY)


def main() -> None:
    """Start the relay of this machine."""
    settings = get_settings()
    refuse_stand_ins(settings)
    configure_logging(settings.log_level, part=process_heartbeats.RELAY)
    own_this_process()
    os.nice(10)  # when the machine is short of time, news may wait a moment and people's requests may not
    Relay(wiring()).run()


if __name__ == "__main__":
    main()
