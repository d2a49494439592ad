"""Admins decide: on after-photos, on first cleanups, on payouts; each seen in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, update
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty, Role
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus, UserStatus
from cleanit_app.models import Campaign, Cleaner, FraudCase, Job, Payout, PendingDecision, Refund, Review, User
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.review.verification import approve_completion
from tests.factories import ALL_TICKED, hand_in_id
from tests.journeys.office import LiveTown, at_desk
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
SOON = 15_000


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """A town whose earlier photos are all decided, so that a test's own queue is the whole queue."""
    town = LiveTown(live)
    admin = town.admin()
    with town.uow() as uow:
        uow.run(delete(Review))  # whoever looked at one
        uow.run(delete(PendingDecision))
        waiting = uow.run(select(col(Job.id)).where(col(Job.status) == JobStatus.COMPLETED)).scalars().all()
        for job_id in waiting:
            approve_completion(uow, actor=admin, job_id=job_id, checklist=ALL_TICKED, notes="Before this test")
    yield town
    town.engine.dispose()


def _tick_all(page: Page) -> None:
    expect(page.locator(".photo img").first).to_be_visible()
    expect(page.locator("input.sw").first).to_be_visible()  # the keys listen from now on
    page.bring_to_front()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")  # each column rolls by itself
    for number in "12345":
        page.keyboard.press(number)
        expect(page.locator("legend + span")).to_have_text(f"{number} of 5")


def _reject(page: Page, reason: str, note: str) -> None:
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(reason, exact=True).click()
    dialog.get_by_label("Note, the cleaner will read it").fill(note)
    dialog.get_by_role("button", name="Reject and tell the cleaner").click()


def _carried_out(page: Page, town: LiveTown, job_id: UUID, status: JobStatus) -> None:
    """Ten seconds after the button, and at the clock's next full minute if its hint was lost, a worker has done it."""
    for _ in range(180):
        if town.row(Job, job_id).status is status:
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{town.row(Job, job_id).status} after a minute and a half")


@pytest.mark.row("VER-01", "VER-02", "VER-03", "VER-04", "VER-05", "TST-03")
def test_a_queue_is_worked_through(browser: Browser, live: Live, town: LiveTown) -> None:
    with town.earlier(hours=51):
        urgent = town.handed_in(town.cleaner("Salma Bano"))
    far = town.handed_in(town.cleaner("Arif Ali"), target_paise=800_000, away_m=820)
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto("/admin/verification")
        expect(page.locator(".q .rs")).to_have_text(["₹950", "₹7,600"])
        expect(page.locator(".qh")).to_have_text([re.compile("Urgent, past 48 h"), re.compile("High value")])

        fresh = town.handed_in(town.cleaner("Ramesh Pal"))  # appears by itself
        expect(page.locator(".q")).to_have_count(3, timeout=SOON)

        page.keyboard.press("j")
        page.wait_for_url(f"**/{urgent.id}")
        expect(page.get_by_role("button", name="Approve, release ₹950")).to_be_disabled()
        _tick_all(page)
        page.keyboard.press("a")
        page.wait_for_url(f"**/{far.id}")
        expect(page.get_by_text("Approved: ")).to_be_visible()  # with the way back
        assert town.row(Job, urgent.id).status is JobStatus.COMPLETED

        expect(page.get_by_text("820 m apart, limit 500 m")).to_be_visible()
        expect(page.locator("legend + span")).to_have_text("0 of 5")
        page.keyboard.press("4")
        expect(page.locator("#point-gps_matches")).not_to_be_checked()
        page.get_by_label("Note for the record").fill("The same signboard stands in both photos.")
        page.get_by_role("heading", name="Arif Ali").click()
        _tick_all(page)

        page.keyboard.press("r")
        page.get_by_role("button", name="Reject and tell the cleaner").click()
        expect(page.get_by_text("Choose a reason.")).to_be_visible()
        expect(page.get_by_text("Write a line for the cleaner.")).to_be_visible()
        page.keyboard.press("Escape")
        _reject(page, "Not clean enough yet", "The left side is still dirty.")
        page.wait_for_url(f"**/{fresh.id}")
        expect(page.get_by_role("dialog")).to_have_count(0)

        _carried_out(page, town, urgent.id, JobStatus.VERIFIED)
        _carried_out(page, town, far.id, JobStatus.CLAIMED)
        expect(page.get_by_role("button", name="Undo")).to_have_count(0, timeout=SOON)
    again = town.row(Job, far.id)
    assert (again.status, again.rejection_notes) == (JobStatus.CLAIMED, "The left side is still dirty.")
    assert town.row(Campaign, far.campaign_id).status is CampaignStatus.FUNDED


@pytest.mark.row("VER-07", "VER-08")
def test_two_admins_never_hold_one_photo_and_an_unsure_one_hands_it_up(
    browser: Browser, live: Live, town: LiveTown
) -> None:
    job = town.handed_in(town.cleaner("Salma Bano"))
    first, second = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER)
    with at_desk(browser, live, town, first) as one, at_desk(browser, live, town, second) as other:
        one.goto(f"/admin/verification/{job.id}")
        expect(one.get_by_role("button", name="Approve, release ₹950")).to_be_visible(timeout=SOON)
        other.goto(f"/admin/verification/{job.id}")
        expect(other.get_by_text("is looking at this photo until")).to_be_visible(timeout=SOON)
        expect(other.get_by_role("button", name="Approve, release ₹950")).to_have_count(0)

        expect(one.locator("input.sw").first).to_be_visible()  # the keys listen from now on
        one.bring_to_front()
        one.keyboard.press("e")
        dialog = one.get_by_role("dialog")
        dialog.get_by_role("button", name="Hand it up").click()
        expect(dialog.get_by_text("Write the reason.")).to_be_visible()
        dialog.get_by_label("What are you unsure of?").fill("Is this the same wall?")
        dialog.get_by_role("button", name="Hand it up").click()
        one.wait_for_url("**/admin/verification")
        expect(one.get_by_text("Handed up. Seniors have been told.")).to_be_visible()

        expect(other.get_by_text("Is this the same wall?")).to_be_visible(timeout=SOON)  # by itself: it is free again
        expect(other.get_by_role("button", name="Approve, release ₹950")).to_be_visible()
        expect(other.locator(".q").first.get_by_text("Handed up")).to_be_visible()


@pytest.mark.row("VER-03", "VER-04")
def test_a_decision_is_undone_before_anybody_is_told(browser: Browser, live: Live, town: LiveTown) -> None:
    job, other = town.handed_in(town.cleaner("Salma Bano")), town.handed_in(town.cleaner("Arif Ali"))
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto(f"/admin/verification/{job.id}")
        page.get_by_label("Note for the record").fill("The same signboard.")
        page.get_by_role("heading", name="Salma Bano").click()
        _tick_all(page)
        page.keyboard.press("a")
        page.wait_for_url(f"**/{other.id}")
        expect(page.get_by_text("Nobody has been told yet.")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        page.wait_for_url(f"**/{job.id}")
        expect(page.locator("legend + span")).to_have_text("5 of 5")  # nothing typed is lost
        expect(page.get_by_label("Note for the record")).to_have_value("The same signboard.")
        page.wait_for_timeout(17_000)  # the worker has come and found nothing
        expect(page.get_by_role("button", name="Approve, release ₹950")).to_be_enabled()
    assert town.row(Job, job.id).status is JobStatus.COMPLETED
    with town.uow() as uow:
        assert uow.all(Payout, Payout.job_id == job.id) == []


@pytest.mark.row("VER-06")
def test_fraud_ends_the_job_and_opens_it_for_others(browser: Browser, live: Live, town: LiveTown) -> None:
    cleaner = town.cleaner("Deepak Rawat")
    job = town.handed_in(cleaner)
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto(f"/admin/verification/{job.id}")
        expect(page.get_by_role("heading", name="Deepak Rawat")).to_be_visible()
        _reject(page, "The photo is not genuine", "This is a picture of a picture.")
        page.wait_for_url("**/admin/verification")
        _carried_out(page, town, job.id, JobStatus.FAILED)
    with town.uow() as uow:
        assert uow.get(Job, job.id).status is JobStatus.FAILED
        assert uow.get(User, cleaner.user_id).status is UserStatus.SUSPENDED
        assert uow.first(FraudCase, FraudCase.job_id == job.id) is not None
        new_job_id = uow.get(Campaign, job.campaign_id).job_id
        assert new_job_id not in (None, job.id)
        assert uow.get(Job, new_job_id).status is JobStatus.AVAILABLE


@pytest.mark.row("VER-05", "CAM-13")
def test_a_final_no_can_end_the_cleanup_and_give_the_money_back(browser: Browser, live: Live, town: LiveTown) -> None:
    job = town.handed_in(town.cleaner("Sunil Das"))
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto(f"/admin/verification/{job.id}")
        expect(page.get_by_role("heading", name="Sunil Das")).to_be_visible()
        page.keyboard.press("r")
        dialog = page.get_by_role("dialog")
        cancel = dialog.get_by_label("End the cleanup and give the money back")
        expect(cancel).to_have_count(0)
        dialog.get_by_label("Allow another try").click()
        cancel.check()
        dialog.get_by_text("The photo shows another place", exact=True).click()
        dialog.get_by_label("Note, the cleaner will read it").fill("This is another street.")
        dialog.get_by_role("button", name="Reject and tell the cleaner").click()
        _carried_out(page, town, job.id, JobStatus.FAILED)
    campaign = town.row(Campaign, job.campaign_id)
    assert (campaign.status, campaign.cancel_reason) == (CampaignStatus.CANCELLED, "This is another street.")
    assert town.row(Job, job.id).status is JobStatus.FAILED
    with town.uow() as uow:
        owed = uow.all(Refund, Refund.campaign_id == job.campaign_id)
        assert [(r.amount_paise, r.cause) for r in owed] == [(100_000, "CAMPAIGN_ENDED")]


@pytest.mark.row("VER-03", "VER-04")
def test_a_turn_that_ran_out_goes_to_who_opens_the_photo_next(browser: Browser, live: Live, town: LiveTown) -> None:
    cleaner = town.cleaner()
    job, other = town.handed_in(cleaner), town.handed_in(town.cleaner("Salma Bano"))
    first, second = town.admin(AdminDuty.VERIFIER), town.admin(AdminDuty.VERIFIER, name="Farhan Qureshi")
    with at_desk(browser, live, town, first) as one, at_desk(browser, live, town, second) as two:
        one.goto(f"/admin/verification/{job.id}")
        _tick_all(one)
        with town.uow() as uow:  # the first one's turn has run out while the page stood open
            uow.run(update(Review).values(until_at=uow.now))
        two.goto(f"/admin/verification/{job.id}")
        _tick_all(two)
        expect(one.get_by_text("is looking at this photo until")).to_be_visible(timeout=SOON)  # by itself
        expect(one.locator("[data-hotkey=a]")).to_have_count(0)
        two.bring_to_front()
        two.keyboard.press("a")
        two.wait_for_url(f"**/{other.id}")
        expect(two.get_by_text("Approved: ")).to_be_visible()
        expect(one.get_by_text("Approved: ")).to_have_count(0)
        _carried_out(two, town, job.id, JobStatus.VERIFIED)
    with town.uow() as uow:
        assert len(uow.all(Payout, Payout.job_id == job.id)) == 1
        assert uow.get(Cleaner, cleaner.user_id).verified_count == 1


@pytest.mark.row("CAM-09")
def test_first_cleanups_are_approved_or_declined(browser: Browser, live: Live, town: LiveTown) -> None:
    drafts = [_draft(town, f"{name} heap by the wall") for name in ("First", "Second")]
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto("/admin/campaigns")
        good = page.locator("article", has_text="First heap by the wall")
        good.get_by_role("button", name="Map").click()
        expect(good.locator(".leaflet-marker-icon")).to_be_visible()
        good.get_by_role("button", name="Approve, collect money").dblclick()
        expect(good).to_have_count(0)
        bad = page.locator("article", has_text="Second heap by the wall")
        bad.get_by_role("button", name="Decline").click()
        page.get_by_role("button", name="Decline and tell the creator").click()
        expect(page.get_by_text("Write the reason.")).to_be_visible()
        page.get_by_label("Reason").fill("This stands on private land.")
        page.get_by_role("button", name="Decline and tell the creator").click()
        expect(bad).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
    states = [town.row(Campaign, draft.id) for draft in drafts]
    assert [s.status for s in states] == [CampaignStatus.ACTIVE, CampaignStatus.CANCELLED]
    assert states[1].cancel_reason == "This stands on private land."


@pytest.mark.row("CAM-09")
@pytest.mark.parametrize("touch", [False, True], ids=["double click", "double tap"])
def test_a_slow_double_press_decides_one_cleanup_and_not_the_next(
    browser: Browser, live: Live, town: LiveTown, touch: bool
) -> None:
    drafts = [_draft(town, f"{name} corner by the well {touch}") for name in ("First", "Second")]
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER), touch=touch) as page:
        page.goto("/admin/campaigns")
        first, second = (page.locator("article", has_text=draft.title) for draft in drafts)
        approve = first.get_by_role("button", name="Approve, collect money")
        approve.evaluate("button => button.scrollIntoView({ block: 'center' })")
        box = approve.bounding_box()
        assert box is not None
        spot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.evaluate("const now = performance.now(); performance.now = () => now")  # however slow this machine is
        for number in (1, 2):
            if touch:
                page.touchscreen.tap(*spot)
            else:
                page.mouse.move(*spot)
                page.mouse.down(click_count=number)
                page.mouse.up(click_count=number)
            expect(first).to_have_count(0)
            here = page.evaluate("spot => document.elementFromPoint(...spot).closest('article').innerText", spot)
            assert drafts[1].title in here  # the next one's button has come to where the second press lands
        page.wait_for_timeout(1_000)  # another approval would be done by now
        expect(second.get_by_role("button", name="Approve, collect money")).to_be_enabled()
    assert [town.row(Campaign, draft.id).status for draft in drafts] == [CampaignStatus.ACTIVE, CampaignStatus.DRAFT]


def _draft(town: LiveTown, title: str) -> Campaign:
    wish = campaigns.check_draft(
        title=title,
        description="Children step into the road to get past this heap every single morning.",
        target_paise=100_000,
        latitude=26.8467,
        longitude=80.9462,
        address="Gali No. 4, Aminabad, Lucknow",
    )
    with town.uow() as uow:
        return campaigns.create_campaign(uow, actor=town.person(name="Nidhi Shah"), draft=wish, photo=town.photo())


@pytest.mark.row("PAY-05", "PAY-06", "PAY-12", "OPS-01")
def test_a_payout_is_sent_by_hand_and_arrives(browser: Browser, live: Live, town: LiveTown) -> None:
    job = town.handed_in(town.cleaner("Geeta Kumari"), target_paise=230_000)
    with town.uow() as uow:
        approve_completion(uow, actor=town.admin(), job_id=job.id, checklist=ALL_TICKED)
    with at_desk(browser, live, town, town.admin(AdminDuty.FINANCE)) as page:
        page.goto("/admin/payouts")
        page.get_by_role("button", name="Pay ₹2,185 to Geeta K. now").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("goes to Geeta Kumari at once")).to_be_visible()
        dialog.get_by_role("button", name="Pay ₹2,185 to Geeta K. now").dblclick()
        expect(page.get_by_text("₹2,185 is being sent to Geeta Kumari.")).to_be_visible()
        expect(page.locator("tr", has_text="Geeta Kumari")).to_have_count(0, timeout=30_000)  # by itself
        page.goto("/admin/money")
        expect(page.get_by_text("The books agree to the paisa.")).to_be_visible()
        page.goto("/admin/verification")
        expect(page.get_by_text("This page is not for you")).to_be_visible()
    with town.uow() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
        assert payout is not None
        assert payout.status is PayoutStatus.PAID
        assert uow.get(Job, job.id).status is JobStatus.PAID
        assert uow.get(Campaign, job.campaign_id).status is CampaignStatus.CLOSED


@pytest.mark.row("LAW-08")
def test_a_cleaner_is_let_in(browser: Browser, live: Live, town: LiveTown) -> None:
    cleaner = town.person(Role.CLEANER, "Zubeda Khatoon")
    with town.uow() as uow:
        hand_in_id(uow, cleaner)
    with at_desk(browser, live, town, town.admin(AdminDuty.COMPLIANCE)) as page:
        page.goto("/admin/people")
        card = page.locator("article", has_text="Zubeda Khatoon")
        card.get_by_role("button", name="Let them take jobs").click()
        expect(card).to_have_count(0)
        page.get_by_label("Name, email or phone").fill("zubeda")
        page.get_by_role("button", name="Find").click()
        expect(page.locator("td", has_text="Zubeda Khatoon").first).to_be_visible()
    assert town.row(Cleaner, cleaner.user_id).status.value == "ACTIVE"
