"""Pages that stand open go on by themselves; small signs people rely on: the bar, the map, the wipe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cleanit_app.models import Campaign
from cleanit_app.services.jobs import jobs
from tests.journeys.street import Street

SOON = 20_000
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


def _ready(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("main [role=status]").filter(has_text="Loading")).to_have_count(0, timeout=SOON)


@pytest.mark.row("NOT-02", "JOB-03", "JOB-04", "PAY-11")
def test_open_lists_show_what_is_new_without_a_reload(street: Street) -> None:
    """A job that opened, one taken in another tab, and its pay: lists that were empty fill by themselves."""
    ramesh, sunita = street.cleaner("Ramesh Pal"), street.cleaner("Sunita Devi")
    wall, work, money = street.tab(sunita), street.tab(ramesh), street.tab(ramesh)
    _ready(wall, "/jobs?new")
    _ready(work, "/work")
    _ready(money, "/earnings")
    expect(work.get_by_text("No jobs yet").or_(work.locator(".stone-l")).first).to_be_visible(timeout=SOON)
    expect(money.get_by_text("No payments yet")).to_be_visible(timeout=SOON)
    expect(money.locator(".stat")).to_have_count(0)  # a newcomer reads no row of zeros
    job = street.job(123_000)
    expect(wall.locator(f"a[href='/jobs/{job.id}']").first).to_be_visible(timeout=SOON)
    with street.uow() as uow:
        jobs.claim_job(uow, actor=ramesh, job_id=job.id)
    expect(work.locator(f"main li a[href='/work/{job.id}']")).to_be_visible(timeout=SOON)
    street.finish(ramesh, job.id)
    expect(money.locator("li .rs").first).to_have_text("₹1,168.50", timeout=SOON)
    expect(money.locator(".trio .stat")).to_have_count(3)
    expect(money.locator("main li").first).to_contain_text("It leaves on")


@pytest.mark.row("SEC-03")
def test_the_way_in_is_not_offered_to_who_is_here(street: Street) -> None:
    page = street.tab(street.person())
    _ready(page, "/how-it-works")
    expect(page.locator(".way-in")).to_have_count(0, timeout=SOON)
    page.goto("/how-it-works", wait_until="commit")
    page.locator(".logo").first.wait_for(state="attached")
    shown = page.evaluate(
        "() => [document.documentElement.hasAttribute('data-here'),"
        " [...document.querySelectorAll('.way-in')].every((a) => getComputedStyle(a).visibility === 'hidden')]"
    )
    assert shown == [True, True]
    page.context.clear_cookies()
    page.goto("/how-it-works")
    expect(page.locator(".way-in:visible").first).to_be_visible(timeout=SOON)  # signed out elsewhere: offered again


@pytest.mark.row("JOB-03")
def test_a_map_without_tiles_is_drawn_and_a_tap_tells_before_it_leads_away(street: Street) -> None:
    campaign = street.campaign(title="Heap by the old clock tower")
    page = street.tab()
    _ready(page, "/campaigns?view=map&q=clock+tower")
    expect(page.locator(".leaflet-container path.spread").first).to_be_attached(timeout=SOON)
    expect(page.locator(".map").get_by_text("Lucknow", exact=True)).to_be_visible(timeout=SOON)
    assert not re.search(r"\d+\.\d{3,}", page.locator(".map").inner_text())
    page.locator(".leaflet-marker-icon[aria-label*='clock tower'] span").click()
    card = page.locator(".map a.card")
    expect(card).to_contain_text("Heap by the old clock tower")
    assert "/campaigns?" in page.url
    card.click()
    page.wait_for_url(f"**/campaigns/{campaign.id}")


@pytest.mark.row("VER-04")
def test_the_slider_wipes_itself_once_for_who_gave(street: Street) -> None:
    imran = street.person(name="Imran Khan")
    campaign = street.campaign()
    street.give(campaign, 100_000, imran)
    with street.uow() as uow:
        job_id = uow.get(Campaign, campaign.id).job_id
        assert job_id is not None
    ramesh = street.cleaner()
    with street.uow() as uow:
        jobs.claim_job(uow, actor=ramesh, job_id=job_id)
    street.finish(ramesh, job_id)
    page = street.tab(imran)
    page.add_init_script(WATCH)
    _ready(page, f"/campaigns/{campaign.id}")
    expect(page.locator("main").get_by_text("Your ₹1,000 did this.")).to_be_visible(timeout=SOON)
    page.wait_for_timeout(3_500)
    assert page.evaluate("window.positions.size") > 5
    page.reload()
    expect(page.locator("main").get_by_text("Your ₹1,000 did this.")).to_be_visible(timeout=SOON)
    page.wait_for_timeout(2_500)
    assert page.evaluate("window.positions.size") <= 2  # once
    stranger = street.tab()
    stranger.add_init_script(WATCH)
    _ready(stranger, f"/campaigns/{campaign.id}")
    stranger.wait_for_timeout(2_500)
    assert stranger.evaluate("window.positions.size") <= 2


WATCH = """
window.positions = new Set();
const look = () => {
  const slide = document.querySelector(".ba");
  if (slide) window.positions.add(slide.getAttribute("style") + (slide.querySelector("input")?.value ?? ""));
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize("odd", ["%E0%A4%A", "%", "%ZZ", "%c3%28"])
def test_a_cookie_that_cannot_be_decoded_stops_nothing(street: Street, odd: str) -> None:
    page = street.tab()
    page.context.add_cookies([{"name": n, "value": odd, "url": street.live.base_url} for n in ("lang", "dhoop")])
    _ready(page, "/how-it-works")
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    assert page.evaluate("document.documentElement.dataset.net") == "off"  # the script ran to its end
