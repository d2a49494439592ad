"""Money that left by a call that had ended without: nothing more leaves, and the books say what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cleanit_app.models import Attempt, Job, LedgerAccount
from cleanit_app.services.ledger import booking
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.payouts.send import carry_out_payout, look_at_payout
from cleanit_app.services.refunds import refunds
from tests.factories import FORMAT, Town
from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.shop import Shop, open_shop


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Shop:
    return open_shop(town, sandbox)


def failed(shop: Shop) -> tuple[UUID, Attempt, Any]:
    """A payout whose first call ended with a no, that call, and the provider's word for it."""
    _, payout_id = shop.owed()
    shop.send(payout_id)
    (call,) = shop.calls(payout_id)
    word = shop.payouts.payout(str(call.provider_id))
    say(shop, call, replace(word, status="failed", reason="provider_away"))
    return payout_id, call, word


def say(shop: Shop, call: Attempt, word: Any, *, asked: bool = False) -> list[tuple[str, ...]]:
    """Apply a word of the provider about a payout; what it asks the workers for."""
    with shop.town.uow() as uow:
        payouts.apply_payout(uow, attempt_id=call.id, answer=word, asked=asked)
        return list(uow.hints)


@pytest.mark.row("PAY-06", "PAY-07")
def test_pay_that_left_after_its_no_is_booked_and_never_sent_again(shop: Shop) -> None:
    payout_id, call, word = failed(shop)
    for _ in range(2):
        say(shop, call, replace(word, status="processed", utr="523200001111", fees_paise=590))
    paid = shop.payout(payout_id)
    assert (paid.status, paid.utr, shop.calls(payout_id)[0].status) == ("PAID", "523200001111", "SUCCEEDED")
    assert [told["why"] for told in shop.said("TransferUnsure")] == ["left_after_all"]
    shop.town.clock.move(days=1)
    with shop.town.uow() as uow:
        assert payouts.due_payouts(uow, limit=5, again=True) == []
        assert booking.balance(uow, LedgerAccount.BANK) == -paid.amount_paise - 590
        assert (
            booking.balance(uow, LedgerAccount.PAYOUT_CLEARING)
            == booking.balance(uow, LedgerAccount.CLEANER_PAYABLE)
            == 0
        )
    say(shop, call, replace(word, status="reversed", reason="bank_refused"))
    back = shop.payout(payout_id)
    with shop.town.uow() as uow:
        assert (back.status, uow.get(Job, back.job_id).status) == ("PENDING", "VERIFIED")
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE) == -back.amount_paise


@pytest.mark.row("PAY-06", "PAY-07", "OPS-03")
def test_an_earlier_try_that_left_stops_the_next_one_before_it_is_sent(shop: Shop) -> None:
    payout_id, call, word = failed(shop)
    shop.town.clock.move(minutes=31)
    with shop.town.uow() as uow:
        second = payouts.prepare_payout(uow, payout_id=payout_id, form=FORMAT)
    assert second
    say(shop, call, replace(word, status="processed"))
    held = shop.payout(payout_id)
    assert (held.status, held.hold_reason) == ("PROCESSING", "LEFT_AFTER_ALL")
    carry_out_payout(shop.town.open, shop.payouts, attempt_id=second)
    assert len(shop.sandbox.book()["payouts"]) == 1  # the second was not sent
    admin = shop.town.admin()
    with shop.town.uow() as uow:
        manual_payouts.release_payout(uow, actor=admin, payout_id=payout_id)
    carry_out_payout(shop.town.open, shop.payouts, attempt_id=second)
    assert shop.calls(payout_id)[1].status == "ACCEPTED"


@pytest.mark.row("PAY-06")
def test_an_old_message_after_a_return_is_asked_about_and_changes_nothing(shop: Shop) -> None:
    _, payout_id = shop.owed()
    shop.send(payout_id)
    (call,) = shop.calls(payout_id)
    word = shop.payouts.payout(str(call.provider_id))
    shop.land(payout_id, "reverse", reason="beneficiary_bank_offline")
    shop.settle()
    hints = say(shop, call, replace(word, status="processed"))
    assert ("money", "workers.jobs.payouts.look_at_payout", str(call.id)) in hints
    look_at_payout(shop.town.open, shop.payouts, attempt_id=call.id)
    assert (shop.payout(payout_id).status, shop.payout(payout_id).held_at) == ("PENDING", None)
    assert shop.said("TransferUnsure") == []
    say(shop, call, replace(word, status="processed"), asked=True)  # it really says so
    held = shop.payout(payout_id)
    assert (held.status, held.hold_reason) == ("MANUAL", "LEFT_AFTER_ALL")
    assert [told["why"] for told in shop.said("TransferUnsure")] == ["left_after_all"]


@pytest.mark.row("PAY-08")
@pytest.mark.parametrize("failures", [1, 3])
def test_a_refund_that_left_after_its_no_is_booked_and_never_sent_again(shop: Shop, failures: int) -> None:
    refund_id = shop.owed_refund()
    for _ in range(failures):
        shop.send_refund(refund_id)
        call = shop.calls(refund_id=refund_id)[-1]
        word = shop.payments.refund_by_id(str(call.provider_id))
        with shop.town.uow() as uow:
            refunds.apply_refund(uow, attempt_id=call.id, answer=replace(word, status="failed"))
        shop.sandbox.control(f"refunds/{word.id}/fail")
        shop.town.clock.move(hours=3)
    assert shop.refund(refund_id).status == ("MANUAL" if failures == 3 else "PENDING")
    for _ in range(2):
        with shop.town.uow() as uow:
            refunds.apply_refund(uow, attempt_id=call.id, answer=replace(word, status="processed"))
    done = shop.refund(refund_id)
    assert (done.status, done.razorpay_refund_id) == ("COMPLETED", word.id)
    assert [told["why"] for told in shop.said("TransferUnsure")] == ["left_after_all"]
    shop.send_refund(refund_id)
    assert len(shop.calls(refund_id=refund_id)) == failures
    with shop.town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.REFUND_CLEARING) == booking.balance(uow, LedgerAccount.SURPLUS) == 0


@pytest.mark.row("PAY-08")
def test_after_a_refund_that_left_the_next_no_is_for_a_person(shop: Shop) -> None:
    refund_id = shop.owed_refund()
    words = []
    for number in range(2):
        shop.send_refund(refund_id)
        call = shop.calls(refund_id=refund_id)[number]
        words.append((call, shop.payments.refund_by_id(str(call.provider_id))))
        if number == 0:
            shop.sandbox.control(f"refunds/{words[0][1].id}/fail")
            shop.settle()
            shop.town.clock.move(hours=1)
    with shop.town.uow() as uow:
        refunds.apply_refund(uow, attempt_id=words[0][0].id, answer=replace(words[0][1], status="processed"))
        refunds.apply_refund(uow, attempt_id=words[1][0].id, answer=replace(words[1][1], status="failed"))
    stuck = shop.refund(refund_id)
    assert (stuck.status, stuck.failure_reason) == ("MANUAL", "left_after_all")
