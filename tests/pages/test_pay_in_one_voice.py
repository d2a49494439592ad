"""A cleaner's pay is told in one way on every page, desk and answer: no day stands beside pay that is kept back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.domain.pay import PayStands
from cleanit_app.i18n.formats import day_time, rupees
from cleanit_app.models import Cleaner, Job, Payout
from cleanit_app.pages.admin.money.views import payout_row as desk_row
from cleanit_app.pages.cleaner.earnings import payout_row
from cleanit_app.pages.cleaner.payout import payout_view
from cleanit_app.pages.cleaner.work.view import work_view
from cleanit_app.reads.campaigns.campaigns import campaign_detail
from cleanit_app.reads.jobs.job_detail import job_detail
from cleanit_app.reads.jobs.work import work_item
from cleanit_app.reads.ledger.money_lists import payouts_to_do
from cleanit_app.reads.payouts.earnings import earnings, payout_detail
from cleanit_app.services.payouts.manual import hold_payout
from cleanit_app.services.review.disputes import open_dispute
from cleanit_app.services.transfers.kill_switch import stop_money
from cleanit_app.state.campaign_view import campaign_view
from tests.factories import Town

Trouble = Callable[[Town, Payout, Job], None]


def _none(town: Town, payout: Payout, job: Job) -> None:
    """Nothing keeps it back."""


def _held_by_finance(town: Town, payout: Payout, job: Job) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    with town.uow() as uow:
        hold_payout(uow, actor=finance, payout_id=payout.id, reason="two accounts share one number")


def _disputed(town: Town, payout: Payout, job: Job) -> None:
    with town.uow() as uow:
        creator = campaign_detail(uow, actor=Actor(), campaign_id=job.campaign_id).creator_id
    who = replace(town.person(), id=creator)
    with town.uow() as uow:
        open_dispute(uow, actor=who, campaign_id=job.campaign_id, reason="The left half is as dirty as before.")


def _stopped(town: Town, payout: Payout, job: Job) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    with town.uow() as uow:
        stop_money(uow, actor=finance, flow=MoneyFlow.PAYOUTS, reason="the books are looked at")


def _account_unconfirmed(town: Town, payout: Payout, job: Job) -> None:
    with town.uow() as uow:
        uow.lock(Cleaner, payout.cleaner_id).payout_verified_at = None


def _account_changed(town: Town, payout: Payout, job: Job) -> None:
    with town.uow() as uow:
        uow.lock(Cleaner, payout.cleaner_id).payout_usable_at = uow.now + timedelta(days=4)


def _everywhere(town: Town, cleaner: Actor, job: Job) -> tuple[list[str], list[datetime | None], PayStands]:
    """What all places say of one pay: their sentences, the moments in answers, and how the pay stands."""
    finance = town.admin(AdminDuty.FINANCE)
    with town.uow() as uow:
        now = uow.now
        detail = campaign_detail(uow, actor=Actor(), campaign_id=job.campaign_id)
        page = campaign_view(detail, now, takes_jobs=False, user_id="")
        work = work_item(uow, actor=cleaner, job_id=job.id)
        told = earnings(uow, actor=cleaner).page.items[0]
        one = payout_detail(uow, actor=cleaner, payout_id=told.id)
        seen = job_detail(uow, actor=cleaner, job_id=job.id)
        desk = payouts_to_do(uow, actor=finance).items[0]
    assert detail.job is not None
    assert {told.stands, one.item.stands, desk.stands, detail.job.pay_stands, work.pay and work.pay.stands} == {
        told.stands
    }
    said = [
        page.money.note,
        page.steps[-1].note,
        work_view(work, now, "https://cleanit.example").pay_now,
        payout_row(told, now).note,
        payout_view(one, now).now,
        desk_row(desk, now).when,
    ]
    moments = [
        told.leaves_at, one.item.leaves_at, desk.leaves_at, seen.payout_scheduled_for,
        detail.job.payout_scheduled_for, work.payout_scheduled_for,
    ]  # fmt: skip
    return said, moments, told.stands


@pytest.mark.row("PAY-11", "OPS-03")
@pytest.mark.parametrize(
    ("trouble", "stands"),
    [
        (_held_by_finance, PayStands.KEPT),
        (_disputed, PayStands.KEPT),
        (_stopped, PayStands.STOPPED),
        (_account_unconfirmed, PayStands.ACCOUNT),
    ],
)
def test_pay_that_waits_for_somebody_has_no_day_anywhere(town: Town, trouble: Trouble, stands: PayStands) -> None:
    cleaner = town.cleaner()
    job = town.verified(cleaner)
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
    assert payout is not None
    (promised,) = set(_everywhere(town, cleaner, job)[1])
    assert promised is not None
    trouble(town, payout, job)
    said, moments, found = _everywhere(town, cleaner, job)
    assert found is stands
    assert set(moments) == {None}
    assert not [
        words
        for words in said
        if day_time(promised, town.clock.now()) in words or re.search(r"\d+ (Nov|Dec)|\d [ap]m", words)
    ]
    assert all(said)


@pytest.mark.row("PAY-11", "PAY-04")
@pytest.mark.parametrize("trouble", [_none, _account_changed])
def test_pay_that_leaves_by_itself_has_one_day_everywhere(town: Town, trouble: Trouble) -> None:
    cleaner = town.cleaner()
    job = town.verified(cleaner)
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
    assert payout is not None
    trouble(town, payout, job)
    said, moments, found = _everywhere(town, cleaner, job)
    (leaves,) = set(moments)
    assert (found, leaves and leaves.hour) == (PayStands.WAITS, 10)
    assert leaves is not None
    assert [words for words in said if day_time(leaves, town.clock.now()) not in words] == []


@pytest.mark.row("LAW-04", "PAY-11")
def test_what_is_said_to_reach_the_bank_is_without_the_tax_kept_back(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.verified(cleaner)
    with town.uow() as uow:
        payout = uow.lock(Payout, uow.first(Payout, Payout.job_id == job.id).id)
        payout.amount_paise, payout.tds_paise = job.amount_paise - 5_000, 5_000
        uow.flush()
        view = work_view(work_item(uow, actor=cleaner, job_id=job.id), uow.now, "https://cleanit.example")
        detail = payout_view(payout_detail(uow, actor=cleaner, payout_id=payout.id), uow.now)
        assert (view.bank, view.pay) == (rupees(job.amount_paise - 5_000), rupees(job.amount_paise))
        assert (detail.amount, detail.tax) == (view.bank, rupees(5_000))
        uow.session.rollback()  # the books know nothing of this tax
