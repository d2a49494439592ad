"""A town whose money goes through a provider in this process: real services, real jobs, real database."""

from __future__ import annotations

import importlib
import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import SQLModel, col, select

import cleanit_app.wiring
from cleanit_app.adapters.field_cipher import AesFieldCipher
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.statuses import AttemptStatus, CampaignStatus, JobStatus, PayoutStatus, RefundStatus
from cleanit_app.models import Attempt, Campaign, Contribution, Job, LedgerAccount, Payment, Payout, Refund, new_id
from cleanit_app.paths import temporary
from cleanit_app.ports import UpiDetails
from cleanit_app.sandbox import control_moves
from cleanit_app.services import webhooks
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.jobs import jobs
from cleanit_app.services.ledger import booking
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.payments import contributions
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.people import kyc
from cleanit_app.services.photos.photos import ExaminedPhoto, StoredPhoto
from cleanit_app.services.refunds import manual as manual_refunds
from cleanit_app.services.review import approval_reversal, verification
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.factories import ALL_TICKED, FORMAT, LUCKNOW, MovableClock, Town
from tests.proofs.bank import PLENTY_PAISE, Bank, Message
from tests.sandbox.running import X_ACCOUNT

CIPHER_KEYS = {1: b"k" * 32}
CIPHER = AesFieldCipher(CIPHER_KEYS)
MINUTELY = (
    "workers.jobs.webhooks.sweep_webhooks",
    "workers.jobs.transfers.settle_open_attempts",
    "workers.jobs.payments.ask_about_contributions",
    "workers.jobs.refunds.send_due_refunds",
)
ENDED_PAYOUTS = (PayoutStatus.PAID, PayoutStatus.CANCELLED)
WRONG_DETAILS = ("beneficiary_vpa_invalid", "bank_account_closed")
PASSING = ("beneficiary_bank_offline", "gateway_timeout", "npci_beneficiary_timeout")


class Hints:
    """A queue that only remembers: what was hinted, to be run, dropped or run twice by a test."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, tuple[str, ...]]] = []

    def enqueue(
        self,
        queue: str,
        job: str,
        *args: str,
        most_seconds: int = 120,
        in_seconds: int = 0,
        request_id: str | None = None,
    ) -> None:
        self.waiting.append((job, args))

    def ring_outbox(self) -> None:
        """The sweep looks by itself."""


class Silence:
    """Open tabs: there are none."""

    def wake(self, *_: Any, **__: Any) -> None:
        """Nobody to wake."""

    def wake_all_tabs(self) -> None:
        """Nobody is here."""

    def end_session(self, *_: Any) -> None:
        """Nobody to tell."""


class Life:
    """People, a provider and the clock on one database."""

    def __init__(
        self,
        engine: Engine,
        *,
        settings: Settings | None = None,
        book: str = ":memory:",
        clock: MovableClock | None = None,
        bank: Any = None,
        queue: Any = None,
    ) -> None:
        self.clock = clock or MovableClock()
        self.town = Town(engine, clock=self.clock)
        self.engine = engine
        self.bank: Any = bank or Bank(self.clock, book)
        self.hints = Hints()
        self.heard = 0
        url = engine.url.render_as_string(hide_password=False)
        self.folder = TemporaryDirectory(prefix="cleanit-proofs-", dir=temporary())
        own = Settings(
            app_env="test",
            database_url=url,
            razorpay_x_account_number=X_ACCOUNT,
            field_encryption_keys=CIPHER_KEYS,
            backup_dir=Path(self.folder.name),
        )
        self.parts = Wiring(settings or own)
        ours = {"engine": engine, "clock": self.clock, "payments": self.bank.payments, "payouts": self.bank.payouts,
                "cipher": CIPHER, "queue": queue or self.hints, "live": Silence()}  # fmt: skip
        self.parts.__dict__.update(ours)
        self.creators: list[Actor] = []
        self.givers: list[Actor] = []
        self.cleaners: list[Actor] = []

    @contextmanager
    def working(self) -> Iterator[Life]:
        """Inside the block the scheduled jobs work for this town."""
        before = cleanit_app.wiring._wiring_of
        cleanit_app.wiring._wiring_of = lambda pid: self.parts
        try:
            yield self
        finally:
            cleanit_app.wiring._wiring_of = before

    @property
    def open(self) -> Any:
        """The opener of units of work that stories take, with hints."""
        return self.parts.open_uow

    # --- people -----------------------------------------------------------------------------------------------

    def settle_in(self, creators: int = 2, givers: int = 4, cleaners: int = 2) -> None:
        """The people of this town, and an admin for every decision."""
        self.admin = self.town.admin()
        self.givers = [self.town.person(name="Imran Khan") for _ in range(givers)]
        self.creators = [self.town.person() for _ in range(creators)]
        for creator in self.creators:  # approved once, so that later campaigns collect at once
            self.campaign(creator)
        for _ in range(cleaners):
            self.cleaners.append(self.cleaner())

    def begin_work(self) -> None:
        """Some money is already on its way: two payouts are due, one gift came too late, two campaigns collect."""
        for cleaner in self.cleaners:
            self.owed(200_000, cleaner)
        campaign = self.campaign(self.creators[1], 60_000)
        first = self.wish(campaign, 50_000, self.givers[1])
        self.give(campaign, 20_000, self.givers[2])
        assert first is not None
        self.bank.pay(first.razorpay_order_id)
        contributions.ask_about_order(self.open, self.bank.payments, contribution_id=first.id)
        for creator in self.creators:
            self.campaign(creator, 90_000)
        self.news()

    def cleaner(self) -> Actor:
        """A cleaner with real details that wait to be made known to the provider."""
        made = self.town.cleaner()
        self.save_details(made)
        return made

    def save_details(self, cleaner: Actor) -> None:
        """A cleaner enters where the pay goes, under the own name."""
        details = UpiDetails("Ramesh Pal", f"r{secrets.token_hex(4)}@okbank")
        with self.open() as uow:
            kept = kyc.save_payout_details(uow, actor=cleaner, details=details, cipher=CIPHER)
            # The bank's word and the wait of a changed account have tests of their own; here pay must flow.
            kept.razorpay_contact_id, kept.payout_verified_at, kept.payout_usable_at = None, uow.now, None

    def photo(self) -> StoredPhoto:
        """A bright, sharp photo that nobody used before; its pixels do not matter here."""
        seen = ExaminedPhoto(
            b"x", "JPEG", secrets.token_bytes(32), secrets.randbits(63), 640, 480, 120.0, 40.0, LUCKNOW,
            self.clock.now(),
        )  # fmt: skip
        return StoredPhoto(seen, new_id(), "campaigns/x", "originals/x.jpg")

    # --- what people do ---------------------------------------------------------------------------------------

    def campaign(self, creator: Actor, target_paise: int = 100_000) -> Campaign:
        """A campaign that collects money."""
        wish = campaigns.check_draft(
            title="Corner dump by the school", target_paise=target_paise, latitude=LUCKNOW[0], longitude=LUCKNOW[1],
            description="Children step into the road to get past this heap every single morning.",
            address="Gali No. 4, Aminabad, Lucknow",
        )  # fmt: skip
        with self.open() as uow:
            made = campaigns.create_campaign(uow, actor=creator, draft=wish, photo=self.photo())
            if made.status is CampaignStatus.DRAFT:
                campaigns.approve_campaign(uow, actor=self.admin, campaign_id=made.id)
        return made

    def wish(self, campaign: Campaign, amount_paise: int, giver: Actor) -> Contribution | None:
        """Somebody wishes to give, and an order is placed unless the provider is away."""
        with self.open() as uow:
            made = contributions.start_contribution(
                uow, actor=giver, campaign_id=campaign.id, amount_paise=amount_paise, anonymous=False,
                idempotency_key=f"key-{new_id()}",
            )  # fmt: skip
        return self.order(made, giver)

    def order(self, wish: Contribution, giver: Actor) -> Contribution | None:
        """Place the order of a wish."""
        try:
            return contributions.place_order(self.open, self.bank.payments, actor=giver, contribution_id=wish.id)
        except contributions.ProviderUnavailable:
            return None

    def give(self, campaign: Campaign, amount_paise: int, giver: Actor | None = None) -> Contribution:
        """A paid contribution that we heard of by asking."""
        made = self.wish(campaign, amount_paise, giver or self.givers[0])
        assert made is not None
        self.bank.pay(made.razorpay_order_id)
        contributions.ask_about_order(self.open, self.bank.payments, contribution_id=made.id)
        return made

    def callback(self, wish: Contribution, told: Any, giver: Actor) -> None:
        """The browser says that it was paid."""
        contributions.confirm_contribution(
            self.open, self.bank.payments, actor=giver, contribution_id=wish.id,
            payment_id=told["razorpay_payment_id"], order_id=told["razorpay_order_id"],
            signature=told["razorpay_signature"],
        )  # fmt: skip

    def claim(self, job_id: UUID, cleaner: Actor) -> None:
        """A cleaner takes a job."""
        with self.open() as uow:
            jobs.claim_job(uow, actor=cleaner, job_id=job_id)

    def complete(self, job_id: UUID, cleaner: Actor) -> None:
        """A cleaner hands in the after-photo."""
        claimed = Claimed(place=LUCKNOW, accuracy_m=9, captured_at=self.clock.now())
        stored = self.photo()
        with self.open() as uow:
            complete_job(
                uow, actor=cleaner, job_id=job_id, stored=stored, claimed=claimed,
                evidence=weigh_evidence(claimed, stored.photo),
            )  # fmt: skip

    def approve(self, job_id: UUID) -> None:
        """An admin accepts the work."""
        with self.open() as uow:
            verification.approve_completion(uow, actor=self.admin, job_id=job_id, checklist=ALL_TICKED)

    def reject(self, job_id: UUID, *, retry: bool) -> None:
        """An admin does not accept the work."""
        with self.open() as uow:
            verification.reject_completion(
                uow, actor=self.admin, job_id=job_id, checklist=ALL_TICKED, notes="", allow_retry=retry,
                reason=verification.RejectionReason.POOR_QUALITY,
            )  # fmt: skip

    def take_back(self, job_id: UUID, *, cancel: bool = False) -> None:
        """An admin accepts the work no more, before its pay has left."""
        with self.open() as uow:
            approval_reversal.take_back_approval(
                uow, actor=self.admin, job_id=job_id, reason="The heap was only moved.", cancel_campaign=cancel
            )

    def owed(self, amount_paise: int = 100_000, cleaner: Actor | None = None) -> UUID:
        """A payout whose time has come."""
        cleaner = cleaner or self.cleaners[0]
        campaign = self.campaign(self.creators[0], amount_paise)
        self.give(campaign, amount_paise)
        job_id = self.town.job_of(campaign.id).id
        self.claim(job_id, cleaner)
        self.complete(job_id, cleaner)
        self.approve(job_id)
        self.clock.move(hours=25)
        with self.open() as uow:
            payout = uow.first(Payout, Payout.job_id == job_id)
            assert payout is not None
            return payout.id

    # --- the clock and the provider ---------------------------------------------------------------------------

    def run(self, job: str, *args: str) -> None:
        """Run a job by its name, as a worker would."""
        module, _, name = job.rpartition(".")
        getattr(importlib.import_module(module), name)(*args)

    def sweep(self, jobs: Sequence[str] = MINUTELY) -> None:
        """What the clock causes every minute."""
        for job in jobs:
            self.run(job)

    def news(self) -> list[Message]:
        """What the provider has sent since we last looked."""
        found = self.bank.messages(self.heard)
        self.heard = max([self.heard, *(m.seq for m in found)])
        return found

    def hear(self, message: Message, *, work: bool = True) -> None:
        """A message reaches the door; it is worked on at once unless the hint is lost."""
        with self.open() as uow:
            kept = webhooks.store_webhook(uow, raw=message.body, event_id=message.event_id, form=FORMAT)
        if kept and work:
            webhooks.work_webhook(self.open, webhook_id=kept, form=FORMAT)

    def banks_answer(self, dice: random.Random, *, kindly: bool = False) -> None:
        """Every open transfer at the provider gets its last word."""
        for payout in self.bank.all("payout", status="processing"):
            bad = not kindly and dice.random() < 0.25
            why = {"reason": dice.choice(PASSING)} if bad else {}
            self.bank.move_payout(payout["id"], "fail" if bad else "process", **why)
        for refund in self.bank.all("refund", status="pending"):
            self.bank.move_refund(refund["id"], "process" if kindly or dice.random() < 0.8 else "fail")

    def quiet(self, dice: random.Random, *, rounds: int = 60) -> None:
        """Faults are over: messages arrive, banks say yes, people do their part, until nothing is open."""
        self.bank.fault = lambda method, path: None
        for _ in range(rounds):
            self.banks_answer(dice, kindly=True)
            for payment in self.bank.all("payment", status="created"):
                self.bank.act(control_moves.move_payment, payment["id"], "authorise")
            news = self.news()
            dice.shuffle(news)
            for message in news:
                self.hear(message)
            self._mend()
            self.clock.move(hours=3)
            self.bank.tick()
            self.run("workers.jobs.payouts.send_due_payouts")
            self.sweep()
            if self.nothing_open():
                return
        raise AssertionError(f"still open after {rounds} rounds: {self.still_open()}")

    def _mend(self) -> None:
        """People do their part: right details, and what waits for a person is sent again."""
        with self.open() as uow:
            stuck = uow.all(Payout, col(Payout.status).in_([PayoutStatus.PENDING, PayoutStatus.MANUAL]))
            unsure = col(Attempt.refund_id).in_(select(Refund.id))
            puzzles = [a.refund_id for a in uow.all(Attempt, unsure, Attempt.status == AttemptStatus.MANUAL)]
            refunds = uow.all(Refund, Refund.status == RefundStatus.MANUAL, col(Refund.id).not_in(puzzles))
        for payout in stuck:
            owner = next((c for c in self.cleaners if c.user_id == payout.cleaner_id), None)
            try:
                with self.open() as uow:
                    cleaner = uow.get(kyc.Cleaner, payout.cleaner_id)
                if cleaner.payout_verified_at is None and owner:
                    self.save_details(owner)
                if payout.status is PayoutStatus.MANUAL:
                    with self.open() as uow:
                        payouts.order_payout_now(uow, actor=self.admin, payout_id=payout.id)
            except DomainError:
                continue
        self._decide_puzzles()
        for refund in refunds:
            with self.open() as uow:
                manual_refunds.order_refund_now(uow, actor=self.admin, refund_id=refund.id)

    def _decide_puzzles(self) -> None:
        """Calls that wait for a person: what is not in the provider's book never left."""
        with self.open() as uow:
            puzzles = uow.all(Attempt, Attempt.status == AttemptStatus.MANUAL)
        known = {p["reference_id"] for p in self.bank.all("payout")} | {r["receipt"] for r in self.bank.all("refund")}
        for attempt in (a for a in puzzles if a.reference not in known):
            with self.open() as uow:
                if attempt.payout_id:
                    manual_payouts.decide_payout(uow, actor=self.admin, payout_id=attempt.payout_id, left=False)
                elif attempt.refund_id:
                    manual_refunds.decide_refund(uow, actor=self.admin, refund_id=attempt.refund_id, left=False)

    def still_open(self) -> dict[str, list[str]]:
        """What has not had its last word."""
        with self.open() as uow:
            waiting = uow.run(text("SELECT count(*) FROM webhook_events WHERE processed_at IS NULL")).scalar_one()
            return {
                "payouts": [p.status.value for p in uow.all(Payout, col(Payout.status).not_in(ENDED_PAYOUTS))],
                "refunds": [r.status.value for r in uow.all(Refund, Refund.status != RefundStatus.COMPLETED)],
                "attempts": [str(s) for s in uow.run(text(
                    "SELECT status FROM transfer_attempts WHERE status NOT IN ('SUCCEEDED','FAILED','REVERSED')"
                )).scalars()],
                "messages": ["waiting"] * int(waiting),
            }  # fmt: skip

    def nothing_open(self) -> bool:
        """Whether every transfer and message has had its last word."""
        return not any(self.still_open().values()) and not self.bank.messages(self.heard)

    # --- what must hold ---------------------------------------------------------------------------------------

    def nobody_paid_twice(self) -> None:
        """At the provider: one live payout a job, no refund twice, no payment gives back more than it brought."""
        moving = ("processing", "processed", "queued")
        live = [p["notes"]["jobId"] for p in self.bank.all("payout") if p["status"] in moving]
        assert len(live) == len(set(live)), f"a job was paid twice: {live}"
        given = [r for r in self.bank.all("refund") if r["status"] != "failed" and not r.get("_uncaptured")]
        ids = [r["notes"]["refundId"] for r in given]
        assert len(ids) == len(set(ids)), f"money was refunded twice: {ids}"

    def books_hold(self) -> None:
        """Every rule of our books, and nothing twice at the provider."""
        with self.open() as uow:
            broken = check_books(uow)
        assert broken == [], broken
        self.nobody_paid_twice()

    def books_agree(self) -> None:
        """When all is quiet: each movement in the provider's book is one row here, and the sums are equal."""
        self.books_hold()
        theirs = self.bank.book()
        with self.open() as uow:
            ours = {p.razorpay_payment_id: (p.amount_paise, p.fee_paise, p.tax_paise) for p in uow.all(Payment)}
            paid = {p.razorpay_payout_id: p.amount_paise for p in uow.all(Payout, Payout.status == PayoutStatus.PAID)}
            back = {
                r.razorpay_refund_id: r.amount_paise for r in uow.all(Refund, Refund.status == RefundStatus.COMPLETED)
            }
            provider, bank = booking.balance(uow, LedgerAccount.GATEWAY), booking.balance(uow, LedgerAccount.BANK)
            clearing = [booking.balance(uow, a) for a in (LedgerAccount.PAYOUT_CLEARING, LedgerAccount.REFUND_CLEARING)]
        captured = {p["id"]: (p["amount"], p["fee"], p["tax"]) for p in theirs["payments"] if p["captured"]}
        assert ours == captured
        sent = {p["id"]: p["amount"] for p in theirs["payouts"] if p["status"] == "processed"}
        assert paid == sent, (paid, sent, [(p["id"], p["status"], p["reference_id"]) for p in theirs["payouts"]])
        refunds = [r for r in self.bank.all("refund") if r["status"] == "processed" and not r.get("_uncaptured")]
        assert back == {r["id"]: r["amount"] for r in refunds}
        assert (
            provider == theirs["balances"]["pg_balance"] - theirs["sums"]["pg_opening"] - theirs["sums"]["pg_adjusted"]
        )
        assert bank == theirs["balances"]["x_balance"] - PLENTY_PAISE
        assert clearing == [0, 0]


def open_jobs(life: Life, *statuses: JobStatus) -> list[Job]:
    """Jobs in one of these states, oldest first."""
    with life.open() as uow:
        return list(uow.run(select(Job).where(col(Job.status).in_(statuses)).order_by(col(Job.id))).scalars())


class Base:
    """A life as it is now, here and at the provider; `restore` brings exactly that back within milliseconds."""

    def __init__(self, life: Life) -> None:
        engine = self.engine = life.engine
        self._life, self._then = life, (life.clock.at, life.heard, life.bank.copy())
        self._tables = [t.name for t in SQLModel.metadata.sorted_tables]
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA IF NOT EXISTS base"))
            for table in self._tables:
                connection.execute(text(f"DROP TABLE IF EXISTS base.{table}"))
                connection.execute(text(f"CREATE TABLE base.{table} AS TABLE public.{table}"))
            rows = connection.execute(text(
                "SELECT table_name, string_agg(quote_ident(column_name), ',') FROM information_schema.columns "
                "WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY 1"
            )).all()  # fmt: skip
            columns = dict(rows)
            kept = [t for t in self._tables if connection.execute(text(f"SELECT 1 FROM base.{t} LIMIT 1")).first()]
        steps = ["SET LOCAL session_replication_role = replica"]
        steps += [f"DELETE FROM public.{t}" for t in reversed(self._tables)]
        into = "INSERT INTO public.{0} ({1}) OVERRIDING SYSTEM VALUE SELECT {1} FROM base.{0}"
        steps += [into.format(t, columns[t]) for t in kept]
        self._sql = "; ".join(steps)

    def restore(self) -> None:
        """Back to that moment."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(self._sql)
        life = self._life
        life.clock.at, life.heard, book = self._then
        life.bank.restore(book)
        life.hints.waiting.clear()
