"""The money of 200 cleanups goes back by one order; its worker is killed in the middle, and the clock goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.statuses import BulkRowStatus
from cleanit_app.models import BulkRow, Campaign, Contribution, Refund, StatusChange
from cleanit_app.services.payments import contributions
from tests.journeys.office import LiveTown, at_desk
from tests.sandbox.running import until
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
COUNT, GIVEN = 200, 25_000


@pytest.fixture
def town(live: Live) -> Iterator[LiveTown]:
    """People, money and work on the running Cleanit."""
    town = LiveTown(live)
    yield town
    town.engine.dispose()


def pay(town: LiveTown, live: Live, campaign: Campaign, neighbour: Actor) -> UUID:
    """A contribution whose money the sandbox took."""
    with town.uow() as uow:
        wish = contributions.start_contribution(
            uow, actor=neighbour, campaign_id=campaign.id, amount_paise=GIVEN, anonymous=False,
            idempotency_key=f"key-{campaign.id}",
        )  # fmt: skip
    order = contributions.place_order(town.open, town.parts.payments, actor=neighbour, contribution_id=wish.id)
    control = f"{live.sandbox_url}/control/orders/{order.razorpay_order_id}/pay"
    requests.post(control, json={"outcome": "success"}, timeout=15).raise_for_status()
    contributions.ask_about_order(town.open, town.parts.payments, contribution_id=wish.id)
    return wish.id


def many(town: LiveTown, live: Live) -> list[Campaign]:
    """Campaigns into which one neighbour each has paid."""
    creator, neighbour = town.person(), town.person(name="Imran Khan")
    made = [town.campaign(creator, title=f"Heap number {n} on the canal road") for n in range(COUNT)]
    with ThreadPoolExecutor(3) as hands:
        list(hands.map(lambda campaign: pay(town, live, campaign, neighbour), made))
    with town.uow() as uow:
        paid = select(func.count()).where(
            col(Contribution.campaign_id).in_([one.id for one in made]), col(Contribution.status) == "SUCCESS"
        )
        assert uow.run(paid).scalar_one() == COUNT
    return made


def order(page: Page, campaigns: list[Campaign]) -> UUID:
    """The dry run, a wrong number, then the right one; which run it became."""
    page.goto("/admin/bulk")
    page.locator("#ids").fill("\n".join(str(one.id) for one in campaigns))
    page.get_by_role("button", name="See what would happen").first.click()  # the money's; notices have their own
    expect(page.get_by_text(f"{COUNT} cleanups would end; {COUNT} payments, ₹50,000 go back.")).to_be_visible()
    page.locator("#count").fill("199")
    page.locator("#reason").fill("The canal road is cleaned by the city from now on")
    press = page.get_by_role("button", name=f"End {COUNT} cleanups, money back")
    press.click()
    expect(page.locator("#count-error")).to_contain_text("Type exactly 200")
    expect(page.locator("#reason")).to_have_value("The canal road is cleaned by the city from now on")
    page.locator("#count").fill(str(COUNT))
    press.click()
    page.wait_for_url(re.compile(r"/admin/bulk/[0-9a-f-]{36}"))
    return UUID(page.url.rstrip("/").rpartition("/")[2])


def results(town: LiveTown, run_id: UUID) -> Counter[str]:
    with town.uow() as uow:
        mine = select(col(BulkRow.status)).where(col(BulkRow.run_id) == run_id)
        return Counter(status.value for status in uow.run(mine).scalars())


@pytest.mark.row("OPS-01", "CAM-13")
def test_a_bulk_refund_of_200_is_broken_off_and_continued_and_every_rupee_comes_back_once(
    browser: Browser, live: Live, town: LiveTown
) -> None:
    campaigns = many(town, live)
    with at_desk(browser, live, town, town.admin(AdminDuty.SENIOR)) as page:
        run_id = order(page, campaigns)
        until(lambda: results(town, run_id)[BulkRowStatus.DONE] >= 15, 60)
        live.kill("worker-default")
        live.wait_for("worker-default")
        broken_off = results(town, run_id)
        assert broken_off[BulkRowStatus.WAITING] > 0, "it was through before it could be broken off"
        expect(page.get_by_text("200 of 200")).to_be_visible(timeout=180_000)
        expect(page.get_by_text("Through", exact=True)).to_be_visible()
        expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")
        expect(page.locator("tbody tr").first).to_contain_text("Done")
    assert results(town, run_id) == {BulkRowStatus.DONE: COUNT}
    ids = [one.id for one in campaigns]
    with town.uow() as uow:
        ended = select(col(StatusChange.subject_id)).where(
            col(StatusChange.subject_id).in_(ids), col(StatusChange.to_status) == "CANCELLED"
        )
        assert Counter(uow.run(ended).scalars()) == dict.fromkeys(ids, 1)

    def back() -> list[int]:
        with town.uow() as uow:
            mine = col(Refund.campaign_id).in_(ids)
            return [one.amount_paise for one in uow.all(Refund, mine) if one.status == "COMPLETED"]

    until(lambda: len(back()) == COUNT, 300)
    assert back() == [GIVEN] * COUNT
    with town.uow() as uow:
        payments = set(
            uow.run(
                select(col(Contribution.razorpay_payment_id)).where(col(Contribution.campaign_id).in_(ids))
            ).scalars()
        )
    book = requests.get(f"{live.sandbox_url}/book", timeout=60).json()
    given_back = [one["amount"] for one in book["refunds"] if one["payment_id"] in payments]
    assert (len(given_back), sum(given_back), book["agrees"]) == (COUNT, COUNT * GIVEN, True)
