"""Counting uses in Redis, one script for each question, so that a race cannot take more than there is (SEC-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import redis

from cleanit_app.domain.limits import STRIKES_FORGOTTEN_AFTER, Use
from cleanit_app.ports import LimitsUnknown

_PREFIX = "cleanit:limit:"

# Each key holds: n uses in this window, till its end, strikes windows used up one after another. All or nothing.
_TAKE = """
local now, wait, plan = tonumber(ARGV[1]), 0, {}
for i, key in ipairs(KEYS) do
  local at = 2 + (i - 1) * 4
  local most, window, ceiling = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local held = redis.call('HMGET', key, 'n', 'till', 'strikes')
  local n, till, strikes = tonumber(held[1] or 0), tonumber(held[2] or 0), tonumber(held[3] or 0)
  if till <= now then
    strikes = (n >= most) and strikes + 1 or 0
    n, till = 0, now + math.min(ceiling, window * 2 ^ math.min(strikes, 20))
  end
  if n >= most then wait = math.max(wait, till - now) end
  plan[i] = {n + 1, till, strikes, tonumber(ARGV[at + 3])}
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  redis.call('HSET', key, 'n', plan[i][1], 'till', plan[i][2], 'strikes', plan[i][3])
  redis.call('PEXPIRE', key, math.ceil(plan[i][2] - now + plan[i][4]))
end
return 0
"""
_GIVE_BACK = """
for _, key in ipairs(KEYS) do
  if tonumber(redis.call('HGET', key, 'n') or 0) > 0 then redis.call('HINCRBY', key, 'n', -1) end
end
"""


class RedisLimits:
    """Limits that all processes share. Every method raises LimitsUnknown when Redis does not answer."""

    def __init__(self, client: redis.Redis) -> None:
        self._take = client.register_script(_TAKE)
        self._give_back = client.register_script(_GIVE_BACK)

    def take(self, uses: Sequence[Use], now: datetime) -> int:
        """Use each once and return 0, or use none and return the whole seconds to wait."""
        told: list[int] = [_ms(now.timestamp())]
        for use in uses:
            window, ceiling = use.limit.window.total_seconds(), use.limit.ceiling.total_seconds()
            remembered = STRIKES_FORGOTTEN_AFTER.total_seconds() if use.limit.longest else 0
            told += [use.limit.most, _ms(window), _ms(ceiling), _ms(remembered)]
        try:
            wait = int(self._take(keys=[_PREFIX + use.key for use in uses], args=told))
        except redis.RedisError as away:
            raise LimitsUnknown from away
        return -(-wait // 1000)

    def give_back(self, uses: Sequence[Use]) -> None:
        """These uses were rightful and do not count."""
        try:
            self._give_back(keys=[_PREFIX + use.key for use in uses])
        except redis.RedisError as away:
            raise LimitsUnknown from away


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
