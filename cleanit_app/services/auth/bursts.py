"""What happens once by mistake and many times by intent: seniors hear of a burst, at most once an hour (SEC-10)."""

from __future__ import annotations

import logging
from datetime import datetime

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.events import BurstSeen
from cleanit_app.domain.limits import BURSTS, TOLD_OF_A_BURST, Burst, Use
from cleanit_app.ports import Limits, LimitsUnknown
from cleanit_app.services.unit_of_work import OpenUow

log = logging.getLogger(__name__)


def note_burst(open_uow: OpenUow, limits: Limits, *, burst: Burst, now: datetime) -> bool:
    """Count one more of a kind; whether it was the one too many, which seniors are told of (SEC-10).

    Nothing is written for the others, so that a burst costs the database nothing. While nobody counts nobody is told.
    """
    most = BURSTS[burst]
    try:
        if not limits.take([Use(f"burst:{burst}", most)], now):
            return False
        if limits.take([Use(f"burst-told:{burst}", TOLD_OF_A_BURST)], now):
            return False
    except LimitsUnknown:
        log.warning("a burst would go unseen: Redis does not answer")
        return False
    with open_uow() as uow:
        uow.record(BurstSeen(burst.value, most.most), by=SYSTEM)
    return True
