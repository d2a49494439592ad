"""Every kind of notification is really sent; its words find all they need in what was kept, its link a row."""

from __future__ import annotations

from functools import partial

import pytest
from sqlmodel import select

from cleanit_app import routes
from cleanit_app.domain.actors import SYSTEM
from cleanit_app.i18n.catalogue import say
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import (
    BulkRun,
    Campaign,
    Contribution,
    Dispute,
    ErrorLog,
    FraudCase,
    Job,
    Notification,
    Payout,
    SupportTicket,
    User,
)
from cleanit_app.notification_kinds import KINDS, kind_named
from cleanit_app.services.notifications.relay import relay_outbox
from tests.factories import Town
from tests.services.notifications.every_event import all_that_can_happen, cast
from tests.support.words import in_both

OPENS = {
    routes.bulk_run: BulkRun,
    routes.campaign: Campaign,
    routes.admin_campaign: Campaign,
    routes.checking: Job,
    routes.contribution: Contribution,
    routes.fraud_case: FraudCase,
    routes.payout: Payout,
    routes.person: User,
    routes.admin_dispute: Dispute,
    routes.admin_ticket: SupportTicket,
    routes.dispute: Dispute,
    routes.ticket: SupportTicket,
    routes.work: Job,
}
"""What a page shows whose address is made around an id."""


@pytest.fixture
def sent(town: Town) -> list[Notification]:
    """Everything that anybody can be sent."""
    parts = cast(town)
    town.clock.move(days=1)
    with town.uow() as uow:
        for event in all_that_can_happen(parts):
            uow.record(event, by=SYSTEM)
    with town.uow() as uow:
        relay_outbox(uow, limit=1000)
    with town.uow() as uow:
        assert uow.run(select(ErrorLog)).all() == []
        return list(uow.run(select(Notification)).scalars())


@pytest.mark.row("NOT-01", "NOT-05")
def test_every_kind_is_sent_and_can_be_said(sent: list[Notification]) -> None:
    assert {one.kind for one in sent} == set(KINDS)
    nothing = say("news.unreadable")
    for one in sent:
        english, hindi = in_both(partial(notification_words, one.kind, one.values, one.created_at))
        assert nothing not in (english, hindi), one.kind
        assert english != hindi
        assert kind_named(one.kind).name == one.kind


@pytest.mark.row("NOT-01")
def test_every_link_leads_to_what_its_page_shows(town: Town, sent: list[Notification]) -> None:
    with town.uow() as uow:
        pages = {make: {make(row.id) for row in uow.run(select(table)).scalars()} for make, table in OPENS.items()}
    for one in sent:
        link = KINDS[one.kind].link
        assert one.link in ({link} if isinstance(link, str) else pages[link]), one.kind
