"""Who may see the public sizes of a photo: asked at each file, by the photo it belongs to (SEC-06, CAM-09)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.models import PHOTO_IS_PUBLIC
from cleanit_app.reads.paging import ask, ask_list
from cleanit_app.reads.photos.photos import PhotoView, photo_columns, photo_of
from cleanit_app.services.unit_of_work import UnitOfWork

PAID_HERE = """EXISTS (SELECT FROM contributions g
    WHERE g.campaign_id = c.id AND g.contributor_id = :me AND g.paid_at IS NOT NULL)"""
HAS_PART = f"""p.owner_id = :me
    OR EXISTS (SELECT FROM campaigns c WHERE c.photo_id = p.id AND {PAID_HERE})
    OR EXISTS (SELECT FROM jobs j JOIN campaigns c ON c.id = j.campaign_id
               WHERE j.id = p.job_id AND j.completion_photo_id = p.id AND (c.creator_id = :me OR {PAID_HERE}))"""

IN_A_CASE = """SELECT FROM fraud_findings WHERE photo_id = :id
    UNION ALL SELECT FROM fraud_findings WHERE other_photo_id = :id LIMIT 1"""
"""Whether a rule found something about a photo: who looks into fraud compares it with the other one (OPS-04)."""


class Shown(StrEnum):
    """To whom a photo is shown."""

    ALL = "all"
    SOME = "some"  # its owner, who has a part in its cleanup, who checks
    NOBODY = "nobody"


def shown_to(uow: UnitOfWork, *, photo_id: UUID, base_key: str) -> Shown:
    """Whether a photo is public, for some, or not kept under this key; one in quarantine is shown to nobody."""
    sql = f"SELECT {PHOTO_IS_PUBLIC} AS public FROM photos p WHERE {_HERE}"
    rows = ask(uow, sql, id=photo_id, base=base_key)
    if not rows:
        return Shown.NOBODY
    return Shown.ALL if rows[0].public else Shown.SOME


def may_see(uow: UnitOfWork, *, actor: Actor, photo_id: UUID) -> bool:
    """Whether this person sees a photo that is not public: who sent it, has a part in its cleanup, or checks it."""
    if actor.may(Permission.VERIFY_JOBS) or actor.may(Permission.APPROVE_CAMPAIGNS):
        return True
    if actor.id is None:
        return False
    if actor.may(Permission.LOOK_INTO_FRAUD) and ask(uow, IN_A_CASE, id=photo_id):
        return True
    return bool(ask(uow, f"SELECT FROM photos p WHERE p.id = :id AND ({HAS_PART})", id=photo_id, me=actor.id))


def photos_seen_by(uow: UnitOfWork, *, actor: Actor, photo_ids: Iterable[UUID]) -> dict[UUID, PhotoView]:
    """Those of the photos whose files this person would be given, in one question; the others are left out."""
    wanted = list(dict.fromkeys(photo_ids))
    if not wanted:
        return {}
    checks = actor.may(Permission.VERIFY_JOBS) or actor.may(Permission.APPROVE_CAMPAIGNS)
    seen = "TRUE" if checks else f"({PHOTO_IS_PUBLIC} OR {HAS_PART})"
    sql = f"""SELECT {photo_columns("p", "photo")} FROM photos p
              WHERE p.id = ANY(:ids) AND p.quarantined_at IS NULL AND p.erased_at IS NULL
                AND {seen}"""
    mine = {} if checks else {"me": actor.id}
    return dict(ask_list(uow, "photos", sql, ids=wanted, **mine).read(_by_id))


def _by_id(row: Row[Any]) -> tuple[UUID, PhotoView]:
    return row.photo_id, photo_of(row, "photo")


_HERE = "p.id = :id AND p.base_key = :base AND p.quarantined_at IS NULL AND p.erased_at IS NULL"
