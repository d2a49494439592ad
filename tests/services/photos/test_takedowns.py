"""Shared caches are told by name what is public no more, through the outbox, until they have forgotten it (SEC-06)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from cleanit_app.adapters.shared_cache import NoSharedCache, PurgedCache
from cleanit_app.models import ErrorLog, Photo, PhotoTakedown
from cleanit_app.ports import CacheAway
from cleanit_app.services.campaigns import campaigns, closing
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.photos.takedowns import AGAIN_AT_MOST_AFTER, ONCE_MORE, take_down
from cleanit_app.services.review import approval_reversal
from tests.factories import Town
from tests.sandbox.running import free_port

SITE = "https://cleanit.example"


@dataclass
class Cdn:
    """What stands in for a CDN: it hears wishes to forget, and fails as often as it is told to."""

    url: str = ""
    heard: list[tuple[str, list[str]]] = field(default_factory=list)
    failures: int = 0

    def forgotten(self) -> set[str]:
        """Every address it was asked to forget."""
        return {address for _, addresses in self.heard for address in addresses}


@contextmanager
def running_cdn() -> Iterator[Cdn]:
    """A CDN's door on a free port."""
    cdn = Cdn()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body: Any = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = 500 if cdn.failures else 200
            cdn.failures = max(0, cdn.failures - 1)
            if status == 200:
                cdn.heard.append((self.headers["Authorization"], body["files"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    cdn.url = f"http://127.0.0.1:{server.server_port}/purge"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield cdn
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def cdn() -> Iterator[Cdn]:
    """A CDN that hears us."""
    with running_cdn() as cdn:
        yield cdn


def cache(cdn: Cdn) -> PurgedCache:
    """Our way to it."""
    return PurgedCache(cdn.url, "a-key", public_url=SITE)


def relay(town: Town) -> None:
    """What has happened is told."""
    with town.uow() as uow:
        relay_outbox(uow)


def addresses(town: Town, photo_id: UUID | None) -> set[str]:
    """Every size of a photo, as a CDN knows it."""
    assert photo_id
    with town.uow() as uow:
        photo = uow.get(Photo, photo_id)
    return {f"{SITE}/files/{photo.base_key}/{width}.webp" for width in photo.widths}


def waiting(town: Town) -> list[PhotoTakedown]:
    """What is still to be forgotten."""
    with town.uow() as uow:
        return list(uow.run(select(PhotoTakedown).order_by(col(PhotoTakedown.asked_at))).scalars())


@pytest.mark.row("SEC-06", "CAM-12", "CAM-13")
@pytest.mark.parametrize("end", ["declined", "cancelled", "ended by an admin"])
def test_a_cache_forgets_a_photo_that_was_turned_away(end: str, town: Town, cdn: Cdn) -> None:
    person = town.person()
    campaign, other = (town.waiting if end == "declined" else town.campaign)(person), town.campaign()
    relay(town)
    assert waiting(town) == []
    with town.uow() as uow:
        if end == "declined":
            campaigns.decline_campaign(uow, actor=town.admin(), campaign_id=campaign.id, reason="A face.")
        elif end == "cancelled":
            campaigns.cancel_campaign(uow, actor=person, campaign_id=campaign.id)
        else:
            closing.cancel_by_admin(uow, actor=town.admin(), campaign_id=campaign.id, reason="A face.")
    relay(town)
    assert take_down(town.open, cache(cdn)) == 1
    assert cdn.forgotten() == addresses(town, campaign.photo_id)
    assert {key for key, _ in cdn.heard} == {"Bearer a-key"}
    assert not cdn.forgotten() & addresses(town, other.photo_id)


@pytest.mark.row("SEC-06")
def test_it_is_asked_once_more_for_what_was_under_way_and_then_no_longer(town: Town, cdn: Cdn) -> None:
    person = town.person()
    campaign = town.campaign(person)
    with town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=person, campaign_id=campaign.id)
    relay(town)
    assert [take_down(town.open, cache(cdn)) for _ in range(2)] == [1, 0]
    town.clock.at += ONCE_MORE
    assert [take_down(town.open, cache(cdn)) for _ in range(2)] == [1, 0]
    assert (len(cdn.heard), waiting(town)) == (2, [])


@pytest.mark.row("SEC-06", "MON-05")
def test_a_cache_that_fails_is_asked_again_until_it_has_forgotten(town: Town, cdn: Cdn) -> None:
    person = town.person()
    campaign = town.campaign(person)
    with town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=person, campaign_id=campaign.id)
    relay(town)
    cdn.failures = 12
    waits: list[timedelta] = []
    while cdn.failures:
        assert take_down(town.open, cache(cdn)) == 0
        [row] = waiting(town)
        waits.append(row.next_try_at - town.clock.now())
        assert take_down(town.open, cache(cdn)) == 0  # not before its time
        town.clock.at = row.next_try_at
    assert waits == sorted(waits)
    assert (waits[0], waits[-1], cdn.heard) == (timedelta(minutes=1), AGAIN_AT_MOST_AFTER, [])
    assert take_down(town.open, cache(cdn)) == 1
    assert cdn.forgotten() == addresses(town, campaign.photo_id)
    with town.uow() as uow:
        noted = uow.run(select(col(ErrorLog.message)).where(col(ErrorLog.source) == "cache")).scalars().all()
    assert noted
    assert "answered 500" in noted[0]


@pytest.mark.row("SEC-06")
def test_one_that_fails_does_not_keep_the_others(town: Town, cdn: Cdn) -> None:
    people = [town.person(), town.person()]
    ended = [town.campaign(person) for person in people]
    for person, campaign in zip(people, ended, strict=True):
        with town.uow() as uow:
            campaigns.cancel_campaign(uow, actor=person, campaign_id=campaign.id)
    relay(town)
    cdn.failures = 1
    assert take_down(town.open, cache(cdn)) == 1
    assert len(waiting(town)) == 2


@pytest.mark.row("SEC-06", "VER-04")
def test_an_approval_that_is_taken_back_takes_its_photo_down(town: Town, cdn: Cdn) -> None:
    job = town.verified(town.cleaner())
    relay(town)
    assert waiting(town) == []
    with town.uow() as uow:
        approval_reversal.take_back_approval(uow, actor=town.admin(), job_id=job.id, reason="The heap is still there.")
    relay(town)
    assert take_down(town.open, cache(cdn)) == 1
    assert cdn.forgotten() == addresses(town, job.completion_photo_id)


@pytest.mark.row("SEC-06")
def test_without_a_cache_nothing_waits_for_one(town: Town) -> None:
    person = town.person()
    campaign = town.campaign(person)
    with town.uow() as uow:
        campaigns.cancel_campaign(uow, actor=person, campaign_id=campaign.id)
    relay(town)
    assert take_down(town.open, NoSharedCache()) == 1
    town.clock.at += ONCE_MORE
    assert take_down(town.open, NoSharedCache()) == 1
    assert waiting(town) == []


def test_nobody_there_is_a_cache_that_is_away() -> None:
    with pytest.raises(CacheAway):
        PurgedCache(f"http://127.0.0.1:{free_port()}/purge", "key", public_url=SITE).forget(["campaigns/1/480.webp"])
