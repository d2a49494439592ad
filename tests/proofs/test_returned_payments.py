"""A payment that the bank gave back without our ever having it is nobody's money here."""

from __future__ import annotations

import random

import pytest

from cleanit_app.models import Payment, Payout, Refund
from tests.proofs.life import Life


@pytest.mark.row("PAY-01", "PAY-02")
def test_a_second_yes_for_a_paid_order_is_not_booked(life: Life) -> None:
    campaign = life.campaign(life.creators[0])
    giver = life.givers[0]
    wish = life.wish(campaign, 50_000, giver)
    assert wish is not None
    life.bank.pay(wish.razorpay_order_id, "late", delay=5)
    told = life.bank.pay(wish.razorpay_order_id)
    life.clock.move(seconds=6)
    life.bank.tick()  # the first try is authorised after all, and given back at once
    life.callback(wish, told, giver)
    for message in life.news():
        life.hear(message)
    with life.open() as uow:
        booked = uow.all(Payment, Payment.contribution_id == wish.id)
        assert [p.razorpay_payment_id for p in booked] == [told["razorpay_payment_id"]]
        assert uow.all(Refund, Refund.contribution_id == wish.id) == []
    life.quiet(random.Random(1))
    life.books_agree()


@pytest.mark.row("PAY-06")
def test_an_old_word_about_an_earlier_try_leaves_the_pay_its_own_number(life: Life) -> None:
    life.run("workers.jobs.payouts.send_due_payouts")
    first = life.bank.all("payout")[0]
    life.bank.move_payout(first["id"], "reverse", reason="beneficiary_bank_offline")
    old = life.news()
    for message in old:
        life.hear(message)
    life.clock.move(hours=26)
    life.run("workers.jobs.payouts.send_due_payouts")
    second = next(p for p in life.bank.all("payout", status="processing") if p["notes"] == first["notes"])
    life.bank.move_payout(second["id"], "process")
    news = life.news()
    for message in [*news, *[m for m in old if "payout" in m.event]]:
        again = type(message)(message.seq, f"again-{message.seq}", message.event, message.body + b" ")
        life.hear(again)
    with life.open() as uow:
        paid = uow.first(Payout, Payout.razorpay_payout_id == second["id"])
        assert paid is not None
        assert paid.status == "PAID"
    life.quiet(random.Random(1))
    life.books_agree()
