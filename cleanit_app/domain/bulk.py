"""Work on many things at once: what it can be, and why one of them is passed over (OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cleanit_app.domain.actors import Permission, Role
from cleanit_app.domain.errors import DomainError, FieldProblem, InvalidFields, MoveRefused, NotFound, OwnInterest
from cleanit_app.domain.reading.pasted_ids import pasted_ids
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.domain.statuses import CampaignStatus, UserStatus


class BulkAction(StrEnum):
    """What a run does to each of its rows."""

    REFUNDS = "REFUNDS"  # end a campaign; everybody's money goes back
    NOTICES = "NOTICES"  # tell a person something, in the app


MAY = {BulkAction.REFUNDS: Permission.MOVE_CAMPAIGN_MONEY, BulkAction.NOTICES: Permission.MANAGE_PEOPLE}
"""What an admin must hold for each action: to order it, to see it, and at each of its rows."""


class BulkObstacle(StrEnum):
    """Why a row is not done: the dry run says it beforehand, the row afterwards."""

    UNKNOWN = "UNKNOWN"  # no such thing
    OWN_INTEREST = "OWN_INTEREST"  # the admin has a part in it
    TOO_LATE = "TOO_LATE"  # its work is handed in, or it has ended
    REFUSED = "REFUSED"  # the rules say no
    MUTED = "MUTED"  # the person has switched such notices off
    GONE = "GONE"  # the account was deleted
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


@dataclass(frozen=True)
class NoticeGroup:
    """Who is told: accounts of a role and a standing, and of these who has a part in certain campaigns.

    A part is to have started one, paid for it or worked on it; `place` is a town, a PIN code or words.
    """

    role: Role | None = None
    standing: UserStatus | None = None
    place: str = ""
    campaign_id: UUID | None = None
    campaign_status: CampaignStatus | None = None

    @property
    def by_campaigns(self) -> bool:
        """Whether campaigns choose among the people."""
        return bool(self.place.strip() or self.campaign_id or self.campaign_status)


def notice_group(*, role: object, standing: object, place: object, campaign: object, state: object) -> NoticeGroup:
    """The group of a form or a body; InvalidFields names the words that are none."""
    problems: dict[str, FieldProblem] = {}
    if role and role not in set(Role):
        problems["role"] = FieldProblem("value_unreadable")
    if standing and standing not in (UserStatus.ACTIVE, UserStatus.SUSPENDED):
        problems["standing"] = FieldProblem("value_unreadable")
    if state and state not in set(CampaignStatus):
        problems["campaignStatus"] = FieldProblem("value_unreadable")
    ids: tuple[UUID, ...] = ()
    try:
        ids = pasted_ids(campaign)
    except Unreadable as unread:
        problems["campaignId"] = unread.problem
    if len(ids) > 1:
        problems["campaignId"] = FieldProblem("value_unreadable")
    if problems:
        raise InvalidFields(problems)
    return NoticeGroup(
        Role(str(role)) if role else None,
        UserStatus(str(standing)) if standing else None,
        str(place or "")[:200],
        next(iter(ids), None),
        CampaignStatus(str(state)) if state else None,
    )
