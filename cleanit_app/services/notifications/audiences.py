"""To whom notifications go: the audiences, and what one notification is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.events import Event
from cleanit_app.models import Campaign, User
from cleanit_app.notification_kinds.kind import NotificationKind
from cleanit_app.services.unit_of_work import UnitOfWork

# Audiences: who hears it (user_id) and what differs from reader to reader (extra).
ONE = "SELECT CAST(:person AS uuid) AS user_id, '{}'::jsonb AS extra"
ADMINS = """SELECT id AS user_id, '{}'::jsonb AS extra FROM users
    WHERE role = 'ADMIN' AND status = 'ACTIVE' AND duties && ARRAY[:duty, 'SENIOR']::varchar[]"""
NEIGHBOURS = """SELECT contributor_id AS user_id, jsonb_build_object('amount_paise', sum(kept_paise)) AS extra
    FROM contributions WHERE campaign_id = :campaign AND status = 'SUCCESS' AND kept_paise > 0
    GROUP BY contributor_id"""
# Who may take this job: whose wish it is, who paid for it and who had it last may not (JOB-04).
CLEANERS_FOR = """SELECT c.user_id, '{}'::jsonb AS extra FROM cleaners c JOIN users u ON u.id = c.user_id
    CROSS JOIN (SELECT j.campaign_id, j.last_claimed_by, g.creator_id FROM jobs j
                JOIN campaigns g ON g.id = j.campaign_id WHERE j.id = :job) j
    WHERE c.status = 'ACTIVE' AND u.status = 'ACTIVE' AND c.user_id <> j.creator_id
      AND c.user_id IS DISTINCT FROM j.last_claimed_by
      AND NOT EXISTS (SELECT FROM contributions m WHERE m.campaign_id = j.campaign_id
                      AND m.contributor_id = c.user_id AND m.status = 'SUCCESS')"""
# Whom an earlier job of the same pass passed over for these reasons hears of a later one.
CLEANERS_PASSED_OVER = f"""{CLEANERS_FOR} AND c.user_id IN (
      SELECT unnest(ARRAY[b.last_claimed_by, h.creator_id]) FROM jobs b JOIN campaigns h ON h.id = b.campaign_id
      WHERE b.id = :before
      UNION ALL SELECT p.contributor_id FROM jobs b JOIN contributions p ON p.campaign_id = b.campaign_id
      WHERE b.id = :before AND p.status = 'SUCCESS')"""  # noqa: S608 (a question of our own; values are bound)

NOT_ACCEPTED = """SELECT id AS user_id, '{}'::jsonb AS extra FROM users
    WHERE status = 'ACTIVE' AND terms_version <> :version"""


@dataclass(frozen=True)
class Draft:
    """One kind of message to one audience, about the subject that its link leads to, if it leads to one.

    `once` bounds how often a reader gets it (the event, by default). `rest` is the audience of a second draft of one
    pass under the same `once`: those whom the first, bound to `before` by its job, has passed over.
    """

    kind: NotificationKind
    audience: str
    bound: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    once: str | None = None
    subject: UUID | None = None
    rest: str = ""

    @property
    def link(self) -> str:
        """Where it leads."""
        return self.kind.address(self.subject)


def one(person: UUID | None) -> dict[str, Any]:
    """What ONE is bound to."""
    return {"person": str(person)}


def duty(which: AdminDuty) -> dict[str, Any]:
    """What ADMINS is bound to."""
    return {"duty": which.value}


FINANCE, COMPLIANCE = duty(AdminDuty.FINANCE), duty(AdminDuty.COMPLIANCE)
SUPPORT = duty(AdminDuty.SUPPORT)
VERIFIER, SENIOR = duty(AdminDuty.VERIFIER), duty(AdminDuty.SENIOR)


def place(campaign: Campaign) -> dict[str, Any]:
    """How a notification names a campaign."""
    return {"place": campaign.title, "campaignId": str(campaign.id)}


def named(uow: UnitOfWork, user_id: UUID) -> dict[str, Any]:
    """How a notification names a person, and who it is: the name goes when the account does (LAW-02)."""
    return {"name": uow.get(User, user_id).name, "who": str(user_id)}


def neighbours(campaign: Campaign) -> dict[str, Any]:
    """What NEIGHBOURS is bound to."""
    return {"campaign": campaign.id}


Teller = Callable[[UnitOfWork, Any], list[Draft]]
Tellers = dict[type[Event], Teller]


def nobody(_uow: UnitOfWork, _e: Event) -> list[Draft]:
    """Tell it to nobody: it stays in the activity log, and who must know sees it where it happened."""
    return []
