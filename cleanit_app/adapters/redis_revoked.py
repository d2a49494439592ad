"""Sessions that ended a moment ago, in Redis: a token of theirs is refused without asking the database (SEC-03)."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from uuid import UUID

import redis

from cleanit_app.domain.business_limits import LIMITS

log = logging.getLogger(__name__)
_PREFIX = "cleanit:revoked:"
_NOT_ASKED_SECONDS = 2.0  # after Redis did not answer: the database answers anyway


class RedisRevoked:
    """RevokedSessions in Redis, each for as long as an access token lives."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._ask_again_at = 0.0

    def add(self, session_ids: Iterable[UUID]) -> None:
        """Know these as ended; while Redis is away the database alone knows."""
        try:
            with self._client.pipeline(transaction=False) as together:
                for session_id in session_ids:
                    together.set(f"{_PREFIX}{session_id}", "1", ex=LIMITS.access_token_life)
                together.execute()
        except redis.RedisError:
            log.warning("ended sessions are known to the database alone")

    def holds(self, session_id: UUID) -> bool:
        """Whether this session is known as ended; False also says that nothing is known."""
        if time.monotonic() < self._ask_again_at:
            return False
        try:
            return bool(self._client.exists(f"{_PREFIX}{session_id}"))
        except redis.RedisError:
            self._ask_again_at = time.monotonic() + _NOT_ASKED_SECONDS
            return False
