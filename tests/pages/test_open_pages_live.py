"""What is new in somebody's work, money and cleanups is told to their open pages, though these cannot name it yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanit_app.domain.actors import Actor
from cleanit_app.ports import all_of
from cleanit_app.services.notifications.relay import relay_outbox
from tests.factories import Town


def _heard(town: Town) -> set[str]:
    """Everything that waits to be told is told; what tabs are woken for."""
    found: set[str] = set()
    with town.uow() as uow:
        while (told := relay_outbox(uow)).events:
            found |= told.campaigns
    return found


def _takes_a_job(town: Town, cleaner: Actor) -> None:
    town.claimed(cleaner)


def _is_approved(town: Town, cleaner: Actor) -> None:
    town.verified(cleaner)


def _gives(town: Town, giver: Actor) -> None:
    town.give(town.campaign(), 20_000, giver)


def _starts(town: Town, creator: Actor) -> None:
    town.campaign(creator)


@pytest.mark.row("NOT-02", "JOB-04", "PAY-11", "PAY-10")
@pytest.mark.parametrize(
    ("does", "who"),
    [
        (_takes_a_job, Town.cleaner),
        (_is_approved, Town.cleaner),
        (_gives, Town.person),
        (_starts, Town.person),
    ],
)
def test_an_open_list_hears_of_what_it_does_not_hold(
    town: Town, does: Callable[[Town, Actor], None], who: Callable[[Town], Actor]
) -> None:
    me, other = who(town), who(town)
    _heard(town)
    does(town, me)
    heard = _heard(town)
    assert all_of(me.user_id) in heard
    assert all_of(other.user_id) not in heard
