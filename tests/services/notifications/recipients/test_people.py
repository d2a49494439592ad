"""Who is told of papers that were refused, and why (NOT-01)."""

from __future__ import annotations

from functools import partial

import pytest

from cleanit_app.domain.actors import AdminDuty, Role
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.services.people.kyc import reject_cleaner
from tests.factories import Town, hand_in_id
from tests.services.notifications.recipients.inbox import told
from tests.support.words import in_both


@pytest.mark.row("LAW-08", "NOT-01")
@pytest.mark.parametrize(
    ("ground", "reason", "english", "hindi"),
    [
        (RefusalGround.UNREADABLE, "", "The photo cannot be read.", "फ़ोटो पढ़ी नहीं जा सकती"),
        (
            RefusalGround.OUT_OF_DATE,
            "old",
            "It has expired: old",
            "उसकी तारीख़ निकल चुकी है: old",
        ),
        (RefusalGround.OTHER, "a corner is missing", "a corner is missing", "a corner is missing"),
        (None, "a corner is missing", "a corner is missing", "a corner is missing"),
    ],
)
def test_a_refused_cleaner_hears_why(
    town: Town, ground: RefusalGround | None, reason: str, english: str, hindi: str
) -> None:
    cleaner, admin = town.person(Role.CLEANER), town.admin(AdminDuty.COMPLIANCE)
    with town.uow() as uow:
        hand_in_id(uow, cleaner)
        reject_cleaner(uow, actor=admin, cleaner_id=cleaner.user_id, reason=reason, ground=ground)
    (notification,) = told(town, cleaner)
    said = in_both(partial(notification_words, notification.kind, notification.values, notification.created_at))
    assert said[0] == f"Something in your papers needs fixing: {english.rstrip('.')}"
    assert said[1] == f"आपके काग़ज़ में कुछ ठीक करना है: {hindi}"
