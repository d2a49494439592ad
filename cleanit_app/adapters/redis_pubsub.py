"""Redis wakes open tabs in every web process, with hints only: losing one costs time, never news."""

from __future__ import annotations

import json
import logging

import redis

from cleanit_app.ports import LIVE_CHANNEL

log = logging.getLogger(__name__)


class RedisLive:
    """Live over Redis pub/sub."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def wake(self, user_ids: list[str], campaign_ids: list[str], *, everybody: bool = False) -> None:
        """Tell every web process that these people (or all) have news and these campaigns changed."""
        if user_ids or campaign_ids or everybody:
            self._publish({"users": user_ids, "campaigns": campaign_ids, "everybody": everybody})

    def wake_all_tabs(self) -> None:
        """Tell every web process that something changed that every tab shows, also one where nobody is signed in."""
        self._publish({"site": True})

    def end_session(self, session_id: str) -> None:
        """Tell every web process that a session ended."""
        self._publish({"ended": session_id})

    def _publish(self, message: dict[str, object]) -> None:
        try:
            self._client.publish(LIVE_CHANNEL, json.dumps(message))
        except redis.RedisError:
            log.warning("a wake-up was lost; tabs catch up by themselves")
