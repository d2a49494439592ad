"""Every sum people see: of one person, of one cleaner, of the house; all from the ledger, agreeing to the paisa."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import NOBODY, AdminDuty, Role
from cleanit_app.domain.errors import NotACleaner, NotAllowed, NotFound, NotSignedIn, ReceiptNotReady
from cleanit_app.models import Attempt, Refund
from cleanit_app.ports import ProviderRefund
from cleanit_app.reads.ledger import money
from cleanit_app.reads.ledger.money import MoneyState, PayState
from cleanit_app.services.jobs import jobs
from cleanit_app.services.payments.contributions import apply_payment
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import attempts
from tests.factories import FORMAT, Town
from tests.reads.conftest import Ask, paid, said, sent


@pytest.mark.row("PAY-10", "PAY-11", "PAY-12")
def test_three_people_see_the_same_money_at_every_step(town: Town, ask: Ask) -> None:
    giver, cleaner, finance = town.person(), town.cleaner(), town.admin(AdminDuty.FINANCE)
    campaign = town.campaign(target_paise=400_000)
    gift = town.give(campaign, 400_000, giver)

    def totals() -> tuple[int, int, int]:
        mine = ask(money.my_transactions, actor=giver).totals
        assert (
            mine.given_paise
            == mine.held_paise + mine.paid_out_paise + mine.refund_on_the_way_paise + mine.refunded_paise
        )
        return mine.held_paise, mine.paid_out_paise, mine.refunded_paise

    assert totals() == (400_000, 0, 0)
    job = town.job_of(campaign.id)
    with town.uow() as uow:
        jobs.claim_job(uow, actor=cleaner, job_id=job.id)
    payout = paid(town, campaign, cleaner)
    assert totals() == (0, 400_000, 0)
    mine = ask(money.earnings, actor=cleaner)
    house = ask(money.financial_overview, actor=finance)
    public = ask(money.public_money, actor=NOBODY)
    assert mine.paid_paise == house.paid_out_paise == public.paid_to_cleaners_paise == 380_000
    assert (mine.coming_paise, mine.paid_count, mine.average_paise, mine.this_year_paise) == (0, 1, 380_000, 380_000)
    assert (house.fees_paise, house.held_paise, public.held_paise) == (20_000, 0, 0)
    assert sum(account.paise for account in house.accounts) == 0
    detail = ask(money.transaction_detail, actor=giver, contribution_id=gift.id)
    assert (detail.item.state, detail.cleaner_name) == (MoneyState.PAID_OUT, "Ramesh")
    one = ask(money.payout_detail, actor=cleaner, payout_id=payout.id)
    assert (one.item.reference, one.tries, one.raised_paise) == ("523200001111", 1, 400_000)
    said(town, _attempt(town), "reversed")
    assert totals() == (400_000, 0, 0)
    again = ask(money.earnings, actor=cleaner)
    assert (again.paid_paise, again.coming_paise, again.paid_count) == (0, 380_000, 0)
    assert ask(money.financial_overview, actor=finance).paid_out_paise == 0


def _attempt(town: Town) -> object:
    with town.uow() as uow:
        return uow.run(select(col(Attempt.id))).scalar_one()


@pytest.mark.row("PAY-05", "PAY-11")
def test_pay_on_its_way_is_coming_not_paid(town: Town, ask: Ask) -> None:
    cleaner = town.cleaner()
    job = town.verified(cleaner, 400_000)
    waiting = ask(money.earnings, actor=cleaner)
    (item,) = waiting.page.items
    assert (waiting.coming_paise, item.leaves_at.hour, item.leaves_at > item.scheduled_for) == (380_000, 10, True)
    desk = ask(money.financial_overview, actor=town.admin(AdminDuty.FINANCE))
    assert desk.next_run == item.leaves_at  # not the run of tomorrow, in which nothing leaves
    sent(town, job.id, "processing")
    under_way = ask(money.earnings, actor=cleaner)
    assert (under_way.coming_paise, under_way.paid_paise) == (380_000, 0)
    assert under_way.page.items[0].leaves_at is None
    house = ask(money.financial_overview, actor=town.admin(AdminDuty.FINANCE))
    assert (house.owed_to_cleaners_paise, house.payouts_under_way_paise) == (0, 380_000)
    assert house.payouts_processing.paise == 380_000
    assert [p.cleaner_name for p in house.payouts] == ["Ramesh Pal"]


@pytest.mark.row("PAY-08", "PAY-09", "PAY-10")
def test_what_came_late_is_on_its_way_back_until_the_provider_says_done(town: Town, ask: Ask) -> None:
    giver = town.person()
    campaign = town.campaign(target_paise=100_000)
    early, late = town.wish(campaign, 100_000), town.wish(campaign, 60_000, giver)
    for wish in (early, late):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    state = ask(money.contribution_state, actor=giver, contribution_id=late.id)
    assert (state.state, state.money_state, state.kept_paise) == (PayState.LATE, MoneyState.REFUND_ON_THE_WAY, 0)
    assert state.refunds[0].due_on.isoformat() == "2026-12-03"
    totals = ask(money.my_transactions, actor=giver).totals
    assert (totals.refund_on_the_way_paise, totals.refunded_paise, totals.held_paise) == (60_000, 0, 0)
    house = ask(money.financial_overview, actor=town.admin())
    assert (house.surplus_paise, house.refunds_open.paise, house.captured_paise) == (60_000, 60_000, 160_000)
    _refund(town)
    totals = ask(money.my_transactions, actor=giver).totals
    assert (totals.refund_on_the_way_paise, totals.refunded_paise) == (0, 60_000)
    state = ask(money.contribution_state, actor=giver, contribution_id=late.id)
    assert (state.state, state.money_state) == (PayState.LATE, MoneyState.REFUNDED)
    assert ask(money.public_money, actor=NOBODY).refunded_paise == 60_000
    assert ask(money.receipt, actor=giver, contribution_id=late.id).state is MoneyState.REFUNDED


def _refund(town: Town) -> None:
    with town.uow() as uow:
        refund_id = uow.run(select(col(Refund.id))).scalar_one()
        attempt_id = refunds.prepare_refund(uow, refund_id=refund_id, form=FORMAT)
        assert attempt_id
        attempts.lease(uow, attempt_id=attempt_id)
    with town.uow() as uow:
        answer = ProviderRefund("rfnd_1", "pay_1", 60_000, "processed", None, None)
        refunds.apply_refund(uow, attempt_id=attempt_id, answer=answer)


@pytest.mark.row("PAY-01", "PAY-02")
def test_a_payment_in_every_state(town: Town, ask: Ask) -> None:
    giver = town.person()
    wish = town.wish(town.campaign(), 50_000, giver)
    with town.uow() as uow:
        uow.lock(type(wish), wish.id).move_to(type(wish.status).PENDING, by=giver, at=uow.now)

    def state() -> tuple[PayState, MoneyState]:
        found = ask(money.contribution_state, actor=giver, contribution_id=wish.id)
        return found.state, found.money_state

    assert state() == (PayState.PENDING, MoneyState.WAITING)
    with town.uow() as uow:
        apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish, "failed", "pay_failed00000"))
    assert state() == (PayState.FAILED_TRY, MoneyState.TRY_FAILED)
    with pytest.raises(ReceiptNotReady):
        ask(money.receipt, actor=giver, contribution_id=wish.id)
    with town.uow() as uow:
        apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    assert state() == (PayState.SUCCESS, MoneyState.HELD)
    receipt = ask(money.receipt, actor=giver, contribution_id=wish.id)
    assert (receipt.number, receipt.amount_paise, receipt.upi_reference) == ("CL-2627-000001", 50_000, "518157940107")


@pytest.mark.row("SEC-04")
def test_other_people_s_money_is_not_found(town: Town, ask: Ask) -> None:
    gift, other, cleaner = town.give(town.campaign(), 20_000), town.person(), town.cleaner()
    job = town.verified(cleaner)
    payout_id = ask(money.earnings, actor=cleaner).page.items[0].id
    for question in (money.transaction_detail, money.contribution_state, money.receipt):
        for actor in (other, town.admin()):
            with pytest.raises(NotFound):
                ask(question, actor=actor, contribution_id=gift.id)
        with pytest.raises(NotSignedIn):
            ask(question, actor=NOBODY, contribution_id=gift.id)
    for actor in (other, town.cleaner(), town.admin(AdminDuty.VERIFIER)):
        with pytest.raises(NotFound):
            ask(money.payout_detail, actor=actor, payout_id=payout_id)
    assert ask(money.payout_detail, actor=town.admin(AdminDuty.FINANCE), payout_id=payout_id).item.job_id == job.id
    with pytest.raises(NotACleaner):
        ask(money.earnings, actor=other)
    for actor in (other, cleaner, town.admin(AdminDuty.VERIFIER)):
        with pytest.raises(NotAllowed):
            ask(money.financial_overview, actor=actor)


@pytest.mark.row("PAY-12")
def test_the_public_ledger_names_nobody(town: Town, ask: Ask) -> None:
    town.give(town.campaign(), 20_000, town.person(Role.CITIZEN, "Salma Bano"))
    public = ask(money.public_money, actor=NOBODY)
    assert (public.held_paise, len(public.movements)) == (20_000, 1)
    assert public.movements[0].reference is None
    assert "Salma" not in repr(public)
