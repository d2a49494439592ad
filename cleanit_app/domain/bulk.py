"""Work on many things at once: what it can be, and why one of them is passed over (OPS-01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cleanit_app.domain.actors import Permission, Role
from cleanit_app.domain.errors import DomainError, FieldProblem, InvalidFields, MoveRefused, NotFound, OwnInterest
from cleanit_app.domain.reading.choices import choice_of
from cleanit_app.domain.reading.pasted_ids import pasted_ids
from cleanit_app.domain.reading.signs import Unreadable, Value
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
    some = _read(problems, "ids", pasted_ids, ids) or ()
    one = _read(problems, "starterId", _pasted_id, starter)
    wanted = _read(problems, "status", choice_of(CampaignStatus), status)
    if problems:
        raise InvalidFields(problems)
    return CampaignsChosen(some, wanted, str(q or "")[:200], one)


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
    which = _read(problems, "role", choice_of(Role), role)
    stands = _read(problems, "standing", choice_of(UserStatus), standing)
    status = _read(problems, "campaignStatus", choice_of(CampaignStatus), state)
    one = _read(problems, "campaignId", _pasted_id, campaign)
    if stands not in (None, UserStatus.ACTIVE, UserStatus.SUSPENDED):
        problems["standing"] = FieldProblem("value_unreadable")
    if problems:
        raise InvalidFields(problems)
    return NoticeGroup(which, stands, str(place or "")[:200], one, status)


def _pasted_id(typed: object) -> UUID | None:
    ids = pasted_ids(typed)
    if len(ids) > 1:
        raise Unreadable("value_unreadable")
    return next(iter(ids), None)


def _read(
    problems: dict[str, FieldProblem], field: str, read: Callable[[object], Value], typed: object
) -> Value | None:
    """What a reader makes of a field; what it cannot make something of stands among the problems."""
    try:
        return read(typed)
    except Unreadable as unread:
        problems[field] = unread.problem
        return None
