"""Every notification that a service sends can be said in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlmodel import select

from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Notification
from cleanit_app.notification_kinds import kind_named
from cleanit_app.services.notifications.relay import relay_outbox
from tests.factories import Town
from tests.support.words import in_both


@pytest.mark.row("NOT-01")
def test_sent_notifications_have_words(town: Town) -> None:
    town.verified(town.cleaner())
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        sent = uow.run(select(Notification)).scalars().all()
    for notification in sent:
        english, hindi = in_both(
            partial(notification_words, notification.kind, notification.values, notification.created_at)
        )
        assert english
        assert hindi
        assert english != hindi
        assert kind_named(notification.kind).tone


def test_a_rejection_is_said_with_its_note_and_its_deadline() -> None:
    values = {
        "rejection": "POOR_QUALITY",
        "notes": "the left side",
        "deadline_at": datetime(2026, 11, 25, 10, 30, tzinfo=UTC).isoformat(),
    }
    said = notification_words("job_rejected_retry", values, datetime(2026, 11, 24, tzinfo=UTC))
    assert said == ("Not accepted yet: it is not clean enough yet: the left side. Please do it again by 25 Nov, 4 pm.")
