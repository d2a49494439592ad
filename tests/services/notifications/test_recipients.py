"""Who is told of papers that were refused and of pay that did not get through (NOT-01)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from cleanit_app.domain.actors import SYSTEM, Actor, AdminDuty, Role
from cleanit_app.domain.events import PayoutDetailsWrong, PayoutFailed
from cleanit_app.domain.identity import RefusalGround
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Notification, Payout
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.people.kyc import reject_cleaner
from tests.factories import Town, hand_in_id


def told(town: Town, person: Actor) -> list[Notification]:
    """All news of somebody, the oldest first."""
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        return sorted(uow.all(Notification, Notification.user_id == person.id), key=lambda one: one.id)


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
    said = notification_words(notification.kind, notification.values)
    assert said.en == f"Something in your papers needs fixing: {english.rstrip('.')}"
    assert said.hi == f"आपके काग़ज़ में कुछ ठीक करना है: {hindi}"


@pytest.mark.row("PAY-07", "NOT-01")
def test_finance_hears_of_pay_that_failed_once_a_day_for_each_payout(town: Town) -> None:
    cleaner, finance = town.cleaner(), town.admin(AdminDuty.FINANCE)
    job = town.verified(cleaner)
    with town.uow() as uow:
        payout = uow.run(select(Payout)).scalar_one()

    def fails(needs_person: bool = False, details: bool = False) -> None:
        town.clock.move(seconds=1)  # news of one moment have no order among themselves
        with town.uow() as uow:
            if details:
                uow.record(PayoutDetailsWrong(payout.id, cleaner.user_id, 95_000, "ifsc_wrong"), by=SYSTEM)
            else:
                failed = PayoutFailed(
                    payout.id, job.id, payout.campaign_id, cleaner.user_id, 95_000, "odd", needs_person
                )
                uow.record(failed, by=SYSTEM)

    def kinds() -> list[str]:
        return [one.kind for one in told(town, finance)]

    for _ in range(2):
        fails()
    assert kinds() == ["payout_tried_again_admin"]
    for _ in range(2):
        fails(details=True)
    assert kinds() == ["payout_tried_again_admin", "payout_details_wrong_admin"]
    fails(needs_person=True)
    assert kinds()[2:] == ["payout_failed_admin"]
    town.clock.move(days=1)
    fails(details=True)
    assert kinds()[3:] == ["payout_details_wrong_admin"]
    for notification in told(town, finance):
        said = notification_words(notification.kind, notification.values)
        assert "₹950" in said.en
        assert said.en != said.hi
