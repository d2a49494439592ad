"""This web process says every half minute that it lives, and at its end that it goes (MON-06)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from redis import Redis
from redis.exceptions import RedisError

from cleanit_app.process_heartbeats import WEB, leave, live
from cleanit_app.wiring import wiring

log = logging.getLogger(__name__)
_EVERY_SECONDS = 30


@asynccontextmanager
async def present() -> AsyncIterator[None]:
    """Inside the block this process is seen to live."""
    saying = asyncio.create_task(_say_again_and_again())
    try:
        yield
    finally:
        saying.cancel()
        await asyncio.to_thread(_say, leave)


async def _say_again_and_again() -> None:
    while True:
        await asyncio.to_thread(_say, live)
        await asyncio.sleep(_EVERY_SECONDS)


def _say(word: Callable[[Redis, str], None]) -> None:
    try:
        word(wiring().redis, WEB)
    except RedisError as away:
        log.warning("redis is away", extra={"why": type(away).__name__})
