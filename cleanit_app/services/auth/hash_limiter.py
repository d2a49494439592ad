"""A narrow door before the slow hashes: each takes half a second of a processor on purpose (SEC-07)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from cleanit_app.domain.errors import Busy

AT_ONCE = 4
MAY_WAIT = 12
PATIENCE_SECONDS = 8.0
_door = threading.BoundedSemaphore(AT_ONCE)
_hall = threading.BoundedSemaphore(AT_ONCE + MAY_WAIT)


@contextmanager
def slow_hash() -> Iterator[None]:
    """Room for one slow hash, four at once in a process; Busy when twelve wait already or it takes too long.

    Whoever waits holds a thread, so only a few may: a flood of sign-ins must not stop everything else.
    """
    if not _hall.acquire(blocking=False):
        raise Busy
    try:
        if not _door.acquire(timeout=PATIENCE_SECONDS):
            raise Busy
        try:
            yield
        finally:
            _door.release()
    finally:
        _hall.release()
