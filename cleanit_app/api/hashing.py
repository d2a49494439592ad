"""A narrow door before the slow hashes: each takes half a second of a processor on purpose (SEC-07)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from cleanit_app.api.errors import Busy

AT_ONCE = 4
PATIENCE_SECONDS = 8.0
_door = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def slow_hash() -> Iterator[None]:
    """Room for one slow hash, four at once in a process; Busy when there is none for eight seconds."""
    if not _door.acquire(timeout=PATIENCE_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _door.release()
