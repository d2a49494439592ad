"""What the law asks to keep has its time too: then the last that leads to a person goes (`domain.retention`)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import TextClause, text

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.models import first_id_of_moment
from cleanit_app.services.unit_of_work import UnitOfWork

# Each finds its rows by an index of what is left to do.
_SEALED = text(
    """UPDATE cleaners SET pan_locked = NULL, pan_mask = NULL, pan_given_at = NULL, tax_name_locked = NULL
       WHERE user_id IN (SELECT c.user_id FROM users u JOIN cleaners c ON c.user_id = u.id
           WHERE u.erased_at < :before AND (c.pan_locked IS NOT NULL OR c.tax_name_locked IS NOT NULL)
           ORDER BY u.erased_at LIMIT :most) RETURNING 1"""
)
_HASHES = text(
    """UPDATE users SET email_hash = NULL, phone_hash = NULL WHERE id IN (SELECT id FROM users
       WHERE erased_at < :before AND (email_hash IS NOT NULL OR phone_hash IS NOT NULL)
       ORDER BY erased_at LIMIT :most) RETURNING 1"""
)
_MESSAGES = text(
    """UPDATE webhook_events SET body = '' WHERE id IN (SELECT id FROM webhook_events
       WHERE id < :first AND body <> '' AND processed_at IS NOT NULL ORDER BY id LIMIT :most) RETURNING 1"""
)
_SESSIONS = text(
    """UPDATE sessions SET user_agent = '', address = '' WHERE id IN (SELECT s.id FROM sessions s
       JOIN users u ON u.id = s.user_id AND u.role <> 'ADMIN'
       WHERE s.id < :first AND s.address <> '' AND s.expires_at < :before ORDER BY s.id LIMIT :most) RETURNING 1"""
)


def clear_sealed_names(uow: UnitOfWork, *, limit: int) -> int:
    """Drop the sealed name and PAN of cleaners who left seven years ago; gives back of how many."""
    return _cleared(uow, _SEALED, LIMITS.money_records_life, limit)


def clear_contact_hashes(uow: UnitOfWork, *, limit: int) -> int:
    """Drop the hashes of contacts of accounts that were erased seven years ago; gives back of how many."""
    return _cleared(uow, _HASHES, LIMITS.money_records_life, limit)


def clear_messages(uow: UnitOfWork, *, limit: int) -> int:
    """Empty the provider's messages of half a year ago that were worked on; gives back how many."""
    return _cleared(uow, _MESSAGES, LIMITS.messages_life, limit)


def clear_old_sessions(uow: UnitOfWork, *, limit: int) -> int:
    """Forget browser and address of sign-ins that ended a year ago, but of admins; gives back how many."""
    return _cleared(uow, _SESSIONS, LIMITS.device_life, limit)


def _cleared(uow: UnitOfWork, statement: TextClause, kept: timedelta, limit: int) -> int:
    before = uow.now - kept
    values = {"before": before, "first": first_id_of_moment(before), "most": limit}
    asked = statement.compile().params
    return len(list(uow.run(statement, {name: values[name] for name in asked})))


CLEARING = (clear_sealed_names, clear_contact_hashes, clear_messages, clear_old_sessions)
