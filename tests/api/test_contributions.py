"""Giving money through REST: orders, callbacks, repeats, silence of the provider, receipts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Campaign, Contribution, Payment, Refund
from cleanit_app.services.campaigns.closing import close_collections
from cleanit_app.services.refunds.send import carry_out_refund, send_refund
from cleanit_app.services.transfers import attempts
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, sandbox_settings
from tests.factories import Town
from tests.sandbox.running import Sandbox, until

As = Callable[[Actor], Caller]


@pytest.fixture
def settings(settings: Settings, sandbox: Sandbox) -> Settings:
    """Settings that take the sandbox for Razorpay."""
    return settings.model_copy(update=sandbox_settings(sandbox))


def give(caller: Caller, campaign: Campaign, paise: Any, key: str = "key-0001", **more: Any) -> Any:
    """Wish to give."""
    path = f"/api/campaigns/{campaign.id}/contributions"
    return caller.post(path, {"amountPaise": paise, **more}, headers={"Idempotency-Key": key})


def pay(sandbox: Sandbox, order: Any, outcome: str = "success") -> Any:
    """What happens on the payment page."""
    return sandbox.control(f"orders/{order['razorpayOrderId']}/pay", outcome=outcome)


def confirm(caller: Caller, order: Any, callback: Any) -> Any:
    """The browser comes back from Checkout."""
    return caller.post(f"/api/contributions/{order['contributionId']}/confirm", callback)


@pytest.mark.row("PAY-01", "PAY-02", "PAY-10")
def test_a_neighbour_gives_and_holds_a_receipt(as_: As, anybody: Caller, town: Town, sandbox: Sandbox) -> None:
    campaign, person = town.campaign(target_paise=100_000), town.person(name="Imran Khan")
    caller = as_(person)
    answer = give(caller, campaign, 50_000, anonymous=True)
    order = answer.json()
    assert (answer.status_code, order["amountPaise"], order["currency"]) == (201, 50_000, "INR")
    assert order["razorpayKeyId"].startswith("rzp_test_")
    state = caller.get(f"/api/contributions/{order['contributionId']}").json()
    assert (state["status"], state["razorpayOrderId"]) == ("PENDING", order["razorpayOrderId"])
    early = caller.get(f"/api/contributions/{order['contributionId']}/receipt")
    assert (early.status_code, early.json()["error"]) == (409, "RECEIPT_NOT_READY")
    confirmed = confirm(caller, order, pay(sandbox, order))
    body = confirmed.json()
    assert (confirmed.status_code, body["status"], body["state"], body["keptPaise"]) == (200, "SUCCESS", "HELD", 50_000)
    seen = anybody.get(f"/api/campaigns/{campaign.id}").json()
    assert (seen["raisedPaise"], seen["percent"], seen["money"]["heldPaise"]) == (50_000, 50, 50_000)
    assert [(c["name"], c["paise"]) for c in seen["contributors"]] == [(None, 50_000)]
    receipt = caller.get(f"/api/contributions/{order['contributionId']}/receipt")
    assert receipt.headers["content-type"] == "application/pdf"
    assert receipt.content.startswith(b"%PDF-")
    assert body["receiptNumber"] in receipt.headers["content-disposition"]
    mine = caller.get("/api/users/me/transactions").json()
    assert mine["totals"]["heldPaise"] == mine["totals"]["givenPaise"] == 50_000
    detail = caller.get(f"/api/users/me/transactions/{order['contributionId']}").json()
    assert (detail["state"], detail["method"], detail["upiReference"] is not None) == ("HELD", "upi", True)
    other = as_(town.person())
    for path in (f"/api/contributions/{order['contributionId']}/receipt", f"/api/users/me/transactions/{detail['id']}"):
        assert other.get(path).status_code == 404


@pytest.mark.row("PAY-01")
def test_the_same_key_is_the_same_wish(as_: As, town: Town) -> None:
    campaign, caller = town.campaign(), as_(town.person())
    first, second = give(caller, campaign, 50_000), give(caller, campaign, 50_000)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    changed = give(caller, campaign, 60_000)
    assert (changed.status_code, changed.json()["error"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert give(as_(town.person()), campaign, 60_000).status_code == 201


@pytest.mark.row("PAY-01", "TST-04")
def test_a_double_click_makes_one_order(as_: As, town: Town, sandbox: Sandbox) -> None:
    campaign, caller = town.campaign(), as_(town.person())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: give(caller, campaign, 50_000), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["contributionId"] for answer in answers}) == 1
    with town.uow() as uow:
        assert uow.run(select(func.count()).select_from(Contribution)).scalar_one() == 1


@pytest.mark.row("PAY-01")
@pytest.mark.parametrize(
    ("key", "said"),
    [
        (None, "Send the header Idempotency-Key"),
        ("", "Send the header Idempotency-Key"),
        ("short", "Idempotency-Key needs at least 8 letters"),
        ("x" * 81, "Idempotency-Key may have at most 80 letters"),
    ],
)
def test_a_wish_needs_its_key(key: str | None, said: str, as_: As, town: Town) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    path = f"/api/campaigns/{town.campaign().id}/contributions"
    refused = as_(town.person()).post(path, {"amountPaise": 50_000}, headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (400, "BAD_REQUEST")
    assert said in refused.json()["detail"]
    assert refused.json()["fields"] == {"Idempotency-Key": refused.json()["detail"]}


@pytest.mark.row("PAY-01", "SEC-04")
@pytest.mark.parametrize("anonymous", ["true", "yes", 1, 0, "", [True], {}])
def test_a_name_is_not_shown_on_a_guess(anonymous: Any, as_: As, town: Town) -> None:
    """What is neither true nor false is refused at its field, before and after the key is known."""
    campaign, caller = town.campaign(), as_(town.person())
    for _ in range(2):
        refused = give(caller, campaign, 50_000, anonymous=anonymous)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["anonymous"])
        assert give(caller, campaign, 50_000, anonymous=True).status_code == 201
    assert give(caller, campaign, 50_000, anonymous=None).json()["error"] == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.row("CAM-08", "SEC-04")
@pytest.mark.parametrize(
    ("paise", "status", "code"),
    [
        (900, 422, "AMOUNT_TOO_SMALL"),
        (0, 422, "AMOUNT_TOO_SMALL"),
        (-50_000, 422, "AMOUNT_TOO_SMALL"),
        (100_100, 422, "AMOUNT_OVER_REMAINING"),
        (10**30, 422, "AMOUNT_OVER_REMAINING"),
        (None, 422, "AMOUNT_TOO_SMALL"),
        ("50000", 422, "AMOUNT_TOO_SMALL"),
        (500.5, 422, "AMOUNT_TOO_SMALL"),
        (True, 422, "AMOUNT_TOO_SMALL"),
        ([50_000], 422, "AMOUNT_TOO_SMALL"),
    ],
)
def test_wrong_amounts_are_refused(paise: Any, status: int, code: str, as_: As, town: Town) -> None:
    refused = give(as_(town.person()), town.campaign(target_paise=100_000), paise)
    assert (refused.status_code, refused.json()["error"]) == (status, code)


@pytest.mark.row("CAM-08")
def test_who_may_not_give(as_: As, town: Town) -> None:
    creator = town.person()
    campaign = town.campaign(creator)
    assert give(as_(creator), campaign, 50_000).json()["error"] == "OWN_CAMPAIGN"
    assert give(as_(town.admin()), campaign, 50_000).status_code == 403
    full = town.campaign(target_paise=50_000)
    town.give(full, 50_000)
    refused = give(as_(town.person()), full, 50_000)
    assert (refused.status_code, refused.json()["error"]) == (409, "CAMPAIGN_NOT_COLLECTING")


@pytest.mark.row("PAY-01", "TST-03")
def test_a_failed_try_is_told_and_can_be_repeated(as_: As, town: Town, sandbox: Sandbox) -> None:
    caller, campaign = as_(town.person()), town.campaign()
    order = give(caller, campaign, 50_000).json()
    failed = pay(sandbox, order, "fail")
    payment = sandbox.control(f"orders/{order['razorpayOrderId']}", "GET")["payments"][0]
    callback = {
        "razorpay_payment_id": payment["id"],
        "razorpay_order_id": order["razorpayOrderId"],
        "razorpay_signature": failed.get("razorpay_signature", "0" * 64),
    }
    assert confirm(caller, order, callback).status_code == 404
    confirmed = confirm(caller, order, pay(sandbox, order))
    assert confirmed.json()["status"] == "SUCCESS"


@pytest.mark.row("PAY-01")
def test_a_callback_is_believed_only_for_the_own_order(as_: As, town: Town, sandbox: Sandbox) -> None:
    campaign = town.campaign()
    caller, other = as_(town.person()), as_(town.person(name="Imran Khan"))
    order, others = give(caller, campaign, 50_000).json(), give(other, campaign, 20_000).json()
    callback = pay(sandbox, others)
    assert confirm(caller, others, callback).status_code == 404
    assert confirm(caller, order, callback).status_code == 404
    forged = callback | {"razorpay_signature": "0" * 64}
    assert confirm(other, others, forged).status_code == 404
    for nonsense in ({}, {"razorpay_payment_id": 5}, callback | {"razorpay_signature": "é" * 20}):
        assert confirm(other, others, nonsense).status_code in (400, 404)
    assert confirm(other, others, callback).json()["status"] == "SUCCESS"
    assert confirm(other, others, callback).json()["keptPaise"] == 20_000
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 20_000
        assert uow.run(select(func.count()).select_from(Payment)).scalar_one() == 1


@pytest.mark.row("PAY-01", "PAY-07")
@pytest.mark.parametrize("fault", ["500", "429", "drop", "drop_after", "502_html"])
def test_a_silent_provider_loses_nothing(fault: str, as_: As, town: Town, sandbox: Sandbox) -> None:
    caller, campaign = as_(town.person()), town.campaign()
    sandbox.control("faults", kind=fault, method="POST", path="orders")
    silent = give(caller, campaign, 50_000)
    assert (silent.status_code, silent.json()["error"]) == (503, "PROVIDER_UNAVAILABLE")
    assert int(silent.headers["retry-after"]) > 0
    order = give(caller, campaign, 50_000)
    assert order.status_code == 201
    assert len(sandbox.book()["orders"]) == 1


@pytest.mark.row("PAY-02", "PAY-08")
def test_the_last_rupee_given_twice_goes_back(as_: As, town: Town, sandbox: Sandbox) -> None:
    campaign = town.campaign(target_paise=100_000)
    people = [as_(town.person()), as_(town.person(name="Imran Khan"))]
    orders = [give(person, campaign, 100_000).json() for person in people]
    callbacks = [pay(sandbox, order) for order in orders]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(confirm, people, orders, callbacks))
    states = sorted(answer.json()["status"] for answer in answers)
    assert states == ["LATE", "SUCCESS"]
    late = next(a.json() for a in answers if a.json()["status"] == "LATE")
    assert [(r["amountPaise"], r["cause"], r["status"]) for r in late["refunds"]] == [(100_000, "LATE", "PENDING")]
    with town.uow() as uow:
        assert uow.get(Campaign, campaign.id).status == "FUNDED"
        assert uow.run(select(col(Refund.amount_paise))).scalars().all() == [100_000]
    loser = people[[a.json()["status"] for a in answers].index("LATE")]
    totals = loser.get("/api/users/me/transactions").json()["totals"]
    assert (totals["givenPaise"], totals["refundOnTheWayPaise"], totals["heldPaise"]) == (100_000, 100_000, 0)


def _seconds_before_its_end(town: Town, campaign: Campaign, seconds: int) -> None:
    """Move the clock to so many seconds before the campaign's `expires_at`."""
    assert campaign.expires_at is not None
    town.clock.at = campaign.expires_at - timedelta(seconds=seconds)


@pytest.mark.row("CAM-10", "PAY-01", "PAY-02")
def test_a_second_before_its_end_a_campaign_takes_an_order_that_may_be_paid_after(
    as_: As, anybody: Caller, town: Town, sandbox: Sandbox
) -> None:
    campaign, person = town.campaign(target_paise=100_000), town.person()
    _seconds_before_its_end(town, campaign, 1)
    caller = as_(person)
    order = give(caller, campaign, 50_000).json()
    _seconds_before_its_end(town, campaign, -60)
    confirmed = confirm(caller, order, pay(sandbox, order)).json()
    assert (confirmed["status"], confirmed["state"], confirmed["keptPaise"]) == ("SUCCESS", "HELD", 50_000)
    assert anybody.get(f"/api/campaigns/{campaign.id}").json()["raisedPaise"] == 50_000


@pytest.mark.row("CAM-10", "PAY-01")
@pytest.mark.parametrize("seconds", [0, -1, -3600])
def test_from_its_end_on_a_campaign_takes_no_new_order(
    seconds: int, as_: As, anybody: Caller, town: Town, sandbox: Sandbox
) -> None:
    campaign, person = town.campaign(target_paise=100_000), town.person()
    _seconds_before_its_end(town, campaign, seconds)
    caller = as_(person)
    for language, words in (("en", "closing tonight"), ("hi", "आज रात बंद होगी")):
        path = f"/api/campaigns/{campaign.id}/contributions"
        headers = {"Idempotency-Key": "key-0001", "Accept-Language": language}
        refused = caller.post(path, {"amountPaise": 50_000}, headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (409, "CAMPAIGN_TIME_OVER")
        assert words in refused.json()["detail"]
    assert sandbox.book()["orders"] == []
    seen = caller.get(f"/api/campaigns/{campaign.id}").json()
    assert (seen["status"], seen["viewer"]["mayContribute"]) == ("ACTIVE", False)


@pytest.mark.row("CAM-10", "PAY-01")
def test_a_wish_from_before_gets_no_order_after_the_end(as_: As, town: Town, sandbox: Sandbox) -> None:
    campaign, person = town.campaign(target_paise=100_000), town.person()
    caller = as_(person)
    _seconds_before_its_end(town, campaign, 30)
    sandbox.control("faults", kind="500", method="POST", path="orders")
    assert give(caller, campaign, 50_000).json()["error"] == "PROVIDER_UNAVAILABLE"
    _seconds_before_its_end(town, campaign, 0)
    again = give(caller, campaign, 50_000)
    assert (again.status_code, again.json()["error"]) == (409, "CAMPAIGN_TIME_OVER")
    assert sandbox.book()["orders"] == []


@pytest.mark.row("CAM-10", "PAY-08")
def test_an_order_of_before_that_is_paid_after_midnight_goes_back(as_: As, town: Town, sandbox: Sandbox) -> None:
    campaign, person = town.campaign(target_paise=100_000), town.person()
    caller = as_(person)
    _seconds_before_its_end(town, campaign, 1)
    order = give(caller, campaign, 50_000).json()
    _seconds_before_its_end(town, campaign, -24 * 3600)
    with town.uow() as uow:
        close_collections(uow, campaign_ids=[campaign.id])
    confirmed = confirm(caller, order, pay(sandbox, order)).json()
    assert (confirmed["status"], confirmed["keptPaise"]) == ("LATE", 0)
    with town.uow() as uow:
        (refund,) = uow.all(Refund)
    assert (refund.cause, refund.amount_paise) == ("LATE", 50_000)


@pytest.mark.row("PAY-08")
def test_a_gift_is_taken_back_the_way_it_came(as_: As, town: Town, sandbox: Sandbox, wiring: Wiring) -> None:
    campaign, person = town.campaign(target_paise=100_000), town.person()
    caller = as_(person)
    order = give(caller, campaign, 40_000).json()
    confirm(caller, order, pay(sandbox, order))
    path = f"/api/contributions/{order['contributionId']}/take-back"
    assert as_(town.person()).post(path).status_code == 404
    taken = caller.post(path)
    assert taken.status_code == 200
    assert (taken.json()["keptPaise"], taken.json()["state"]) == (0, "REFUND_ON_THE_WAY")
    assert caller.post(path).status_code == 200, "twice is once"
    assert caller.get(f"/api/campaigns/{campaign.id}").json()["raisedPaise"] == 0
    with town.uow() as uow:
        (refund,) = uow.all(Refund)
    send_refund(town.open, wiring.payments, refund_id=refund.id, form=wiring.provider_format)
    until(lambda: sandbox.book()["refunds"][0]["status"] == "processed")
    town.clock.move(hours=1)
    with town.uow() as uow:
        open_ones = attempts.open_attempts(uow, limit=9)
    for attempt_id in open_ones:
        carry_out_refund(town.open, wiring.payments, attempt_id=attempt_id)
    assert [r["amount"] for r in sandbox.book()["refunds"]] == [40_000]
    again = give(caller, campaign, 100_000, "another-wish").json()
    confirm(caller, again, pay(sandbox, again))
    late = caller.post(f"/api/contributions/{again['contributionId']}/take-back")
    assert (late.status_code, late.json()["error"]) == (409, "CONTRIBUTION_STAYS")
    mine = caller.get("/api/users/me/transactions").json()["items"]
    assert {one["state"] for one in mine} == {"REFUNDED", "HELD"}
