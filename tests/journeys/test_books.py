"""Finance looks ahead: what the clock will do in the next seven days."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.models import Payout
from cleanit_app.services import payouts_by_hand
from cleanit_app.services.verification import approve_completion
from tests.factories import ALL_TICKED
from tests.journeys.office import LiveTown, at_desk
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People, money and work on the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


def owed(town: LiveTown, name: str, target_paise: int = 120_000) -> Payout:
    """Pay that is owed to a cleaner of this name."""
    job = town.handed_in(town.cleaner(name), target_paise=target_paise)
    with town.uow() as uow:
        approve_completion(uow, actor=town.admin(), job_id=job.id, checklist=ALL_TICKED)
        return uow.run(select(Payout).where(col(Payout.job_id) == job.id)).scalar_one()


@pytest.mark.row("CAM-10", "PAY-04")
def test_finance_sees_what_the_next_days_bring(browser: Browser, live: Live, town: LiveTown) -> None:
    with town.earlier(days=26):
        short = town.campaign(target_paise=150_000, title="Heap behind the bus stand")
        town.give(short, 130_000)
        town.campaign(target_paise=150_000, title="Drain by the market")
    held = owed(town, "Nafisa Begum")
    with town.uow() as uow:
        payouts_by_hand.hold_payout(uow, actor=town.admin(), payout_id=held.id, reason="A neighbour doubts it")
    with at_desk(browser, live, town, town.admin(AdminDuty.FINANCE)) as page:
        page.goto("/admin/coming")
        expect(page.locator("tr", has_text="Heap behind the bus stand")).to_contain_text("Goes ahead, 80 % or more")
        expect(page.locator("tr", has_text="Drain by the market")).to_contain_text("Ends, nothing was given")
        page.get_by_role("button", name=re.compile("^Payouts")).click()
        expect(page.locator("tr", has_text="Nafisa Begum")).to_contain_text("Held back, does not leave")
        expect(page.locator("tr", has_text="Heap behind the bus stand")).to_have_count(0)
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto("/admin/coming")
        expect(page.get_by_text("This page is not for you")).to_be_visible()
