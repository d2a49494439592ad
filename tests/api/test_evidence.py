"""Evidence that says no more than it knows: what a file carries, how exactly a phone knew its place, second tries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.places import EARTH_KM
from cleanit_app.models import Cleaner, Job, Photo
from cleanit_app.pages.admin.review.verification_job.view import check_view, flag_views, signal_views
from cleanit_app.reads.review import verification
from cleanit_app.services.photos import exif
from cleanit_app.services.photos.image_decoding import examine
from cleanit_app.services.photos.photos import JOB_KINDS
from cleanit_app.services.review.completion import Claimed, weigh_evidence
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import LUCKNOW, Town, picture
from tests.photos import blocks as b
from tests.photos import files
from tests.photos.album import album

As = Callable[[Actor], Caller]
TICKS = dict.fromkeys(("sameLocation", "visiblyCleaner", "noFraudSigns", "gpsMatches", "timestampReasonable"), True)
FAR = (26.8900, 80.9462)
METRES_NORTH = 1 / (EARTH_KM * 1000 * 3.141592653589793 / 180)


def send(caller: Caller, job: Job, photo: bytes, **fields: Any) -> httpx.Response:
    """Hand in an after-photo."""
    sent = {"photo": ("after.jpg", photo, "image/jpeg")}
    return caller("POST", f"/api/jobs/{job.id}/complete", data=fields, files=sent)


def here(town: Town, **more: Any) -> dict[str, Any]:
    """What a phone at the spot says."""
    place = {"latitude": str(LUCKNOW[0]), "longitude": str(LUCKNOW[1]), "accuracyM": "9"}
    return place | {"capturedAt": town.clock.now().isoformat()} | more


def token(caller: Caller, job: Job) -> str:
    """Leave to take one photo."""
    return str(caller.post(f"/api/jobs/{job.id}/capture-token").json()["token"])


def kept(town: Town, job: Job) -> Photo:
    """The photo as it stands in the database."""
    with town.uow() as uow:
        photo_id = uow.get(Job, job.id).completion_photo_id
        assert photo_id is not None
        return uow.get(Photo, photo_id)


def names(answer: httpx.Response) -> list[str]:
    """The flags of an answer."""
    assert answer.status_code == 200, answer.text
    return sorted(f["flag"] + (":" + f["why"] if "why" in f else "") for f in answer.json()["flags"])


def from_a_gallery(at: str = "2026:11:01 09:00:00", place: tuple[float, float] = FAR) -> bytes:
    """A photo of a phone's own camera."""
    made = b.Block(
        first=[(b.MAKE, b.ASCII, "Xiaomi"), (b.MODEL, b.ASCII, "Redmi 12")],
        detail=[(b.TAKEN, b.ASCII, at)],
        gps=b.gps(*place),
    )
    return files.with_segments(picture(811), files.exif_segment(made.bytes()))


@pytest.mark.row("JOB-10", "JOB-11")
def test_a_gallery_picture_sent_as_taken_just_now_is_weighed_as_a_file(as_: As, town: Town, wiring: Wiring) -> None:
    person = town.cleaner()
    cleaner, job = as_(person), town.claimed(person)
    photo, once = from_a_gallery(), token(cleaner, job)
    sent = send(cleaner, job, photo, captureToken=once, **here(town))
    assert names(sent) == [
        "FILE_AGAINST_PHONE:other_place", "FILE_AGAINST_PHONE:other_time", "LOCATION_MISMATCH:too_far",
        "TIMESTAMP_ISSUE:before_claim",
    ]  # fmt: skip
    row = kept(town, job)
    assert row.location_source == "E2"
    assert row.exif["place"] == pytest.approx(FAR, abs=1e-5)
    assert row.exif["takenAt"].startswith("2026-11-01T09:00:00")
    assert row.exif["camera"] == "Xiaomi Redmi 12"
    assert wiring.files.get(row.original_key) == photo, "its EXIF was written over"
    item = as_(town.admin(AdminDuty.VERIFIER)).get(f"/api/admin/jobs/{job.id}/verification").json()
    assert {f.get("why") for f in item["flags"]} >= {"other_place", "other_time"}
    used = send(cleaner, town.claimed(person), picture(812), captureToken=once)
    assert used.json()["error"] == "CAPTURE_TOKEN_REFUSED"


@pytest.mark.row("JOB-10")
def test_a_file_that_agrees_with_the_phone_is_good_evidence_without_a_flag(as_: As, town: Town) -> None:
    person = town.cleaner()
    cleaner, job = as_(person), town.claimed(person)
    town.clock.move(minutes=9)
    photo = from_a_gallery(at=(town.clock.now() + timedelta(hours=5.5)).strftime("%Y:%m:%d %H:%M:%S"), place=LUCKNOW)
    sent = send(cleaner, job, photo, captureToken=token(cleaner, job), **here(town))
    assert (names(sent), kept(town, job).location_source) == ([], "E2")


@pytest.mark.row("JOB-09", "JOB-10")
def test_only_what_a_canvas_writes_counts_as_taken_in_the_viewfinder() -> None:
    said = Claimed("token", LUCKNOW, 9.0, None)
    for shot in album()["Camera data or a canvas"]:
        seen = examine(shot.make(), most_bytes=10_000_000, kinds=JOB_KINDS)
        expected = "E3" if not shot.camera_data else "E2" if shot.place else "E1"
        assert weigh_evidence(said, seen).source == expected, shot.name
    png = examine(picture(kind="PNG"), most_bytes=10_000_000, kinds=JOB_KINDS)
    assert weigh_evidence(said, png).source == "E1", "a viewfinder writes JPEG"


@pytest.mark.row("JOB-10", "JOB-11")
@pytest.mark.parametrize(
    ("accuracy", "flagged", "stored"),
    [
        ("0", [], 0), ("200", [], 200), ("200.5", ["PLACE_TOO_VAGUE"], 200.5), ("5000", ["PLACE_TOO_VAGUE"], 5000),
        ("100000", ["PLACE_TOO_VAGUE"], 100_000), ("1e12", ["PLACE_TOO_VAGUE"], 100_000), ("-5", [], None),
        ("nan", [], None), ("inf", [], None), ("1e999", [], None), ("", [], None), ("ten", [], None),
    ],
)  # fmt: skip
def test_of_a_claimed_accuracy_200_m_count(
    accuracy: str, flagged: list[str], stored: float | None, as_: As, town: Town
) -> None:
    person = town.cleaner()
    job = town.claimed(person)
    sent = send(as_(person), job, picture(), **here(town, accuracyM=accuracy))
    assert (names(sent), kept(town, job).accuracy_m) == (flagged, stored)


@pytest.mark.row("JOB-10", "JOB-11")
def test_a_vague_place_never_hides_a_far_one(as_: As, town: Town) -> None:
    person = town.cleaner()
    job = town.claimed(person)
    far = here(town, accuracyM="100000", latitude=str(LUCKNOW[0] + 701 * METRES_NORTH))
    assert names(send(as_(person), job, picture(), **far)) == ["LOCATION_MISMATCH:too_far", "PLACE_TOO_VAGUE"]


@pytest.mark.row("JOB-10", "VER-02")
@pytest.mark.parametrize(
    ("metres", "shown", "far"), [(499.6, 500, False), (500.2, 500, False), (500.49, 500, False), (500.6, 501, True)]
)
def test_flag_page_and_rest_judge_the_distance_they_show(
    metres: float, shown: int, far: bool, as_: As, town: Town
) -> None:
    person, verifier = town.cleaner(), town.admin(AdminDuty.VERIFIER)
    job = town.claimed(person)
    place = here(town, accuracyM="0", latitude=str(LUCKNOW[0] + metres * METRES_NORTH))
    sent = send(as_(person), job, picture(), **place)
    assert names(sent) == (["LOCATION_MISMATCH:too_far"] if far else [])
    assert [f["distanceM"] for f in sent.json()["flags"]] == [shown] * far
    admin = as_(verifier)
    assert admin.get(f"/api/admin/jobs/{job.id}/verification").json()["gps"]["distanceM"] == shown
    with town.uow() as uow:
        item = verification.item(uow, actor=verifier, job_id=job.id)
    assert check_view(item, town.clock.now()).far is far
    assert signal_views(item)[0].tone == ("fail" if far else "pass")
    body = {"action": "APPROVE", "checklist": TICKS}
    assert admin.post(f"/api/admin/jobs/{job.id}/verify", body).status_code == (422 if far else 200)


@pytest.mark.row("VER-03", "VER-04", "JOB-10")
def test_who_accepts_a_photo_from_afar_writes_why_at_every_door(as_: As, town: Town) -> None:
    person = town.cleaner()
    job = town.claimed(person)
    send(as_(person), job, picture(), **here(town, latitude=str(FAR[0])))
    admin, path = as_(town.admin(AdminDuty.VERIFIER)), f"/api/admin/jobs/{job.id}/verify"
    for empty in ("", "   \n ", "<p> </p>"):
        refused = admin.post(path, {"action": "APPROVE", "checklist": TICKS, "notes": empty})
        assert refused.status_code == 422
        assert refused.json()["fields"] == {
            "notes": "The photo was taken over 500 m away. Write why it is still right."
        }
    hindi = admin("POST", path, {"action": "APPROVE", "checklist": TICKS}, headers={"Accept-Language": "hi"})
    assert "500 मीटर" in hindi.json()["fields"]["notes"]
    body = {"action": "APPROVE", "checklist": TICKS, "notes": "Both walls and the gate are the same."}
    assert admin.post(path, body).json()["status"] == "VERIFIED"


def reject(town: Town, as_: As, job: Job) -> None:
    """Send a photo back, with leave to try again."""
    body = {"action": "REJECT", "checklist": {}, "reason": "POOR_QUALITY", "notes": "The drain", "allowRetry": True}
    answer = as_(town.admin(AdminDuty.VERIFIER)).post(f"/api/admin/jobs/{job.id}/verify", body)
    assert answer.json()["status"] == "CLAIMED"


@pytest.mark.row("JOB-10", "JOB-11", "VER-05")
def test_a_second_photo_is_later_than_the_word_on_the_first(as_: As, town: Town) -> None:
    person, verifier = town.cleaner(), town.admin(AdminDuty.VERIFIER)
    cleaner, job = as_(person), town.claimed(person)
    town.clock.move(hours=1)
    between = town.clock.now() + timedelta(minutes=30)
    assert names(send(cleaner, job, picture(821), **here(town))) == []
    town.clock.move(hours=5)
    reject(town, as_, job)
    town.clock.move(hours=1)
    old = exif.write(picture(822), place=LUCKNOW, at=between)
    second = send(cleaner, job, old, **here(town, capturedAt=""))
    assert names(second) == ["TIMESTAMP_ISSUE:before_rejection"]
    with town.uow() as uow:
        item = verification.item(uow, actor=verifier, job_id=job.id)
    assert signal_views(item)[1].tone == "fail"
    assert [view.tone for view in flag_views(item, town.clock.now())] == ["severe"]
    reject(town, as_, job)
    town.clock.move(hours=1)
    third = send(cleaner, job, picture(823), **here(town))
    assert "TIMESTAMP_ISSUE:before_rejection" not in names(third)


@pytest.mark.row("JOB-11", "VER-05")
@pytest.mark.parametrize(
    ("verified", "rejected", "failed", "flagged"),
    [
        (0, 2, 0, None), (0, 3, 0, {"why": "low_rating", "rating": 2.5}), (9, 3, 0, None),
        (4, 9, 0, {"why": "low_rating", "rating": 2.2}), (1, 1, 1, {"ratePercent": 50}),
    ],
)  # fmt: skip
def test_rejections_count_in_a_weak_record(
    verified: int, rejected: int, failed: int, flagged: dict[str, Any] | None, as_: As, town: Town
) -> None:
    person = town.cleaner()
    _has(town, person.id, verified_count=verified, rejected_count=rejected, failed_count=failed)
    sent = send(as_(person), town.claimed(person), picture(), **here(town))
    expected = [] if flagged is None else [{"flag": "LOW_QUALITY_CLEANER"} | flagged]
    assert sent.json()["flags"] == expected


def _has(town: Town, cleaner_id: UUID | None, **counts: int) -> None:
    with town.uow() as uow:
        row = uow.lock(Cleaner, cleaner_id)
        for name, count in counts.items():
            setattr(row, name, count)
