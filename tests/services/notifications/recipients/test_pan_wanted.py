"""The PAN is asked for by notice before a year's pay crosses the line, once a year (LAW-04)."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Notification
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.people.pans import save_pan
from tests.factories import Town
from tests.support.shop import CIPHER

pytestmark = pytest.mark.row("LAW-04")


def asked(town: Town, cleaner: Actor) -> int:
    """How often this cleaner was asked."""
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        return len(uow.all(Notification, Notification.user_id == cleaner.id, Notification.kind == "pan_wanted"))


def test_it_is_asked_before_the_pay_is_owed_and_once_a_year(town: Town) -> None:
    cleaner = town.cleaner()
    first = town.claimed(cleaner, 5_000_000)  # ₹47,500 for the cleaner
    assert asked(town, cleaner) == 0
    town.finish(cleaner, first.id)
    town.claimed(cleaner, 200_000)
    assert asked(town, cleaner) == 0, "₹49,400"
    town.claimed(cleaner, 200_000)
    assert asked(town, cleaner) == 1
    town.claimed(cleaner, 200_000)
    assert asked(town, cleaner) == 1


def test_who_gave_it_is_not_asked(town: Town) -> None:
    cleaner = town.cleaner()
    with town.uow() as uow:
        save_pan(uow, actor=cleaner, number="ABCPF1234K", cipher=CIPHER)
    for _ in range(2):
        town.claimed(cleaner, 5_000_000)
    assert asked(town, cleaner) == 0
