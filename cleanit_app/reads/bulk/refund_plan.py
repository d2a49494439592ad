"""The dry run of ending many campaigns with everybody's money going back: nothing moves (OPS-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.bulk import BulkObstacle, CampaignsChosen
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.statuses import ADMIN_MAY_CANCEL, CampaignStatus
from cleanit_app.reads.campaigns.word_search import campaign_query
from cleanit_app.reads.paging import ask_list
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NotRefundable:
    """A chosen campaign that would be passed over, and why; without a title there is no such campaign."""

    campaign_id: UUID
    title: str
    why: BulkObstacle


@dataclass(frozen=True)
class BulkRefundPlan:
    """What would be done: `payments` of neighbours would go back. `more`: the filter finds more than one run may do."""

    campaign_ids: tuple[UUID, ...]
    payments: int
    paise: int
    refused: tuple[NotRefundable, ...]
    more: bool

    @property
    def count(self) -> int:
        """How many campaigns; the number that is typed to confirm."""
        return len(self.campaign_ids)


@dataclass(frozen=True)
class _Looked:
    id: UUID
    title: str
    why: BulkObstacle | None
    payments: int
    paise: int


_LOOK = """SELECT c.id, c.title, c.status, c.raised_paise,
      (SELECT count(*) FROM contributions b WHERE b.campaign_id = c.id AND b.kept_paise > 0) AS payments,
      c.creator_id = :me OR j.claimed_by IS NOT DISTINCT FROM CAST(:me AS uuid) OR EXISTS (SELECT FROM contributions b
        WHERE b.campaign_id = c.id AND b.contributor_id = :me AND b.status = 'SUCCESS') AS own
    FROM campaigns c LEFT JOIN jobs j ON j.id = c.job_id"""


def bulk_refund_plan(uow: UnitOfWork, *, actor: Actor, chosen: CampaignsChosen) -> BulkRefundPlan:
    """How many campaigns, payments and paise a run would give back, and which of the chosen it could not, and why.

    InvalidFields when nothing was chosen, or more ids than one run may do.
    """
    actor.must(Permission.MOVE_CAMPAIGN_MONEY)
    most = LIMITS.bulk_campaigns
    if not (chosen.ids or chosen.filters):
        raise InvalidFields({"ids": FieldProblem("bulk_nothing")})
    if len(chosen.ids) > most:
        raise InvalidFields({"ids": FieldProblem("bulk_many", most=most)})
    by_filter = _found(uow, actor, chosen, most + 1) if chosen.filters else []
    by_id = _of_ids(uow, actor, chosen.ids)
    looked = {one.id: one for one in [*by_id, *by_filter]}
    fit = [one for one in looked.values() if one.why is None]
    unknown = [NotRefundable(one, "", BulkObstacle.UNKNOWN) for one in chosen.ids if one not in looked]
    refused = [NotRefundable(one.id, one.title, one.why) for one in looked.values() if one.why]
    done = fit[:most]
    return BulkRefundPlan(
        campaign_ids=tuple(one.id for one in done),
        payments=sum(one.payments for one in done),
        paise=sum(one.paise for one in done),
        refused=(*unknown, *refused),
        more=len(fit) > most,
    )


def _of_ids(uow: UnitOfWork, actor: Actor, ids: Sequence[UUID]) -> list[_Looked]:
    asked = f"{_LOOK} WHERE c.id = ANY(CAST(:ids AS uuid[])) ORDER BY c.id"
    found = ask_list(uow, "campaigns of a run", asked, ids=[str(one) for one in ids], me=actor.user_id)
    return found.read(_looked)


def _found(uow: UnitOfWork, actor: Actor, chosen: CampaignsChosen, most: int) -> list[_Looked]:
    """What the filter finds, the oldest first; only what may be ended, for the rest was not meant."""
    values: dict[str, Any] = {"me": actor.user_id, "most": most}
    statuses = [chosen.status] if chosen.status else sorted(ADMIN_MAY_CANCEL)
    values["statuses"] = [status.value for status in statuses if status in ADMIN_MAY_CANCEL]
    conditions = ["c.status = ANY(CAST(:statuses AS varchar[]))"]
    if chosen.q.strip():
        values["words"] = campaign_query(uow, chosen.q)
        conditions.append("c.words @@ CAST(:words AS tsquery)" if values["words"] else "false")
        if not values["words"]:
            del values["words"]
    if chosen.starter_id:
        values["starter"] = chosen.starter_id
        conditions.append("c.creator_id = :starter")
    asked = f"{_LOOK} WHERE {' AND '.join(conditions)} ORDER BY c.id LIMIT :most"
    return ask_list(uow, "campaigns for a run", asked, **values).read(_looked)


def _looked(row: Row[Any]) -> _Looked:
    why = None
    if CampaignStatus(row.status) not in ADMIN_MAY_CANCEL:
        why = BulkObstacle.TOO_LATE
    elif row.own:
        why = BulkObstacle.OWN_INTEREST
    return _Looked(row.id, row.title, why, row.payments, row.raised_paise)
