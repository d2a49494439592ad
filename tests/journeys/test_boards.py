"""An admin's open desk: the numbers of the business move by themselves, the boards show what was counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from cleanit_app import routes
from cleanit_app.domain.actors import AdminDuty
from cleanit_app.i18n.formats import lakhs
from cleanit_app.services.operations.scheduled_jobs import ask_for_run
from tests.journeys.street import Street

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
SOON = 15_000


def _tile(page: Page, label: str) -> Locator:
    return page.locator(".stat", has_text=label).locator(".rs")


def _number(tile: Locator) -> int:
    expect(tile).not_to_be_empty()
    return int("".join(filter(str.isdigit, tile.inner_text())))


@pytest.mark.row("MON-03")
def test_the_numbers_of_the_business_move_without_a_reload(street: Street) -> None:
    page = street.tab(street.admin(AdminDuty.SENIOR))
    page.goto(routes.ADMIN)
    active, held, to_verify, payouts = (
        _tile(page, label) for label in ("Active cleanups", "Held for cleanups", "Waiting for check", "Payouts due")
    )
    was = [_number(tile) for tile in (active, held, to_verify, payouts)]
    page.evaluate("window.stillHere = true")
    street.give(street.campaign(), 12_300)
    expect(active).to_have_text(lakhs(was[0] + 1), timeout=SOON)
    expect(held).to_have_text(f"₹{lakhs(was[1] + 123)}", timeout=SOON)
    ramesh = street.cleaner()
    job = street.completed(ramesh)
    expect(to_verify).to_have_text(lakhs(was[2] + 1), timeout=SOON)
    street.approve(job)
    expect(to_verify).to_have_text(lakhs(was[2]), timeout=SOON)
    expect(payouts).not_to_have_text(f"₹{lakhs(was[3])}", timeout=SOON)
    assert page.evaluate("window.stillHere")


@pytest.mark.row("MON-04")
def test_the_boards_show_what_the_clock_counted(street: Street) -> None:
    street.verified(street.cleaner())
    senior = street.admin(AdminDuty.SENIOR)
    with street.uow() as uow:  # the clock would do it at the next full ten minutes
        ask_for_run(uow, actor=replace(senior, proved=True), name="figures")
    page = street.tab(senior)
    page.goto(routes.ADMIN_BOARDS)
    expect(page.get_by_role("img").first).to_be_visible(timeout=70_000)
    numbers = page.get_by_text("Show numbers").first
    numbers.click()
    expect(page.get_by_role("row").nth(14)).to_be_visible()
