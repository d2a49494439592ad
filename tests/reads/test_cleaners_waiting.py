"""Cleaners who wait for an admin: the longest waiting first, page by page (LAW-08)."""

from __future__ import annotations

import pytest

from cleanit_app.domain.actors import AdminDuty, Role
from cleanit_app.models import Cleaner
from cleanit_app.reads.people.people import cleaners_waiting
from tests.factories import Town, hand_in_id


@pytest.mark.row("LAW-08")
def test_who_handed_in_first_is_first_whoever_joined_first(town: Town) -> None:
    admin = town.admin(AdminDuty.COMPLIANCE)
    people = [town.person(Role.CLEANER) for _ in range(4)]
    order = [people[2], people[0], people[3], people[1]]
    for number, person in enumerate(order):
        town.clock.move(hours=1)
        with town.uow() as uow:
            if number == 1:  # an account waits as well as an ID does
                row = uow.lock(Cleaner, person.user_id)
                row.payout_kind, row.payout_details, row.payout_mask = "UPI", b"sealed", "ra•••@okbank"
                row.payout_changed_at = uow.now
            else:
                hand_in_id(uow, person)
    town.clock.move(hours=1)
    with town.uow() as uow:  # handing in something more makes nobody wait anew
        row = uow.lock(Cleaner, order[0].user_id)
        row.payout_kind, row.payout_details, row.payout_changed_at = "UPI", b"sealed", uow.now
    seen, cursor = [], None
    for _ in range(4):
        with town.uow() as uow:
            page = cleaners_waiting(uow, actor=admin, cursor=cursor, limit=1)
        seen += [one.id for one in page.items]
        cursor = page.next_cursor
    assert seen == [person.id for person in order]
    assert cursor is None
