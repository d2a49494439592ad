"""Every kind of notification, each one object in the room of its noun; all of them by the name that is stored."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds import (
    auth,
    bulk,
    campaigns,
    disputes,
    jobs,
    operations,
    payouts,
    people,
    refunds,
    review,
    support,
)
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

ROOMS = (campaigns, jobs, review, payouts, refunds, people, auth, support, disputes, operations, bulk)
KINDS: dict[str, NotificationKind] = {
    kind.name: kind for room in ROOMS for kind in vars(room).values() if isinstance(kind, NotificationKind)
}
"""All that can be sent."""

NO_LONGER_KNOWN = NotificationKind(
    "", category=NotificationCategory.MONEY, urgent=True, tone=Tone.JOB, link=routes.NOTIFICATIONS
)
"""What stands for a stored kind of an earlier version: it is shown, and takes nothing else down."""


def kind_named(name: str) -> NotificationKind:
    """The kind that was stored under this name, or NO_LONGER_KNOWN."""
    return KINDS.get(name, NO_LONGER_KNOWN)
