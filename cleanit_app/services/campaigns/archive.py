"""Scheduled care: what ended a year ago leaves the public lists (OPS-05)."""

from __future__ import annotations

from sqlalchemy import text

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.models.campaigns import ENDED_AT
from cleanit_app.services.unit_of_work import UnitOfWork

# Whoever holds a row just now keeps it until the next night.
ARCHIVE = text(
    f"""UPDATE campaigns SET archived_at = :now WHERE id IN (
         SELECT id FROM campaigns WHERE archived_at IS NULL AND status IN ('CLOSED', 'EXPIRED', 'CANCELLED')
           AND {ENDED_AT} <= :ended AND refund_status <> 'PROCESSING'
         ORDER BY {ENDED_AT}, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING id"""  # noqa: S608 (ENDED_AT is our own constant; values are bound)
)


def archive_old_campaigns(uow: UnitOfWork, *, limit: int) -> int:
    """Take the longest ended campaigns out of the public lists, `limit` at the most; how many (OPS-05).

    Their pages, money and history stay; those whose refunds are under way wait.
    """
    asked = {"now": uow.now, "ended": uow.now - LIMITS.archived_after, "limit": limit}
    return len(uow.run(ARCHIVE, asked).all())
