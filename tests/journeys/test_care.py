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
from tests.support.axe import too_wide, violations
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


@pytest.mark.row("OPS-02")
def test_what_was_found_becomes_a_help_article_and_the_guest_sees_the_photos(
    street: Street, town: LiveTown, live: Live, browser: Browser
) -> None:
    """A guest asks with a photo, the desk answers with one and writes it down, and help finds it for everybody."""
    guest, support = street.tab(), town.admin(AdminDuty.SUPPORT)
    guest.goto("/support")
    guest.get_by_label("What is it about?").select_option("OTHER")
    guest.get_by_label("What happened?").fill("The blue pump stands still.")
    guest.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(5)})
    guest.get_by_role("button", name="Send the question").click()
    code = guest.locator("b.select-all")
    expect(code).to_have_text(re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"), timeout=SOON)
    said = code.inner_text()
    with at_desk(browser, live, town, support) as desk:
        desk.goto("/admin/support")
        desk.get_by_role("link", name=re.compile("The blue pump stands still")).click()
        desk.get_by_label("Answer", exact=True).fill("Close the valve of the blue pump, and wait an hour.")
        desk.locator("input[type=file]").set_input_files(
            {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": picture(6)}
        )
        desk.get_by_role("button", name="Send", exact=True).click()
        expect(desk.get_by_text("Answered", exact=True)).to_be_visible(timeout=SOON)
        thread = desk.url
        desk.get_by_role("link", name="Help article").click()
        expect(desk.get_by_text("It begins with the last answer given here.")).to_be_visible(timeout=SOON)
        expect(desk.get_by_label("Text, English")).to_have_value("Close the valve of the blue pump, and wait an hour.")
        assert "stands still" not in desk.locator("main form").first.inner_html()
        desk.get_by_role("button", name="Save the words").click()
        expect(desk.get_by_text("Write the title too, or leave both empty.")).to_be_visible(timeout=SOON)
        desk.get_by_label("Title, English").fill("When the blue pump stands still")
        assert violations(desk) == []
        desk.get_by_role("button", name="Save the words").click()
        expect(desk.get_by_text("A draft: only the desk sees it.")).to_be_visible(timeout=SOON)
        desk.get_by_role("button", name="Show it to everybody").click()
        expect(desk.get_by_text("Everybody can read it on the help page.")).to_be_visible(timeout=SOON)
        desk.goto(thread)
        desk.get_by_label("Ready answers").select_option("Help article: When the blue pump stands still")
        desk.get_by_role("button", name="Send", exact=True).click()
        expect(desk.get_by_role("link", name="Read it on the help page")).to_be_visible(timeout=SOON)
    guest.goto("/support/answer")
    guest.get_by_label("Code").fill(said)
    guest.get_by_role("button", name="Read the answer").click()
    photos = guest.locator("main ol img")
    expect(photos).to_have_count(2, timeout=SOON)
    for photo in photos.all():
        photo.scroll_into_view_if_needed()
        expect(photo).to_have_js_property("complete", True, timeout=SOON)
        assert photo.evaluate("one => one.naturalWidth") > 0
    assert violations(guest) == []
    assert not too_wide(guest)
    guest.get_by_role("link", name="Read it on the help page").click()
    expect(guest.get_by_role("heading", name="When the blue pump stands still")).to_be_visible(timeout=SOON)
    guest.goto("/help")
    guest.get_by_label("Search the guides").fill("blue VALVE")
    guest.get_by_role("button", name="Search", exact=True).click()
    expect(guest.get_by_role("link", name="When the blue pump stands still")).to_be_visible(timeout=SOON)
    expect(guest.get_by_text("No guide says this. Ask us.")).to_have_count(0)
    assert violations(guest) == []
    assert not too_wide(guest)
