"""Pay leaves at ten, ten at a time; what that run could not send leaves as soon as it can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from cleanit_app.adapters.razorpay_words import why_refused
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import Attempt, Cleaner, Job, Payout
from cleanit_app.ports import ProviderPayout, ProviderRejected, ProviderUnknown
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people import kyc
from cleanit_app.services.transfers import kill_switch
from cleanit_app.wiring import Wiring
from tests.factories import UPI, Town
from workers.jobs import transfers
from workers.jobs.operations import tick
from workers.sweeping import sweep

TEN = datetime(2026, 11, 26, 4, 30, tzinfo=UTC)  # 10 AM in India


@dataclass
class Bank:
    """A provider that takes every payout and keeps what was asked; `trouble` is raised once, by the next call."""

    asked: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    trouble: Exception | None = None
    silent_for: str = ""  # the payout of which it never says anything

    def _answer(self) -> None:
        trouble, self.trouble = self.trouble, None
        if trouble:
            raise trouble

    def create_contact(self, *, name: str, reference_id: str) -> str:
        """A contact."""
        self._answer()
        return f"cont_{reference_id}"

    def create_fund_account(self, *, contact_id: str, details: Any) -> str:
        """A fund account."""
        return f"fa_{contact_id}"

    def create_payout(self, *, request: Mapping[str, Any], idempotency_key: str) -> ProviderPayout:
        """A payout on its way."""
        self.asked.append(request["notes"]["payoutId"])
        self._answer()
        if request["notes"]["payoutId"] == self.silent_for:
            raise ProviderUnknown("silence")
        amount, reference = request["amount"], request["reference_id"]
        return ProviderPayout(f"pout_{idempotency_key}", amount, "processing", reference, None, 0, 0, None, None)

    def payout_by_reference(self, reference_id: str) -> None:
        """Nothing that was not answered."""
        self.looked_up.append(reference_id)

    def payout(self, payout_id: str) -> ProviderPayout:
        """One that is still on its way."""
        self.looked_up.append(payout_id)
        return ProviderPayout(payout_id, 95_000, "processing", None, None, 0, 0, None, None)


@pytest.fixture
def bank(parts: Wiring) -> Bank:
    made = Bank()
    of_any_kind: Any = made  # it has of a gateway what these tests ask for
    parts.payouts = of_any_kind  # a cached value, set before it is asked for
    return made


def owed(town: Town, cleaner: Actor | None = None) -> UUID:
    """A payout that the run of 26 November at ten should send."""
    job: Job = town.verified(cleaner or town.cleaner())
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
        assert payout
        return payout.id


def statuses(town: Town, *ids: UUID) -> list[str]:
    with town.uow() as uow:
        return [uow.get(Payout, payout_id).status.value for payout_id in ids]


def at(town: Town, hour: int, minute: int) -> None:
    """Move the clock to an Indian time of that morning."""
    town.clock.at = TEN
    town.clock.move(minutes=(hour - 10) * 60 + minute)


@pytest.mark.row("PAY-04", "PAY-07")
def test_ten_at_a_time_and_only_to_confirmed_accounts(
    town: Town, parts: Wiring, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = [owed(town) for _ in range(12)]
    nobody, held = town.cleaner(), owed(town)
    unconfirmed = owed(town, nobody)
    with town.uow() as uow:
        uow.lock(Cleaner, nobody.user_id).payout_verified_at = None
    with town.uow() as uow:
        manual_payouts.hold_payout(uow, actor=town.admin(), payout_id=held, reason="Neighbours doubt it")
    sizes: list[int] = []
    asked_for = payouts.due_payouts

    def counted(uow: Any, *, limit: int, again: bool = False) -> list[UUID]:
        found = asked_for(uow, limit=limit, again=again)
        sizes.append(len(found))
        return found

    monkeypatch.setattr(payouts, "due_payouts", counted)
    at(town, 10, 0)
    tick("payouts")
    assert bank.asked == [str(i) for i in due]  # the oldest first
    assert sizes == [10, 2, 0]
    assert set(statuses(town, *due)) == {"PROCESSING"}
    assert statuses(town, unconfirmed, held) == ["PENDING", "PENDING"]


@pytest.mark.row("PAY-04", "PAY-07")
def test_a_stop_over_ten_costs_nobody_a_day(town: Town, parts: Wiring, bank: Bank) -> None:
    due, admin = [owed(town), owed(town)], town.admin()
    at(town, 9, 55)
    with town.uow() as uow:
        kill_switch.stop_money(uow, actor=admin, flow=MoneyFlow.PAYOUTS, reason="Looking at something odd")
    at(town, 10, 0)
    tick("payouts")
    assert bank.asked == []
    at(town, 10, 5)
    with town.uow() as uow:
        kill_switch.resume_money(uow, actor=admin, flow=MoneyFlow.PAYOUTS)
    at(town, 10, 10)
    tick("payouts-again")
    assert bank.asked == [str(i) for i in due]  # in their places


@pytest.mark.row("PAY-04", "PAY-07")
@pytest.mark.parametrize("no", [("whatever", 401), ("Transactions from this IP are not allowed.", 400)])
def test_refused_access_stops_the_batch_and_the_others_leave_soon(
    town: Town, parts: Wiring, bank: Bank, no: tuple[str, int]
) -> None:
    due = [owed(town), owed(town), owed(town)]
    bank.trouble = ProviderRejected(no[0], reason=why_refused(no[1], no[0], None), status=no[1])
    at(town, 10, 0)
    tick("payouts")
    assert bank.asked == [str(due[0])]
    at(town, 10, 10)
    tick("payouts-again")
    assert bank.asked[1:] == [str(i) for i in due[1:]]
    at(town, 10, 30)
    tick("payouts-again")
    assert statuses(town, *due) == ["PROCESSING"] * 3


@pytest.mark.row("PAY-04", "PAY-07")
@pytest.mark.parametrize(
    "trouble",
    [
        ProviderUnknown("silence"),
        ProviderRejected("Authentication failed", reason=TransferReason.NO_ACCESS, status=400),
    ],
)
def test_a_contact_that_could_not_be_made_is_tried_again_soon(
    town: Town, parts: Wiring, bank: Bank, trouble: Exception
) -> None:
    cleaner = town.cleaner()
    with town.uow() as uow:
        kyc.save_payout_details(uow, actor=cleaner, details=UPI, cipher=parts.cipher)
        row = uow.lock(Cleaner, cleaner.user_id)
        row.razorpay_contact_id, row.payout_verified_at = None, uow.now
    first, second = owed(town, cleaner), owed(town)
    bank.trouble = trouble
    at(town, 10, 0)
    tick("payouts")
    refused_us = isinstance(trouble, ProviderRejected)
    assert statuses(town, first, second) == ["PENDING", "PENDING" if refused_us else "PROCESSING"]
    at(town, 10, 10)
    tick("payouts-again")
    assert statuses(town, first, second) == ["PROCESSING", "PROCESSING"]


@pytest.mark.row("PAY-04", "PAY-07")
def test_an_account_confirmed_after_ten_is_paid_to_the_same_morning(town: Town, parts: Wiring, bank: Bank) -> None:
    cleaner = town.cleaner()
    payout_id = owed(town, cleaner)
    with town.uow() as uow:
        uow.lock(Cleaner, cleaner.user_id).payout_verified_at = None
    at(town, 10, 0)
    tick("payouts")
    tick("payouts-again")
    assert bank.asked == []
    at(town, 10, 5)
    with town.uow() as uow:
        uow.lock(Cleaner, cleaner.user_id).payout_verified_at = uow.now
    at(town, 10, 10)
    tick("payouts-again")
    assert bank.asked == [str(payout_id)]


@pytest.mark.row("PAY-04", "OPS-01")
def test_an_order_whose_hint_was_lost_leaves_with_the_next_sweep(town: Town, parts: Wiring, bank: Bank) -> None:
    payout_id, other = owed(town), owed(town)
    town.clock.move(minutes=1)  # neither is due before tomorrow
    with town.uow() as uow:
        payouts.order_payout_now(uow, actor=town.admin(), payout_id=payout_id)
    town.clock.move(minutes=10)
    tick("payouts-again")
    assert bank.asked == [str(payout_id)]
    assert statuses(town, other) == ["PENDING"]


@pytest.mark.row("PAY-04")
def test_what_came_due_after_ten_waits_for_the_next_morning(town: Town, parts: Wiring, bank: Bank) -> None:
    at(town, 10, 20)
    town.clock.move(days=-1)
    payout_id = owed(town)  # due at 10:20 the next day
    at(town, 11, 0)
    tick("payouts-again")
    assert bank.asked == []
    town.clock.move(hours=23)
    tick("payouts")
    assert bank.asked == [str(payout_id)]


@pytest.mark.row("PAY-07")
def test_calls_of_which_nothing_is_known_come_first_and_all_are_settled_in_one_run(
    town: Town, parts: Wiring, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfers, "LIMITS", replace(LIMITS, money_batch=1))  # five at once
    due = [owed(town) for _ in range(12)]
    at(town, 10, 0)
    bank.silent_for = str(due[-1])
    tick("payouts")
    with town.uow() as uow:
        silent = uow.first(Attempt, Attempt.payout_id == due[-1], lock=True)
        assert silent
        assert silent.status == "UNKNOWN"
        silent.next_try_at = TEN + timedelta(minutes=19)
    at(town, 10, 20)
    tick("open-attempts")
    assert len(bank.looked_up) == 12
    assert bank.looked_up[0] == silent.reference
    tick("open-attempts")
    assert len(bank.looked_up) == 12  # nothing is due twice


def test_a_sweep_ends_before_its_job_does_and_does_nothing_twice() -> None:
    many = [uuid4() for _ in range(7)]
    done: list[UUID] = []
    seconds = iter(range(100))

    def clock() -> float:
        return float(next(seconds))

    assert sweep(lambda size: many[:size], done.append, batch=3, clock=clock) == 7  # though they stay due
    assert done == many
    done.clear()
    assert sweep(lambda size: many[:size], done.append, batch=3, seconds=3, clock=clock) == 2
    assert done == many[:2]
