"""Jobs through REST: found nearest first, taken once, given back, done with proof."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import piexif
import pytest
from PIL import Image, ImageChops, ImageStat

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.models import Campaign, Job, Photo
from cleanit_app.ports import Verdict
from cleanit_app.services.photos import exif
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller, signer
from tests.factories import LUCKNOW, Town, picture

As = Callable[[Actor], Caller]


def send(caller: Caller, job: Job, photo: bytes | None = None, **fields: Any) -> httpx.Response:
    """Hand in an after-photo."""
    files = {"photo": ("after.jpg", photo if photo is not None else picture(700), "image/jpeg")}
    return caller("POST", f"/api/jobs/{job.id}/complete", data=fields, files=files)


@pytest.mark.row("JOB-03")
def test_open_jobs_come_nearest_first(as_: As, town: Town) -> None:
    places = [(26.95, 80.95), (26.85, 80.95), (28.61, 77.21)]
    jobs = [town.job(place=place, target_paise=100_000 * (n + 1)) for n, place in enumerate(places)]
    cleaner = as_(town.cleaner())
    near = cleaner.get("/api/jobs?near=26.84,80.94").json()["items"]
    assert [job["id"] for job in near] == [str(jobs[1].id), str(jobs[0].id), str(jobs[2].id)]
    assert near[0]["distanceKm"] == pytest.approx(1.49, abs=0.05)
    within = cleaner.get("/api/jobs?near=26.84,80.94&radiusKm=30&minPaise=150000").json()["items"]
    assert [job["id"] for job in within] == [str(jobs[1].id)]
    best = cleaner.get("/api/jobs?limit=2").json()
    assert [job["payPaise"] for job in best["items"]] == [285_000, 190_000]
    rest = cleaner.get(f"/api/jobs?limit=2&cursor={best['nextCursor']}").json()
    assert [job["payPaise"] for job in rest["items"]] == [95_000]
    assert rest["nextCursor"] is None
    small = cleaner.get("/api/jobs?sort=small").json()["items"]
    assert [job["payPaise"] for job in small] == [95_000, 190_000, 285_000]


@pytest.mark.row("JOB-04", "JOB-13")
def test_claim_and_give_back(as_: As, town: Town) -> None:
    job, cleaner, other = town.job(), as_(town.cleaner()), as_(town.cleaner("Salma Bano"))
    path = f"/api/jobs/{job.id}"
    assert cleaner.get(path).json()["mayClaim"] is True
    claimed = cleaner.post(f"{path}/claim")
    assert (claimed.status_code, claimed.json()["status"], claimed.json()["claimCount"]) == (200, "CLAIMED", 1)
    assert claimed.json()["deadline"] == (town.clock.now() + timedelta(days=7)).isoformat().replace("+00:00", "Z")
    late = other.post(f"{path}/claim")
    assert (late.status_code, late.json()["error"]) == (409, "ALREADY_CLAIMED")
    assert other.get(path).json()["whyNot"] == "ALREADY_CLAIMED"
    assert other.post(f"{path}/unclaim", {"reason": "not mine"}).status_code == 404
    assert cleaner.post(f"{path}/unclaim", {"reason": " <br> "}).json()["error"] == "REASON_MISSING"
    assert cleaner.post(f"{path}/unclaim", {"reason": "I am ill"}).json()["status"] == "AVAILABLE"
    back = cleaner.post(f"{path}/claim")
    assert (back.status_code, back.json()["error"]) == (409, "LAST_CLAIMED_BY_YOU")
    assert other.post(f"{path}/claim").status_code == 200
    town.clock.move(days=6, hours=1)
    too_late = other.post(f"{path}/unclaim", {"reason": "no time"})
    assert (too_late.status_code, too_late.json()["error"]) == (409, "TOO_LATE_TO_UNCLAIM")


@pytest.mark.row("JOB-04")
def test_five_jobs_in_hand_are_enough(as_: As, town: Town) -> None:
    cleaner = as_(town.cleaner())
    for _ in range(5):
        assert cleaner.post(f"/api/jobs/{town.job().id}/claim").status_code == 200
    sixth = town.job()
    refused = cleaner.post(f"/api/jobs/{sixth.id}/claim")
    assert (refused.status_code, refused.json()["error"]) == (429, "CLAIM_LIMIT")
    assert int(refused.headers["retry-after"]) > 0
    assert refused.json()["detail"] == "You have 5 jobs in hand. Finish one to take this."
    assert cleaner.get(f"/api/jobs/{sixth.id}").json()["whyNot"] == "CLAIM_LIMIT"


@pytest.mark.row("JOB-04")
def test_nobody_takes_a_job_of_the_own_campaign(as_: As, town: Town) -> None:
    starter, giver = town.cleaner(), town.cleaner("Salma Bano")
    campaign = town.campaign(starter)
    town.give(campaign, 100_000, giver)
    job = town.job_of(campaign.id)
    for person in (starter, giver):
        refused = as_(person).post(f"/api/jobs/{job.id}/claim")
        assert (refused.status_code, refused.json()["error"]) == (403, "OWN_JOB")
        assert as_(person).get("/api/jobs").json()["items"][0]["own"] is True


@pytest.mark.row("JOB-04", "TST-04")
def test_of_a_hundred_at_once_one_gets_the_job(town: Town, wiring: Wiring, served: str) -> None:
    job = town.job()
    tokens = [signer(wiring, town, town.cleaner(f"Cleaner {n}"))() for n in range(100)]

    def claim(headers: dict[str, str]) -> tuple[int, str]:
        answer = httpx.post(f"{served}/api/jobs/{job.id}/claim", headers=headers, timeout=60, trust_env=False)
        return answer.status_code, answer.json().get("error", answer.json().get("status"))

    with ThreadPoolExecutor(100) as pool:
        answers = Counter(pool.map(claim, tokens))
    assert answers == {(200, "CLAIMED"): 1, (409, "ALREADY_CLAIMED"): 99}
    with town.uow() as uow:
        assert uow.get(Job, job.id).claim_count == 1


@pytest.mark.row("JOB-09", "JOB-10", "JOB-12")
def test_a_photo_from_the_viewfinder_is_the_best_proof(as_: As, anybody: Caller, town: Town, wiring: Wiring) -> None:
    person = town.cleaner()
    cleaner, job = as_(person), town.claimed(person)
    town.clock.move(hours=2)
    token = cleaner.post(f"/api/jobs/{job.id}/capture-token")
    assert token.status_code == 201
    at = town.clock.now()
    sent = send(
        cleaner,
        job,
        captureToken=token.json()["token"],
        latitude=str(LUCKNOW[0]),
        longitude=str(LUCKNOW[1]),
        accuracyM="9.5",
        capturedAt=at.isoformat(),
    )
    assert (sent.status_code, sent.json()["status"], sent.json()["flags"]) == (200, "COMPLETED", [])
    with town.uow() as uow:
        photo = uow.get(Photo, uow.get(Job, job.id).completion_photo_id)
        assert (photo.location_source, photo.accuracy_m, photo.taken_at) == ("E3", 9.5, at)
        assert photo.base_key.startswith(f"jobs/{job.id}/completion/")
        assert uow.get(Campaign, job.campaign_id).status == "COMPLETED"
        original = wiring.files.get(photo.original_key)
    place, taken = exif.read(original)
    assert (place, taken) == (pytest.approx(LUCKNOW, abs=1e-5), at)
    seen = cleaner.get(f"/api/jobs/{job.id}").json()["photos"]["after"]
    assert anybody.get(seen["sizes"][0]["url"]).status_code == 404  # nobody has accepted it yet
    public = cleaner.get(seen["sizes"][0]["url"])
    assert not Image.open(io.BytesIO(public.content)).getexif()
    assert as_(town.person()).get(f"/api/campaigns/{job.campaign_id}").json()["photos"]["after"] is None
    again = send(cleaner, job, captureToken=token.json()["token"])
    assert (again.status_code, again.json()["error"]) == (409, "MOVE_REFUSED")


def _with_filling(jpeg: bytes) -> bytes:
    """The same legal JPEG with fill bytes before its second marker (ISO 10918-1, B.1.1.2)."""
    return jpeg[:2] + b"\xff" * 7 + jpeg[2:]


@pytest.mark.row("JOB-09", "JOB-12", "SEC-06")
@pytest.mark.parametrize("turned", [1, 6])
def test_a_legal_jpeg_laid_out_otherwise_carries_its_proof_too(
    as_: As, town: Town, wiring: Wiring, turned: int
) -> None:
    looked_at: list[bytes] = []
    wiring.scanner = Watching(looked_at)
    person = town.cleaner()
    cleaner, job = as_(person), town.claimed(person)
    out = io.BytesIO()
    piexif.insert(piexif.dump({"0th": {piexif.ImageIFD.Orientation: turned}}), picture(703), out)
    at = town.clock.now()
    sent = send(
        cleaner, job, _with_filling(out.getvalue()), captureToken=_token(cleaner, job),
        latitude=str(LUCKNOW[0]), longitude=str(LUCKNOW[1]), capturedAt=at.isoformat(),
    )  # fmt: skip
    assert (sent.status_code, sent.json()["status"]) == (200, "COMPLETED")
    with town.uow() as uow:
        photo = uow.get(Photo, uow.get(Job, job.id).completion_photo_id)
        original = wiring.files.get(photo.original_key)
    assert photo.location_source == "E3"
    assert exif.read(original) == (pytest.approx(LUCKNOW, abs=1e-5), at)
    assert Image.open(io.BytesIO(original)).getexif().get(piexif.ImageIFD.Orientation, 1) == turned
    kept, shot = (Image.open(io.BytesIO(data)).convert("L") for data in (original, picture(703)))
    assert ImageStat.Stat(ImageChops.difference(kept, shot)).mean[0] < 2
    assert original in looked_at, "the scanner saw something else than what is kept"


def _token(cleaner: Caller, job: Job) -> str:
    return str(cleaner.post(f"/api/jobs/{job.id}/capture-token").json()["token"])


class Watching:
    """A scanner that remembers what it was shown."""

    is_there = True

    def __init__(self, seen: list[bytes]) -> None:
        self._seen = seen

    def scan(self, data: bytes) -> Verdict:
        """Find nothing."""
        self._seen.append(data)
        return Verdict(None)


@pytest.mark.row("JOB-09", "SEC-06")
def test_a_time_at_the_end_of_the_calendar_counts_as_not_said(as_: As, town: Town) -> None:
    person = town.cleaner()
    cleaner, job = as_(person), town.claimed(person)
    sent = send(
        cleaner, job, captureToken=_token(cleaner, job), latitude=str(LUCKNOW[0]), longitude=str(LUCKNOW[1]),
        capturedAt="9999-12-31T23:59:59Z",
    )  # fmt: skip
    assert (sent.status_code, sent.json()["status"]) == (200, "COMPLETED")


@pytest.mark.row("JOB-10", "JOB-11")
def test_a_photo_without_anything_is_flagged_not_refused(as_: As, town: Town) -> None:
    person = town.cleaner()
    sent = send(as_(person), town.claimed(person), latitude="0", longitude="0", capturedAt="yesterday")
    assert sent.status_code == 200
    assert {(f["flag"], f["why"]) for f in sent.json()["flags"]} == {
        ("LOCATION_MISMATCH", "no_location"),
        ("TIMESTAMP_ISSUE", "no_time"),
    }


@pytest.mark.row("JOB-10", "JOB-11")
def test_a_file_with_its_own_place_is_believed_before_the_phone(as_: As, town: Town) -> None:
    person = town.cleaner()
    job = town.claimed(person)
    far = exif.write(picture(701), place=(26.90, 80.95), at=town.clock.now() - timedelta(days=30))
    sent = send(as_(person), job, far, latitude=str(LUCKNOW[0]), longitude=str(LUCKNOW[1]))
    flags = {f["flag"]: f for f in sent.json()["flags"]}
    assert flags["LOCATION_MISMATCH"]["distanceM"] == pytest.approx(5938, abs=30)
    assert flags["TIMESTAMP_ISSUE"]["why"] == "before_claim"


@pytest.mark.row("JOB-09", "SEC-06")
def test_only_the_claimer_hands_in_and_a_photo_must_be_there(as_: As, town: Town) -> None:
    person = town.cleaner()
    job = town.claimed(person)
    assert send(as_(town.cleaner("Salma Bano")), job).status_code == 404
    assert send(as_(town.person()), job).status_code == 403
    assert as_(person).post(f"/api/jobs/{job.id}/complete").json()["fields"].keys() == {"photo"}
    assert send(as_(person), job, b"<svg/>").json()["error"] == "NOT_AN_IMAGE"
    assert send(as_(person), job, b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024)).status_code == 413
    assert send(as_(person), job, captureToken="made up").json()["error"] == "CAPTURE_TOKEN_REFUSED"
    assert send(as_(person), job, captureToken="x" * 200).json()["error"] == "BAD_REQUEST"
    town.clock.move(days=8)
    late = send(as_(person), job)
    assert (late.status_code, late.json()["error"]) == (409, "DEADLINE_PASSED")


@pytest.mark.row("JOB-09")
def test_a_refused_photo_leaves_no_file(as_: As, town: Town, settings: Settings) -> None:
    person = town.cleaner()
    job = town.claimed(person)
    before = sorted(settings.storage_dir.rglob("*.*"))
    assert send(as_(person), job, captureToken="made up").json()["error"] == "CAPTURE_TOKEN_REFUSED"
    assert sorted(settings.storage_dir.rglob("*.*")) == before


@pytest.mark.row("JOB-09")
def test_a_photo_taken_sideways_is_shown_upright(as_: As, town: Town) -> None:
    person = town.cleaner()
    block = piexif.dump({"0th": {piexif.ImageIFD.Orientation: 6}})
    out = io.BytesIO()
    piexif.insert(block, picture(702, (640, 320)), out)
    job = town.claimed(person)
    assert send(as_(person), job, out.getvalue()).status_code == 200
    after = as_(person).get(f"/api/jobs/{job.id}").json()["photos"]["after"]
    assert (after["width"], after["height"]) == (320, 640)


@pytest.mark.row("JOB-05", "PAY-11")
def test_a_cleaner_sees_work_and_account(as_: As, town: Town) -> None:
    person = town.cleaner()
    town.verified(person, 400_000)
    claimed = town.claimed(person)
    cleaner = as_(person)
    work = cleaner.get("/api/cleaners/me/work").json()
    assert [job["id"] for job in work["inHand"]] == [str(claimed.id)]
    assert [job["payoutStatus"] for job in work["done"]] == ["PENDING"]
    earnings = cleaner.get("/api/cleaners/me/earnings").json()
    assert (earnings["pendingPaise"], earnings["paidPaise"], len(earnings["items"])) == (380_000, 0, 1)
    payout = earnings["items"][0]
    assert cleaner.get(f"/api/cleaners/me/payouts/{payout['id']}").json() == payout
    assert as_(town.cleaner()).get(f"/api/cleaners/me/payouts/{payout['id']}").status_code == 404


@pytest.mark.row("SEC-07")
def test_bank_details_are_kept_locked_and_shown_masked(as_: As, town: Town) -> None:
    person = town.cleaner()
    cleaner = as_(person)
    details = {"accountNumber": "0012 3456 789", "ifsc": "sbin0001234", "holderName": "Pal Ramesh"}
    saved = cleaner("PUT", "/api/cleaners/me/bank-account", details)
    expected = {"kind": "BANK", "mask": "•••• 6789 (SBIN)", "holderName": "Pal Ramesh", "confirmed": False}
    assert saved.json() == expected
    with town.engine.connect() as connection:
        kept = bytes(connection.exec_driver_sql("SELECT payout_details FROM cleaners").scalar_one())
    assert b"123456789" not in kept
    how_it_stands = """SELECT payout_usable_at, payout_changed_at, (SELECT count(*) FROM account_checks),
                       (SELECT count(*) FROM outbox) FROM cleaners"""
    with town.engine.connect() as connection:
        before = connection.exec_driver_sql(how_it_stands).one()
    town.clock.move(minutes=1)
    again = cleaner("PUT", "/api/cleaners/me/bank-account", details)  # a second click changes nothing
    assert again.json() == expected
    with town.engine.connect() as connection:
        assert connection.exec_driver_sql(how_it_stands).one() == before
    other = cleaner("PUT", "/api/cleaners/me/bank-account", {"vpa": "Ramesh@okBank", "holderName": "R. Kumar"})
    assert (other.json()["mask"], other.json()["confirmed"]) == ("ra•••@okbank", False)
    wrong = cleaner("PUT", "/api/cleaners/me/bank-account", {"accountNumber": "12", "ifsc": "x"})
    assert set(wrong.json()["fields"]) == {"accountNumber", "ifsc", "holderName"}
    admin = as_(town.admin(AdminDuty.COMPLIANCE))
    waiting = admin.get("/api/admin/cleaners").json()["items"]
    assert [(w["name"], w["waitsForPayoutDetails"], w["payoutMask"]) for w in waiting] == [
        ("Ramesh Pal", True, "ra•••@okbank")
    ]
    way = f"/api/admin/cleaners/{person.id}/confirm-account"
    for other in ({}, {"payoutChangedAt": "yesterday"}, {"payoutChangedAt": "2026-11-24T06:00:00Z"}):
        assert admin.post(way, other).json()["error"] == "ACCOUNT_CHANGED"  # not what stands there now
    done = admin.post(way, {"payoutChangedAt": waiting[0]["payoutChangedAt"]})
    assert done.json()["payoutConfirmed"] is True
