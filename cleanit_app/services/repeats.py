"""Repeats: the same key from the same person is the same whole wish, with another wish it is refused by name."""

from __future__ import annotations

from collections.abc import Mapping

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import IdempotencyConflict, IdempotencyKeyUnfit


def read_key(key: str | None) -> str:
    """The key of a wish; IdempotencyKeyUnfit says whether it is missing, too short or too long."""
    least, most = LIMITS.idempotency_key_length
    if not key:
        raise IdempotencyKeyUnfit("idempotency_key_missing")
    if len(key) < least:
        raise IdempotencyKeyUnfit("idempotency_key_short", least=least)
    if len(key) > most:
        raise IdempotencyKeyUnfit("idempotency_key_long", most=most)
    return key


def must_be_the_same(before: Mapping[str, object], now: Mapping[str, object]) -> None:
    """Compare two wishes under one key by their fields, named as callers name them.

    IdempotencyConflict names the fields that differ.
    """
    differing = [name for name in now if before[name] != now[name]]
    if differing:
        raise IdempotencyConflict(names=", ".join(differing))
