"""The walks that guides show, each with its steps in their order: journeys take them, and `make tutorials` films them.

The steps of a guide are the sentences `guide.<name>.shown.<n>`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import FilePayload, expect

from tests.journeys.hand import SOON, Hand
from tests.journeys.street import payment_window


@dataclass(frozen=True)
class Wish:
    """What somebody says of a place that is to be cleaned; `photo` is a JPEG that nobody has sent."""

    photo: FilePayload
    address: str
    title: str
    story: str
    rupees: int


def start(hand: Hand, wish: Wish) -> None:
    """From the form's first step to a first cleanup that waits for an admin; the phone knows its place."""
    page = hand.page
    hand.step("guide.start.shown.1")
    hand.look()
    hand.choose_file(page.locator("input[type=file]").first, wish.photo)
    hand.see(page.locator("main .photo img").first)
    hand.press_words("button", "start.photo.next")
    hand.step("guide.start.shown.2")
    hand.see(page.locator("#latitude p.num[role=status]"))  # the pin is set
    hand.fill(page.locator("#address"), wish.address)
    hand.press_words("button", "start.place.next")
    hand.step("guide.start.shown.3")
    hand.fill(page.locator("#title"), wish.title)
    hand.fill(page.locator("#description"), wish.story)
    hand.fill(page.locator("#targetPaise"), str(wish.rupees))
    hand.press_words("button", "start.details.next")
    hand.step("guide.start.shown.4")
    hand.press_words("button", "start.review.next")
    hand.step("guide.start.shown.5")
    hand.see(page.get_by_role("heading", name=hand.words("start.sent.title")))
    hand.look()


def chip_in(hand: Hand, campaign_id: UUID, rupees: int) -> None:
    """From a campaign to one's money that is held."""
    hand.step("guide.chip_in.shown.1")
    hand.page.goto(f"/campaigns/{campaign_id}")
    hand.press_words("link", "campaign.chip_in")
    hand.step("guide.chip_in.shown.2")
    continue_to_pay(hand, rupees)
    hand.step("guide.chip_in.shown.3")
    payment_window(hand.page).get_by_test_id("pay-success").click()
    hand.see(hand.page.get_by_role("heading", name=hand.words("wait.held", amount=f"₹{rupees:,}")))
    hand.look()
    hand.step("guide.chip_in.shown.4")
    hand.press_words("link", "nav.money")
    hand.page.wait_for_url("**/me/transactions")
    hand.look()


def continue_to_pay(hand: Hand, rupees: int) -> None:
    """Write an amount and go on to paying; the payment window opens by itself."""
    hand.fill(hand.page.get_by_label(hand.words("fund.how_much")), str(rupees))
    name = hand.words("fund.continue", amount=f"₹{rupees:,}")
    hand.press(hand.page.get_by_role("button", name=name))
    hand.page.wait_for_url(re.compile(r"/fund/[0-9a-f-]{36}$"))


def first_job(hand: Hand, job_id: UUID) -> None:
    """From the list of jobs to one that is taken; the phone stands near and has a camera."""
    hand.step("guide.first_job.shown.1")
    hand.page.goto("/jobs")
    hand.see(hand.page.get_by_role("button", name=hand.words("jobs.near"), pressed=True))
    hand.press(hand.page.locator(f"main a[href$='/jobs/{job_id}']").first)
    hand.page.wait_for_url(f"**/jobs/{job_id}")
    hand.step("guide.first_job.shown.2")
    hand.press_words("button", "trial.take")
    hand.page.wait_for_url(f"**/work/{job_id}")
    hand.step("guide.first_job.shown.3")
    hand.look()


def after_photo(hand: Hand, job_id: UUID) -> None:
    """From a taken job to its after-photo that is being checked."""
    hand.step("guide.after_photo.shown.1")
    hand.page.goto(f"/work/{job_id}")
    hand.press_words("link", "work.take_photo")
    hand.page.wait_for_url(f"**/work/{job_id}/proof")
    hand.step("guide.after_photo.shown.2")
    photograph(hand)
    hand.look()


def photograph(hand: Hand) -> None:
    """Take the after-photo with the camera that stands open, and send it."""
    shutter = hand.page.get_by_role("button", name=hand.words("proof.shutter"))
    expect(shutter).to_be_enabled(timeout=SOON)
    hand.press(shutter)
    hand.step("guide.after_photo.shown.3")
    hand.press_words("button", "proof.use")
    hand.step("guide.after_photo.shown.4")
    hand.see(hand.page.get_by_role("heading", name=hand.words("proof.sent")))


def verify(hand: Hand) -> None:
    """From the queue to the approval of the photo that waits longest."""
    hand.step("guide.verify.shown.1")
    hand.page.goto("/admin/verification")
    hand.press_words("link", "check.open_first")
    hand.page.wait_for_url(re.compile(r"/verification/[0-9a-f-]{36}$"))
    first = hand.page.url
    hand.step("guide.verify.shown.2")
    hand.see(hand.page.locator(".photo img").first)
    hand.look()
    hand.step("guide.verify.shown.3")
    for number in range(1, 6):
        hand.press(hand.page.locator(f"[data-hotkey='{number}']"))
        expect(hand.page.locator("legend + span")).to_have_text(hand.words("check.ticked", n=number))
    hand.look()
    hand.step("guide.verify.shown.4")
    hand.press(hand.page.locator("[data-hotkey=a]"))
    expect(hand.page).not_to_have_url(first, timeout=SOON)
    hand.look()
