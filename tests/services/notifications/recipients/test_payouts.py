"""Who is told of pay that did not get through, and how often (NOT-01)."""

from __future__ import annotations

from functools import partial

import pytest
from sqlmodel import select

from cleanit_app.domain.actors import SYSTEM, AdminDuty
from cleanit_app.domain.events import PayoutDetailsWrong, PayoutFailed
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Payout
from tests.factories import Town
from tests.services.notifications.recipients.inbox import told
from tests.support.words import in_both


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
        english, hindi = in_both(
            partial(notification_words, notification.kind, notification.values, notification.created_at)
        )
        assert "₹950" in english
        assert "₹950" in hindi
        assert english != hindi
