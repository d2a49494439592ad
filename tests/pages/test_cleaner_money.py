"""A payment in words: where it is in every state, and what to do when it could not be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import PayoutStatus
from cleanit_app.pages.cleaner.earnings import _note
from cleanit_app.pages.cleaner.payout import payout_view
from cleanit_app.reads.payouts.earnings import PayoutDetail, PayoutItem

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ITEM = PayoutItem(
    id=UUID(int=1),
    job_id=UUID(int=2),
    campaign_id=UUID(int=3),
    campaign_title="Corner dump by the school",
    amount_paise=95_000,
    status=PayoutStatus.PENDING,
    verified_at=NOW,
    scheduled_for=NOW + timedelta(hours=24),
    leaves_at=NOW + timedelta(hours=46),
    initiated_at=None,
    paid_at=None,
    reference=None,
    failure_reason=None,
    held=False,
)
DETAIL = PayoutDetail(ITEM, UUID(int=4), "Ramesh Pal", "ra•••@okbank", True, 1, None, 100_000, 5_000)


@pytest.mark.parametrize(
    ("changed", "rail", "said"),
    [
        ({}, ("now", "todo", "todo"), "It leaves on 26 Nov, 9:30 am."),
        (
            {"status": PayoutStatus.PROCESSING, "stands": PayStands.SENT},
            ("done", "now", "todo"),
            "It is on its way to your bank.",
        ),
        (
            {"status": PayoutStatus.PAID, "paid_at": NOW, "stands": PayStands.PAID},
            ("done", "done", "done"),
            "It is in your bank.",
        ),
        ({"stands": PayStands.KEPT}, ("now", "todo", "todo"), "It is held while a question about this job is settled."),
    ],
)
@pytest.mark.row("PAY-11")
def test_a_payment_says_where_it_is(changed: dict[str, object], rail: tuple[str, ...], said: str) -> None:
    view = payout_view(replace(DETAIL, item=replace(ITEM, **changed)), NOW)
    assert (view.rail_wait, view.rail_sent, view.rail_bank) == rail
    assert view.now == said
    assert view.trouble == ""


@pytest.mark.row("PAY-07")
def test_a_payment_that_could_not_be_sent_says_why_and_who_must_act() -> None:
    item = replace(ITEM, failure_reason="ifsc_wrong", stands=PayStands.ACCOUNT)
    view = payout_view(replace(DETAIL, item=item, payout_confirmed=False), NOW)
    assert (view.rail_sent, view.trouble, view.must_fix) == (
        "bad",
        "wrong IFSC",
        True,
    )
    assert (view.status, view.now) == ("FAILED", "")  # no promise of a day while the details are wrong
    unknown = payout_view(replace(DETAIL, item=replace(ITEM, failure_reason="some_new_word")), NOW)
    assert (unknown.trouble, unknown.must_fix) == ("a reason without words yet", False)


@pytest.mark.row("PAY-11")
def test_held_pay_says_in_the_list_what_its_page_says() -> None:
    held = replace(ITEM, held=True, stands=PayStands.KEPT)
    assert _note(held, NOW) == payout_view(replace(DETAIL, item=held), NOW).now
