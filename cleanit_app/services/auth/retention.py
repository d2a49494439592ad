"""What is kept for safety and has had its time: failed sign-ins, browsers, refresh tokens."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import TextClause, text

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.services.unit_of_work import UnitOfWork

# Each finds its rows by an index and removes some of them.
_FAILURES = text(
    """DELETE FROM failed_sign_ins WHERE id IN
       (SELECT id FROM failed_sign_ins WHERE at < :before ORDER BY at LIMIT :most) RETURNING 1"""
)
_DEVICES = text(
    """DELETE FROM known_devices WHERE (user_id, device_hash) IN
       (SELECT user_id, device_hash FROM known_devices WHERE last_seen_at < :before
        ORDER BY last_seen_at LIMIT :most) RETURNING 1"""
)
_TOKENS = text(
    """DELETE FROM refresh_tokens WHERE id IN
       (SELECT id FROM refresh_tokens WHERE expires_at < :before ORDER BY expires_at LIMIT :most) RETURNING 1"""
)


def clear_failed_sign_ins(uow: UnitOfWork, *, limit: int) -> int:
    """Remove failed sign-ins of more than thirty days ago; gives back how many (SEC-10)."""
    return _removed(uow, _FAILURES, LIMITS.failures_kept, limit)


def clear_known_devices(uow: UnitOfWork, *, limit: int) -> int:
    """Forget browsers that nobody signed in with for a year."""
    return _removed(uow, _DEVICES, LIMITS.device_life, limit)


def clear_refresh_tokens(uow: UnitOfWork, *, limit: int) -> int:
    """Remove refresh tokens a month after they ran out; until then a stolen one is still recognised."""
    return _removed(uow, _TOKENS, LIMITS.tokens_kept, limit)


def _removed(uow: UnitOfWork, statement: TextClause, kept: timedelta, limit: int) -> int:
    return len(list(uow.run(statement, {"before": uow.now - kept, "most": limit})))


CLEARING = (clear_failed_sign_ins, clear_known_devices, clear_refresh_tokens)
