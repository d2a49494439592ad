"""The after-photo: who, when, what it proves, what is flagged."""

from __future__ import annotations

import io
import zlib
from datetime import timedelta
from typing import Any

import piexif
import pytest
from PIL import Image, ImageFilter

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import (
    CaptureTokenRefused,
    DeadlinePassed,
    DomainError,
    MoveRefused,
    NotAnImage,
    NotFound,
    PhotoAlreadyUsed,
    PhotoBroken,
    PhotoMissing,
    PhotoTooLarge,
    TooManyPixels,
)
from cleanit_app.models import Campaign, Cleaner, Job, Photo
from cleanit_app.services.photos import exif, photos
from cleanit_app.services.review.completion import (
    Claimed,
    claims_of_phone,
    complete_job,
    issue_capture_token,
    weigh_evidence,
)
from cleanit_app.services.review.verification import Checklist, RejectionReason, reject_completion
from tests.factories import LUCKNOW, Town, picture


def hand_in(town: Town, cleaner: Actor, job: Job, data: bytes | None = None, **said: Any) -> Job:
    seen = photos.examine(data or picture(size=(640, 481)), most_bytes=10_000_000, kinds=photos.JOB_KINDS)
    stored = photos.store(town.files, seen, folder=f"jobs/{job.id}/completion")
    claimed = Claimed(**said)
    with town.uow() as uow:
        return complete_job(
            uow,
            actor=cleaner,
            job_id=job.id,
            stored=stored,
            claimed=claimed,
            evidence=weigh_evidence(claimed, seen),
        )


def flags(job: Job) -> list[str]:
    return sorted(f["flag"] + (":" + f["why"] if "why" in f else "") for f in job.flags)


@pytest.mark.row("JOB-09", "JOB-10", "JOB-12")
def test_a_viewfinder_photo_at_the_place_has_no_flags(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    with town.uow() as uow:
        token = issue_capture_token(uow, actor=cleaner, job_id=job.id)
    town.clock.move(minutes=3)
    done = hand_in(town, cleaner, job, capture_token=token, place=LUCKNOW, accuracy_m=9, captured_at=town.clock.now())
    assert (done.status, done.completed_at, flags(done)) == ("COMPLETED", town.clock.now(), [])
    with town.uow() as uow:
        photo = uow.get(Photo, done.completion_photo_id)
        assert photo.location_source == "E3"
        assert photo.base_key.startswith(f"jobs/{job.id}/completion/")
        assert {f"{photo.base_key}/{w}.webp" for w in photos.WIDTHS} <= set(town.files.kept)
        assert uow.get(Campaign, job.campaign_id).status == "COMPLETED"
    other = town.claimed(cleaner)
    with pytest.raises(CaptureTokenRefused):
        hand_in(town, cleaner, other, picture(5), capture_token=token, place=LUCKNOW, captured_at=town.clock.now())


@pytest.mark.row("JOB-09")
def test_a_token_lives_a_quarter_of_an_hour_but_the_upload_may_wait(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    with town.uow() as uow:
        token = issue_capture_token(uow, actor=cleaner, job_id=job.id)
    shot = town.clock.now() + timedelta(minutes=2)
    town.clock.move(hours=20)
    late = town.clock.now()
    with pytest.raises(CaptureTokenRefused):
        hand_in(town, cleaner, job, capture_token=token, place=LUCKNOW, captured_at=late)
    assert hand_in(town, cleaner, job, capture_token=token, place=LUCKNOW, captured_at=shot).status == "COMPLETED"


def test_a_made_up_token_is_refused(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    with pytest.raises(CaptureTokenRefused):
        hand_in(town, cleaner, job, capture_token="nonsense", place=LUCKNOW)


@pytest.mark.row("JOB-10", "JOB-11")
def test_what_is_odd_is_flagged_and_does_not_block(town: Town) -> None:
    cleaner = town.cleaner()
    nothing = hand_in(town, cleaner, town.claimed(cleaner), picture(1))
    assert flags(nothing) == ["LOCATION_MISMATCH:no_location", "TIMESTAMP_ISSUE:no_time"]
    far = hand_in(town, cleaner, town.claimed(cleaner), picture(2), place=(26.8543, 80.9462), accuracy_m=20,
                  captured_at=town.clock.now())  # fmt: skip
    assert flags(far) == ["LOCATION_MISMATCH:too_far"]
    assert far.flags[0]["distanceM"] == pytest.approx(845, abs=2)
    vague = hand_in(town, cleaner, town.claimed(cleaner), picture(3), place=(26.8543, 80.9462), accuracy_m=400,
                    captured_at=town.clock.now())  # fmt: skip
    assert flags(vague) == ["LOCATION_MISMATCH:too_far", "PLACE_TOO_VAGUE"], "only 200 m of it count"
    near = hand_in(town, cleaner, town.claimed(cleaner), picture(5), place=(26.8523, 80.9462), accuracy_m=150,
                   captured_at=town.clock.now())  # fmt: skip
    assert flags(near) == [], "623 m, within 500 m and the phone's accuracy"
    job = town.claimed(cleaner)
    early = hand_in(town, cleaner, job, picture(4), place=LUCKNOW, captured_at=town.clock.now() - timedelta(hours=1))
    assert flags(early) == ["TIMESTAMP_ISSUE:before_claim"]


@pytest.mark.row("JOB-10", "JOB-11")
def test_dark_blurry_alike_and_a_weak_record(town: Town) -> None:
    cleaner = town.cleaner()
    with town.uow() as uow:
        row = uow.lock(Cleaner, cleaner.user_id)
        row.verified_count, row.failed_count = 1, 1
    good = Image.open(io.BytesIO(picture(9)))
    night = io.BytesIO()
    good.point(lambda v: v // 12).filter(ImageFilter.GaussianBlur(30)).save(night, "JPEG")
    done = hand_in(town, cleaner, town.claimed(cleaner), night.getvalue(), place=LUCKNOW, captured_at=town.clock.now())
    assert flags(done) == ["LOW_QUALITY_CLEANER", "TOO_DARK"], "a dark photo is not also called blurry"
    unsharp = io.BytesIO()
    good.filter(ImageFilter.GaussianBlur(12)).save(unsharp, "JPEG")
    done = hand_in(
        town, cleaner, town.claimed(cleaner), unsharp.getvalue(), place=LUCKNOW, captured_at=town.clock.now()
    )
    assert "BLURRY" in flags(done)
    hand_in(town, cleaner, town.claimed(cleaner), picture(9), place=LUCKNOW, captured_at=town.clock.now())
    again = io.BytesIO()
    good.resize((500, 375)).save(again, "PNG")
    twin = hand_in(town, cleaner, town.claimed(cleaner), again.getvalue(), place=LUCKNOW, captured_at=town.clock.now())
    assert "LOOKALIKE" in flags(twin)


@pytest.mark.row("JOB-10", "JOB-11", "VER-05")
def test_a_second_try_is_no_copy_of_the_first_but_of_any_other_job_it_is(town: Town) -> None:
    cleaner, admin = town.cleaner(), town.admin()
    job = town.claimed(cleaner)

    def again(one: Job, size: tuple[int, int]) -> list[str]:
        town.clock.move(minutes=5)
        smaller = io.BytesIO()
        Image.open(io.BytesIO(picture(9))).resize(size).save(smaller, "PNG")
        return flags(hand_in(town, cleaner, one, smaller.getvalue(), place=LUCKNOW, captured_at=town.clock.now()))

    assert again(job, (640, 480)) == []
    with town.uow() as uow:
        points, why = Checklist(), RejectionReason.POOR_QUALITY
        reject_completion(uow, actor=admin, job_id=job.id, checklist=points, reason=why, notes="", allow_retry=True)
    assert again(job, (600, 450)) == [], "the same street, seen again"
    assert again(town.claimed(cleaner), (560, 420)) == ["LOOKALIKE"]


@pytest.mark.row("JOB-09")
def test_only_the_claimer_in_time_and_once(town: Town) -> None:
    cleaner = town.cleaner()
    job = town.claimed(cleaner)
    with pytest.raises(NotFound):
        hand_in(town, town.cleaner(), job)
    town.clock.move(days=7, seconds=1)
    with pytest.raises(DeadlinePassed):
        hand_in(town, cleaner, job)
    second = town.claimed(cleaner)
    hand_in(town, cleaner, second, picture(11))
    with pytest.raises(MoveRefused):
        hand_in(town, cleaner, second, picture(12))
    third = town.claimed(cleaner)
    with pytest.raises(PhotoAlreadyUsed):
        hand_in(town, cleaner, third, picture(11))


def _header_only_png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    raw = bytearray(out.getvalue())
    raw[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    crc = zlib.crc32(bytes(raw[12:29]))
    raw[29:33] = crc.to_bytes(4, "big")
    return bytes(raw)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", PhotoMissing),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", NotAnImage),
        (b"MZ\x90\x00" + b"\x00" * 100, NotAnImage),
        (b"GIF89a" + b"\x00" * 50, NotAnImage),
        (picture()[:3000], PhotoBroken),
        (b"\xff\xd8\xff\xe0" + b"junk" * 50, PhotoBroken),
        (picture() + b"\x00" * 10_500_000, PhotoTooLarge),
        (_header_only_png(40_000, 40_000), TooManyPixels),
        (_header_only_png(13_000, 10), TooManyPixels),
    ],
    ids=["empty", "svg", "program", "gif", "truncated", "junk", "large", "bomb", "long"],
)
@pytest.mark.row("CAM-05", "JOB-09", "SEC-06")
def test_what_is_no_photo_is_refused(data: bytes, error: type[DomainError]) -> None:
    with pytest.raises(error):
        photos.examine(data, most_bytes=10 * 1024 * 1024, kinds=photos.JOB_KINDS)


@pytest.mark.row("CAM-05")
def test_a_campaign_takes_no_webp() -> None:
    with pytest.raises(NotAnImage):
        photos.examine(picture(kind="WEBP"), most_bytes=10_000_000, kinds=photos.CAMPAIGN_KINDS)


@pytest.mark.row("SEC-06")
def test_public_sizes_carry_nothing_but_pixels() -> None:
    tagged = exif.write(picture(), place=LUCKNOW, at=Town(None).clock.now()) + b"<?php evil ?>"
    seen = photos.examine(tagged, most_bytes=10_000_000, kinds=photos.JOB_KINDS)
    assert seen.place == pytest.approx(LUCKNOW, abs=1e-5)
    for width, data in seen.sizes.items():
        image = Image.open(io.BytesIO(data))
        assert image.width <= width
        assert not image.getexif()
        assert b"php" not in data
        assert "icc_profile" not in image.info
        assert "xmp" not in image.info


def _jpeg_with_gps(gps: dict[int, Any]) -> bytes:
    out = io.BytesIO()
    piexif.insert(piexif.dump({"GPS": gps}), picture(), out)
    return out.getvalue()


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {2: [(26, 1), (50, 1), (48, 1)], 1: "N"},
        {2: [(0, 1), (0, 1), (0, 1)], 1: "N", 4: [(0, 1), (0, 1), (0, 1)], 3: "E"},
        {2: [(26, 0), (50, 1), (48, 1)], 1: "N", 4: [(80, 1), (56, 1), (46, 1)], 3: "E"},
        {2: [(99, 1), (50, 1), (48, 1)], 1: "N", 4: [(80, 1), (56, 1), (46, 1)], 3: "E"},
        {2: [(26, 1), (50, 1), (48, 1)], 1: "X", 4: [(80, 1), (56, 1), (46, 1)], 3: "E"},
    ],
    ids=["none", "half", "zero", "division", "range", "letter"],
)
def test_half_a_position_is_none(gps: dict[int, Any]) -> None:
    assert exif.read(_jpeg_with_gps(gps))[0] is None


def test_a_phone_position_is_read_with_indian_time() -> None:
    at = Town(None).clock.now()
    place, taken = exif.read(exif.write(picture(), place=(-12.5, 80.9462), at=at))
    assert place == pytest.approx((-12.5, 80.9462), abs=1e-5)
    assert taken == at
    out = io.BytesIO()
    piexif.insert(piexif.dump({"Exif": {piexif.ExifIFD.DateTimeOriginal: "2026:11:24 11:30:00"}}), picture(), out)
    assert exif.read(out.getvalue())[1] == at


def test_nonsense_from_the_phone_counts_as_not_said() -> None:
    said = claims_of_phone(capture_token="", latitude="nan", longitude="80", accuracy_m="-4", captured_at="yesterday")
    assert said == Claimed(None, None, None, None)
    said = claims_of_phone(
        capture_token="t", latitude="26.8", longitude="80.9", accuracy_m="12", captured_at="2026-11-24T06:00:00Z"
    )
    assert (said.place, said.accuracy_m) == ((26.8, 80.9), 12)


@pytest.mark.row("JOB-10")
@pytest.mark.parametrize(
    ("said", "offset"),
    [
        ("0001:01:01 00:00:00", None),
        ("0001:01:01 00:00:00", "+14:00"),
        ("9999:12:31 23:59:59", "-12:00"),
        ("9999:12:31 23:59:59", "+23:59"),
        ("1999:12:31 23:59:59", "+00:00"),
        ("2200:01:01 00:00:00", "+00:00"),
        ("2200:01:01 05:29:59", "-00:01"),
        ("0000:00:00 00:00:00", None),
    ],
)
def test_a_time_of_another_age_is_no_time(said: str, offset: str | None) -> None:
    out = io.BytesIO()
    block = {piexif.ExifIFD.DateTimeOriginal: said}
    piexif.insert(
        piexif.dump({"Exif": block | ({piexif.ExifIFD.OffsetTimeOriginal: offset} if offset else {})}), picture(), out
    )
    assert exif.read(out.getvalue())[1] is None


@pytest.mark.row("JOB-10")
@pytest.mark.parametrize(
    "said", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00Z", "2200-01-02"]
)
def test_a_phone_of_another_age_says_nothing(said: str) -> None:
    claimed = claims_of_phone(capture_token="", latitude="26.8", longitude="80.9", accuracy_m="9", captured_at=said)
    assert claimed.captured_at is None
