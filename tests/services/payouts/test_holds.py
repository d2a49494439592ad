"""Disputes and pay that leaves: the ten o'clock batch passes a disputed payout by, and in a race one of them wins."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import col

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import PayHasLeft
from cleanit_app.models import Attempt, Campaign, Dispute, Payout, User
from cleanit_app.ports import ProviderPayout
from cleanit_app.services.accounts import accounts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.review.disputes import decide_dispute, open_dispute
from cleanit_app.wiring import Wiring
from tests.factories import FORMAT, Town
from workers.jobs import operations

REASON = "Half of the heap still lies behind the wall."


class Bank:
    """A provider that pays at once and keeps what it was asked for."""

    def __init__(self) -> None:
        self.paid: list[str] = []

    def create_payout(self, *, request: Any, idempotency_key: str) -> ProviderPayout:
        """Paid."""
        self.paid.append(request["notes"]["payoutId"])
        number = f"pout_{len(self.paid)}"
        return ProviderPayout(number, request["amount"], "processed", request["reference_id"], "UTR1", 0, 0, None, None)


def owed(town: Town) -> tuple[Payout, Campaign]:
    job = town.verified(town.cleaner())
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
        assert payout is not None
        return payout, uow.get(Campaign, job.campaign_id)


def creator_of(town: Town, campaign: Campaign) -> Actor:
    with town.uow() as uow:
        return accounts.actor_of(uow.get(User, campaign.creator_id))


@pytest.mark.row("OPS-03", "PAY-04")
def test_the_morning_batch_leaves_a_disputed_payout_and_sends_it_after_the_dismissal(town: Town, parts: Wiring) -> None:
    bank = Bank()
    parts.payouts = bank
    town.clock.at = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    (payout, campaign), (other, _) = owed(town), owed(town)
    with town.uow() as uow:
        dispute = open_dispute(uow, actor=creator_of(town, campaign), campaign_id=campaign.id, reason=REASON)
    town.clock.at = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)  # ten in the morning in India
    operations.tick("payouts")
    assert bank.paid == [str(other.id)]
    admin = town.admin(AdminDuty.VERIFIER)
    with town.uow() as uow:
        decide_dispute(uow, actor=admin, dispute_id=dispute.id, uphold=False, note="It is clean.")
    town.clock.move(days=1)
    operations.tick("payouts")
    assert bank.paid == [str(other.id), str(payout.id)]
    with town.uow() as uow:
        assert uow.get(Payout, payout.id).status == "PAID"
        assert uow.get(Campaign, campaign.id).status == "CLOSED"


@pytest.mark.row("OPS-03", "PAY-05")
def test_the_pay_left_or_it_is_held_and_never_both(town: Town) -> None:
    finance, won = town.admin(AdminDuty.FINANCE), set[str]()
    for first in range(8):
        payout, campaign = owed(town)
        actor = creator_of(town, campaign)
        with town.uow() as uow:
            payouts.order_payout_now(uow, actor=finance, payout_id=payout.id)
        gate = Barrier(2)

        def send(payout_id: Any = payout.id, gate: Barrier = gate) -> bool:
            gate.wait()
            with town.uow() as uow:
                return payouts.prepare_payout(uow, payout_id=payout_id, form=FORMAT) is not None

        def doubt(campaign_id: Any = campaign.id, actor: Actor = actor, gate: Barrier = gate) -> bool:
            gate.wait()
            try:
                with town.uow() as uow:
                    open_dispute(uow, actor=actor, campaign_id=campaign_id, reason=REASON)
            except PayHasLeft:
                return False
            return True

        both: list[Callable[[], bool]] = [send, doubt] if first % 2 else [doubt, send]
        with ThreadPoolExecutor(2) as pool:
            answers = dict(zip((f.__name__ for f in both), pool.map(lambda act: act(), both), strict=True))
        assert answers["send"] is not answers["doubt"]
        won.add("send" if answers["send"] else "doubt")
        with town.uow() as uow:
            row = uow.get(Payout, payout.id)
            left = uow.first(Attempt, Attempt.payout_id == payout.id) is not None
            held = uow.first(Dispute, col(Dispute.payout_id) == payout.id) is not None
            assert (left, held) == (answers["send"], answers["doubt"])
            assert (row.status == "PROCESSING", row.held_at is not None) == (left, held)
    assert won
