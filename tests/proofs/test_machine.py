"""The ledger as a state machine: whatever people, banks and wires do, in whatever order, the books hold."""

from __future__ import annotations

import os
import random
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlmodel import col

from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import CampaignStatus, JobStatus
from cleanit_app.models import Campaign, Contribution
from tests.proofs.bank import AFTER, BEFORE
from tests.proofs.life import Base, Life, open_jobs

EXAMPLES = int(os.environ.get("PROOF_EXAMPLES", "1000"))
STEPS = 50
SEED = int(os.environ.get("PROOF_SEED", "1"))
index = st.integers(0, 11)
trouble = st.sampled_from(["", "", "", *BEFORE, *AFTER])


class Money(RuleBasedStateMachine):
    """Random acts of neighbours, cleaners, admins, banks and wires."""

    life: ClassVar[Life]
    base: ClassVar[Base]

    def __init__(self) -> None:
        super().__init__()
        self.base.restore()
        self.paths: list[Any] = []
        self.inbox: list[Any] = []
        with self.life.open() as uow:
            self.campaigns = list(uow.all(Campaign, Campaign.status == CampaignStatus.ACTIVE))
        self.wishes: list[tuple[Contribution, Any]] = []

    def tried(self, act: Any) -> Any:
        """Do something that the rules may refuse."""
        try:
            return act()
        except DomainError:
            return None

    def under(self, kind: str, act: Any) -> Any:
        """Do something while the next answer of the provider is in trouble."""
        left = [kind] if kind else []
        with self.life.bank.failing(lambda method, path: left.pop() if left else None):
            return self.tried(act)

    def pick(self, items: list[Any], i: int) -> Any:
        return items[i % len(items)]

    @rule(i=index, goal=st.sampled_from([50_000, 100_000, 150_000]))
    def starts(self, i: int, goal: int) -> None:
        self.campaigns.append(self.life.campaign(self.pick(self.life.creators, i), goal))

    @rule(i=index, g=index, part=st.sampled_from([1, 2, 3, 3]), kind=trouble)
    def wishes_to_give(self, i: int, g: int, part: int, kind: str) -> None:
        campaign, giver = self.pick(self.campaigns, i), self.pick(self.life.givers, g)
        amount = campaign.target_paise // 3 // 100 * 100 * part
        amount = campaign.target_paise if part == 3 else amount
        made = self.under(kind, lambda: self.life.wish(campaign, amount, giver))
        if made:
            self.wishes.append((made, giver))

    @precondition(lambda self: self.wishes)
    @rule(i=index, outcome=st.sampled_from(["success", "success", "success", "fail", "late", "pending"]),
          back=st.booleans(), kind=trouble)  # fmt: skip
    def pays(self, i: int, outcome: str, back: bool, kind: str) -> None:
        wish, giver = self.pick(self.wishes, i)
        told = self.life.bank.pay(wish.razorpay_order_id, outcome, delay=60)
        if back and told and "razorpay_signature" in told:
            self.under(kind, lambda: self.life.callback(wish, told, giver))

    @rule(i=index, lost=st.booleans(), again=st.booleans())
    def message_arrives(self, i: int, lost: bool, again: bool) -> None:
        self.inbox += self.life.news()
        if self.inbox:
            message = self.inbox[i % len(self.inbox)]
            self.life.hear(message, work=not lost)
            if not again:
                self.inbox.remove(message)

    @rule(i=index, c=index)
    def works(self, i: int, c: int) -> None:
        cleaner = self.pick(self.life.cleaners, c)
        if free := open_jobs(self.life, JobStatus.AVAILABLE):
            self.tried(lambda: self.life.claim(self.pick(free, i).id, cleaner))
        mine = [j for j in open_jobs(self.life, JobStatus.CLAIMED) if j.claimed_by == cleaner.user_id]
        if mine:
            self.tried(lambda: self.life.complete(self.pick(mine, i).id, cleaner))

    @rule(i=index, verdict=st.sampled_from(["yes", "yes", "yes", "again", "no"]))
    def decides(self, i: int, verdict: str) -> None:
        if waiting := open_jobs(self.life, JobStatus.COMPLETED):
            job = self.pick(waiting, i).id
            if verdict == "yes":
                self.life.approve(job)
            else:
                self.life.reject(job, retry=verdict == "again")

    @rule(i=index, cancel=st.booleans())
    def takes_back(self, i: int, cancel: bool) -> None:
        if verified := open_jobs(self.life, JobStatus.VERIFIED):
            self.tried(lambda: self.life.take_back(self.pick(verified, i).id, cancel=cancel))

    @rule(job=st.sampled_from(["payouts.send_due_payouts", "refunds.send_due_refunds",
                               "transfers.settle_open_attempts", "payments.ask_about_contributions",
                               "webhooks.sweep_webhooks", "notifications.sweep_outbox"]),
          kinds=st.lists(trouble, max_size=3))  # fmt: skip
    def clock_runs(self, job: str, kinds: list[str]) -> None:
        left = list(kinds)
        with self.life.bank.failing(lambda method, path: left.pop() if left else None):
            self.life.run(f"workers.jobs.{job}")

    @rule(minutes=st.sampled_from([1, 11, 45, 300, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.life.clock.move(minutes=minutes)
        self.life.bank.tick()

    @rule(i=index, move=st.sampled_from(["process", "process", "fail", "reverse"]))
    def bank_answers_a_payout(self, i: int, move: str) -> None:
        if payouts := self.life.bank.all("payout"):
            why = {} if move == "process" else {"reason": "beneficiary_bank_offline"}
            self.life.bank.move_payout(self.pick(payouts, i)["id"], move, **why)

    @rule(i=index, move=st.sampled_from(["process", "process", "fail"]))
    def bank_answers_a_refund(self, i: int, move: str) -> None:
        if refunds := self.life.bank.all("refund"):
            self.life.bank.move_refund(self.pick(refunds, i)["id"], move)

    @invariant()
    def the_books_hold(self) -> None:
        self.life.books_hold()

    def teardown(self) -> None:
        """When the faults are over, everything ends and both books say the same."""
        for message in self.inbox:  # late, but at least once
            self.life.hear(message)
        self.life.quiet(random.Random(len(self.inbox)))
        self.life.books_agree()
        with self.life.open() as uow:
            funded = uow.all(Campaign, col(Campaign.status) == CampaignStatus.FUNDED)
        assert all(c.job_id for c in funded)


def run(settled: tuple[Life, Base], examples: int, steps: int, number: int | None = None) -> None:
    """Run the machine on a settled town; without a seed it takes the same examples every time."""
    Money.life, Money.base = settled
    wanted = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=number is None, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False,
    )  # fmt: skip
    with Money.life.working():
        machine = Money if number is None else seed(number)(Money)
        run_state_machine_as_test(machine, settings=wanted)


@pytest.mark.row("PAY-02", "PAY-05", "PAY-06", "PAY-07", "PAY-08")
def test_the_books_hold_whatever_happens(settled: tuple[Life, Base]) -> None:
    run(settled, examples=6, steps=20)


@pytest.mark.proof
def test_the_books_hold_in_a_thousand_lives(settled: tuple[Life, Base]) -> None:
    print(f"seed {SEED}, {EXAMPLES} examples of {STEPS} steps")
    run(settled, examples=EXAMPLES, steps=STEPS, number=SEED)
