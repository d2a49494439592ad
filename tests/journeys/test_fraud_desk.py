"""Possible fraud in a browser: a case that the clock found is read, noted and decided (OPS-04)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import delete

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.fraud import FraudRule
from cleanit_app.models import FraudScan
from cleanit_app.services.fraud.scanning import scan
from tests.journeys.office import LiveTown, at_desk
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live"), pytest.mark.row("OPS-04")]


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People of the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


def test_a_case_explains_itself_and_is_decided(browser: Browser, live: Live, town: LiveTown) -> None:
    with town.earlier(minutes=20):
        cleaner = town.cleaner("Sunil More")
        town.handed_in(cleaner, away_m=0)
    with town.uow() as uow:  # the running clock looks, too, and may have passed these twenty minutes
        uow.run(delete(FraudScan))
    scan(town.open, FraudRule.EXACT_PIN)
    with at_desk(browser, live, town, town.admin(AdminDuty.COMPLIANCE)) as page:
        page.goto("/admin/fraud")
        card = page.locator("article", has_text="Sunil More")
        expect(card.get_by_text("lies on the pin to the last digit")).to_be_visible()
        expect(card.get_by_text("Likely innocent")).to_be_visible()
        card.get_by_role("link", name="Look into it").click()
        expect(page.get_by_role("img", name="This photo")).to_be_visible()
        page.get_by_label("Note for colleagues").fill("Asked him to call")
        page.get_by_role("button", name="Add the note").click()
        expect(page.get_by_text("Note: Asked him to call")).to_be_visible()
        page.get_by_role("button", name="Hold the pay").first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Hold the pay").click()
        complaint = dialog.get_by_text("Write the reason.").first
        expect(complaint).to_be_visible()
        dialog.get_by_role("button", name="Close").click()
        for other in ("No fraud", "Hold the pay"):  # what one press was told is no news in the next dialog
            page.get_by_role("button", name=other).first.click()
            expect(dialog.locator("textarea")).to_be_visible()
            expect(complaint).to_be_hidden()
            dialog.get_by_role("button", name="Close").click()
        page.get_by_role("button", name="Hold the pay").first.click()
        dialog.get_by_role("button", name="Hold the pay").click()
        expect(complaint).to_be_visible()
        dialog.locator("textarea").fill("Until he has called")
        dialog.get_by_role("button", name="Hold the pay").click()
        expect(page.get_by_text("Pay held").first).to_be_visible()
        page.get_by_role("button", name="No fraud").first.click()
        dialog = page.get_by_role("dialog")
        dialog.locator("textarea").fill("The same phone set the pin")
        dialog.get_by_role("button", name="No fraud").click()
        expect(page.get_by_text("No fraud: The same phone set the pin")).to_be_visible()
        expect(page.get_by_role("button", name="Hold the pay")).to_have_count(0)
        page.goto("/admin/fraud")
        page.get_by_role("button", name="Decided").click()
        expect(page.locator("article", has_text="Sunil More")).to_be_visible()
