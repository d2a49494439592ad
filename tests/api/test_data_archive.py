"""A copy of one's data as a ZIP: all of it as file and as page, and one's own photos alone (LAW-01)."""

from __future__ import annotations

import io
import json
import resource
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import text

from cleanit_app.api.data_archive import archive
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.i18n import LANGUAGES
from cleanit_app.i18n.data_words import SECTIONS, data_page, data_sections
from cleanit_app.models import Photo, new_id
from cleanit_app.reads.people.data_export import my_data
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.api.test_my_data import told
from tests.factories import PASSWORD, Town

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("LAW-01")
ZIP = "/api/users/me/data-export/zip"


def opened(content: bytes) -> zipfile.ZipFile:
    """The ZIP as any program opens it, every file of it whole."""
    found = zipfile.ZipFile(io.BytesIO(content))
    assert found.testzip() is None
    return found


def test_it_holds_all_words_and_the_own_photos_alone(as_: As, town: Town) -> None:
    person, other, cleaner = town.person(name="Farida Khan"), town.person(name="Gopal Rao"), town.cleaner("Ramesh Pal")
    mine, theirs = town.campaign(creator=person), town.campaign(creator=other)
    town.give(theirs, 50_000, person)
    job = town.completed(cleaner)
    sent = as_(person).get(ZIP)
    assert (sent.status_code, sent.headers["content-type"], sent.headers["cache-control"]) == (
        200, "application/zip", "no-store",
    )  # fmt: skip
    assert sent.headers["content-disposition"] == 'attachment; filename="cleanit-data-2026-11-24.zip"'
    found = opened(sent.content)
    names = set(found.namelist())
    assert names == {"data.json", "data.html", f"photos/{mine.photo_id}.jpg"}
    with town.uow() as uow:
        original = uow.get(Photo, mine.photo_id).original_key
    assert found.read(f"photos/{mine.photo_id}.jpg") == town.files.get(original)
    data = json.loads(found.read("data.json"))
    assert (data["profile"]["name"], len(data["contributions"])) == ("Farida Khan", 1)
    page = found.read("data.html").decode()
    assert "Farida Khan" in page
    assert "Gopal" not in page
    with town.uow() as uow:
        proof = uow.run(text("SELECT completion_photo_id FROM jobs WHERE id = :id"), {"id": job.id}).scalar_one()
    assert f"photos/{proof}.jpg" in opened(as_(cleaner).get(ZIP).content).namelist()


def test_what_nobody_scanned_and_what_is_gone_is_left_out(as_: As, town: Town) -> None:
    person = town.person()
    waits, gone, there = (town.campaign(creator=person) for _ in range(3))
    with town.uow() as uow:
        uow.lock(Photo, waits.photo_id).quarantined_at = uow.now
        town.files.delete(uow.get(Photo, gone.photo_id).original_key)
    found = opened(as_(person).get(ZIP).content)
    photos = {name for name in found.namelist() if name.startswith("photos/")}
    assert photos == {f"photos/{there.photo_id}.jpg"}
    assert found.read("missing.txt").decode() == f"photos/{gone.photo_id}.jpg"


@pytest.mark.row("SEC-10")
def test_it_asks_for_the_password_and_is_logged_and_told(as_: As, anybody: Caller, town: Town) -> None:
    person, senior = town.person(), town.admin(AdminDuty.SENIOR)
    assert anybody.get(ZIP).status_code == 401
    caller = as_(person)
    town.clock.move(minutes=11)
    assert caller.get(ZIP).json()["error"] == "CONFIRM_FIRST"
    assert told(town, senior, "data_exported_admin") == 0
    caller.post("/api/auth/confirm", {"password": PASSWORD})
    assert caller.get(ZIP).status_code == 200
    assert told(town, senior, "data_exported_admin") == 1
    assert told(town, person, "data_exported") == 1
    with town.uow() as uow:
        assert len(my_data(uow, actor=person)["requests"]) == 1


def test_two_hundred_photos_go_out_one_by_one(town: Town, wiring: Wiring) -> None:
    person = town.person()
    first = town.campaign(creator=person)
    big = b"x" * 3_000_000
    with town.uow() as uow:
        one = uow.get(Photo, first.photo_id)
        known = {name: getattr(one, name) for name in Photo.model_fields if name not in ("id", "sha256")}
        for _ in range(199):
            made = new_id()
            key = f"originals/campaigns/{made}.jpg"
            uow.add(Photo(**{**known, "id": made, "sha256": made.bytes, "original_key": key}))
            town.files.put(key, big, "image/jpeg")
        uow.flush()
        data = my_data(uow, actor=person)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sizes, whole = [], 0
    pieces = archive(wiring, person, data=data, page="<html>", at=town.clock.now())
    for piece in pieces:
        sizes.append(len(piece))
        whole += len(piece)
    assert len(data["photos"]) == 200
    assert whole > 199 * len(big)  # 600 MB went by
    assert max(sizes) < 2 * len(big)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # KB


def test_the_page_says_every_kind_in_each_language_and_escapes_what_was_typed(as_: As, town: Town) -> None:
    person = town.person(name="<b>Asha</b> & Co")
    with town.uow() as uow:
        campaign = town.campaign(creator=person, title="Heap <script>alert(1)</script> by the gate")
        data = my_data(uow, actor=person)
    assert uow is not None
    for language in LANGUAGES:
        page = data_page(data, language)
        assert f'<html lang="{language}">' in page
        assert "<script" not in page
        assert "<b>" not in page
        assert campaign.address in page
    assert {"profile", "campaigns", "photos", "signIns"} <= {one.name for one in data_sections(data)} | {"signIns"}
    assert set(SECTIONS) == set(data) - {"madeAt"}  # a kind that is kept is a kind that can be read
