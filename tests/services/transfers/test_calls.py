"""What each answer of the provider means, line by line: who may pay again, and who must look first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cleanit_app.adapters.razorpay_client import CONNECT_SECONDS, READ_SECONDS, RazorpayClient, classify
from cleanit_app.adapters.razorpay_messages import RazorpayFormat
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.domain.errors import (
    ListChanged,
    MoneyStopped,
    OwnInterest,
    PayoutNotByHand,
    PayoutNotDue,
    PayoutOnHold,
    RefundNotWaiting,
    RefundTooOld,
)
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.models import Attempt, Campaign, Cleaner, ErrorLog, Job, LedgerAccount, Notification, Payment, Refund
from cleanit_app.ports import ProviderRejected
from cleanit_app.services import webhooks
from cleanit_app.services.ledger import booking
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments import payments
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.payouts.fund_accounts import ensure_fund_account
from cleanit_app.services.payouts.send import carry_out_payout, send_payout
from cleanit_app.services.refunds import manual as manual_refunds
from cleanit_app.services.refunds import refunds
from cleanit_app.services.refunds.send import send_refund
from cleanit_app.services.transfers import attempts, kill_switch
from tests.factories import FORMAT, Town
from tests.sandbox.running import KEY_ID, X_ACCOUNT, Sandbox, running_sandbox
from tests.support.shop import CIPHER, Shop, open_shop


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Iterator[Shop]:
    yield open_shop(town, sandbox)
    sandbox.control("faults", "DELETE")


@pytest.mark.row("PAY-05", "PAY-07")
@pytest.mark.parametrize("kind", ["timeout_after", "drop", "500", "429", "502_html_after"])
def test_no_usable_answer_is_unknown_and_keeps_its_key(shop: Shop, kind: str) -> None:
    _, payout_id = shop.owed()
    fault = {"seconds": 3} if kind.startswith("timeout") else {}
    shop.sandbox.control("faults", kind=kind, count=1, method="POST", path="payouts", **fault)
    shop.send(payout_id)
    (call,) = shop.calls(payout_id)
    assert (call.status, call.tries, shop.payout(payout_id).status) == ("UNKNOWN", 1, "PROCESSING")
    assert len(shop.logged("attempt")) == 1
    shop.settle(31)
    (same,) = shop.calls(payout_id)
    assert (same.status, same.idempotency_key) == ("ACCEPTED", call.idempotency_key)
    assert len(shop.paid_out()) == 1


@pytest.mark.row("PAY-07")
def test_the_pause_doubles_up_to_a_quarter_of_an_hour_and_finance_hears_of_it(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.sandbox.control("faults", kind="500", count=20, method="POST", path="payouts")
    shop.send(payout_id)
    pauses = []
    for _ in range(7):
        (call,) = shop.calls(payout_id)
        pauses.append(round((call.next_try_at - shop.town.clock.now()).total_seconds()))
        shop.settle(pauses[-1])
    assert pauses == [30, 60, 120, 240, 480, 900, 900]
    assert [told["why"] for told in shop.said("TransferUnsure")] == ["unknown_outcome"]


@pytest.mark.row("PAY-07")
def test_after_a_day_it_is_only_looked_up_and_never_sent_again(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.sandbox.control("faults", kind="500", count=1, method="POST", path="payouts")
    shop.send(payout_id)
    shop.settle(25 * 3600)
    (call,) = shop.calls(payout_id)
    assert (call.status, shop.sandbox.book()["payouts"]) == ("MANUAL", [])
    for _ in range(3):
        shop.settle(3 * 3600)
    assert (shop.calls(payout_id)[0].tries, shop.sandbox.book()["payouts"]) == (1, [])
    assert [told["why"] for told in shop.said("TransferUnsure")] == ["unknown_for_a_day"]
    admin = shop.town.admin()
    with shop.town.uow() as uow:
        manual_payouts.decide_payout(uow, actor=admin, payout_id=payout_id, left=False)
    assert shop.payout(payout_id).status == "MANUAL"
    with shop.town.uow() as uow:
        payouts.order_payout_now(uow, actor=admin, payout_id=payout_id)
    shop.send(payout_id)
    assert len(shop.paid_out()) == 1


@pytest.mark.row("PAY-07")
def test_a_day_old_call_that_did_pay_is_found_by_its_reference(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.sandbox.control("faults", kind="500_after", count=1, method="POST", path="payouts")
    shop.send(payout_id)
    shop.settle(25 * 3600)
    assert shop.calls(payout_id)[0].status == "ACCEPTED"
    shop.land(payout_id)
    shop.settle(6 * 3600)
    assert (shop.payout(payout_id).status, len(shop.paid_out())) == ("PAID", 1)


@pytest.mark.row("PAY-07")
def test_another_body_under_our_key_is_for_a_person(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    (first,) = shop.calls(payout_id)
    shop.land(payout_id, "fail", reason="gateway_down")
    shop.settle(7200)
    shop.town.clock.move(hours=1)
    with shop.town.uow() as uow:
        second = payouts.prepare_payout(uow, payout_id=payout_id, form=FORMAT)
        assert second
        uow.lock(Attempt, first.id).idempotency_key = "another-key-of-ours"
        uow.flush()
        uow.lock(Attempt, second).idempotency_key = first.idempotency_key
    carry_out_payout(shop.town.open, shop.payouts, attempt_id=second)
    assert (shop.calls(payout_id)[1].status, shop.payout(payout_id).status) == ("MANUAL", "PROCESSING")
    assert [told["why"] for told in shop.said("TransferUnsure")] == ["key_conflict"]
    admin = shop.town.admin()
    with pytest.raises(PayoutNotDue), shop.town.uow() as uow:
        payouts.order_payout_now(uow, actor=admin, payout_id=payout_id)
    with shop.town.uow() as uow:
        manual_payouts.decide_payout(uow, actor=admin, payout_id=payout_id, left=True, reference="utr 523200001111")
    paid = shop.payout(payout_id)
    assert (paid.status, paid.utr) == ("PAID", "523200001111")
    with shop.town.uow() as uow:  # the provider does not know this call, so only a person can say that it came back
        manual_payouts.undo_manual_payout(uow, actor=admin, payout_id=payout_id, reason="Returned by the bank")
    assert (shop.payout(payout_id).status, shop.calls(payout_id)[1].status) == ("MANUAL", "REVERSED")
    with shop.town.uow() as uow:
        payouts.order_payout_now(uow, actor=admin, payout_id=payout_id)
    shop.send(payout_id)
    assert shop.payout(payout_id).status == "PROCESSING"


@pytest.mark.row("PAY-06", "OPS-01")
def test_what_the_provider_paid_is_not_undone_by_hand(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    shop.land(payout_id)
    shop.settle(7200)
    assert shop.payout(payout_id).status == "PAID"
    with pytest.raises(PayoutNotByHand), shop.town.uow() as uow:
        manual_payouts.undo_manual_payout(uow, actor=shop.town.admin(), payout_id=payout_id, reason="I think so")


@pytest.mark.row("PAY-06", "PAY-07")
def test_a_definite_no_before_creation_waits_for_a_person(shop: Shop) -> None:
    cleaner, payout_id = shop.owed()
    ensure_fund_account(shop.town.open, shop.payouts, CIPHER, cleaner_id=cleaner.user_id)
    with shop.town.uow() as uow:
        uow.lock(Cleaner, cleaner.user_id).payout_kind = "BANK"  # so that the mode does not fit the account
    shop.send(payout_id)
    assert (shop.payout(payout_id).status, shop.calls(payout_id)[0].status) == ("MANUAL", "FAILED")
    assert shop.said("PayoutFailed")[0]["needs_person"] is True
    shop.settle()
    assert len(shop.calls(payout_id)) == 1  # nobody tries by itself
    assert len(shop.logged("payout")) == 1


@pytest.mark.row("PAY-07")
def test_refused_access_is_a_wait_and_not_a_failure_of_this_payout(shop: Shop) -> None:
    cleaner, payout_id = shop.owed()
    ensure_fund_account(shop.town.open, shop.payouts, CIPHER, cleaner_id=cleaner.user_id)
    locked_out = open_shop_with(shop, "not-our-secret")
    for _ in range(4):
        locked_out.send(payout_id)
        assert shop.payout(payout_id).status == "PENDING"
        shop.town.clock.move(minutes=31)
    assert shop.payout(payout_id).failures == 0
    assert {told["why"] for told in shop.said("MoneyWaits")} == {"no_access"}
    shop.send(payout_id)
    assert len(shop.paid_out()) == 1


@pytest.mark.row("PAY-07")
@pytest.mark.parametrize(
    ("status", "text", "about_us"),
    [
        (401, "whatever", True),
        (400, "Authentication failed.", True),
        (400, "The api key provided is invalid", True),
        (400, "Transactions from this IP are not allowed. Contact support for help.", True),
        (400, "The RazorpayX Account number is invalid.", True),
        (400, "The requested URL was not found on the server.", True),
        (400, "The account number format is invalid.", False),
        (400, "The id provided does not exist", False),
    ],
)
def test_a_refusal_of_ourselves_is_known_by_its_words(status: int, text: str, about_us: bool) -> None:
    answer = json.dumps({"error": {"code": "BAD_REQUEST_ERROR", "description": text}}).encode()
    refusal = classify((status, answer), Exception())
    assert isinstance(refusal, ProviderRejected)
    assert refusal.is_about_us is about_us


@pytest.mark.row("PAY-07")
def test_a_wrong_account_of_ours_is_a_wait_and_not_a_failure_of_this_payout(shop: Shop) -> None:
    _, payout_id = shop.owed()
    after = send_payout(
        shop.town.open,
        shop.payouts,
        CIPHER,
        payout_id=payout_id,
        form=RazorpayFormat(account_number="2323230099887766"),
    )
    waiting = shop.payout(payout_id)
    assert (after, waiting.status, waiting.failures) == ("WAIT", "PENDING", 0)
    assert {told["why"] for told in shop.said("MoneyWaits")} == {"no_access"}


@pytest.mark.row("PAY-07")
def test_a_lease_is_longer_than_asking_and_sending() -> None:
    assert attempts.LEASE.total_seconds() > 2 * (CONNECT_SECONDS + READ_SECONDS)


@pytest.mark.row("PAY-08")
def test_a_refund_that_may_have_left_is_not_ended_by_a_short_balance(shop: Shop) -> None:
    refund_id = shop.owed_refund()
    shop.sandbox.control("faults", kind="500", count=1, method="POST", path="payments/*/refund")
    shop.send_refund(refund_id)
    shop.sandbox.control("balances", pg_balance=0)
    shop.settle(31)
    (call,) = shop.calls(refund_id=refund_id)
    assert (call.status, call.tries, shop.refund(refund_id).status) == ("UNKNOWN", 2, "PROCESSING")


@pytest.mark.row("PAY-07")
def test_an_old_word_about_a_queue_is_not_told_after_the_end(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    (call,) = shop.calls(payout_id)
    word = shop.payouts.payout(str(call.provider_id))
    with shop.town.uow() as uow:
        payouts.apply_payout(uow, attempt_id=call.id, answer=replace(word, status="failed", reason="provider_away"))
    with shop.town.uow() as uow:
        payouts.apply_payout(uow, attempt_id=call.id, answer=replace(word, status="queued"))
    assert shop.said("MoneyWaits") == []
    assert shop.calls(payout_id)[0].status == "FAILED"


@pytest.mark.row("PAY-07")
def test_a_question_that_is_refused_says_nothing_about_the_payout(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    locked_out = open_shop_with(shop, "not-our-secret")
    locked_out.settle()
    assert (shop.payout(payout_id).status, shop.calls(payout_id)[0].status) == ("PROCESSING", "ACCEPTED")
    shop.land(payout_id)
    shop.settle(7 * 3600)
    assert (shop.payout(payout_id).status, len(shop.paid_out())) == ("PAID", 1)


@pytest.mark.row("PAY-07", "PAY-05")
def test_a_queued_payout_leaves_when_there_is_money_and_finance_hears_once(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.sandbox.control("balances", x_balance=100)
    shop.send(payout_id)
    for _ in range(3):
        shop.settle(8 * 3600)
    call = shop.calls(payout_id)[0]
    assert (call.status, call.provider_status, shop.payout(payout_id).status) == ("ACCEPTED", "queued", "PROCESSING")
    assert [told["why"] for told in shop.said("MoneyWaits")] == ["balance_short"]
    shop.sandbox.control("balances", x_balance=10_000_000)
    shop.settle(8 * 3600)
    shop.land(payout_id)
    shop.settle(8 * 3600)
    assert (shop.payout(payout_id).status, len(shop.calls(payout_id))) == ("PAID", 1)


@pytest.mark.row("PAY-06")
@pytest.mark.parametrize("move", ["reject", "cancel"])
def test_rejected_and_cancelled_payouts_come_back_and_are_tried_again(shop: Shop, move: str) -> None:
    _, payout_id = shop.owed()
    if move == "reject":
        shop.sandbox.control("behaviour", payouts_need_approval=True)
    else:
        shop.sandbox.control("balances", x_balance=100)
    shop.send(payout_id)
    shop.land(payout_id, move)
    shop.settle()
    waiting = shop.payout(payout_id)
    assert (waiting.status, waiting.failures) == ("PENDING", 1)
    shop.sandbox.control("behaviour", payouts_need_approval=False)
    shop.sandbox.control("balances", x_balance=10_000_000)
    shop.town.clock.move(minutes=31)
    shop.send(payout_id)
    shop.land(payout_id)
    shop.settle()
    assert shop.payout(payout_id).status == "PAID"
    keys = {call.idempotency_key for call in shop.calls(payout_id)}
    assert len(keys) == 2


@pytest.mark.row("PAY-06", "PAY-03")
@pytest.mark.parametrize("before", ["processing", "failed", "processed"])
def test_a_reversal_mirrors_the_books_whatever_came_before(shop: Shop, before: str) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    call = shop.calls(payout_id)[0]
    if before != "processing":
        shop.land(payout_id, {"failed": "fail", "processed": "process"}[before])
        shop.settle()
    shop.sandbox.control(f"payouts/{call.provider_id}/reverse", reason="beneficiary_bank_rejected")
    answer = shop.payouts.payout(str(call.provider_id))
    for _ in range(3):
        with shop.town.uow() as uow:
            payouts.apply_payout(uow, attempt_id=call.id, answer=answer)
    back = shop.payout(payout_id)
    assert (back.status, back.paid_at, shop.calls(payout_id)[0].status) == ("PENDING", None, "REVERSED")
    with shop.town.uow() as uow:
        assert (uow.get(Job, back.job_id).status, uow.get(Campaign, back.campaign_id).status) == (
            "VERIFIED",
            "COMPLETED",
        )
        assert booking.balance(uow, LedgerAccount.BANK) == booking.balance(uow, LedgerAccount.PAYOUT_CLEARING) == 0
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE) == -back.amount_paise


@pytest.mark.row("PAY-07")
def test_money_that_left_after_all_and_other_amounts_are_for_people(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    call = shop.calls(payout_id)[0]
    sent = shop.payouts.payout(str(call.provider_id))
    entity = {"id": sent.id, "amount": 1, "status": "processed", "reference_id": call.reference}
    raw = json.dumps({"event": "payout.processed", "payload": {"payout": {"entity": entity}}}).encode()
    with shop.town.uow() as uow:
        webhook_id = webhooks.store_webhook(uow, raw=raw, event_id="event-1", form=FORMAT)
    assert webhook_id
    webhooks.work_webhook(shop.town.open, webhook_id=webhook_id, form=FORMAT)
    assert (shop.payout(payout_id).status, len(shop.logged("webhook"))) == ("PROCESSING", 1)
    with shop.town.uow() as uow:
        payouts.apply_payout(uow, attempt_id=call.id, answer=replace(sent, status="failed", reason="provider_away"))
        payouts.apply_payout(uow, attempt_id=call.id, answer=replace(sent, status="processed"))
        payouts.apply_payout(uow, attempt_id=call.id, answer=replace(sent, status="processed"))
    assert shop.payout(payout_id).status == "PAID"  # so that no second try pays it again
    assert [told["why"] for told in shop.said("TransferUnsure")] == ["left_after_all"]


@pytest.mark.row("PAY-06", "OPS-03")
def test_a_held_payout_keeps_its_place_until_it_is_released(shop: Shop) -> None:
    cleaner, payout_id = shop.owed()
    admin = shop.town.admin()
    with shop.town.uow() as uow:
        held = manual_payouts.hold_payout(uow, actor=admin, payout_id=payout_id, reason="Neighbours <b>doubt</b> it")
        assert (held.hold_reason, held.held_by) == ("Neighbours doubt it", admin.id)
        assert payouts.due_payouts(uow, limit=5) == []
    shop.send(payout_id)
    assert shop.calls(payout_id) == []
    with pytest.raises(PayoutOnHold), shop.town.uow() as uow:
        payouts.order_payout_now(uow, actor=admin, payout_id=payout_id)
    with shop.town.uow() as uow:
        manual_payouts.release_payout(uow, actor=admin, payout_id=payout_id)
    with shop.town.uow() as uow:
        assert payouts.due_payouts(uow, limit=5) == [payout_id]
        relay_outbox(uow)
    with shop.town.uow() as uow:
        heard = [n.kind for n in uow.all(Notification, Notification.user_id == cleaner.user_id)]
    assert {"payout_held", "payout_released"} <= set(heard)


@pytest.mark.row("PAY-04", "PAY-08")
def test_the_switch_stops_money_and_nothing_loses_its_place(shop: Shop) -> None:
    _, payout_id = shop.owed()
    refund_id = shop.owed_refund()
    admin = shop.town.admin()
    with shop.town.uow() as uow:  # an intent that was committed before the stop, and never sent
        never_sent = refunds.prepare_refund(uow, refund_id=refund_id, form=FORMAT)
    for flow in MoneyFlow:
        with shop.town.uow() as uow:
            kill_switch.stop_money(uow, actor=admin, flow=flow, reason="Looking at something odd")
    shop.send(payout_id)
    shop.settle()
    with shop.town.uow() as uow:
        assert payouts.due_payouts(uow, limit=5) == refunds.due_refunds(uow, limit=5) == []
        assert attempts.open_attempts(uow, limit=5) == []
    book = shop.sandbox.book()
    assert (book["payouts"], book["refunds"]) == ([], [])
    with pytest.raises(MoneyStopped), shop.town.uow() as uow:
        payouts.order_payout_now(uow, actor=admin, payout_id=payout_id)
    for flow in MoneyFlow:
        with shop.town.uow() as uow:
            kill_switch.resume_money(uow, actor=admin, flow=flow)
    shop.send(payout_id)
    shop.settle()
    assert (len(shop.paid_out()), len(shop.sandbox.book()["refunds"])) == (1, 1)
    assert shop.calls(refund_id=refund_id)[0].id == never_sent


@pytest.mark.row("PAY-07")
def test_a_stopped_flow_asks_about_unknown_calls_and_does_not_repeat_them(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.sandbox.control("faults", kind="500", count=1, method="POST", path="payouts")
    shop.send(payout_id)
    admin = shop.town.admin()
    with shop.town.uow() as uow:
        kill_switch.stop_money(uow, actor=admin, flow=MoneyFlow.PAYOUTS, reason="Odd answers")
    for _ in range(3):
        shop.settle()
    assert (shop.sandbox.book()["payouts"], shop.calls(payout_id)[0].status) == ([], "UNKNOWN")


@pytest.mark.row("OPS-01", "PAY-06")
def test_pay_sent_at_the_bank_is_recorded_with_its_number(shop: Shop) -> None:
    _, payout_id = shop.owed()
    admin = shop.town.admin()
    with shop.town.uow() as uow:
        manual_payouts.record_manual_payout(uow, actor=admin, payout_id=payout_id, reference="SBIN426112400001")
    paid = shop.payout(payout_id)
    assert (paid.status, paid.utr) == ("PAID", "SBIN426112400001")
    with shop.town.uow() as uow:
        assert uow.get(Campaign, paid.campaign_id).status == "CLOSED"
        assert booking.balance(uow, LedgerAccount.BANK) == -paid.amount_paise
    with pytest.raises(PayoutNotDue), shop.town.uow() as uow:
        manual_payouts.record_manual_payout(uow, actor=admin, payout_id=payout_id, reference="SBIN426112400001")
    shop.send(payout_id)
    assert shop.sandbox.book()["payouts"] == []


@pytest.mark.row("PAY-08")
def test_a_refund_is_tried_three_times_with_pauses_then_by_a_person_and_again(shop: Shop) -> None:
    refund_id = shop.owed_refund()
    pauses = []
    for _ in range(3):
        shop.send_refund(refund_id)
        provider_id = shop.refund(refund_id).razorpay_refund_id
        shop.sandbox.control(f"refunds/{provider_id}/fail")
        shop.settle(3600)
        pauses.append(shop.refund(refund_id).next_try_at - shop.town.clock.now())
        shop.town.clock.move(hours=3)
    assert [p.total_seconds() for p in pauses[:2]] == [1800, 3600]
    assert (shop.refund(refund_id).status, shop.refund(refund_id).failures) == ("MANUAL", 3)
    admin = shop.town.admin()
    with shop.town.uow() as uow:
        manual_refunds.order_refund_now(uow, actor=admin, refund_id=refund_id)
    shop.send_refund(refund_id)
    shop.sandbox.control(f"refunds/{shop.refund(refund_id).razorpay_refund_id}/process")
    shop.settle()
    assert shop.refund(refund_id).status == "COMPLETED"
    assert len({call.idempotency_key for call in shop.calls(refund_id=refund_id)}) == 4


@pytest.mark.row("PAY-08")
def test_waiting_for_a_balance_is_told_once_a_day_and_never_counted(shop: Shop) -> None:
    refund_id = shop.owed_refund()
    admin = shop.town.admin()
    shop.sandbox.control("balances", pg_balance=0)
    for _ in range(4):
        assert shop.send_refund(refund_id) == "WAIT"
        shop.town.clock.move(hours=2)
    waiting = shop.refund(refund_id)
    assert (waiting.status, waiting.failures, waiting.failure_reason) == ("PENDING", 0, "balance_short")
    with shop.town.uow() as uow:
        relay_outbox(uow)
    with shop.town.uow() as uow:
        heard = [n for n in uow.all(Notification, Notification.user_id == admin.user_id) if n.kind == "refunds_wait"]
        assert len(heard) == 1
        assert uow.all(ErrorLog, ErrorLog.source == "refund") == []


@pytest.mark.row("PAY-08")
def test_a_payment_older_than_six_months_goes_to_a_person_without_a_call(shop: Shop) -> None:
    refund_id = shop.owed_refund()
    shop.town.clock.move(days=181)
    shop.send_refund(refund_id)
    stuck = shop.refund(refund_id)
    assert (stuck.status, stuck.failure_reason, shop.calls(refund_id=refund_id)) == ("MANUAL", "payment_too_old", [])
    admin = shop.town.admin()
    with pytest.raises(RefundTooOld), shop.town.uow() as uow:
        manual_refunds.order_refund_now(uow, actor=admin, refund_id=refund_id)
    with shop.town.uow() as uow:
        manual_refunds.record_manual_refund(uow, actor=admin, refund_id=refund_id, reference="N324261124000077")
    done = shop.refund(refund_id)
    assert (done.status, done.by_hand_reference) == ("COMPLETED", "N324261124000077")
    with shop.town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.BANK) == -60_000
        assert booking.balance(uow, LedgerAccount.REFUND_CLEARING) == 0
    with pytest.raises(RefundNotWaiting), shop.town.uow() as uow:
        manual_refunds.record_manual_refund(uow, actor=admin, refund_id=refund_id, reference="N324261124000077")


@pytest.mark.row("PAY-08")
def test_six_months_are_counted_from_the_payment_however_late_we_heard_of_it(shop: Shop) -> None:
    town = shop.town
    wish = town.wish(town.campaign(target_paise=100_000), 50_000)
    said = town.payment(wish)
    town.clock.move(days=5)  # nobody told us before
    with town.uow() as uow:
        payments.apply_payment(uow, contribution_id=wish.id, payment=said)
        payment = uow.first(Payment, Payment.contribution_id == wish.id)
        assert payment
        assert payment.captured_at == said.created_at
        owed = refunds.owe_refund(uow, payment=payment, contribution=wish, amount_paise=50_000, cause="CAMPAIGN_ENDED")
    town.clock.move(days=176)  # 181 since it was paid, 176 since we heard of it
    shop.send_refund(owed.id)
    assert (shop.refund(owed.id).status, shop.refund(owed.id).failure_reason) == ("MANUAL", "payment_too_old")


@pytest.mark.row("PAY-08")
@pytest.mark.parametrize("keep", [False, True])
def test_the_policy_says_whether_the_gateway_fee_comes_back(shop: Shop, keep: bool) -> None:
    campaign = shop.town.campaign(target_paise=100_000)
    wish = shop.give(campaign, 50_000)
    with shop.town.uow() as uow:
        payment = uow.first(Payment, Payment.contribution_id == wish.id)
        assert payment
        owed = refunds.owe_refund(uow, payment=payment, contribution=wish, amount_paise=50_000, cause="CAMPAIGN_ENDED")
    send_refund(shop.town.open, shop.payments, refund_id=owed.id, form=FORMAT, keep_provider_fee=keep)
    refund = shop.refund(owed.id)
    fee = payment.fee_paise if keep else 0
    assert (refund.fee_withheld_paise, refund.goes_back_paise) == (fee, 50_000 - fee)
    (sent,) = shop.sandbox.book()["refunds"]
    assert sent["amount"] == 50_000 - fee
    shop.sandbox.control(f"refunds/{sent['id']}/process")
    shop.settle()
    assert shop.refund(owed.id).status == "COMPLETED"
    with shop.town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.HELD, campaign.id) == 0
        assert booking.balance(uow, LedgerAccount.GATEWAY_FEES) == payment.fee_paise - fee


@pytest.mark.row("PAY-08", "OPS-01")
def test_many_refunds_are_sent_again_exactly_as_they_were_looked_at(shop: Shop) -> None:
    first, second = shop.owed_refund(), shop.owed_refund(40_000)
    admin = shop.town.admin()
    for refund_id in (first, second):
        with shop.town.uow() as uow:
            refunds.to_a_person(uow, uow.lock(Refund, refund_id), "looked at by hand")
    wish = {"refund_ids": [first, second], "seen_count": 2, "seen_paise": 100_000}
    for wrong in ({"seen_paise": 99_999}, {"seen_count": 1}, {"refund_ids": [first]}):
        with pytest.raises(ListChanged), shop.town.uow() as uow:
            manual_refunds.order_refunds(uow, actor=admin, **(wish | wrong))
    assert {shop.refund(i).status for i in (first, second)} == {"MANUAL"}
    with shop.town.uow() as uow:
        manual_refunds.order_refunds(uow, actor=admin, **wish)
        assert uow.hints == [("money", "workers.jobs.refunds.send_due_refunds")]
    giver = shop.refund(first).contributor_id
    with pytest.raises(OwnInterest), shop.town.uow() as uow:
        manual_refunds.order_refund_now(uow, actor=replace(admin, id=giver), refund_id=first)


def open_shop_with(shop: Shop, secret: str) -> Shop:
    """The same shop with a key that the provider does not take."""
    client = RazorpayClient(key_id=KEY_ID, key_secret=secret, base_url=shop.sandbox.url, read_seconds=1.5)
    return replace(shop, payouts=RazorpayPayouts(client, account_number=X_ACCOUNT))
