"""Work on many things at once: what it can be, and why one of them is passed over (OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cleanit_app.domain.errors import DomainError, FieldProblem, InvalidFields, MoveRefused, NotFound, OwnInterest
from cleanit_app.domain.reading.pasted_ids import pasted_ids
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.domain.statuses import CampaignStatus


class BulkAction(StrEnum):
    """What a run does to each of its rows."""

    REFUNDS = "REFUNDS"  # end a campaign; everybody's money goes back


class BulkObstacle(StrEnum):
    """Why a row is not done: the dry run says it beforehand, the row afterwards."""

    UNKNOWN = "UNKNOWN"  # no such thing
    OWN_INTEREST = "OWN_INTEREST"  # the admin has a part in it
    TOO_LATE = "TOO_LATE"  # its work is handed in, or it has ended
    REFUSED = "REFUSED"  # the rules say no
    TROUBLE = "TROUBLE"  # something broke: a person looks, and tries it again


_OF_REFUSALS: tuple[tuple[type[DomainError], BulkObstacle], ...] = (
    (NotFound, BulkObstacle.UNKNOWN),
    (OwnInterest, BulkObstacle.OWN_INTEREST),
    (MoveRefused, BulkObstacle.TOO_LATE),
)


def obstacle_of(refusal: DomainError) -> BulkObstacle:
    """Which obstacle a refusal is."""
    return next((obstacle for kind, obstacle in _OF_REFUSALS if isinstance(refusal, kind)), BulkObstacle.REFUSED)


@dataclass(frozen=True)
class CampaignsChosen:
    """Which campaigns: those with these ids, and all that a filter finds that may still be ended."""

    ids: tuple[UUID, ...] = ()
    status: CampaignStatus | None = None
    q: str = ""
    starter_id: UUID | None = None

    @property
    def filters(self) -> bool:
        """Whether anything but ids chooses."""
        return bool(self.status or self.q.strip() or self.starter_id)


def chosen_campaigns(*, ids: object, status: object, q: object, starter: object) -> CampaignsChosen:
    """The choice of a form or a body; InvalidFields names what is no id and no status."""
    problems: dict[str, FieldProblem] = {}
    read: dict[str, tuple[UUID, ...]] = {}
    for field, typed in (("ids", ids), ("starterId", starter)):
        try:
            read[field] = pasted_ids(typed)
        except Unreadable as unread:
            problems[field] = unread.problem
    if status and status not in set(CampaignStatus):
        problems["status"] = FieldProblem("value_unreadable")
    if len(read.get("starterId", ())) > 1:
        problems["starterId"] = FieldProblem("value_unreadable")
    if problems:
        raise InvalidFields(problems)
    wanted = CampaignStatus(str(status)) if status else None
    return CampaignsChosen(read["ids"], wanted, str(q or "")[:200], next(iter(read["starterId"]), None))
