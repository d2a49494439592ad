"""People's rights in a browser: an account that is deleted or kept, consent that is taken back, a gift taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cleanit_app import routes
from cleanit_app.models import Campaign
from tests.journeys.street import Street

pytestmark = pytest.mark.browser
LOOKS = os.environ.get("LOOKS_DIR")


def look(page: Page, name: str) -> None:
    """Pictures at the widths of a phone and a desk, where somebody wants to look at them."""
    for width in (360, 1280) if LOOKS else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=str(Path(str(LOOKS)) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.row("LAW-02", "PAY-08")
def test_who_gave_reads_why_not_and_takes_the_gift_back(street: Street) -> None:
    giver, campaign = street.person(), street.campaign(target_paise=100_000)
    gift = street.give(campaign, 40_000, giver)
    page = street.tab(giver)
    page.goto(routes.DELETE_ACCOUNT)
    expect(page.get_by_text("1 gift of yours is held for a cleanup.")).to_be_visible()
    look(page, "in-use")
    page.goto(routes.contribution(gift.id))
    page.get_by_role("button", name="Take my gift back").click()
    look(page, "take-back")
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_text("You took it back").first).to_be_visible()
    expect(page.get_by_role("button", name="Take my gift back")).to_have_count(0)
    look(page, "taken-back")
    with street.uow() as uow:
        assert uow.get(Campaign, campaign.id).raised_paise == 0


@pytest.mark.row("LAW-07")
def test_consent_is_taken_back_and_the_photo_is_gone(street: Street) -> None:
    cleaner = street.cleaner()
    job = street.verified(cleaner)
    person, stranger = street.tab(cleaner), street.tab()
    stranger.goto(routes.campaign(job.campaign_id))
    with street.uow() as uow:
        title = uow.get(Campaign, job.campaign_id).title
    expect(stranger.get_by_role("heading", name=title).first).to_be_visible()
    expect(stranger.locator("img[src*='completion'], img[srcset*='completion']").first).to_be_attached()
    person.goto(routes.PHOTO_CONSENTS)
    gallery = person.get_by_role("switch", name="Show my photos among cleaned places")
    expect(gallery).to_be_checked()
    gallery.click()
    expect(person.get_by_text("Kept. It holds from now on.")).to_be_visible()
    expect(gallery).not_to_be_checked()
    look(person, "consent")
    stranger.reload()
    expect(stranger.get_by_role("heading", name=title).first).to_be_visible()
    expect(stranger.locator("img[src*='completion'], img[srcset*='completion']")).to_have_count(0)
