"""Planted bugs: each is a mistake somebody could make, and the proofs must notice every one of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.flows import AfterNo
from cleanit_app.domain.statuses import MOVES, AttemptStatus
from cleanit_app.models import Campaign, Payout, WebhookEvent, new_id
from cleanit_app.ports import ProviderRejected, ProviderUnknown
from cleanit_app.services import webhooks
from cleanit_app.services.ledger import booking
from cleanit_app.services.payments import payments
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts, calls
from cleanit_app.services.unit_of_work import UnitOfWork
from tests.factories import Town
from tests.proofs.life import Base, Life
from tests.proofs.test_streams import a_payout, random_orders
from tests.proofs.test_threads import last_rupee

Plant = Callable[[pytest.MonkeyPatch], None]
Proof = Callable[[Life], None]
# What a proof says when something is wrong; a slip in a mutant itself is none of these.
NOTICED = (AssertionError, DBAPIError, DomainError, ValueError)


def silence_then_recovery(life: Life) -> None:
    """Every transfer is done but its answer is lost; hours later the clock looks after it."""
    lost = {"left": 6}

    def fault(method: str, path: str) -> str | None:
        if method == "POST" and (path == "payouts" or path.endswith("/refund")) and lost["left"] > 0:
            lost["left"] -= 1
            return "drop_after"
        return None

    life.bank.fault = fault
    for job in ("payouts.send_due_payouts", "refunds.send_due_refunds"):
        life.run(f"workers.jobs.{job}")
    lost["left"] = 0
    for _ in range(6):
        life.clock.move(hours=1)
        for job in ("transfers.settle_open_attempts", "payouts.send_due_payouts", "refunds.send_due_refunds"):
            life.run(f"workers.jobs.{job}")
        life.books_hold()
    life.quiet(random.Random(1))
    life.books_agree()


def a_lie_about_keys(life: Life) -> None:
    """The answer is lost, then our keys are refused for an hour, then all is well."""
    kinds = ["drop_after"]
    life.bank.fault = lambda method, path: kinds[0] if path != "contacts" and "fund" not in path else None
    life.run("workers.jobs.payouts.send_due_payouts")
    kinds[0] = "401"
    for _ in range(4):
        life.clock.move(minutes=20)
        life.run("workers.jobs.transfers.settle_open_attempts")
    life.bank.fault = lambda method, path: None
    life.clock.move(hours=30)
    for job in ("payouts.send_due_payouts", "transfers.settle_open_attempts"):
        life.run(f"workers.jobs.{job}")
    life.books_hold()
    life.quiet(random.Random(1))
    life.books_agree()


def any_order(life: Life) -> None:
    """The messages of a pay in random order."""
    assert len(random_orders(life, a_payout(life), range(10))) == 1


def race(life: Life) -> None:
    """Many pay the last rupees."""
    last_rupee(Town(life.engine, clock=life.clock), rounds=3, givers=10)
    life.books_hold()


def surplus(life: Life) -> None:
    """A gift that comes too late goes back, once."""
    campaign = life.campaign(life.creators[0], 60_000)
    late = life.wish(campaign, 60_000, life.givers[1])
    life.give(campaign, 60_000, life.givers[2])
    assert late is not None
    life.bank.pay(late.razorpay_order_id)
    life.sweep()
    life.clock.move(hours=1)
    life.sweep()
    life.books_hold()
    life.quiet(random.Random(1))
    life.books_agree()


def repeats(life: Life) -> None:
    """The same message many times is one row."""
    wish = life.wish(life.campaign(life.creators[0], 60_000), 60_000, life.givers[1])
    assert wish is not None
    life.news()
    life.bank.pay(wish.razorpay_order_id)
    news = life.news()
    for message in news * 5:
        life.hear(message)
    with life.open() as uow:
        assert len(uow.all(WebhookEvent)) == len(news)


def new_key_when_unknown(patch: pytest.MonkeyPatch) -> None:
    """A call without answer is made again under a new key, without looking for the first."""
    begin = attempts._begin_call

    def careless(uow: UnitOfWork, attempt: Any) -> None:
        if attempt.tries:
            attempt.idempotency_key = str(uuid4())
        begin(uow, attempt)

    patch.setattr(attempts, "_begin_call", careless)
    patch.setattr(calls, "asked", lambda question: [])


def timeout_is_failure(patch: pytest.MonkeyPatch) -> None:
    """No answer counts as a no."""
    answer = calls.answer_of

    def hasty(open_uow: Any, attempt_id: Any, call: Callable[[], Any]) -> Any:
        def sure() -> Any:
            try:
                return call()
            except ProviderUnknown as silence:
                raise ProviderRejected("beneficiary_bank_offline", status=400) from silence

        return answer(open_uow, attempt_id, sure)

    patch.setattr(calls, "answer_of", hasty)
    patch.setattr(calls, "after_no", lambda no: AfterNo.RETRY)


def refused_question_is_failure(patch: pytest.MonkeyPatch) -> None:
    """A refused question counts as the end of what was asked about."""
    patch.setattr(calls, "asked", lambda question: question())
    patch.setattr(ProviderRejected, "is_about_us", property(lambda no: False))
    patch.setattr(calls, "after_no", lambda no: AfterNo.RETRY)


def any_word_counts(patch: pytest.MonkeyPatch) -> None:
    """The last word heard counts, not the last one said."""
    every = frozenset(AttemptStatus)
    patch.setitem(MOVES, AttemptStatus, dict.fromkeys(AttemptStatus, every))
    patch.setattr(attempts, "contradicted", lambda uow, attempt: None)


def balance_without_lock(patch: pytest.MonkeyPatch) -> None:
    """A campaign is read and written without being locked."""
    lock = UnitOfWork.lock
    patch.setattr(UnitOfWork, "lock", lambda uow, kind, i: uow.get(kind, i) if kind is Campaign else lock(uow, kind, i))


def refunded_twice(patch: pytest.MonkeyPatch) -> None:
    """What comes too late is owed back under two names."""
    owe = refunds.owe_refund

    def generous(uow: UnitOfWork, **what: Any) -> Any:
        if what["cause"] == "LATE":
            owe(uow, **{**what, "cause": "SURPLUS"})
        return owe(uow, **what)

    patch.setattr(payments, "owe_refund", generous)


def no_dedupe(patch: pytest.MonkeyPatch) -> None:
    """Every delivery of a message is kept as a new one."""
    store = webhooks.store_webhook

    def forgetful(uow: UnitOfWork, *, raw: bytes, event_id: str | None, form: Any) -> Any:
        return store(uow, raw=raw + b" " * random.randrange(1, 10_000), event_id=new_id().hex, form=form)

    patch.setattr(webhooks, "store_webhook", forgetful)


def pay_forgets_the_account(patch: pytest.MonkeyPatch) -> None:
    """A returned pay is not booked back."""
    patch.setattr(booking, "book_mirror", lambda uow, **what: None)


def returned(life: Life) -> None:
    """A pay comes back after it had arrived."""
    life.run("workers.jobs.payouts.send_due_payouts")
    with life.open() as uow:
        payout = uow.all(Payout, Payout.status == "PROCESSING")[0]
    life.bank.move_payout(str(payout.razorpay_payout_id), "process")
    life.bank.move_payout(str(payout.razorpay_payout_id), "reverse", reason="beneficiary_bank_offline")
    for message in life.news():
        life.hear(message)
    life.books_hold()


MUTANTS: tuple[tuple[Plant, Proof], ...] = (
    (new_key_when_unknown, silence_then_recovery),
    (timeout_is_failure, silence_then_recovery),
    (refused_question_is_failure, a_lie_about_keys),
    (any_word_counts, any_order),
    (balance_without_lock, race),
    (refunded_twice, surplus),
    (no_dedupe, repeats),
    (pay_forgets_the_account, returned),
)
PROOFS = tuple(dict.fromkeys(proof for _, proof in MUTANTS))


@pytest.mark.parametrize("proof", PROOFS)
@pytest.mark.row("PAY-05", "PAY-07", "PAY-08")
def test_the_proofs_hold(life: Life, proof: Proof) -> None:
    proof(life)


@pytest.mark.parametrize(("plant", "proof"), MUTANTS)
def test_a_planted_bug_is_noticed(
    settled: tuple[Life, Base], monkeypatch: pytest.MonkeyPatch, plant: Plant, proof: Proof
) -> None:
    life, base = settled
    base.restore()
    plant(monkeypatch)
    with life.working(), pytest.raises(NOTICED) as noticed:
        proof(life)
    print(f"{plant.__name__}: {str(noticed.value)[:150]!r}")
    monkeypatch.undo()
    base.restore()
