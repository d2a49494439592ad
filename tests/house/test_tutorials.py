"""Recordings of the guides: each is there in every language, light, and says what the catalogue says (OPS-02)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from cleanit_app import routes
from cleanit_app.domain.guides import GUIDES, MOST_RECORDING_KB, MOST_RECORDING_SECONDS, Guide
from cleanit_app.i18n import LANGUAGES, Language, say_in
from cleanit_app.i18n.locales import messages
from cleanit_app.pages.public.guide_recording import recorded_steps, sizes
from tests.house.source import PROJECT
from tests.tutorials.captions import said

pytestmark = [pytest.mark.row("OPS-02")]
ASSETS = PROJECT / "assets"
RECORDED = [one for one in GUIDES if recorded_steps(one)]
CASES = [(one, language) for one in RECORDED for language in LANGUAGES]
AGAIN = "the recordings are old or missing: make tutorials"
MOST_PICTURE_BYTES, MOST_BYTES = 40_000, 6_000_000


def file_of(address: str) -> Path:
    """Where the file of an address lies."""
    return ASSETS / address.lstrip("/")


def files(guide: Guide, language: Language) -> list[Path]:
    """Recording, captions, first picture and the picture of each step."""
    whole = [routes.recording(guide.slug, language, kind) for kind in ("webm", "vtt", "webp")]
    steps = range(1, len(recorded_steps(guide)) + 1)
    return [file_of(one) for one in (*whole, *(routes.recorded_step(guide.slug, n, language) for n in steps))]


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height in pixels."""
    with Image.open(picture) as image:
        return image.size


def test_what_most_people_do_is_recorded() -> None:
    assert {one.name for one in RECORDED} >= {"start", "chip_in", "first_job", "after_photo", "verify"}


@pytest.mark.parametrize(("guide", "language"), CASES)
def test_a_recording_is_there_with_a_picture_of_each_step(guide: Guide, language: Language) -> None:
    recording, captions, first, *steps = files(guide, language)
    assert [one.name for one in (recording, captions, first, *steps) if not one.is_file()] == [], AGAIN
    assert recording.read_bytes()[:4] == b"\x1a\x45\xdf\xa3"  # EBML
    assert 10_000 < recording.stat().st_size <= 1000 * MOST_RECORDING_KB
    whole, part = sizes(guide)
    assert {size_of(one) for one in steps} == {part}
    assert size_of(first) == whole
    assert [one.name for one in (first, *steps) if one.stat().st_size > MOST_PICTURE_BYTES] == []


@pytest.mark.parametrize(("guide", "language"), CASES)
def test_captions_say_what_the_catalogue_says(guide: Guide, language: Language) -> None:
    captions = file_of(routes.recording(guide.slug, language, "vtt")).read_text("utf-8")
    assert said(captions) == [say_in(language, key) for key in recorded_steps(guide)], AGAIN
    ends = [60 * int(minutes) + float(rest) for minutes, rest in re.findall(r"--> (\d+):([\d.]+)", captions)]
    assert ends == sorted(ends)
    assert ends[-1] <= MOST_RECORDING_SECONDS


def test_captions_hold_nothing_that_a_setting_can_change() -> None:
    keys = [key for one in RECORDED for key in recorded_steps(one)]
    said_with_values = [key for language in LANGUAGES for key in keys if "{" in "".join(messages(language)[key])]
    assert said_with_values == []


def test_nothing_lies_there_that_no_guide_shows_and_all_of_it_is_light() -> None:
    there = set(file_of(routes.TUTORIALS).iterdir())
    assert there == {one for guide, language in CASES for one in files(guide, language)}, AGAIN
    assert sum(one.stat().st_size for one in there) <= MOST_BYTES
