"""Using up what is limited, or refusing: what guards passwords and codes stays shut while nobody counts (SEC-01)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from cleanit_app.domain.errors import TooManyRequests, TryLater
from cleanit_app.domain.limits import Use
from cleanit_app.ports import Limits, LimitsUnknown

log = logging.getLogger(__name__)


def take(limits: Limits, uses: Sequence[Use], now: datetime) -> None:
    """Use each once, or none: TooManyRequests with the wait, TryLater while nobody can count."""
    try:
        wait = limits.take(uses, now)
    except LimitsUnknown as unknown:
        raise TryLater from unknown
    if wait:
        raise TooManyRequests.wait(wait)


def give_back(limits: Limits, uses: Sequence[Use]) -> None:
    """These uses were rightful."""
    try:
        limits.give_back(uses)
    except LimitsUnknown:
        log.warning("a rightful use stays counted")
