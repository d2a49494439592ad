"""Every picture of the album through the process that takes photos apart: verdict, place, time, side, colours."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image, ImageOps

from cleanit_app.adapters.limited_decoder import LimitedDecoder
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import DomainError
from cleanit_app.domain.pictures import ExaminedPhoto, weakness
from cleanit_app.services.photos import exif, image_containers
from cleanit_app.services.photos.image_decoding import examine
from cleanit_app.services.photos.photos import JOB_KINDS
from cleanit_app.services.photos.renditions import decoded
from tests.photos.album import DOCUMENT, GROUPS, album, page
from tests.photos.album_colours import patches
from tests.photos.profiles import Colour, difference
from tests.photos.shot import Shot

pytestmark = pytest.mark.row("CAM-05", "JOB-09", "JOB-10", "SEC-06")
METRE = 1e-5  # degrees


@pytest.fixture(scope="module")
def decoder() -> Iterator[LimitedDecoder]:
    """The real one, with its limits of memory, time and rights."""
    found = LimitedDecoder()
    yield found
    found.close()


def test_there_are_more_than_two_hundred_each_by_its_own_name() -> None:
    names = [(group, shot.name) for group, shots in album().items() for shot in shots]
    assert len(names) > 300
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("group", GROUPS)
def test_each_picture_gets_its_verdict(group: str, decoder: LimitedDecoder) -> None:
    wrong = {shot.name: found for shot in album()[group] if (found := _wrong(shot, decoder))}
    assert wrong == {}


def _wrong(shot: Shot, decoder: LimitedDecoder) -> str:
    """What is not as it should be, in a few words."""
    data = shot.make()
    try:
        seen = decoder.examine(data, most_bytes=LIMITS.job_photo_bytes, kinds=JOB_KINDS)
    except DomainError as refusal:
        return "" if refusal.code == shot.verdict else f"{refusal.code} instead of {shot.verdict}"
    if shot.verdict != "taken":
        return f"taken instead of {shot.verdict}"
    return ", ".join(filter(None, (_said(shot, seen), _shown(shot, seen, data))))


def _said(shot: Shot, seen: ExaminedPhoto) -> str:
    if (shot.place is None) != (seen.place is None) or seen.taken_at != shot.taken_at:
        return f"says {seen.place}, {seen.taken_at}"
    if shot.place and seen.place and max(abs(a - b) for a, b in zip(shot.place, seen.place, strict=True)) > METRE:
        return f"says {seen.place}"
    return ""


def _shown(shot: Shot, seen: ExaminedPhoto, data: bytes) -> str:
    orientation = exif.said_in(image_containers.taken_apart(data, seen.kind).tiff).orientation
    if orientation != shot.orientation:
        return f"lies as {orientation}"
    if shot.size and shot.size != (seen.width, seen.height):
        return f"{seen.width}×{seen.height}"
    if shot.look and shot.look != (weakness(seen.brightness, seen.sharpness) or "clear"):
        return f"light {seen.brightness}, sharp {seen.sharpness}"
    if shot.camera_data not in (None, seen.camera_data):
        return f"camera data: {seen.camera_data}"
    if shot.seen and (off := difference(_pixels(data, seen.kind), shot.seen())) > 1:
        return f"ΔE {off:.1f}"
    return ""


def _pixels(data: bytes, kind: str) -> list[Colour]:
    return patches(decoded(image_containers.taken_apart(data, kind), kind, 1)[0])


def test_each_side_is_turned_up_as_pillow_turns_it() -> None:
    for shot in album()["Which side is up"][:16]:
        data = shot.make()
        there = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        here, size = decoded(image_containers.taken_apart(data, "JPEG"), "JPEG", shot.orientation)
        assert (here.tobytes(), size) == (there.tobytes(), there.size), shot.name


def test_of_several_pictures_the_first_is_shown() -> None:
    shots = {shot.name: shot for shot in album()["Files and what lies in them"]}
    alone = _examined(shots["a plain JPEG"])
    for name in ("MPO with 2 pictures (Panasonic, Nikon, Sony)", "a gain-map photo (Ultra HDR)"):
        assert _examined(shots[name]).sizes == alone.sizes


def _examined(shot: Shot) -> ExaminedPhoto:
    return examine(shot.make(), most_bytes=LIMITS.job_photo_bytes, kinds=JOB_KINDS)


def test_the_documentation_shows_the_album_as_it_is() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == page(text), "write it anew: python -m tests.photos.album"
