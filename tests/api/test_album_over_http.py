"""Pictures of the album through the doors: a campaign's photo and an after-photo, with sentences in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Job, Photo
from tests.api.conftest import Caller
from tests.api.test_evidence import here, names, send
from tests.api.test_uploads import start
from tests.factories import Town
from tests.photos.album import album
from tests.photos.shot import Shot

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("CAM-05", "JOB-09", "SEC-06")
AFTER = (
    "MPO with EXIF", "a gain-map photo (Ultra HDR)", "everything a Nokia writes", "garbage EXIF before good EXIF",
    "WEBP with EXIF", "PNG with EXIF at its end", "JPEG in Display P3 (iPhone, Pixel)",
    "CMYK with its printer's profile", "a JPEG that lacks its last 10 %", "the last second of year 9999 in the west",
    "JPEG of 50 MP (Pixel, Samsung), 8160×6120", "progressive JPEG of 64 MP", "orientation x is upright",
)  # fmt: skip
REFUSED = (
    "an animated WEBP", "a HEIC of an iPhone", "a JPEG that lacks its last 95 %", "JPEG of 108 MP", "PNG one point",
    "progressive JPEG in CMYK of 64 MP",
)  # fmt: skip


def _shot(name: str) -> Shot:
    return next(shot for shots in album().values() for shot in shots if shot.name == name)


@pytest.mark.parametrize("name", AFTER)
def test_an_after_photo_is_taken_with_what_it_says(name: str, as_: As, town: Town) -> None:
    shot, person = _shot(name), town.cleaner()
    job = town.claimed(person)
    sent = send(as_(person), job, shot.make(), **here(town))
    assert not any(flag.startswith("LOCATION") for flag in names(sent))
    with town.uow() as uow:
        photo = uow.get(Photo, uow.get(Job, job.id).completion_photo_id)
    assert photo.location_source == ("E2" if shot.place else "E1")
    assert photo.taken_at == (shot.taken_at or town.clock.now())
    if shot.size:
        assert (photo.width, photo.height) == shot.size


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_photo_hears_why_in_both_languages(name: str, as_: As, town: Town) -> None:
    shot, person = _shot(name), town.cleaner()
    job = town.claimed(person)
    english = send(as_(person), job, shot.make())
    photo = {"photo": ("after.jpg", shot.make(), "image/jpeg")}
    path = f"/api/jobs/{job.id}/complete"
    hindi = as_(person)("POST", path, files=photo, headers={"Accept-Language": "hi"})
    assert english.json()["error"] == hindi.json()["error"] == shot.verdict
    assert english.json()["detail"].isascii()
    assert any("\u0900" <= sign <= "\u097f" for sign in hindi.json()["detail"])
    with town.uow() as uow:
        assert uow.get(Job, job.id).status == "CLAIMED"


def test_a_campaign_takes_and_refuses_the_same(as_: As, town: Town) -> None:
    person = as_(town.person())
    for name in ("MPO whose second picture is cut", "EXIF cut after 20 bytes", "CMYK without a profile"):
        assert start(person, _shot(name).make()).status_code == 201, name
    for name in ("JPEG 319 px high", "PNG a thumbnail"):
        refused = start(person, _shot(name).make())
        assert (refused.status_code, refused.json()["error"]) == (422, "PHOTO_TOO_SMALL")
        assert refused.json()["detail"] == "This picture is too small to check. Each side needs at least 320 pixels."
