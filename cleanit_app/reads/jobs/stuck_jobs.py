"""Jobs held back for an admin after three lost claims (JOB-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.reads.paging import Page, ask_list, moment_key, one_page, page_size, read_cursor
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StuckJob:
    """A job that waits for a decision; `most_pay_paise` is the highest pay the platform may raise it to."""

    job_id: UUID
    campaign_id: UUID
    title: str
    address: str
    held_since: datetime
    expires_at: datetime
    claims: int
    pay_paise: int
    most_pay_paise: int
    problem: str | None
    own_interest: bool


def stuck_jobs(uow: UnitOfWork, *, actor: Actor, cursor: str | None = None, limit: int | None = None) -> Page[StuckJob]:
    """Held jobs, the longest held first (JOB-08)."""
    actor.must(Permission.APPROVE_CAMPAIGNS)
    size = page_size(limit)
    keys = read_cursor(cursor, moment_key, UUID)
    after = "AND (j.review_since, j.id) > (CAST(:at AS timestamptz), CAST(:last AS uuid))" if keys else ""
    rows = ask_list(
        uow,
        "held jobs",
        f"""SELECT j.id, j.campaign_id, c.title, c.address, j.review_since, j.expires_at, j.claim_count,
              j.amount_paise, j.platform_added_paise, c.problem_note,
              c.creator_id = :me OR EXISTS (SELECT FROM contributions g WHERE g.campaign_id = c.id
                AND g.contributor_id = :me AND g.status = 'SUCCESS') AS own
            FROM jobs j JOIN campaigns c ON c.id = j.campaign_id
            WHERE j.review_since IS NOT NULL {after} ORDER BY j.review_since, j.id LIMIT :size""",
        me=actor.user_id,
        size=size + 1,
        **(dict(zip(("at", "last"), keys, strict=True)) if keys else {}),
    )
    return one_page(rows, size, partial(_held, uow.limits.added_most_paise), attrgetter("review_since", "id"))


def _held(added_most_paise: int, row: Row[Any]) -> StuckJob:
    return StuckJob(
        job_id=row.id,
        campaign_id=row.campaign_id,
        title=row.title,
        address=row.address,
        held_since=row.review_since,
        expires_at=row.expires_at,
        claims=row.claim_count,
        pay_paise=row.amount_paise,
        most_pay_paise=row.amount_paise - row.platform_added_paise + added_most_paise,
        problem=row.problem_note,
        own_interest=row.own,
    )
