"""A burst is told once, however many notice it at the same moment; the doors' side is in tests/api/test_rate_limits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from cleanit_app.domain.limits import BURSTS, Burst
from cleanit_app.models import OutboxEvent
from cleanit_app.services.auth.bursts import note_burst
from cleanit_app.wiring import Wiring
from tests.factories import Town


@pytest.mark.row("SEC-10")
@pytest.mark.parametrize("burst", list(Burst))
def test_many_who_notice_at_once_tell_it_once(town: Town, parts: Wiring, burst: Burst) -> None:
    def notice(_: int) -> bool:
        return note_burst(parts.open_uow, parts.limits, burst=burst, now=town.clock.now())

    most = BURSTS[burst].most
    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(notice, range(most))) == 0
        assert sum(crowd.map(notice, range(40))) == 1
    with town.uow() as uow:
        told = [event.payload for event in uow.all(OutboxEvent) if event.name == "BurstSeen"]
    assert [(one["kind"], one["count"]) for one in told] == [(burst.value, most)]
