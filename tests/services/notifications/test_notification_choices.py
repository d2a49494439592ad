"""Which news people switched off, and which arrive whatever they chose; old ones are cleared."""

from __future__ import annotations

import pytest
from sqlmodel import select

from cleanit_app.domain.errors import InvalidFields
from cleanit_app.models import Notification
from cleanit_app.services.notifications.relay import choose_notifications, clear_old_notifications
from tests.factories import Town
from tests.services.notifications.test_relay import kinds_of, relay


@pytest.mark.row("NOT-05")
def test_what_is_switched_off_stays_away_and_money_arrives(town: Town) -> None:
    quiet, other = town.cleaner(), town.cleaner()
    with town.uow() as uow:
        choose_notifications(uow, actor=quiet, off=["JOBS", "WORK", "CAMPAIGNS"])
    town.verified(quiet)
    relay(town)
    assert kinds_of(town, quiet.id) == ["job_verified", "kyc_active"]
    assert "job_available" in kinds_of(town, other.id)
    with town.uow() as uow:
        choose_notifications(uow, actor=quiet, off=[])
    town.job()
    relay(town)
    assert "job_available" in kinds_of(town, quiet.id)


@pytest.mark.row("NOT-05")
@pytest.mark.parametrize("category", ["MONEY", "SECURITY", "LEGAL", "ANYTHING"])
def test_money_security_and_law_cannot_be_switched_off(town: Town, category: str) -> None:
    cleaner = town.cleaner()
    with pytest.raises(InvalidFields), town.uow() as uow:
        choose_notifications(uow, actor=cleaner, off=[category])


@pytest.mark.row("NOT-07")
def test_notifications_are_cleared_after_ninety_days(town: Town) -> None:
    town.verified(town.cleaner())
    relay(town)
    town.clock.move(days=89)
    with town.uow() as uow:
        assert clear_old_notifications(uow, limit=1000) == 0
        young = len(uow.run(select(Notification)).all())
    town.clock.move(days=2)
    town.job()
    relay(town)
    with town.uow() as uow:
        assert clear_old_notifications(uow, limit=3) == 3
        assert clear_old_notifications(uow, limit=1000) == young - 3
        left = uow.run(select(Notification)).scalars().all()
    assert left
    assert all((town.clock.now() - notification.created_at).days < 1 for notification in left)
