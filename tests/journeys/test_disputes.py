"""A neighbour does not find a place clean: the pay waits, an admin looks, and everybody sees what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.models import Job, Payout
from cleanit_app.services.jobs.jobs import claim_job
from tests.journeys.office import LiveTown, at_desk
from tests.journeys.street import Street
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
SOON = 15_000
REASON = "Half of the heap still lies behind the wall."


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People, money and work on the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


@pytest.mark.row("OPS-03")
def test_a_neighbour_doubts_an_admin_decides_and_the_pay_goes_on(
    browser: Browser, live: Live, town: LiveTown, street: Street
) -> None:
    cleaner, giver = town.cleaner("Salma Bano"), town.person(name="Imran Khan")
    campaign = town.campaign(target_paise=100_000, title="Heap behind the temple tank")
    town.give(campaign, 100_000, giver)
    job = town.job_of(campaign.id)
    with town.uow() as uow:
        claim_job(uow, actor=cleaner, job_id=job.id)
    town.hand_in(cleaner, job)
    town.approve(job)

    mine, work = street.tab(giver), street.tab(cleaner)
    work.goto(f"/work/{job.id}")
    expect(work.get_by_text("Approved. ₹950 is on the way.")).to_be_visible()
    mine.goto(f"/campaigns/{campaign.id}")
    mine.get_by_role("button", name="It does not look clean to me").click()
    sheet = mine.get_by_role("dialog")
    sheet.get_by_label("What do you see there?").fill("Dirty")
    sheet.get_by_role("button", name="Send it").click()
    expect(sheet.get_by_text("Tell us a little more: 5 letters to go.")).to_be_visible()
    expect(sheet.get_by_label("What do you see there?")).to_have_value("Dirty")
    sheet.get_by_label("What do you see there?").fill(REASON)
    sheet.get_by_role("button", name="Send it").click()
    expect(mine.get_by_text("Under review")).to_be_visible(timeout=SOON)
    expect(mine.get_by_role("button", name="It does not look clean to me")).to_have_count(0)
    expect(work.get_by_text("Somebody does not find it clean. We look within 48 hours")).to_be_visible(timeout=SOON)

    with town.uow() as uow:
        approver = uow.get(Job, job.id).verified_by
    assert approver is not None
    other = town.admin(AdminDuty.VERIFIER)
    with at_desk(browser, live, town, town.actor(approver)) as desk:
        desk.goto("/admin/disputes")
        card = desk.locator("article", has_text="Heap behind the temple tank")
        expect(card).to_contain_text("You approved this work. If another admin can judge it")
        card.get_by_role("button", name="The work stands").click()
        ask = desk.get_by_role("dialog")
        ask.get_by_label("Why? Both sides read it").fill("It is clean, I am sure.")
        ask.get_by_role("button", name="Let the pay go on").click()
        expect(ask.get_by_role("alert").filter(has_text="another admin says whether it stands")).to_be_visible()
        expect(ask.get_by_label("Why? Both sides read it")).to_have_value("It is clean, I am sure.")
    with at_desk(browser, live, town, other) as desk:
        desk.goto("/admin/disputes")
        card = desk.locator("article", has_text="Heap behind the temple tank")
        expect(card).to_contain_text(REASON)
        expect(card).to_contain_text("Imran Khan, who paid for it")
        expect(card.locator(".photo img")).to_have_count(2)
        expect(desk.get_by_role("navigation").get_by_text("Care", exact=True)).to_be_visible()
        expect(desk.get_by_role("heading", name="Money", exact=True)).to_have_count(0)  # nothing there for a verifier
        card.get_by_role("button", name="The work stands").click()
        ask = desk.get_by_role("dialog")
        ask.get_by_role("button", name="Let the pay go on").click()
        expect(ask.get_by_text(re.compile("reason", re.IGNORECASE)).first).to_be_visible()
        ask.get_by_label("Why? Both sides read it").fill("The heap lies on the next plot.")
        ask.get_by_role("button", name="Let the pay go on").click()
        expect(card).to_have_count(0)
        expect(desk.get_by_text("Decided: Heap behind the temple tank")).to_be_visible()

    expect(mine.get_by_text("Looked at again: the work stands")).to_be_visible(timeout=SOON)
    expect(work.get_by_text("Approved. ₹950 is on the way.")).to_be_visible(timeout=SOON)
    with town.uow() as uow:
        payout = uow.run(select(Payout).where(col(Payout.job_id) == job.id)).scalar_one()
        assert (payout.status, payout.held_at) == ("PENDING", None)
