"""What a giver and a cleaner read of their own money, in the words of the contract (PAY-10, PAY-11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Payout
from cleanit_app.services.campaigns import closing
from cleanit_app.services.payouts import manual as manual_payouts
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]


@pytest.mark.row("PAY-10")
def test_contributions_refunds_and_totals(as_: As, town: Town) -> None:
    giver, admin = town.person(name="Imran Khan"), town.admin()
    kept, ended = town.campaign(), town.campaign(title="Drain behind the clinic")
    first = town.give(kept, 30_000, giver)
    town.clock.move(minutes=1)
    second = town.give(ended, 20_000, giver)
    town.clock.move(minutes=1)
    wish = town.wish(kept, 10_000, giver)
    with town.uow() as uow:
        closing.cancel_by_admin(uow, actor=admin, campaign_id=ended.id, reason="The ward cleaned it")
    mine = as_(giver).get("/api/users/me/transactions").json()
    assert (mine["totalContributedPaise"], mine["totalRefundedPaise"]) == (50_000, 0)
    assert [c["id"] for c in mine["contributions"]] == [item["id"] for item in mine["items"]]
    line = next(c for c in mine["contributions"] if c["id"] == str(first.id))
    assert (line["amountPaise"], line["status"], line["campaignTitle"]) == (30_000, "SUCCESS", kept.title)
    assert line["razorpayPaymentId"] == first.razorpay_payment_id
    assert line["date"] == "2026-11-24T06:00:00Z"
    assert as_(giver).get(line["receiptUrl"]).headers["content-type"] == "application/pdf"
    assert str(wish.id) not in [c["id"] for c in mine["contributions"]]  # nothing came of it yet
    (refund,) = mine["refunds"]
    assert (refund["contributionId"], refund["amountPaise"], refund["status"]) == (str(second.id), 20_000, "PENDING")
    assert (refund["campaignTitle"], refund["cause"]) == (ended.title, "CAMPAIGN_ENDED")
    page = as_(giver).get("/api/users/me/transactions?limit=1").json()
    assert (len(page["contributions"]), page["totalContributedPaise"]) == (1, 50_000)
    assert page["nextCursor"]


@pytest.mark.row("PAY-11")
def test_payouts_pending_totals_and_average(as_: As, town: Town) -> None:
    cleaner, finance = town.cleaner(), town.admin(AdminDuty.FINANCE)
    done, waiting = town.verified(cleaner, 100_000), town.verified(cleaner, 200_000)
    with town.uow() as uow:
        paid = uow.first(Payout, col(Payout.job_id) == done.id)
        assert paid is not None
        manual_payouts.record_manual_payout(uow, actor=finance, payout_id=paid.id, reference="SBIN4261124001")
    mine = as_(cleaner).get("/api/cleaners/me/earnings").json()
    assert (mine["totalEarnedPaise"], mine["totalPendingPaise"], mine["averagePerJobPaise"]) == (
        95_000,
        190_000,
        95_000,
    )
    assert {p["jobId"]: p["status"] for p in mine["payouts"]} == {str(done.id): "PAID", str(waiting.id): "PENDING"}
    (coming,) = mine["pending"]
    assert (coming["jobId"], coming["amountPaise"], coming["paidAt"]) == (str(waiting.id), 190_000, None)
    assert next(p for p in mine["payouts"] if p["status"] == "PAID")["paidAt"] == "2026-11-24T06:00:00Z"
    assert all(p["campaignTitle"] and "razorpayPayoutId" in p for p in mine["payouts"])
