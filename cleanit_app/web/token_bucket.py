"""Buckets that refill, by whose they are: how fast one may go on, and that leaving and coming back gives no new one."""

from __future__ import annotations

import time
from collections.abc import Container

from cleanit_app.domain import limits

KEPT_SECONDS = 300.0
"""A bucket that nobody used for so long has been full again for a good while."""


class TokenBucket:
    """A bucket that refills: `take` says how many seconds one must wait before the next."""

    def __init__(self, pace: limits.Pace) -> None:
        self._pace = pace
        self._left = float(pace.burst)
        self.used_at = time.monotonic()

    def take(self) -> float:
        """Take one and return the seconds to wait for it."""
        self._refill()
        self._left -= 1
        return max(0.0, -self._left / self._pace.a_second)

    def take_now(self) -> bool:
        """Take one if there is one."""
        self._refill()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def _refill(self) -> None:
        now = time.monotonic()
        self._left = min(float(self._pace.burst), self._left + (now - self.used_at) * self._pace.a_second)
        self.used_at = now


class Paces:
    """The buckets of everybody who was here lately."""

    def __init__(self) -> None:
        self._of: dict[str, TokenBucket] = {}
        self._swept_at = time.monotonic()

    def of(self, key: str, pace: limits.Pace, here: Container[str] = ()) -> TokenBucket:
        """The bucket of this one, a full one for a newcomer; `here` are those whose buckets are in use."""
        now = time.monotonic()
        if now - self._swept_at > KEPT_SECONDS:
            self._swept_at = now
            self._of = {k: p for k, p in self._of.items() if k in here or now - p.used_at <= KEPT_SECONDS}
        return self._of.setdefault(key, TokenBucket(pace))
