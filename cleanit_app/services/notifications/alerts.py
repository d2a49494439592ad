"""What is wrong now, each kind with its subjects; whoever must know hears once, until it is well again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from cleanit_app.services.unit_of_work import UnitOfWork

RAISE = text(
    """INSERT INTO alerts (id, kind, subject, raised_at) SELECT new_uuid_v7(:now), :kind, s, :now
       FROM unnest(CAST(:subjects AS text[])) s
       ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO NOTHING RETURNING subject"""
)
CLEAR = text(
    """UPDATE alerts SET cleared_at = :now WHERE kind = :kind AND cleared_at IS NULL
       AND NOT subject = ANY(CAST(:subjects AS text[]))"""
)


def now_wrong(uow: UnitOfWork, *, kind: str, subjects: Sequence[str]) -> Sequence[str]:
    """Keep the open alerts of a kind equal to what is wrong now; those that are new."""
    wrong = {"kind": kind, "subjects": list(subjects), "now": uow.now}
    uow.run(CLEAR, wrong)
    return uow.run(RAISE, wrong).scalars().all() if subjects else []
