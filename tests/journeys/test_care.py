"""A bad day in the browser: a question answered while both look on, half-done work divided, and an appeal heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.ledger.invariants import check_books
from tests.factories import picture
from tests.journeys.office import LiveTown, at_desk
from tests.journeys.street import Street
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
SOON = 15_000


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People, money and work on the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


@pytest.mark.row("OPS-02")
def test_a_question_is_answered_live_and_knows_its_page(
    street: Street, town: LiveTown, live: Live, browser: Browser
) -> None:
    person, support = town.person(), town.admin(AdminDuty.SUPPORT)
    campaign = town.campaign()
    mine = street.tab(person)
    mine.goto(f"/campaigns/{campaign.id}")
    expect(mine.get_by_role("heading", name=campaign.title).first).to_be_visible()  # its photo hides the bar
    mine.locator("[data-help]:visible").last.click()
    expect(mine.get_by_text("We also see which page you came from.")).to_be_visible(timeout=SOON)
    mine.get_by_label("What happened?").fill("Hi")
    mine.get_by_role("button", name="Send the question").click()
    expect(mine.get_by_text("Choose what it is about.")).to_be_visible(timeout=SOON)
    expect(mine.get_by_label("What happened?")).to_have_value("Hi")
    mine.get_by_label("What is it about?").select_option("PAYMENT")
    mine.get_by_label("What happened?").fill("My bank took the money and nothing shows.")
    mine.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(3)})
    mine.get_by_role("button", name="Send the question").click()
    expect(mine).to_have_url(re.compile("/support/[0-9a-f-]{36}"), timeout=SOON)
    expect(mine.get_by_text("Answered by")).to_be_visible(timeout=SOON)
    with at_desk(browser, live, town, support) as desk:
        desk.goto("/admin/support")
        desk.get_by_role("link", name=re.compile("My bank took the money")).click()
        expect(desk.get_by_role("heading", name="Asha Verma")).to_be_visible(timeout=SOON)
        asked_at = desk.locator(f'main a[href="/campaigns/{campaign.id}"]').first
        expect(asked_at).to_be_visible()
        desk.get_by_label("Answer", exact=True).fill("Wait an hour, please; it shows by itself.")
        desk.get_by_role("button", name="Send", exact=True).click()
        expect(desk.get_by_text("Answered", exact=True)).to_be_visible(timeout=SOON)
        expect(mine.get_by_text("Wait an hour, please; it shows by itself.")).to_be_visible(timeout=SOON)


@pytest.mark.row("OPS-02")
def test_who_cannot_sign_in_reads_the_answer_with_a_code(street: Street) -> None:
    page = street.tab()
    page.goto("/login")
    page.get_by_role("link", name="Get help").click()
    page.get_by_label("What is it about?").select_option("ACCOUNT")
    page.get_by_label("What happened?").fill("My number does not work any more.")
    page.get_by_role("button", name="Send the question").click()
    code = page.locator("b.select-all")
    expect(code).to_have_text(re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"), timeout=SOON)
    said = code.inner_text()
    page.get_by_role("link", name="Read the answer").click()
    page.get_by_label("Code").fill("AAAA-AAAA-AAAA")
    page.get_by_role("button", name="Read the answer").click()
    expect(page.get_by_text("No question has this code.")).to_be_visible(timeout=SOON)
    page.get_by_label("Code").fill(said.lower())
    page.get_by_role("button", name="Read the answer").click()
    expect(page.get_by_text("My number does not work any more.")).to_be_visible(timeout=SOON)


@pytest.mark.row("OPS-03")
def test_half_done_work_is_divided_and_the_cleaner_appeals(
    street: Street, town: LiveTown, live: Live, browser: Browser
) -> None:
    creator, giver, cleaner = town.person(), town.person(name="Imran Khan"), town.cleaner()
    campaign = town.campaign(creator, title="Half of the lane behind the mill")
    town.give(campaign, 100_000, giver)
    job = town.job_of(campaign.id)
    with town.uow() as uow:
        claim_job(uow, actor=cleaner, job_id=job.id)
    town.hand_in(cleaner, job)
    town.approve(job)
    mine = street.tab(giver)
    mine.goto(f"/campaigns/{campaign.id}")
    mine.get_by_role("button", name="It does not look clean to me").click()
    sheet = mine.get_by_role("dialog")
    sheet.get_by_label("What do you see there?").fill("Only one side of the lane is clean.")
    sheet.get_by_role("button", name="Send it").click()
    expect(mine.get_by_text("Under review")).to_be_visible(timeout=SOON)
    work = street.tab(cleaner)
    work.goto("/disputes")
    work.get_by_role("link", name=re.compile("Half of the lane")).click()
    work.get_by_label("Say more").fill("The other side was locked.")
    work.get_by_role("button", name="Send", exact=True).click()
    expect(work.get_by_text("The other side was locked.")).to_be_visible(timeout=SOON)
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as desk:
        desk.goto("/admin/disputes")
        card = desk.locator("article", has_text="Half of the lane")
        card.get_by_role("link", name="Both sides").click()
        expect(desk.get_by_text("The other side was locked.")).to_be_visible(timeout=SOON)
        desk.get_by_label("Half done: divide the money").check()
        desk.get_by_label("How much of the work was done, in percent").fill("50")
        desk.get_by_label("Why? Both sides read it").fill("One side is clean, the other is not.")
        desk.get_by_role("button", name="Decide and tell both").click()
        expect(desk.get_by_text("50% of the work was done")).to_be_visible(timeout=SOON)
    expect(work.get_by_text("50% of the work was done")).to_be_visible(timeout=SOON)
    work.get_by_label("What was overlooked?").fill("I cleaned all that was open to me.")
    work.get_by_role("button", name="Appeal", exact=True).click()
    expect(work.get_by_role("heading", name=re.compile("^Appeal"))).to_be_visible(timeout=SOON)
    with town.uow() as uow:
        assert check_books(uow) == []
