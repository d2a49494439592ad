"""Photos are shown with consent and credit, and a no takes them away everywhere at once (LAW-07)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from cleanit_app.api.previews import SHELL, preview_routes
from cleanit_app.domain.actors import NOBODY, Actor, AdminDuty
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.domain.terms import TERMS
from cleanit_app.models import Campaign, Job, Photo, PhotoConsent, PhotoTakedown, User
from cleanit_app.reads.campaigns.campaign_detail import campaign_detail
from cleanit_app.reads.campaigns.campaigns import discover
from cleanit_app.reads.campaigns.discovery import CampaignCard
from cleanit_app.reads.campaigns.shown_first import shown_first
from cleanit_app.services.campaigns.closing import close_collections
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.photos.takedowns import take_down
from cleanit_app.state.campaign_view import campaign_view
from cleanit_app.state.cards import cleaned_view
from tests.api.conftest import Caller
from tests.factories import PASSWORD, Town
from tests.reads.conftest import sent
from tests.services.photos.test_takedowns import Cdn, addresses, cache, cdn, relay

pytestmark = pytest.mark.row("LAW-07")
__all__ = ["cdn"]
As = Callable[[Actor], Caller]
PATH = "/api/users/me/photo-consents"


class Place:
    """A place that was cleaned, accepted and paid, good enough for the first page, and who did what."""

    def __init__(self, town: Town) -> None:
        self.town, self.starter, self.giver = town, town.person(name="Asha Verma"), town.person(name="Imran Khan")
        self.cleaner = town.cleaner("Ramesh Pal")
        self.campaign = town.campaign(self.starter, target_paise=100_000)
        town.give(self.campaign, 100_000, self.giver)
        job = town.job_of(self.campaign.id)
        with town.uow() as uow:
            taken = claim_job(uow, actor=self.cleaner, job_id=job.id)
        done = town.finish(self.cleaner, taken.id)
        sent(town, done.id)
        with town.uow() as uow:
            uow.run(text("UPDATE photos SET width = 1200, brightness = 120, sharpness = 90"))
            self.after = uow.get(Job, done.id).completion_photo_id
            assert uow.get(Campaign, self.campaign.id).status is CampaignStatus.CLOSED

    def gallery(self) -> list[CampaignCard]:
        """What the gallery shows to a stranger."""
        with self.town.uow() as uow:
            return list(discover(uow, actor=NOBODY, status=[CampaignStatus.CLOSED], gallery=True).items)

    def card(self) -> CampaignCard:
        """Its card in the lists, for a stranger."""
        with self.town.uow() as uow:
            return discover(uow, actor=NOBODY, status=[CampaignStatus.CLOSED]).items[0]

    def on_first_page(self) -> bool:
        """Whether it leads the first page."""
        with self.town.uow() as uow:
            return shown_first(uow, actor=NOBODY) is not None

    def photos(self, caller: Caller) -> tuple[list[Any], list[Any]]:
        """The public sizes of both photos that this caller is given."""
        shown = caller.get(f"/api/campaigns/{self.campaign.id}").json()["photos"]
        return shown["before"]["sizes"], (shown["after"] or {"sizes": []})["sizes"]


@pytest.fixture
def place(town: Town) -> Place:
    """The place."""
    return Place(town)


@pytest.fixture
def preview(api: FastAPI, tmp_path: Path) -> TestClient:
    """What messengers read."""
    (tmp_path / SHELL).write_text("<html><head></head><body></body></html>")
    api.include_router(preview_routes(tmp_path))
    return TestClient(api, follow_redirects=False)


@pytest.mark.parametrize("who", ["starter", "cleaner"])
def test_a_no_takes_the_photo_away_everywhere_at_once(
    who: str, place: Place, as_: As, anybody: Caller, preview: TestClient, cdn: Cdn
) -> None:
    before, after = place.photos(anybody)
    mine, number = (before, 0) if who == "starter" else (after, 1)
    assert place.gallery()
    assert place.on_first_page()
    assert anybody.get(mine[0]["url"]).status_code == 200
    person: Actor = getattr(place, who)
    answer = as_(person)("PUT", PATH, {"gallery": False})
    assert (answer.status_code, answer.json()["gallery"]) == (200, False)
    assert place.gallery() == []
    assert not place.on_first_page()
    card = place.card()
    assert (card.before.widths, card.after is None) == (((), False) if who == "starter" else (card.before.widths, True))
    assert anybody.get(mine[0]["url"]).status_code == 404
    assert place.photos(anybody)[number] == []
    assert place.photos(anybody)[1 - number] != []
    name = place.campaign.photo_id if who == "starter" else place.after
    assert str(name) not in preview.get(f"/campaigns/{place.campaign.id}").text
    for part in (place.starter, place.giver, person):
        assert as_(part).get(mine[0]["url"]).status_code == 200, "who took part sees it still"
    take_down(place.town.open, cache(cdn))
    assert cdn.forgotten() == addresses(place.town, name)
    assert as_(person)("PUT", PATH, {"gallery": True}).json()["gallery"] is True
    assert place.gallery()
    assert place.photos(anybody)[number] == mine


def test_nobody_is_in_the_gallery_who_was_not_asked(place: Place) -> None:
    with place.town.uow() as uow:
        uow.get(User, place.starter.user_id).gallery_consent = None
    assert place.gallery() == []
    assert not place.on_first_page()
    assert place.card().before.widths, "its own page and card show it: that is what it was sent for"


def test_each_yes_and_no_is_logged_with_version_and_time(town: Town, as_: As) -> None:
    person = town.person()
    with town.uow() as uow:
        uow.get(User, person.user_id).gallery_consent = None
    caller = as_(person)
    assert caller.get(PATH).json() == {"gallery": None, "marketing": None, "credit": True, "changedAt": None}
    for said in ({"gallery": True}, {"gallery": True}, {"gallery": False, "marketing": True}, {"credit": False}):
        assert caller("PUT", PATH, said).status_code == 200
        town.clock.move(hours=1)
    with town.uow() as uow:
        log = sorted(uow.all(PhotoConsent, PhotoConsent.user_id == person.id), key=lambda one: (one.at, one.id))
    start = town.clock.now()
    assert [(one.purpose, one.given, one.version) for one in log] == [
        ("GALLERY", True, TERMS.version), ("GALLERY", False, TERMS.version), ("MARKETING", True, TERMS.version),
        ("CREDIT", False, TERMS.version),
    ]  # fmt: skip
    assert len({one.at for one in log}) == 3
    assert max(one.at for one in log) < start
    wrong = caller("PUT", PATH, {"gallery": "perhaps"})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"gallery"})
    assert caller.post("/api/auth/confirm", {"password": PASSWORD}).status_code == 204
    export = caller.get("/api/users/me/data-export").json()
    assert len(export["photoConsents"]) == 4


def test_photos_are_for_marketing_only_while_both_say_yes(place: Place, as_: As) -> None:
    desk = as_(place.town.admin(AdminDuty.VERIFIER))

    def allowed() -> bool:
        found: bool = desk.get(f"/api/admin/campaigns/{place.campaign.id}").json()["forMarketing"]
        return found

    assert not allowed()  # nobody was asked
    for who, yes in ((place.starter, False), (place.cleaner, True)):
        assert as_(who)("PUT", "/api/users/me/photo-consents", {"marketing": True}).status_code == 200
        assert allowed() is yes
    as_(place.starter)("PUT", "/api/users/me/photo-consents", {"marketing": False})
    assert not allowed()  # from this moment on


def test_both_are_credited_as_they_chose(place: Place, as_: As) -> None:
    def line() -> str:
        return cleaned_view(place.gallery()[0], place.town.clock.now()).line

    assert "Ramesh" in line()
    assert "Asha" in line()
    assert "Verma" not in line()
    as_(place.cleaner)("PUT", PATH, {"credit": False})
    assert "Ramesh" not in line()
    as_(place.starter)("PUT", PATH, {"credit": False})
    assert "Asha" not in line()


def test_the_page_of_a_cleanup_names_whom_it_may_and_nobody_else(place: Place, as_: As, anybody: Caller) -> None:
    path = f"/api/campaigns/{place.campaign.id}"

    def named(caller: Caller) -> tuple[str, str | None]:
        seen = caller.get(path).json()
        return seen["creatorName"], seen["job"]["cleanerName"]

    assert named(anybody) == ("Asha Verma", "Ramesh")
    as_(place.starter)("PUT", PATH, {"credit": False})
    assert named(anybody) == ("", "Ramesh")
    as_(place.cleaner)("PUT", PATH, {"credit": False})
    assert named(anybody) == named(as_(place.giver)) == ("", None)
    assert named(as_(place.starter)) == ("Asha Verma", None)
    assert named(as_(place.cleaner)) == ("", "Ramesh")
    assert named(as_(place.town.admin())) == ("Asha Verma", "Ramesh")
    with place.town.uow() as uow:
        seen = campaign_detail(uow, actor=NOBODY, campaign_id=place.campaign.id)
        view = campaign_view(seen, uow.now, takes_jobs=False, user_id="")
    assert "Asha" not in view.creator


def test_a_photo_of_an_open_cleanup_stays_until_it_is_over(town: Town, as_: As, anybody: Caller) -> None:
    starter = town.person()
    campaign = town.campaign(starter)
    as_(starter)("PUT", PATH, {"gallery": False})
    sizes = anybody.get(f"/api/campaigns/{campaign.id}").json()["photos"]["before"]["sizes"]
    assert anybody.get(sizes[0]["url"]).status_code == 200
    with town.uow() as uow:
        assert uow.first(PhotoTakedown) is None
    town.clock.move(days=31)
    with town.uow() as uow:
        close_collections(uow, campaign_ids=[campaign.id])
    relay(town)
    assert anybody.get(sizes[0]["url"]).status_code == 404
    with town.uow() as uow:
        assert uow.first(PhotoTakedown, PhotoTakedown.photo_id == uow.get(Photo, campaign.photo_id).id)
