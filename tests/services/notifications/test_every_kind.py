"""Every kind of notification is really sent, and its words find all they need in what was kept."""

from __future__ import annotations

import pytest
from sqlmodel import select

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.i18n.catalogue import pair
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import ErrorLog, Notification
from cleanit_app.notification_kinds import KINDS, kind_named
from cleanit_app.services.notifications.relay import relay_outbox
from tests.factories import Town
from tests.services.notifications.every_event import all_that_can_happen, cast


@pytest.mark.row("NOT-01", "NOT-05")
def test_every_kind_is_sent_and_can_be_said(town: Town) -> None:
    parts = cast(town)
    town.clock.move(days=1)
    with town.uow() as uow:
        for event in all_that_can_happen(parts):
            uow.record(event, by=SYSTEM)
    with town.uow() as uow:
        relay_outbox(uow, limit=1000)
    with town.uow() as uow:
        assert uow.run(select(ErrorLog)).all() == []
        sent = uow.run(select(Notification)).scalars().all()
    assert {one.kind for one in sent} == set(KINDS)
    nothing = pair("news.unreadable")
    for one in sent:
        said = notification_words(one.kind, one.values)
        assert said != nothing, one.kind
        assert said.en != said.hi
        assert kind_named(one.kind).name == one.kind
