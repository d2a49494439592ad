"""What finance does by hand, through REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import AdminAction, Campaign, Job, LedgerAccount, OutboxEvent, Payment, Payout, Refund
from cleanit_app.services.ledger import booking
from cleanit_app.services.refunds import refunds
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]


@pytest.fixture
def finance(as_: As, town: Town) -> Caller:
    return as_(town.admin(AdminDuty.FINANCE))


def owed_pay(town: Town) -> str:
    town.verified(town.cleaner())
    with town.uow() as uow:
        return str(uow.run(select(Payout.id)).scalar_one())


def stuck(town: Town, paise: int) -> str:
    """A refund that waits for a person."""
    campaign = town.campaign()
    wish = town.give(campaign, paise)
    with town.uow() as uow:
        payment = uow.first(Payment, Payment.contribution_id == wish.id)
        assert payment
        refund = refunds.owe_refund(uow, payment=payment, contribution=wish, amount_paise=paise, cause="CAMPAIGN_ENDED")
        uow.flush()
        refunds.to_a_person(uow, refund, "three tries failed")
    return str(refund.id)


@pytest.mark.row("OPS-03", "PAY-06")
def test_a_payout_is_held_with_a_reason_released_and_recorded_by_hand(finance: Caller, town: Town) -> None:
    path = f"/api/admin/payouts/{owed_pay(town)}"
    assert finance.post(f"{path}/hold", {"reason": " "}).json()["error"] == "REASON_MISSING"
    held = finance.post(f"{path}/hold", {"reason": "A neighbour doubts it"}).json()
    assert (held["held"], held["holdReason"], held["status"]) == (True, "A neighbour doubts it", "PENDING")
    assert finance.post(f"{path}/send").json()["error"] == "PAYOUT_ON_HOLD"
    row = finance.get("/api/admin/financial-overview").json()["payouts"][0]
    assert (row["held"], row["holdReason"]) == (True, "A neighbour doubts it")
    assert finance.post(f"{path}/paid-by-hand", {"reference": "SBIN4261124001"}).json()["error"] == "PAYOUT_ON_HOLD"
    assert finance.post(f"{path}/release").json()["held"] is False
    wrong = finance.post(f"{path}/paid-by-hand", {"reference": "?"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["reference"])
    paid = finance.post(f"{path}/paid-by-hand", {"reference": "sbin 4261124001"}).json()
    assert (paid["status"], paid["reference"]) == ("PAID", "SBIN4261124001")
    assert finance.post(f"{path}/outcome", {"left": False}).json()["error"] == "PAYOUT_NOT_DUE"


@pytest.mark.row("OPS-01", "PAY-06")
def test_pay_by_hand_that_the_bank_returned_is_owed_again_as_often_as_it_happens(finance: Caller, town: Town) -> None:
    path = f"/api/admin/payouts/{owed_pay(town)}"
    assert finance.post(f"{path}/returned", {"reason": "not yet paid"}).json()["error"] == "PAYOUT_NOT_BY_HAND"
    for reference in ("SBIN4261124001", "SBIN4261124002"):
        assert finance.post(f"{path}/paid-by-hand", {"reference": reference}).json()["status"] == "PAID"
        assert finance.post(f"{path}/returned", {"reason": " "}).json()["error"] == "REASON_MISSING"
        back = finance.post(f"{path}/returned", {"reason": "Account closed"}).json()
        assert (back["status"], back["reference"]) == ("MANUAL", None)
        assert finance.post(f"{path}/returned", {"reason": "Account closed"}).status_code == 409
        with town.uow() as uow:
            payout = uow.run(select(Payout)).scalar_one()
            job, campaign = uow.get(Job, payout.job_id), uow.get(Campaign, payout.campaign_id)
            assert (job.status, job.paid_at) == ("VERIFIED", None)
            assert (campaign.status, campaign.closed_at) == ("COMPLETED", None)
            assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE, payout.cleaner_id) == -payout.amount_paise
            assert booking.balance(uow, LedgerAccount.BANK) == 0
    lines = finance.get("/api/admin/financial-overview").json()["movements"]
    assert [(m["status"], m["reference"]) for m in lines if m["type"] == "PAYOUT"] == [
        ("FAILED", "SBIN4261124002"),
        ("FAILED", "SBIN4261124001"),
    ]
    assert finance.post(f"{path}/send").status_code == 202
    with town.uow() as uow:
        told = uow.run(select(OutboxEvent).where(col(OutboxEvent.name) == "PayoutFailed")).scalars().all()
        done = uow.run(select(AdminAction).where(col(AdminAction.action) == "UndoPayoutByHand")).scalars().all()
    assert [t.payload["reason"] for t in told] == ["Account closed"] * 2
    assert [a.details["reason"] for a in done] == ["Account closed"] * 2


@pytest.mark.row("OPS-01", "PAY-08")
def test_stuck_refunds_are_looked_at_first_and_then_sent_again_together(finance: Caller, town: Town) -> None:
    first, second = stuck(town, 20_000), stuck(town, 30_000)
    plan = finance.get("/api/admin/refunds/plan").json()
    assert (plan["count"], plan["paise"], set(plan["refundIds"])) == (2, 50_000, {first, second})
    assert {r["status"] for r in finance.get("/api/admin/financial-overview").json()["refunds"]} == {"MANUAL"}
    third = stuck(town, 10_000)
    wish: dict[str, Any] = {"refundIds": plan["refundIds"], "count": 2, "paise": 50_000}
    assert finance.post("/api/admin/refunds/send", wish | {"paise": 1}).json()["error"] == "LIST_CHANGED"
    assert finance.post("/api/admin/refunds/send", {"refundIds": "all"}).status_code == 422
    sent = finance.post("/api/admin/refunds/send", wish)
    assert (sent.status_code, sent.json()) == (202, {"count": 2, "paise": 50_000})
    assert finance.post("/api/admin/refunds/send", wish).status_code == 202  # they still wait: harmless
    assert finance.post(f"/api/admin/refunds/{third}/send").json()["status"] == "PENDING"
    with town.uow() as uow:
        assert len(refunds.due_refunds(uow, limit=9)) == 3


@pytest.mark.row("PAY-08")
def test_a_refund_given_at_the_bank_is_recorded_once(finance: Caller, town: Town) -> None:
    refund_id = stuck(town, 20_000)
    path = f"/api/admin/refunds/{refund_id}"
    done = finance.post(f"{path}/given-by-hand", {"reference": "N324261124000077"}).json()
    assert (done["status"], done["amountPaise"], done["reference"]) == ("COMPLETED", 20_000, "N324261124000077")
    assert finance.post(f"{path}/given-by-hand", {"reference": "N324261124000077"}).status_code == 409
    assert finance.post(f"{path}/outcome", {"left": True}).json()["error"] == "REFUND_NOT_WAITING"


@pytest.mark.row("PAY-04", "PAY-08")
def test_money_is_stopped_and_let_go_again(finance: Caller, town: Town) -> None:
    path = f"/api/admin/payouts/{owed_pay(town)}/send"
    assert finance.post("/api/admin/money-flows/PAYOUTS/stop", {"reason": ""}).json()["error"] == "REASON_MISSING"
    assert finance.post("/api/admin/money-flows/everything/stop", {"reason": "x"}).status_code == 422
    stopped = finance.post("/api/admin/money-flows/PAYOUTS/stop", {"reason": "Odd answers"}).json()
    assert (stopped["flow"], stopped["reason"], stopped["stoppedAt"] is not None) == ("PAYOUTS", "Odd answers", True)
    assert finance.post(path).json()["error"] == "MONEY_STOPPED"
    flows = finance.get("/api/admin/money-flows").json()["items"]
    assert [(f["flow"], f["reason"]) for f in flows] == [("PAYOUTS", "Odd answers"), ("REFUNDS", "")]
    finance.post("/api/admin/money-flows/PAYOUTS/resume")
    assert finance.post(path).status_code == 202


@pytest.mark.row("PAY-08")
def test_money_that_grows_old_is_shown_before_it_is_too_old(finance: Caller, town: Town) -> None:
    campaign = town.campaign()
    town.give(campaign, 20_000)
    town.give(campaign, 30_000)
    town.clock.move(days=149)
    assert finance.get("/api/admin/old-money").json()["items"] == []
    town.clock.move(days=2)
    (old,) = finance.get("/api/admin/old-money").json()["items"]
    assert (old["campaignId"], old["count"], old["paise"]) == (str(campaign.id), 2, 50_000)
    with town.uow() as uow:
        assert uow.run(select(Refund)).all() == []
