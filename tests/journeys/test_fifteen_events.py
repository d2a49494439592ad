"""The fifteen events, side by side: each reaches the open tabs of those it concerns, each in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cleanit_app.domain.actors import Actor
from cleanit_app.i18n.notifications import notification_words
from cleanit_app.models import Campaign, Job, Notification, Payout, new_id
from cleanit_app.services.campaigns import campaigns, closing
from cleanit_app.services.jobs import jobs, overdue
from cleanit_app.services.photos import photos
from cleanit_app.services.review import verification
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from cleanit_app.services.review.verification import RejectionReason
from tests.factories import ALL_TICKED, picture
from tests.support.live import Live
from tests.support.street import Street
from tests.support.words import in_both

PATIENCE = 20_000  # ms; two cores are shared by everything
OTHER = {"en": "hi", "hi": "en"}
KOCHI = (9.9658, 76.2421)  # far from where the other journeys look for what is nearest
READ_ALL = {"en": "Mark all read", "hi": "सब पढ़ा हुआ मानें"}

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


@dataclass
class Reader:
    """Somebody whose list of news is open in a tab and is never loaded again."""

    actor: Actor
    language: str
    page: Page
    read: set[str] = field(default_factory=set)


@dataclass
class Neighbourhood:
    """A citizen and an admin who read one language, a cleaner and a neighbour who read the other."""

    street: Street
    creator: Reader
    admin: Reader
    cleaner: Reader
    giver: Reader

    def hears(self, reader: Reader, kind: str) -> None:
        """The open tab shows this news in the reader's language, by itself."""
        row = self._row(reader, kind)
        english, hindi = in_both(partial(notification_words, kind, row.values, self.street.parts.clock.now()))
        words = {"en": english, "hi": hindi}
        assert words["en"] != words["hi"]
        shown = {name: reader.page.get_by_text(words[name], exact=True).filter(visible=True) for name in words}
        expect(shown[reader.language].first).to_be_visible(timeout=PATIENCE)
        expect(shown[OTHER[reader.language]]).to_have_count(0)
        reader.read.add(kind)

    def _row(self, reader: Reader, kind: str) -> Notification:
        """The newest notification of this kind, as soon as it is there."""
        for _ in range(PATIENCE // 200):
            with self.street.parts.open_read() as uow:
                mine = uow.all(Notification, Notification.user_id == reader.actor.user_id, Notification.kind == kind)
            if mine:
                return max(mine, key=lambda row: row.id)
            reader.page.wait_for_timeout(200)
        raise AssertionError(f"nobody told {reader.actor.role} of {kind}")


@pytest.fixture
def open_tab(browser: Browser, live: Live) -> Iterator[Callable[[Street, Actor, str], Reader]]:
    """A browser of one's own for each reader, with the list of news open."""
    contexts: list[BrowserContext] = []

    def opened(street: Street, actor: Actor, language: str) -> Reader:
        context = browser.new_context(
            base_url=live.base_url, viewport={"width": 360, "height": 780}, timezone_id="Asia/Kolkata"
        )
        contexts.append(context)
        street.sign_in(context, actor, language)
        page = context.new_page()
        page.goto("/notifications")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE)
        return Reader(actor, language, page)

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.row("NOT-01", "NOT-02", "NOT-03", "NOT-06")
@pytest.mark.parametrize("language", ["en", "hi"])
def test_fifteen_events_arrive_live_in_two_languages(
    live: Live, open_tab: Callable[[Street, Actor, str], Reader], language: str
) -> None:
    street = Street(live)
    town = Neighbourhood(
        street,
        creator=open_tab(street, street.person(name="Asha Verma"), language),
        admin=open_tab(street, street.admin(), language),
        cleaner=open_tab(street, street.cleaner("Ramesh Pal"), OTHER[language]),
        giver=open_tab(street, street.person(name="Imran Khan"), OTHER[language]),
    )
    campaign = collected(town)
    job = cleaned(town, campaign)
    paid(town, job)
    forgotten(town)
    expired(town)
    kinds = {kind for reader in (town.creator, town.admin, town.cleaner, town.giver) for kind in reader.read}
    assert kinds >= FIFTEEN
    for reader in (town.creator, town.admin, town.cleaner, town.giver):
        followed(street, reader)
    street.parts.engine.dispose()


FIFTEEN = {
    "campaign_created",
    "campaign_funded",
    "campaign_contribution",
    "campaign_expired",
    "job_available",
    "job_claimed",
    "job_completed",
    "job_verified",
    "job_rejected_retry",
    "job_auto_released",
    "payout_success",
    "payout_failed",
    "refund_processed",
    "deadline_24h",
    "deadline_1h",
}
"""The seed's fifteen, by the names of their notifications (NOT-03)."""


def followed(street: Street, reader: Reader) -> None:
    """What a tab showed is known to have been delivered, and is read once its reader says so (NOT-06)."""
    shown = of_reader(street, reader)
    assert all(row.created_at and row.delivered_at for row in shown)
    assert not any(row.read_at for row in shown)
    reader.page.get_by_role("button", name=READ_ALL[reader.language]).click()
    ids = {row.id for row in shown}
    for _ in range(PATIENCE // 200):
        if all(row.read_at for row in of_reader(street, reader) if row.id in ids):
            return
        reader.page.wait_for_timeout(200)
    raise AssertionError(f"{reader.actor.role} marked all read, and some are not")


def of_reader(street: Street, reader: Reader) -> list[Notification]:
    """The notifications of what this reader's tab has shown."""
    with street.parts.open_read() as uow:
        mine = uow.all(Notification, Notification.user_id == reader.actor.user_id)
    return [row for row in mine if row.kind in reader.read]


def collected(town: Neighbourhood) -> Campaign:
    """From a photo to an open job: four events."""
    street, admin = town.street, town.admin.actor
    campaign = street.start(town.creator.actor, place=KOCHI)
    town.hears(town.admin, "campaign_created")
    with street.parts.open_uow() as uow:
        campaigns.approve_campaign(uow, actor=admin, campaign_id=campaign.id)
    street.give(campaign, 500, town.giver.actor)
    town.hears(town.creator, "campaign_contribution")
    town.hears(town.giver, "contribution_receipt")
    street.give(campaign, 500, town.giver.actor)
    town.hears(town.creator, "campaign_funded")
    town.hears(town.giver, "campaign_funded")
    town.hears(town.cleaner, "job_available")
    return campaign


def cleaned(town: Neighbourhood, campaign: Campaign) -> Job:
    """Taken, handed in, refused, handed in again, accepted: four events."""
    street, cleaner, admin = town.street, town.cleaner.actor, town.admin.actor
    with street.parts.open_read() as uow:
        job_id = uow.get(Campaign, campaign.id).job_id
    assert job_id is not None
    with street.parts.open_uow() as uow:
        job = jobs.claim_job(uow, actor=cleaner, job_id=job_id)
    town.hears(town.creator, "job_claimed")
    town.hears(town.cleaner, "job_claimed_self")
    handed_in(town, job)
    town.hears(town.creator, "job_completed")
    town.hears(town.admin, "job_completed_admin")
    with street.parts.open_uow() as uow:
        verification.reject_completion(
            uow,
            actor=admin,
            job_id=job.id,
            checklist=ALL_TICKED,
            reason=RejectionReason.POOR_QUALITY,
            notes="the left side",
            allow_retry=True,
        )
    town.hears(town.cleaner, "job_rejected_retry")
    handed_in(town, job)
    with street.parts.open_uow() as uow:
        verification.approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED)
    town.hears(town.cleaner, "job_verified")
    town.hears(town.creator, "job_verified_creator")
    town.hears(town.giver, "job_verified_neighbour")
    return job


def paid(town: Neighbourhood, job: Job) -> None:
    """A bank that refuses the pay, and takes it the second time: two events."""
    street = town.street
    with street.parts.open_read() as uow:
        payout = uow.first(Payout, Payout.job_id == job.id)
    assert payout is not None
    control(street, "delays", payout_delay=-1)
    try:
        street.order_payout(payout.id)
        sent = at_the_bank(street, payout, town.cleaner.page)
        control(street, f"payouts/{sent}/fail", reason="beneficiary_bank_offline")
        town.hears(town.cleaner, "payout_failed")
    finally:
        control(street, "delays", payout_delay=0.5)
    street.order_payout(payout.id)
    town.hears(town.cleaner, "payout_success")


def forgotten(town: Neighbourhood) -> None:
    """A claim nobody works on: reminded of twice and taken back."""
    street, cleaner = town.street, town.cleaner.actor
    job = street.job(KOCHI, giver=town.giver.actor)
    street.claim(cleaner, job)
    for left, kind in ((timedelta(hours=23), "deadline_24h"), (timedelta(minutes=50), "deadline_1h")):
        street.nearly_due(job.id, left)
        with street.parts.open_uow() as uow:
            overdue.remind_of_deadlines(uow, limit=100)
        town.hears(town.cleaner, kind)
    street.nearly_due(job.id, timedelta(seconds=-1))
    with street.parts.open_uow() as uow:
        assert overdue.release_overdue_claim(uow, job_id=job.id)
    town.hears(town.cleaner, "job_auto_released")


def expired(town: Neighbourhood) -> None:
    """Too little by the last day: everybody hears it, and the money is back."""
    street = town.street
    campaign = street.start(town.creator.actor, place=KOCHI)
    with street.parts.open_uow() as uow:
        if campaign.status == "DRAFT":
            campaigns.approve_campaign(uow, actor=town.admin.actor, campaign_id=campaign.id)
    street.give(campaign, 300, town.giver.actor)
    with street.parts.open_uow() as uow:
        uow.lock(Campaign, campaign.id).expires_at = uow.now
    with street.parts.open_uow() as uow:
        closing.close_collections(uow, campaign_ids=[campaign.id])
    town.hears(town.creator, "campaign_expired_creator")
    town.hears(town.giver, "campaign_expired")
    town.hears(town.giver, "refund_processed")


def handed_in(town: Neighbourhood, job: Job) -> None:
    """The cleaner's after-photo."""
    street = town.street
    seen = photos.examine(picture(seed=new_id().int % 2**32), most_bytes=5_000_000, kinds=photos.JOB_KINDS)
    stored = photos.store(street.parts.files, seen, folder=f"jobs/{job.id}/completion")
    claimed = Claimed(place=KOCHI, accuracy_m=9, captured_at=street.now)
    with street.parts.open_uow() as uow:
        complete_job(
            uow,
            actor=town.cleaner.actor,
            job_id=job.id,
            stored=stored,
            claimed=claimed,
            evidence=weigh_evidence(claimed, stored.photo),
        )


def at_the_bank(street: Street, payout: Payout, page: Page) -> str:
    """The provider's id of a pay, as soon as the worker has sent it."""
    for _ in range(PATIENCE // 200):
        with street.parts.open_read() as uow:
            sent = uow.get(Payout, payout.id).razorpay_payout_id
        if sent:
            return sent
        page.wait_for_timeout(200)
    raise AssertionError("the pay was not sent")


def control(street: Street, path: str, **body: object) -> None:
    """Pull a string of the sandbox."""
    requests.post(f"{street.live.sandbox_url}/control/{path}", json=body, timeout=15).raise_for_status()
