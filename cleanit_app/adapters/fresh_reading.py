"""What every process reads anew every two seconds: choices that all of them heed soon, at the cost of one question."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")
FRESH_SECONDS = 2.0
"""How long a process goes on by what it read: a choice is heeded everywhere after this at the latest."""


class FreshReading(Generic[Found]):
    """The answer to one question, at most two seconds old; whoever asks while it is read anew waits for that."""

    def __init__(self, read: Callable[[], Found], clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock, self._lock = read, clock, Lock()
        self._found: Found | None = None
        self._read_at: float | None = None

    def get(self) -> Found:
        """The answer; what reading it raises, where it is too old to go on by."""
        with self._lock:
            now = self._clock()
            if self._read_at is None or self._found is None or now - self._read_at > FRESH_SECONDS:
                self._found, self._read_at = self._read(), self._clock()
            return self._found

    def known(self) -> Found | None:
        """What was read last, however old; None before the first time."""
        return self._found

    def forget(self) -> None:
        """Whoever asks next reads anew."""
        with self._lock:
            self._read_at = None
