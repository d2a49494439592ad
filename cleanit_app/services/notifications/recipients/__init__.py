"""Who hears about what: one table, each event with its teller in the room of its noun (NOT-01, NOT-03)."""

from __future__ import annotations

from cleanit_app.services.notifications.audiences import Tellers
from cleanit_app.services.notifications.recipients import (
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
    transfers,
)

ROOMS = (campaigns, jobs, review, payouts, refunds, transfers, people, auth, support, disputes, operations, bulk)
WHO_HEARS: Tellers = {event: teller for room in ROOMS for event, teller in room.TELLERS.items()}
"""Every event there is; what nobody hears of has its line too."""
