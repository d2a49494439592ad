"""Many at once: a bank with sixteen clerks whose every snapshot balances, races with one winner, each rupee once."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from cleanit_app.domain.errors import AlreadyClaimed, DomainError
from cleanit_app.domain.statuses import CampaignStatus, JobStatus
from cleanit_app.models import Campaign, Job, Payment, Payout, Refund
from cleanit_app.ports import ProviderRejected
from cleanit_app.services.jobs.jobs import claim_job, unclaim_job
from cleanit_app.services.payments import payments
from tests.factories import Town
from tests.proofs.bank import AFTER, BEFORE
from tests.proofs.life import Life, open_jobs

SEED = int(os.environ.get("PROOF_SEED", "1"))
ROUNDS = int(os.environ.get("PROOF_ROUNDS", "500"))
LAST_RUPEES = int(os.environ.get("PROOF_LAST_RUPEES", "200"))
THREADS = 16
SNAPSHOT = """SELECT coalesce(sum(amount_paise), 0) AS total,
    (SELECT count(*) FROM (SELECT 1 FROM ledger_lines WHERE account = 'HELD' GROUP BY subject_id
     HAVING sum(amount_paise) > 0) o) AS overspent,
    (SELECT count(*) FROM campaigns WHERE raised_paise > target_paise) AS overfull,
    (SELECT count(*) FROM ledger_transfers) AS transfers FROM ledger_lines"""


class Clerk:
    """One of those who work at the same time."""

    def __init__(self, life: Life, number: int, until: float) -> None:
        self.life, self.dice, self.until = life, random.Random(SEED * 1000 + number), until
        self.done: Counter[str] = Counter()

    def work(self) -> Counter[str]:
        """Do this and that until the time is over."""
        while time.monotonic() < self.until:
            act = self.dice.choice(self.acts())
            try:
                act()
                self.done[act.__name__] += 1
            except (DomainError, ProviderRejected) as refusal:
                self.done[f"refused: {type(refusal).__name__}"] += 1
            except SQLAlchemyError as trouble:
                self.done[f"trouble: {type(getattr(trouble, 'orig', trouble)).__name__}"] += 1
        return self.done

    def acts(self) -> list[Callable[[], Any]]:
        """What this one does, as often as it is listed."""
        return [
            self.give, self.give, self.give, self.start, self.job, self.job, self.decide, self.hear, self.hear,
            self.bank, self.sweep,
        ]  # fmt: skip

    def start(self) -> None:
        self.life.campaign(self.dice.choice(self.life.creators), 60_000)

    def give(self) -> None:
        with self.life.open() as uow:
            open_now = uow.all(Campaign, col(Campaign.status) == CampaignStatus.ACTIVE)
        campaign = self.dice.choice(list(open_now)[:8])
        amount = min(campaign.missing_paise, self.dice.choice((5_000, 10_000, 20_000)))
        giver = self.dice.choice(self.life.givers)
        wish = self.life.wish(campaign, amount, giver)
        if wish is None:
            return
        told = self.life.bank.pay(wish.razorpay_order_id, self.dice.choice(("success", "success", "fail")))
        if told and "razorpay_signature" in told and self.dice.random() < 0.7:
            self.life.callback(wish, told, giver)

    def job(self) -> None:
        cleaner = self.dice.choice(self.life.cleaners)
        if free := open_jobs(self.life, JobStatus.AVAILABLE)[:3]:
            self.life.claim(self.dice.choice(free).id, cleaner)
        mine = [j for j in open_jobs(self.life, JobStatus.CLAIMED) if j.claimed_by == cleaner.user_id]
        if mine:
            self.life.complete(self.dice.choice(mine).id, cleaner)

    def decide(self) -> None:
        if waiting := open_jobs(self.life, JobStatus.COMPLETED)[:3]:
            job = self.dice.choice(waiting).id
            if self.dice.random() < 0.8:
                self.life.approve(job)
            else:
                self.life.reject(job, retry=self.dice.random() < 0.5)
        elif (verified := open_jobs(self.life, JobStatus.VERIFIED)[:3]) and self.dice.random() < 0.3:
            self.life.take_back(self.dice.choice(verified).id, cancel=self.dice.random() < 0.5)

    def hear(self) -> None:
        with self.life.bank.lock:
            news = self.life.bank.messages(self.life.heard)[:6]
            self.life.heard = max([self.life.heard, *(m.seq for m in news)])
        self.dice.shuffle(news)
        for message in news:
            self.life.hear(message)

    def bank(self) -> None:
        self.life.banks_answer(self.dice)

    def sweep(self) -> None:
        self.life.clock.move(minutes=self.dice.choice((1, 30, 300)))
        jobs = ("payouts.send_due_payouts", "refunds.send_due_refunds", "transfers.settle_open_attempts",
                "webhooks.sweep_webhooks", "payments.ask_about_contributions")  # fmt: skip
        self.life.run(f"workers.jobs.{self.dice.choice(jobs)}")


@pytest.fixture
def bank_house(engine: Engine, settled: tuple[Life, Any]) -> Iterator[Life]:
    """The settled town with many hands and with the time limits of production."""
    life, base = settled
    base.restore()
    limits = {"options": "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=15s"}
    life.parts.__dict__["engine"] = create_engine(engine.url, pool_size=THREADS + 4, connect_args=limits)
    with life.working():
        for _ in range(4):
            life.cleaners.append(life.cleaner())
        for _ in range(6):
            for creator in life.creators:
                life.campaign(creator, 60_000)
        yield life
    life.parts.engine.dispose()
    life.parts.__dict__["engine"] = engine
    del life.cleaners[2:]


def bank_test(life: Life, seconds: float) -> tuple[Counter[str], int, int]:
    """Let sixteen work for so many seconds beside a reader; what they did, snapshots read, movements booked."""
    until = time.monotonic() + seconds
    dice = random.Random(SEED)
    lock = threading.Lock()

    def fault(method: str, path: str) -> str | None:
        with lock:
            return dice.choice((*BEFORE, *AFTER)) if dice.random() < 0.08 else None

    life.bank.fault = fault
    clerks = [Clerk(life, n, until) for n in range(THREADS)]
    with ThreadPoolExecutor(THREADS + 1) as threads:
        reading = threads.submit(read_snapshots, life.parts.engine, until)
        done = sum((work.result() for work in [threads.submit(c.work) for c in clerks]), Counter())
        snapshots, transfers = reading.result()
    return done, snapshots, transfers


def read_snapshots(engine: Engine, until: float) -> tuple[int, int]:
    """Look at the whole ledger at one moment, ten times a second; every look must balance."""
    count, transfers = 0, 0
    while time.monotonic() < until:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            seen = connection.execute(text(SNAPSHOT)).one()
        assert (seen.total, seen.overspent, seen.overfull) == (0, 0, 0)
        count, transfers = count + 1, seen.transfers
        time.sleep(0.1)
    return count, transfers


def _end(life: Life, done: Counter[str]) -> None:
    trouble = {name: n for name, n in done.items() if name.startswith("trouble")}
    assert trouble == {}, trouble
    life.quiet(random.Random(SEED), rounds=100)
    life.books_agree()


@pytest.mark.row("TST-02", "PAY-03")
def test_every_snapshot_balances_while_sixteen_work(bank_house: Life) -> None:
    done, snapshots, _ = bank_test(bank_house, 4)
    assert snapshots >= 5
    assert sum(done.values()) >= 50
    _end(bank_house, done)


@pytest.mark.proof
def test_every_snapshot_balances_for_a_minute(bank_house: Life) -> None:
    commits = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
    with bank_house.engine.connect() as connection:
        before = connection.execute(text(commits)).scalar_one()
    done, snapshots, transfers = bank_test(bank_house, 60)
    time.sleep(1.5)  # counters are told once a second
    with bank_house.engine.connect() as connection:
        made = connection.execute(text(commits)).scalar_one() - before
    print(f"seed {SEED}: {made} commits, {snapshots} snapshots, {transfers} movements, {dict(done)}")
    assert made >= 1000
    _end(bank_house, done)


def one_winner(town: Town, rounds: int, cleaners: int) -> None:
    """Many cleaners want each job at the same moment; one gets it."""
    crew = [town.cleaner() for _ in range(cleaners)]
    for _ in range(rounds):
        job = town.job(target_paise=50_000)
        gate = threading.Barrier(cleaners)

        def claim(who: Any, job_id: Any = job.id, gate: threading.Barrier = gate) -> str:
            gate.wait()
            try:
                with town.uow() as uow:
                    claim_job(uow, actor=who, job_id=job_id)
            except AlreadyClaimed:
                return "late"
            return "won"

        with ThreadPoolExecutor(cleaners) as threads:
            assert Counter(threads.map(claim, crew)) == {"won": 1, "late": cleaners - 1}
        with town.uow() as uow:  # the winner gives it back, so that nobody comes to the limit of five
            taken = uow.get(Job, job.id)
            winner = next(who for who in crew if who.user_id == taken.claimed_by)
            unclaim_job(uow, actor=winner, job_id=job.id, reason="for the next round")


def last_rupee(town: Town, rounds: int, givers: int) -> None:
    """One hundred rupees are missing and many pay them at once: the target is met, the rest goes back."""
    crowd = [town.person(name="Imran Khan") for _ in range(givers)]
    for _ in range(rounds):
        campaign = town.campaign(target_paise=50_000)
        town.give(campaign, 40_000, crowd[0])
        wishes = [town.wish(campaign, 10_000, giver) for giver in crowd]

        def arrive(wish: Any) -> None:
            with town.uow() as uow:
                payments.apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))

        with ThreadPoolExecutor(givers) as threads:
            list(threads.map(arrive, wishes))
        with town.uow() as uow:
            full = uow.get(Campaign, campaign.id)
            assert (full.raised_paise, full.status) == (50_000, "FUNDED")
            back = uow.all(Refund, Refund.campaign_id == campaign.id)
            came = uow.all(Payment, col(Payment.contribution_id).in_([w.id for w in wishes]))
        assert len(came) == givers
        assert sum(r.amount_paise for r in back) == (givers - 1) * 10_000


def refunded_once(life: Life, threads: int) -> None:
    """Many workers send the same waiting refund and the same payouts at once; each leaves once."""
    jobs = ["workers.jobs.refunds.send_due_refunds", "workers.jobs.payouts.send_due_payouts"] * (threads // 2)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(life.run, jobs))
    life.nobody_paid_twice()
    with life.open() as uow:
        assert len(life.bank.all("refund")) == len(uow.all(Refund)) >= 1
        assert len(life.bank.all("payout")) == len(uow.all(Payout)) >= 2
    life.quiet(random.Random(threads))
    life.books_agree()


@pytest.mark.row("JOB-04")
def test_of_many_who_want_a_job_one_gets_it(town: Town) -> None:
    one_winner(town, rounds=2, cleaners=12)


@pytest.mark.row("PAY-02")
def test_the_last_rupees_are_taken_once(town: Town) -> None:
    last_rupee(town, rounds=2, givers=12)


@pytest.mark.row("PAY-05", "PAY-08")
def test_many_workers_send_each_transfer_once(bank_house: Life) -> None:
    refunded_once(bank_house, threads=12)


@pytest.mark.proof
def test_of_thirty_who_want_a_job_one_gets_it_each_time(town: Town) -> None:
    one_winner(town, rounds=ROUNDS, cleaners=30)
    print(f"30 cleaners for one job: {ROUNDS} rounds, one winner each")


@pytest.mark.proof
def test_of_fifty_who_pay_the_last_rupees_one_is_needed_each_time(town: Town) -> None:
    last_rupee(town, rounds=LAST_RUPEES, givers=50)
    print(f"50 givers for the last rupees: {LAST_RUPEES} rounds, the target met each time and the rest owed back")
