"""A town whose money goes through a running sandbox over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from cleanit_app.adapters.field_cipher import AesFieldCipher
from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_payments import RazorpayPayments
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Attempt, Campaign, Cleaner, Contribution, ErrorLog, OutboxEvent, Payout, Refund
from cleanit_app.ports import UpiDetails
from cleanit_app.services.payments import contributions
from cleanit_app.services.payouts import payouts
from cleanit_app.services.payouts.send import carry_out_payout, send_payout
from cleanit_app.services.people import kyc
from cleanit_app.services.refunds.send import carry_out_refund, send_refund
from cleanit_app.services.transfers import attempts
from tests.factories import FORMAT, Town
from tests.sandbox.running import KEY_ID, KEY_SECRET, X_ACCOUNT, Sandbox

CIPHER = AesFieldCipher({1: b"k" * 32})


@dataclass
class Shop:
    """A town whose money goes through a running sandbox."""

    town: Town
    sandbox: Sandbox
    payments: RazorpayPayments
    payouts: RazorpayPayouts

    def order(self, campaign: Campaign, amount: int) -> Contribution:
        """A contribution with its order at the sandbox, not paid yet."""
        giver = self.town.person(name="Imran Khan")
        with self.town.uow() as uow:
            wish = contributions.start_contribution(
                uow, actor=giver, campaign_id=campaign.id, amount_paise=amount, anonymous=False,
                idempotency_key=f"key-{giver.id}",
            )  # fmt: skip
        return contributions.place_order(self.town.open, self.payments, actor=giver, contribution_id=wish.id)

    def pay(self, wish: Contribution) -> Contribution:
        """Pay an order and ask what became of it."""
        self.sandbox.control(f"orders/{wish.razorpay_order_id}/pay", outcome="success")
        contributions.ask_about_order(self.town.open, self.payments, contribution_id=wish.id)
        with self.town.uow() as uow:
            return uow.get(Contribution, wish.id)

    def give(self, campaign: Campaign, amount: int) -> Contribution:
        """A contribution by way of an order, the payment and asking."""
        return self.pay(self.order(campaign, amount))

    def owed(self) -> tuple[Actor, UUID]:
        """A cleaner with real details and a payout whose time has come."""
        cleaner = self.town.cleaner()
        with self.town.uow() as uow:
            kyc.save_payout_details(
                uow, actor=cleaner, details=UpiDetails("Ramesh Pal", "ramesh@okbank"), cipher=CIPHER
            ).razorpay_contact_id = None
        self.confirm(cleaner)
        self.town.verified(cleaner, target_paise=400_000)
        self.town.clock.move(hours=25)
        with self.town.uow() as uow:
            return cleaner, payouts.due_payouts(uow, limit=1)[0]

    def confirm(self, cleaner: Actor) -> None:
        """An admin confirms the account of a cleaner."""
        admin = self.town.admin(AdminDuty.COMPLIANCE)
        with self.town.uow() as uow:
            seen = uow.get(Cleaner, cleaner.user_id).payout_changed_at
            kyc.confirm_payout_details(uow, actor=admin, cleaner_id=cleaner.user_id, seen=seen)

    def owed_refund(self, paise: int = 60_000) -> UUID:
        """A refund of money that came when its campaign was full."""
        campaign = self.town.campaign(target_paise=100_000)
        early = self.order(campaign, paise)
        self.give(campaign, 100_000)
        self.pay(early)
        with self.town.uow() as uow:
            return uow.run(select(col(Refund.id)).where(col(Refund.contribution_id) == early.id)).scalar_one()

    def send_refund(self, refund_id: UUID) -> Any:
        """Send one refund."""
        return send_refund(self.town.open, self.payments, refund_id=refund_id, form=FORMAT)

    def send(self, payout_id: UUID) -> None:
        """Send one payout."""
        send_payout(self.town.open, self.payouts, CIPHER, payout_id=payout_id, form=FORMAT)

    def settle(self, seconds: float = 3600) -> None:
        """Let time pass and look after open calls."""
        self.town.clock.move(seconds=seconds)
        with self.town.uow() as uow:
            unsure = [uow.get(Attempt, a) for a in attempts.open_attempts(uow, limit=50)]
        for attempt in unsure:
            if attempt.payout_id:
                carry_out_payout(self.town.open, self.payouts, attempt_id=attempt.id)
            else:
                carry_out_refund(self.town.open, self.payments, attempt_id=attempt.id)

    def payout(self, payout_id: UUID) -> Payout:
        """How a payout stands."""
        with self.town.uow() as uow:
            return uow.get(Payout, payout_id)

    def paid_out(self) -> list[Any]:
        """Payouts in the sandbox's book that moved money."""
        return [p for p in self.sandbox.book()["payouts"] if p["status"] in ("processing", "processed")]

    def refund(self, refund_id: UUID) -> Refund:
        """How a refund stands."""
        with self.town.uow() as uow:
            return uow.get(Refund, refund_id)

    def calls(self, payout_id: UUID | None = None, refund_id: UUID | None = None) -> list[Attempt]:
        """The calls made for a payout or a refund, in their order."""
        column, value = (Attempt.payout_id, payout_id) if payout_id else (Attempt.refund_id, refund_id)
        with self.town.uow() as uow:
            return list(uow.run(select(Attempt).where(col(column) == value).order_by(col(Attempt.number))).scalars())

    def said(self, name: str) -> list[dict[str, Any]]:
        """What was told under an event's name."""
        with self.town.uow() as uow:
            told = select(OutboxEvent).where(col(OutboxEvent.name) == name).order_by(col(OutboxEvent.id))
            return [row.payload for row in uow.run(told).scalars()]

    def logged(self, source: str) -> list[str]:
        """The failures kept under a source."""
        with self.town.uow() as uow:
            kept = select(ErrorLog).where(col(ErrorLog.source) == source).order_by(col(ErrorLog.id))
            return [row.message for row in uow.run(kept).scalars()]

    def land(self, payout_id: UUID, move: str = "process", **body: Any) -> None:
        """Let the bank answer."""
        self.sandbox.control(f"payouts/{self.payout(payout_id).razorpay_payout_id}/{move}", **body)


def open_shop(town: Town, sandbox: Sandbox, *, read_seconds: float = 1.5) -> Shop:
    """A shop on an emptied sandbox where nothing happens by itself, and where it is the same hour as in the town."""
    client = RazorpayClient(key_id=KEY_ID, key_secret=KEY_SECRET, base_url=sandbox.url, read_seconds=read_seconds)
    sandbox.control("faults", "DELETE")
    sandbox.control("reset")
    sandbox.control("clock", offset_seconds=(town.clock.now() - datetime.now(UTC)).total_seconds())
    sandbox.control("delays", payout_delay=-1, refund_delay=-1)
    script = f"{sandbox.url}/v1/checkout.js"
    return Shop(
        town,
        sandbox,
        RazorpayPayments(client, key_secret=KEY_SECRET, checkout_script_url=script),
        RazorpayPayouts(client, account_number=X_ACCOUNT),
    )
