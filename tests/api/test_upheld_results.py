"""Who was right in the second look gets the money that is still here; what has left is finance's to settle (OPS-03)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.provider import ProviderTransferStatus
from cleanit_app.models import (
    Campaign,
    Cleaner,
    Dispute,
    EscrowTransaction,
    FeeInvoice,
    Job,
    LedgerAccount,
    Notification,
    Payout,
    Refund,
)
from cleanit_app.ports import ProviderRefund
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.ledger import booking
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payouts import payouts
from cleanit_app.services.refunds.refunds import apply_refund, prepare_refund
from cleanit_app.services.transfers import attempts
from tests.api.conftest import Caller
from tests.api.test_questions import RAISE, HalfDone, decided
from tests.factories import FORMAT, Town

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.books]
As = Callable[[Actor], Caller]
WHY = "Look at the left side once more, please."


def appealed(as_: As, who: Actor, dispute: str) -> str:
    made = as_(who).post(f"{RAISE}/{dispute}/appeal", data={"text": WHY})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def divided(as_: As, work: HalfDone, percent: int = 40) -> str:
    dispute = work.disputed(as_)
    admin = as_(work.town.admin(AdminDuty.VERIFIER))
    assert decided(admin, dispute, True, donePercent=percent)["status"] == "SPLIT"
    return dispute


def taken_back(as_: As, work: HalfDone, **more: Any) -> str:
    dispute = work.disputed(as_)
    assert decided(as_(work.town.admin(AdminDuty.VERIFIER)), dispute, True, **more)["status"] == "UPHELD"
    return dispute


def pay_of(town: Town, work: HalfDone) -> Payout:
    with town.uow() as uow:
        job_id = uow.get(Campaign, work.campaign.id).job_id
        found = uow.first(Payout, Payout.job_id == job_id)
        assert found is not None
        return found


def finance_hears(town: Town, finance: Actor) -> list[str]:
    with town.uow() as uow:
        relay_outbox(uow, limit=500)
    with town.uow() as uow:
        kinds = select(col(Notification.kind)).where(col(Notification.user_id) == finance.id)
        return [kind for kind in uow.run(kinds).scalars() if kind == "dispute_left_to_finance"]


def send_all_refunds(town: Town) -> None:
    with town.uow() as uow:
        owed = [(r.id, r.amount_paise) for r in uow.all(Refund) if r.status == "PENDING"]
    for refund_id, paise in owed:
        with town.uow() as uow:
            attempt = prepare_refund(uow, refund_id=refund_id, form=FORMAT)
            assert attempt is not None
        with town.uow() as uow:
            assert attempts.lease(uow, attempt_id=attempt)
        name = refund_id.hex[-14:]
        answer = ProviderRefund(f"rfnd_{name}", f"pay_{name}", paise, ProviderTransferStatus.PROCESSED, None, None)
        with town.uow() as uow:
            apply_refund(uow, attempt_id=attempt, answer=answer)
            assert check_books(uow) == []


@pytest.mark.parametrize("sent", [False, True], ids=["refunds wait", "refunds arrived"])
@pytest.mark.row("PAY-03", "PAY-08", "LAW-05")
def test_a_neighbours_appeal_against_a_split_gives_the_rest_back(as_: As, town: Town, sent: bool) -> None:
    work = HalfDone(town)
    dispute = divided(as_, work)
    if sent:
        send_all_refunds(town)
    appeal = appealed(as_, work.giver, dispute)
    assert decided(as_(town.admin(AdminDuty.VERIFIER)), appeal, True, "Nothing was cleaned.")["status"] == "UPHELD"
    with town.uow() as uow:
        back: dict[Any, int] = {}
        for refund in uow.all(Refund):
            back[refund.contributor_id] = back.get(refund.contributor_id, 0) + refund.amount_paise
        assert back == {g.user_id: part for g, part in zip(work.givers, work.PARTS, strict=True)}
        assert uow.get(Campaign, work.campaign.id).status == "CANCELLED"
        assert {p.status for p in uow.all(Payout)} == {"CANCELLED"}
        assert booking.balance(uow, LedgerAccount.CLEANER_PAYABLE) == 0
        cleaner = uow.get(Cleaner, work.cleaner.user_id)
        assert (cleaner.verified_count, cleaner.failed_count, cleaner.rejected_count) == (0, 1, 1)
        assert check_books(uow) == []
    send_all_refunds(town)
    with town.uow() as uow:
        assert {r.status for r in uow.all(Refund)} == {"COMPLETED"}
        assert {e.status for e in uow.all(EscrowTransaction)} == {"REFUNDED"}
        assert booking.balance(uow, LedgerAccount.HELD, work.campaign.id) == 0
        assert uow.get(Campaign, work.campaign.id).refund_status == "COMPLETED"
        assert sum(p.fee_paise if p.kind == "INVOICE" else -p.fee_paise for p in uow.all(FeeInvoice)) == 0
        assert check_books(uow) == []


@pytest.mark.row("PAY-04")
def test_a_cleaners_appeal_against_a_split_lets_the_smaller_pay_go_and_says_what_is_missing(
    as_: As, town: Town
) -> None:
    work, finance = HalfDone(town), town.admin(AdminDuty.FINANCE)
    appeal = appealed(as_, work.cleaner, divided(as_, work))
    assert pay_of(town, work).hold_reason == "DISPUTED"
    second = as_(town.admin(AdminDuty.VERIFIER))
    assert decided(second, appeal, True, "All of it was done.")["status"] == "UPHELD"
    pay = pay_of(town, work)
    assert (pay.status, pay.held_at) == ("PENDING", None)
    shown = second.get(f"{RAISE}/{appeal}").json()
    missing = 95_000 - pay.amount_paise - pay.tds_paise
    assert (shown["leftToFinance"], shown["leftPaise"]) == ("PART_WENT_BACK", missing)
    assert as_(work.cleaner).get(f"{RAISE}/{appeal}").json()["leftToFinance"] is None  # the desk's own note
    assert finance_hears(town, finance) == ["dispute_left_to_finance"]
    town.clock.move(hours=25)
    with town.uow() as uow:
        assert payouts.due_payouts(uow, limit=9) == [pay.id]


@pytest.mark.row("VER-04", "PAY-04", "LAW-05")
def test_a_cleaners_appeal_against_a_lost_result_owes_the_pay_again_while_nobody_took_the_work(
    as_: As, town: Town
) -> None:
    work = HalfDone(town)
    appeal = appealed(as_, work.cleaner, taken_back(as_, work))
    town.clock.move(hours=3)
    assert decided(as_(town.admin(AdminDuty.VERIFIER)), appeal, True, "It was another wall.")["status"] == "UPHELD"
    pay = pay_of(town, work)
    with town.uow() as uow:
        campaign = uow.get(Campaign, work.campaign.id)
        job = uow.get(Job, pay.job_id)
        assert (campaign.status, job.status, job.claimed_by) == ("COMPLETED", "VERIFIED", work.cleaner.user_id)
        assert sorted(j.status for j in uow.all(Job, Job.campaign_id == campaign.id)) == [
            "CANCELLED",
            "FAILED",
            "VERIFIED",
        ]
        assert (pay.status, pay.amount_paise + pay.tds_paise, pay.held_at) == ("PENDING", 95_000, None)
        cleaner = uow.get(Cleaner, work.cleaner.user_id)
        assert (cleaner.verified_count, cleaner.failed_count, cleaner.rejected_count) == (1, 0, 0)
        assert booking.balance(uow, LedgerAccount.HELD, campaign.id) == 0
        assert uow.all(Refund) == []
        assert check_books(uow) == []
    town.clock.move(hours=25)
    with town.uow() as uow:
        assert payouts.prepare_payout(uow, payout_id=pay.id, form=FORMAT)


@pytest.mark.parametrize("ended", [False, True], ids=["taken by another", "money went back"])
def test_where_the_work_or_the_money_is_gone_finance_settles_it(as_: As, town: Town, ended: bool) -> None:
    work, finance, other = HalfDone(town), town.admin(AdminDuty.FINANCE), town.cleaner("Salma Bano")
    appeal = appealed(as_, work.cleaner, taken_back(as_, work, cancelCampaign=ended))
    if not ended:
        with town.uow() as uow:
            claim_job(uow, actor=other, job_id=town.job_of(work.campaign.id).id)
    second = as_(town.admin(AdminDuty.VERIFIER))
    assert decided(second, appeal, True)["status"] == "UPHELD"
    shown = second.get(f"{RAISE}/{appeal}").json()
    assert (shown["leftToFinance"], shown["leftPaise"]) == ("WENT_BACK" if ended else "WORK_TAKEN", 95_000)
    assert finance_hears(town, finance) == ["dispute_left_to_finance"]
    with town.uow() as uow:
        assert [p.status for p in uow.all(Payout)] == ["CANCELLED"]


def test_nobodys_pay_waits_for_an_appeal_about_the_work_of_another(as_: As, town: Town) -> None:
    work, other = HalfDone(town), town.cleaner("Salma Bano")
    dispute = taken_back(as_, work)
    job_id = town.job_of(work.campaign.id).id
    with town.uow() as uow:
        claim_job(uow, actor=other, job_id=job_id)
    town.finish(other, job_id)
    appeal = appealed(as_, work.cleaner, dispute)
    assert pay_of(town, work).held_at is None
    assert decided(as_(town.admin(AdminDuty.VERIFIER)), appeal, True)["status"] == "UPHELD"
    assert (pay_of(town, work).status, pay_of(town, work).cleaner_id) == ("PENDING", other.user_id)


def test_pay_that_has_left_stays_where_it_is(as_: As, town: Town) -> None:
    """A neighbour appeals after the pay is on its way: right or not, no paisa is taken from anybody by itself."""
    work, finance = HalfDone(town), town.admin(AdminDuty.FINANCE)
    dispute = work.disputed(as_)
    decided(as_(town.admin(AdminDuty.VERIFIER)), dispute, False)
    town.clock.move(hours=25)
    with town.uow() as uow:
        assert payouts.prepare_payout(uow, payout_id=pay_of(town, work).id, form=FORMAT)
    appeal = appealed(as_, work.giver, dispute)
    second = as_(town.admin(AdminDuty.VERIFIER))
    assert decided(second, appeal, True)["status"] == "UPHELD"
    assert second.get(f"{RAISE}/{appeal}").json()["leftToFinance"] == "PAY_LEFT"
    assert finance_hears(town, finance) == ["dispute_left_to_finance"]
    with town.uow() as uow:
        assert uow.all(Refund) == []


@pytest.mark.parametrize("round_", range(3))
def test_of_an_appeal_and_a_claim_at_once_one_has_the_work(as_: As, town: Town, round_: int) -> None:
    """The work is either owed to the first cleaner again, or taken by the second: never both, never none."""
    work, other = HalfDone(town), town.cleaner("Salma Bano")
    appeal = appealed(as_, work.cleaner, taken_back(as_, work))
    open_job = town.job_of(work.campaign.id)
    admins = [as_(town.admin(AdminDuty.VERIFIER)) for _ in range(2)]
    start, answers = threading.Barrier(3), list[str]()

    def press(caller: Caller) -> None:
        start.wait()
        said = decided(caller, appeal, True)
        answers.append(said.get("status") or said["error"])

    def claim() -> None:
        start.wait()
        try:
            with town.uow() as uow:
                claim_job(uow, actor=other, job_id=open_job.id)
        except DomainError as refusal:
            answers.append(refusal.code)

    threads = [threading.Thread(target=press, args=(one,)) for one in admins] + [threading.Thread(target=claim)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers.count("UPHELD") == 1
    with town.uow() as uow:
        taken = uow.get(Job, open_job.id).status == "CLAIMED"
        owed = [p for p in uow.all(Payout) if p.status == "PENDING"]
        assert len(owed) == (0 if taken else 1)
        (decision,) = uow.all(Dispute, Dispute.id == appeal)
        assert decision.left_to_finance == ("WORK_TAKEN" if taken else None)
        assert check_books(uow) == []
