"""Both books compared: planted mismatches are found, nothing else is; settlements reach the bank (PAY-13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.errors import NotAllowed, ReasonMissing
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import CheckRun, Contribution, Difference, LedgerAccount, Notification, OutboxEvent, new_id
from cleanit_app.ports import PAGE, ProviderPayment, ProviderRejected, ProviderSettlement, SettledRow
from cleanit_app.services.ledger import booking
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payments import payments
from cleanit_app.services.reconciliation import nightly
from cleanit_app.services.reconciliation.reconcile import UNSEEN, accept_difference, look_again, reconcile
from tests.factories import Town
from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.shop import Shop, open_shop


@dataclass
class Paper:
    """A provider that says what is written: payments, settlements, and nothing of payouts and refunds."""

    known: dict[str, ProviderPayment] = field(default_factory=dict)
    settlements: list[ProviderSettlement] = field(default_factory=list)
    rows: list[SettledRow] = field(default_factory=list)

    def payments_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderPayment]:
        """A page of payments."""
        return list(self.known.values())[skip : skip + PAGE]

    def payment(self, payment_id: str) -> ProviderPayment:
        """One payment; a refusal when there is none."""
        if payment_id not in self.known:
            raise ProviderRejected("The id provided does not exist")
        return self.known[payment_id]

    def settlements_page(self, since: datetime, until: datetime, skip: int) -> list[ProviderSettlement]:
        """A page of settlements."""
        return self.settlements[skip : skip + PAGE]

    def settled_rows(self, day: date, skip: int) -> list[SettledRow]:
        """A page of settled rows."""
        return self.rows[skip : skip + PAGE]

    def refunds_page(self, since: datetime, until: datetime, skip: int) -> list[Any]:
        """None."""
        return []

    refund_by_id = payout = payment
    payouts_page = refunds_page


def differences(town: Town) -> list[Difference]:
    with town.uow() as uow:
        return list(uow.run(select(Difference).where(col(Difference.resolved_at).is_(None))).scalars())


def compare(town: Town, paper: Any) -> int:
    return reconcile(town.open, paper, paper)


@pytest.mark.row("PAY-13")
def test_fifty_planted_mismatches_are_found_and_nothing_else(town: Town) -> None:
    campaign, paper = town.campaign(target_paise=5_000_000), Paper()
    wishes = [town.wish(campaign, 10_000) for _ in range(160)]
    for wish in wishes:
        said = town.payment(wish)
        paper.known[said.id] = said
        with town.uow() as uow:
            payments.apply_payment(uow, contribution_id=wish.id, payment=said)
    town.clock.move(hours=1)
    assert compare(town, paper) == 0
    planted: set[tuple[str, str]] = set()
    for number, payment_id in enumerate(list(paper.known)[:40]):
        kind = ("AMOUNT", "STATUS", "FEE", "MISSING_THERE")[number % 4]
        said = paper.known.pop(payment_id)
        if kind == "AMOUNT":
            paper.known[payment_id] = replace(said, amount_paise=9_900)
        if kind == "STATUS":
            paper.known[payment_id] = replace(said, status="failed")
        if kind == "FEE":
            paper.known[payment_id] = replace(said, fee_paise=999)
        planted.add((payment_id, kind))
    missing = [town.wish(campaign, 5_000) for _ in range(10)]
    for wish in missing:
        said = town.payment(wish)
        paper.known[said.id] = said
        planted.add((said.id, "MISSING_HERE"))
    for number in range(5):  # what was never taken is nobody's money
        paper.known[f"pay_never{number}"] = replace(
            said, id=f"pay_never{number}", status="returned", fee_paise=None, tax_paise=None
        )
    assert compare(town, paper) == 50
    assert {(d.provider_id, d.kind) for d in differences(town)} == planted
    assert compare(town, paper) == 50  # found again, kept once
    with town.uow() as uow:
        assert uow.run(select(CheckRun.problems)).scalars().all() == [50]
        assert uow.run(text("SELECT count(*) FROM reconciliation_seen")).scalar_one() == 0


@pytest.mark.row("PAY-13")
def test_a_difference_is_resolved_by_asking_or_by_a_reason_and_finance_hears(town: Town) -> None:
    campaign, paper = town.campaign(), Paper()
    finance, other = town.admin(AdminDuty.FINANCE), town.admin(AdminDuty.SUPPORT)
    lost, gone = town.wish(campaign, 10_000), town.give(campaign, 20_000)
    paper.known["pay_lost"] = town.payment(lost, payment_id="pay_lost")
    town.clock.move(hours=1)
    assert compare(town, paper) == 2
    with town.uow() as uow:
        relay_outbox(uow)
    with town.uow() as uow:
        told = uow.run(select(Notification).where(col(Notification.kind) == "mismatches_found")).scalars().all()
        heard = {n.user_id for n in told}
        assert finance.id in heard
        assert other.id not in heard
    found = {d.provider_id: d.id for d in differences(town)}
    with pytest.raises(NotAllowed):
        look_again(town.open, paper, paper, actor=other, difference_id=found["pay_lost"])
    assert look_again(town.open, paper, paper, actor=finance, difference_id=found["pay_lost"])
    with town.uow() as uow:
        assert uow.get(Contribution, lost.id).status == "SUCCESS"
    gone_id = found[str(gone.razorpay_payment_id)]
    assert not look_again(town.open, paper, paper, actor=finance, difference_id=gone_id)
    with pytest.raises(ReasonMissing), town.uow() as uow:
        accept_difference(uow, actor=finance, difference_id=gone_id, note=" ")
    with town.uow() as uow:
        accept_difference(uow, actor=finance, difference_id=gone_id, note="Seen on the bank statement")
    assert compare(town, paper) == 0


@pytest.mark.row("PAY-13")
def test_a_settlement_is_booked_once_with_the_fees_it_reports(town: Town) -> None:
    campaign, paper = town.campaign(), Paper()
    wish = town.wish(campaign, 10_000)
    said = town.payment(wish)
    paper.known[said.id] = said
    with town.uow() as uow:
        payments.apply_payment(uow, contribution_id=wish.id, payment=said)
    town.clock.move(hours=1)
    at = town.clock.now()
    paper.known[said.id] = replace(said, fee_paise=300)
    paper.settlements = [ProviderSettlement("setl_1", 9_700, "processed", "utr", at)]
    paper.rows = [SettledRow(said.id, True, 9_700, 300, "setl_1")]
    for _ in range(2):
        compare(town, paper)
    with town.uow() as uow:
        assert booking.balance(uow, LedgerAccount.BANK) == 9_700
        assert booking.balance(uow, LedgerAccount.GATEWAY) == 0
        assert booking.balance(uow, LedgerAccount.GATEWAY_FEES) == 300
    assert differences(town) == []
    paper.rows.append(SettledRow("pay_else", True, 50, 0, "setl_1"))
    assert compare(town, paper) == 1


@pytest.fixture
def shop(town: Town, tmp_path: Path) -> Iterator[Shop]:
    """A town on a running sandbox."""
    sandbox: Sandbox
    with running_sandbox(tmp_path / "book.db") as sandbox:
        yield open_shop(town, sandbox)


@pytest.mark.row("PAY-13", "TST-02")
def test_the_provider_over_http_and_our_books_agree(shop: Shop) -> None:
    _, payout_id = shop.owed()
    campaign = shop.town.campaign(target_paise=100_000)
    early = shop.order(campaign, 60_000)
    shop.give(campaign, 100_000)
    shop.pay(early)
    shop.send(payout_id)
    shop.land(payout_id)
    shop.settle()
    shop.sandbox.control("settlement")
    town = shop.town
    # The town's first payout was funded by a payment that the sandbox never saw.
    assert reconcile(town.open, shop.payments, shop.payouts) == len(differences(town))
    assert {d.kind for d in differences(town)} <= {"MISSING_THERE"}
    theirs = sum(s["amount"] for s in shop.sandbox.book()["settlements"])
    booked = text(
        "SELECT sum(amount_paise) FROM ledger_lines l JOIN ledger_transfers t ON t.id = l.transfer_id"
        " WHERE t.kind = 'SETTLEMENT' AND account = 'BANK'"
    )
    with town.uow() as uow:
        assert theirs > 0
        assert uow.run(booked).scalar_one() == theirs


@pytest.mark.row("PAY-13")
def test_the_nightly_check_keeps_its_result_and_tells_when_something_is_wrong(town: Town) -> None:
    town.verified(town.cleaner())
    with town.uow() as uow:
        assert nightly.keep_book_check(uow) == []
    with town.uow() as uow:
        uow.run(text("UPDATE receipt_counters SET last = last + 1 WHERE series LIKE 'CF/%'"))
    with town.uow() as uow:
        assert [one.name for one in nightly.keep_book_check(uow)] == ["invoices_gapless"]
    with town.uow() as uow:
        run = uow.run(select(CheckRun)).scalar_one()
        assert (run.problems, list(run.report)) == (1, ["invoices_gapless"])
        assert uow.run(select(OutboxEvent).where(col(OutboxEvent.name) == "BooksWrong")).scalars().first()
        uow.run(text("UPDATE receipt_counters SET last = last - 1 WHERE series LIKE 'CF/%'"))


class Locked(Paper):
    """A provider that refuses our key when one thing is asked for by its id."""

    def payment(self, payment_id: str) -> ProviderPayment:
        """Nothing; our key is refused."""
        raise ProviderRejected("Authentication failed", reason=TransferReason.NO_ACCESS, status=401)

    refund_by_id = payout = payment


@pytest.mark.row("PAY-13")
def test_a_refused_key_says_of_no_payment_that_it_is_missing(town: Town) -> None:
    town.give(town.campaign(), 10_000)
    town.clock.move(hours=1)
    with pytest.raises(ProviderRejected):
        compare(town, Locked())
    assert differences(town) == []
    assert compare(town, Paper()) == 1  # this provider answers, and does not know it


@pytest.mark.row("PAY-13")
@pytest.mark.parametrize(
    ("what", "index"),
    [
        ("PAYMENT", "ix_payments_captured_at"),
        ("REFUND", "ix_transfer_attempts_created_at"),
        ("PAYOUT", "ix_transfer_attempts_created_at"),
    ],
)
def test_what_was_not_seen_is_looked_for_in_its_days_only(town: Town, what: str, index: str) -> None:
    town.give(town.campaign(), 10_000)
    asked = {"since": town.clock.now(), "until": town.clock.now(), "run": new_id(), "last": "", "size": PAGE}
    with town.uow() as uow:
        uow.run(text("SET LOCAL enable_seqscan = off"))  # as over very many rows
        plan = "".join(uow.run(text(f"EXPLAIN {UNSEEN[what]}"), asked).scalars())
    assert index in plan
