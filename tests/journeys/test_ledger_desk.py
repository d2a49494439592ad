"""Finance looks ahead, reads its papers and undoes what did not stand; a cleaner keeps the year."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, expect
from sqlmodel import col, select

from cleanit_app.domain.actors import AdminDuty
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.statuses import CampaignStatus, JobStatus, PayoutStatus
from cleanit_app.models import Campaign, CheckRun, Difference, FeeInvoice, Job, LedgerLine, Payout
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.payments import contributions
from cleanit_app.services.payouts import manual as manual_payouts
from cleanit_app.services.review.verification import approve_completion
from tests.factories import ALL_TICKED, FORMAT
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
        manual_payouts.hold_payout(uow, actor=town.admin(), payout_id=held.id, reason="A neighbour doubts it")
    with at_desk(browser, live, town, town.admin(AdminDuty.FINANCE)) as page:
        page.goto("/admin/coming")
        expect(page.locator("tr", has_text="Heap behind the bus stand")).to_contain_text("Goes ahead, 80% or more")
        expect(page.locator("tr", has_text="Drain by the market")).to_contain_text("Ends, nothing was given")
        page.get_by_role("button", name=re.compile("^Payouts")).click()
        expect(page.locator("tr", has_text="Nafisa Begum")).to_contain_text("Held back, does not leave")
        expect(page.locator("tr", has_text="Heap behind the bus stand")).to_have_count(0)
    with at_desk(browser, live, town, town.admin(AdminDuty.VERIFIER)) as page:
        page.goto("/admin/coming")
        expect(page.get_by_text("This page is not for you")).to_be_visible()


@pytest.mark.row("PAY-06", "OPS-01", "VER-05", "LAW-05")
def test_pay_that_came_back_is_owed_again_and_then_not_any_more(browser: Browser, live: Live, town: LiveTown) -> None:
    payout = owed(town, "Kishan Lal")
    with at_desk(browser, live, town, town.admin()) as page:
        page.goto("/admin/payouts")
        row = page.locator("tr", has_text="Kishan Lal")
        row.get_by_role("button", name="More").click()
        page.get_by_label("The bank's number (UTR)").fill("UTR: 4261")
        page.get_by_label("The bank's number (UTR)").blur()
        expect(page.get_by_text("The bank's number has 6 to 30 letters and digits.")).to_be_visible()
        page.get_by_label("The bank's number (UTR)").fill("SBIN4261124009")
        page.get_by_role("button", name="Record as paid").click()
        expect(row).to_contain_text("SBIN4261124009")
        row.get_by_role("button", name="The bank returned it").click()
        page.get_by_role("button", name="Record the return").click()
        expect(page.get_by_role("dialog").get_by_text("Write the reason.")).to_be_visible()
        page.get_by_label("What the bank says, the cleaner reads it").fill("Account closed")
        page.get_by_role("button", name="Record the return").click()
        expect(page.get_by_text("₹1,140 is owed to Kishan Lal again.")).to_be_visible()
        assert town.row(Payout, payout.id).status is PayoutStatus.MANUAL
        row.get_by_role("button", name="More").click()
        page.get_by_label("Why, the cleaner reads it").last.fill("The heap was only covered.")
        page.get_by_label("End the cleanup and give the money back").check()
        page.get_by_role("button", name="Take the approval back").click()
        expect(page.get_by_text("The approval is taken back: Kishan Lal, ₹1,140")).to_be_visible()
        expect(page.locator("tr", has_text="Kishan Lal")).to_have_count(0)
        page.goto("/admin/invoices")
        page.get_by_role("button", name="Credit notes").click()
        with town.uow() as uow:
            note = uow.run(
                select(FeeInvoice).where(col(FeeInvoice.job_id) == payout.job_id, col(FeeInvoice.kind) == "CREDIT_NOTE")
            ).scalar_one()
        line = page.locator("tr", has_text=note.number)
        expect(line).to_contain_text("undoes CF/")
        answer = page.request.get(line.get_by_role("link", name="PDF").get_attribute("href") or "")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert town.row(Payout, payout.id).status is PayoutStatus.CANCELLED
    assert town.row(Job, payout.job_id).status is JobStatus.FAILED
    assert town.row(Campaign, payout.campaign_id).status is CampaignStatus.CANCELLED


@pytest.mark.row("LAW-04", "PAY-11")
def test_a_cleaner_reads_and_keeps_the_year(browser: Browser, live: Live, town: LiveTown) -> None:
    payout = owed(town, "Savitri Devi")
    cleaner = town.actor(payout.cleaner_id)
    with at_desk(browser, live, town, cleaner) as page:
        page.goto("/earnings")
        page.get_by_role("link", name="Statement of a year").click()
        page.wait_for_url(re.compile(r"/earnings/statement$"))
        expect(page.locator(".stat", has_text="Earned")).to_contain_text("₹1,140")
        expect(page.get_by_text("This statement is no tax certificate.")).to_be_visible()
        with page.expect_download() as kept:
            page.get_by_role("link", name="Save as PDF").click()
        assert re.fullmatch(r"cleanit-20\d\d-\d\d\.pdf", kept.value.suggested_filename)
        with page.expect_download() as sheet:
            page.get_by_role("link", name="For a spreadsheet (CSV)").click()
        assert "1140.00" in sheet.value.path().read_text()


def given_and_refunded_elsewhere(live: Live, town: LiveTown) -> tuple[str, int]:
    """A gift by way of the provider of which ₹123.45 were given back on the provider's own page; the refund's id."""

    def control(path: str, **body: object) -> None:
        requests.post(f"{live.sandbox_url}/control/{path}", json=body, timeout=15).raise_for_status()

    giver, provider = town.person(name="Imran Khan"), town.parts.payments
    with town.uow() as uow:
        wish = contributions.start_contribution(
            uow, actor=giver, campaign_id=town.campaign().id, amount_paise=50_000, anonymous=False,
            idempotency_key=f"key-{giver.id}",
        )  # fmt: skip
    order = contributions.place_order(town.open, provider, actor=giver, contribution_id=wish.id)
    control(f"orders/{order.razorpay_order_id}/pay", outcome="success")
    contributions.ask_about_order(town.open, provider, contribution_id=wish.id)
    payment = provider.payments_of_order(str(order.razorpay_order_id))[0]
    refund = provider.refund(
        request=FORMAT.refund_request(
            payment_id=payment.id, amount_paise=12_345, receipt=f"by hand {giver.id}"[:40], notes={}
        ),
        idempotency_key=f"on-their-page-{giver.id}",
    )
    control(f"refunds/{refund.id}/process")
    return refund.id, refund.amount_paise


@pytest.mark.row("PAY-13", "MON-05")
def test_finance_books_what_was_refunded_elsewhere_and_reads_what_failed(
    browser: Browser, live: Live, town: LiveTown
) -> None:
    refund_id, paise = given_and_refunded_elsewhere(live, town)
    with town.earlier(hours=40), town.uow() as uow:
        run = uow.add(CheckRun(kind="RECONCILIATION", day_on=ist_date(uow.now), started_at=uow.now))
        run.finished_at = uow.now
        uow.flush()
        uow.add(
            Difference(
                run_id=run.id, what="REFUND", kind="MISSING_HERE", provider_id=refund_id, theirs=f"pending {paise}",
                found_at=uow.now,
            )
        )  # fmt: skip
    with town.uow() as uow:
        note_failure(uow, source="notifications", subject_id=None, trouble=ValueError("a planted failure"))
    with at_desk(browser, live, town, town.admin(AdminDuty.FINANCE)) as page:
        page.goto("/admin/reconciliation")
        line = page.locator("tr", has_text=refund_id)
        line.get_by_role("button", name="Book as adjustment").click()
        page.locator("#recon-book-why").fill("Pressed on Razorpay's page by Meera")
        page.locator("dialog[open]").get_by_role("button", name="Book as adjustment").click()
        expect(page.get_by_text("Booked. Both books agree about it now.")).to_be_visible()
        expect(line).to_have_count(0)
        page.goto("/admin/errors")
        page.get_by_label("Of what").select_option("notifications")
        expect(page.locator("tr", has_text="a planted failure")).to_be_visible()
    with town.uow() as uow:
        (kept,) = uow.all(Difference, col(Difference.provider_id) == refund_id)
        assert (kept.resolution, kept.theirs) == ("BOOKED", f"processed {paise}")
        funds = uow.run(select(LedgerLine.amount_paise).where(col(LedgerLine.account) == "PLATFORM_FUNDS")).scalars()
        assert paise in list(funds)
