"""The forecast of finance says what the sweeps then do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.errors import NotAllowed
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.models import Campaign, Cleaner, Job, Payment, Payout
from cleanit_app.reads.operations.forecast import Coming, Forecast, Outcome, coming, forecast
from cleanit_app.services.campaigns import closing
from cleanit_app.services.jobs import overdue
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.payouts import payouts
from cleanit_app.services.refunds import refunds
from cleanit_app.services.transfers import kill_switch
from tests.factories import FORMAT, Town
from tests.reads.conftest import Ask

pytestmark = pytest.mark.row("CAM-10", "JOB-06", "JOB-14", "PAY-04", "PAY-08")


def by_outcome(found: Forecast, what: Coming) -> dict[Outcome, tuple[int, int]]:
    return {one.outcome: (one.count, one.paise) for one in found.sums if one.what is what}


def ended(town: Town) -> dict[str, list[Any]]:
    """What the sweeps would touch at this moment."""
    with town.uow() as uow:
        return {
            "campaigns": [campaign for _, campaign in closing.due_to_close(uow, limit=99)],
            "claims": overdue.overdue_claims(uow, limit=99),
            "jobs": closing.jobs_past_their_time(uow, limit=99),
            "payouts": payouts.due_payouts(uow, limit=99),
            "refunds": refunds.due_refunds(uow, limit=99),
        }


def test_campaigns_are_foretold_with_their_outcome(town: Town, ask: Ask) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    far, near, empty = (town.campaign(target_paise=100_000) for _ in range(3))
    town.give(far, 79_900)
    town.give(near, 80_000)
    town.clock.move(days=23)
    assert ask(forecast, actor=finance).sums == ()
    town.clock.move(days=1)
    found = ask(forecast, actor=finance)
    assert by_outcome(found, Coming.CAMPAIGNS) == {
        Outcome.GOES_AHEAD: (1, 80_000),
        Outcome.MONEY_BACK: (1, 79_900),
        Outcome.NOTHING_RAISED: (1, 0),
    }
    page = ask(coming, actor=finance, what=Coming.CAMPAIGNS)
    assert {one.campaign_id: one.outcome for one in page.items} == {
        far.id: Outcome.MONEY_BACK,
        near.id: Outcome.GOES_AHEAD,
        empty.id: Outcome.NOTHING_RAISED,
    }
    town.clock.at = page.items[-1].at
    with town.uow() as uow:
        closing.close_collections(uow, campaign_ids=ended(town)["campaigns"])
    with town.uow() as uow:
        assert [uow.get(Campaign, one.id).status for one in (far, near, empty)] == ["EXPIRED", "FUNDED", "EXPIRED"]
    assert by_outcome(ask(forecast, actor=finance), Coming.REFUNDS) == {Outcome.SENT: (1, 79_900)}


def test_claims_that_overrun_and_jobs_at_their_end(town: Town, ask: Ask) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    fresh, lost, old = (town.claimed(town.cleaner()) for _ in range(3))
    free = town.job()
    with town.uow() as uow:
        uow.lock(Job, lost.id).claim_count = 3
        uow.lock(Job, old.id).expires_at = town.clock.now()
    town.clock.move(days=1)
    found = ask(forecast, actor=finance)
    assert by_outcome(found, Coming.CLAIMS) == {
        Outcome.OFFERED_AGAIN: (1, 95_000),
        Outcome.WAITS_FOR_ADMIN: (1, 95_000),
        Outcome.ENDS_TOO: (1, 95_000),
    }
    assert by_outcome(found, Coming.JOBS) == {}
    town.clock.move(days=6, seconds=1)
    assert set(ended(town)["claims"]) == {fresh.id, lost.id, old.id}
    town.clock.move(days=79)
    assert by_outcome(ask(forecast, actor=finance), Coming.JOBS) == {Outcome.MONEY_BACK: (1, 100_000)}
    (item,) = ask(coming, actor=finance, what=Coming.JOBS).items
    assert (item.id, item.paise, item.at) == (free.id, 100_000, free.expires_at)
    town.clock.at = item.at
    assert ended(town)["jobs"] == [free.id]


def test_payouts_of_the_morning_and_those_that_stay(town: Town, ask: Ask) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    jobs = [town.verified(town.cleaner(name)) for name in ("Salma Bano", "Arif Ali", "Ramesh Pal")]
    town.clock.move(hours=23)
    late = town.verified(town.cleaner("Geeta Kumari"))
    with town.uow() as uow:
        salma, arif, ramesh = (uow.first(Payout, Payout.job_id == job.id) for job in jobs)
        assert salma is not None
        assert arif is not None
        assert ramesh is not None
        manual_payouts.hold_payout(uow, actor=finance, payout_id=arif.id, reason="a dispute")
        uow.lock(Cleaner, ramesh.cleaner_id).payout_verified_at = None
    found = ask(forecast, actor=finance)
    assert by_outcome(found, Coming.PAYOUTS) == {
        Outcome.MORNING: (1, 95_000),
        Outcome.LATER: (1, 95_000),
        Outcome.HELD: (1, 95_000),
        Outcome.NO_ACCOUNT: (1, 95_000),
    }
    page = ask(coming, actor=finance, what=Coming.PAYOUTS)
    assert {one.name: one.outcome for one in page.items} == {
        "Salma Bano": Outcome.MORNING,
        "Arif Ali": Outcome.HELD,
        "Ramesh Pal": Outcome.NO_ACCOUNT,
        "Geeta Kumari": Outcome.LATER,
    }
    town.clock.at = found.next_run
    assert ended(town)["payouts"] == [salma.id]
    assert page.items[-1].at > found.next_run
    assert late.campaign_id == page.items[-1].campaign_id


def test_pay_that_is_tried_again_does_not_wait_for_a_morning(town: Town, ask: Ask) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    tried, left = (town.verified(town.cleaner(name)) for name in ("Salma Bano", "Arif Ali"))
    town.clock.move(days=1, minutes=30)
    fresh = town.verified(town.cleaner("Geeta Kumari"))
    with town.uow() as uow:
        again = uow.first(Payout, Payout.job_id == tried.id, lock=True)
        assert again is not None
        again.initiated_at = town.clock.now() - timedelta(minutes=5)
        again.scheduled_for = soon = town.clock.now() + timedelta(minutes=25)
    page = ask(coming, actor=finance, what=Coming.PAYOUTS)
    foretold = {one.name: (one.outcome, one.at) for one in page.items}
    assert foretold["Salma Bano"] == (Outcome.AGAIN, soon)
    town.clock.move(days=1)  # a morning went by without its run
    foretold = {one.name: (one.outcome, one.at) for one in ask(coming, actor=finance, what=Coming.PAYOUTS).items}
    assert foretold["Arif Ali"] == (Outcome.AGAIN, town.clock.now())
    with town.uow() as uow:
        sent = payouts.due_payouts(uow, limit=9, again=True)
        due = {uow.get(Payout, one).job_id for one in sent}
    assert {tried.id, left.id} <= due
    assert (fresh.id in due) == (foretold["Geeta Kumari"][0] is Outcome.AGAIN)


def test_what_is_stopped_is_said_to_stay(town: Town, ask: Ask) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    town.verified(town.cleaner())
    campaign = town.campaign(target_paise=100_000)
    town.give(campaign, 20_000)
    town.clock.move(days=31)
    with town.uow() as uow:
        closing.close_collections(uow, campaign_ids=[campaign.id])
    found = ask(forecast, actor=finance)
    before = {what: by_outcome(found, what) for what in (Coming.PAYOUTS, Coming.REFUNDS)}
    assert Outcome.STOPPED not in {**before[Coming.PAYOUTS], **before[Coming.REFUNDS]}
    with town.uow() as uow:
        for flow in MoneyFlow:
            kill_switch.stop_money(uow, actor=finance, flow=flow, reason="The bank asked us to")
    found = ask(forecast, actor=finance)
    assert by_outcome(found, Coming.PAYOUTS) == {Outcome.STOPPED: (1, 95_000)}
    assert by_outcome(found, Coming.REFUNDS) == {Outcome.STOPPED: (1, 20_000)}
    with town.uow() as uow:
        kill_switch.resume_money(uow, actor=finance, flow=MoneyFlow.REFUNDS)
    assert by_outcome(ask(forecast, actor=finance), Coming.REFUNDS) == before[Coming.REFUNDS]


def test_old_money_is_foretold_as_work_for_a_person(town: Town, ask: Ask) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    campaign = town.campaign()
    wish = town.give(campaign, 20_000)
    town.clock.move(days=181)
    with town.uow() as uow:
        payment = uow.first(Payment, Payment.contribution_id == wish.id)
        assert payment is not None
        refunds.owe_refund(uow, payment=payment, contribution=wish, amount_paise=20_000, cause="CAMPAIGN_ENDED")
    assert by_outcome(ask(forecast, actor=finance), Coming.REFUNDS) == {Outcome.BY_HAND: (1, 20_000)}
    with town.uow() as uow:
        assert refunds.prepare_refund(uow, refund_id=ended(town)["refunds"][0], form=FORMAT) is None


def test_a_long_list_comes_in_pages_and_only_finance_sees_it(town: Town, ask: Ask) -> None:
    finance = town.admin(AdminDuty.FINANCE)
    made = [town.campaign() for _ in range(5)]
    town.clock.move(days=25)
    seen: list[Any] = []
    cursor = None
    while True:
        page = ask(coming, actor=finance, what=Coming.CAMPAIGNS, cursor=cursor, limit=2)
        seen += [one.id for one in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == sorted(one.id for one in made)
    for question, wish in ((forecast, {}), (coming, {"what": Coming.JOBS})):
        with pytest.raises(NotAllowed):
            ask(question, actor=town.admin(AdminDuty.VERIFIER), **wish)
