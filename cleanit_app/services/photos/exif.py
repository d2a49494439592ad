"""EXIF read strictly from the original bytes, and place and time written back into a JPEG.

This touches what strangers made: for what arrives it runs in the process that takes photos apart. The page reads
files by the same rules (`islands/exif.js`); one set of pictures is read by both in a test.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import piexif
from PIL import ExifTags, Image

from cleanit_app.domain.bounds import moment_within
from cleanit_app.domain.calendar import IST
from cleanit_app.services.photos import image_containers
from cleanit_app.services.photos.tiff import Directory, Tiff

_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.]\d*)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)
_MOST_OFFSET = timedelta(hours=14)
# What browsers write beside the pixels of a canvas: ImageIO, under Safari, writes these; the others write none.
_OF_CANVAS = frozenset({0x0100, 0x0101, 0x0103, 0x0112, 0x011A, 0x011B, 0x0128, 0x0213, ExifTags.IFD.Exif})
_OF_CANVAS_DETAIL = frozenset({0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003, 0xA406})
_CAMERA_LENGTH = 80


@dataclass(frozen=True)
class Said:
    """What EXIF says: place in degrees, time, how the picture lies (1 to 8), the camera's name.

    `beyond_canvas` tells that it says more than a page's canvas ever writes.
    """

    place: tuple[float, float] | None = None
    taken_at: datetime | None = None
    orientation: int = 1
    camera: str = ""
    beyond_canvas: bool = False


def read(data: bytes) -> tuple[tuple[float, float] | None, datetime | None]:
    """Place (degrees) and time of a JPEG's EXIF; None for what is absent, impossible, half there or out of range."""
    said = said_in(image_containers.taken_apart(data, "JPEG").tiff)
    return said.place, said.taken_at


def said_in(block: bytes) -> Said:
    """What a TIFF block of EXIF says; what does not parse is not there, and the picture lies upright."""
    tiff = Tiff(block)
    first = tiff.first()
    detail, gps = tiff.below(first, ExifTags.IFD.Exif), tiff.below(first, ExifTags.IFD.GPSInfo)
    turned = first.numbers(ExifTags.Base.Orientation)
    return Said(
        place=_place(gps),
        taken_at=_moment(detail) or _moment_of_satellites(gps),
        orientation=int(turned[0]) if turned and turned[0] in range(1, 9) else 1,
        camera=_camera(first),
        beyond_canvas=not (first.entries.keys() <= _OF_CANVAS and detail.entries.keys() <= _OF_CANVAS_DETAIL),
    )


def _camera(first: Directory) -> str:
    words = (first.text(tag) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    said = " ".join(word for word in words if word)[:_CAMERA_LENGTH]
    return "".join(sign for sign in said if sign.isprintable()).strip()


def _place(gps: Directory) -> tuple[float, float] | None:
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "N", "S", 90)
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "E", "W", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def _degrees(gps: Directory, tag: int, ref: int, plus: str, minus: str, most: int) -> float | None:
    parts, side = gps.numbers(tag), gps.text(ref).upper()
    if len(parts) != 3 or side not in (plus, minus):
        return None
    degrees, minutes, seconds = parts
    total = degrees + minutes / 60 + seconds / 3600
    # Nothing compares with NaN, so a part without a denominator fails here too.
    if not (min(parts) >= 0 and minutes < 60 and seconds < 60 and total <= most):
        return None
    return total if side == plus else -total


def _moment(detail: Directory) -> datetime | None:
    said = _TIME.fullmatch(detail.text(ExifTags.Base.DateTimeOriginal))
    return _at([int(part) for part in said.groups()], _zone(detail)) if said else None


def _zone(detail: Directory) -> tzinfo:
    """The zone of an EXIF offset like +05:30; Indian time when it has none."""
    text = detail.text(ExifTags.Base.OffsetTimeOriginal)
    if text == "Z":
        return UTC
    said = _OFFSET.fullmatch(text)
    if said is None or int(said[3]) > 59:
        return IST
    offset = timedelta(hours=int(said[2]), minutes=int(said[3]))
    return IST if offset > _MOST_OFFSET else timezone(offset if said[1] == "+" else -offset)


def _moment_of_satellites(gps: Directory) -> datetime | None:
    """The time of the GPS block, which is UTC: for files whose camera wrote no time of its own."""
    day = re.fullmatch(r"(\d{4})[:-](\d\d)[:-](\d\d)", gps.text(ExifTags.GPS.GPSDateStamp), re.ASCII)
    time = gps.numbers(ExifTags.GPS.GPSTimeStamp)
    if day is None or len(time) != 3 or not all(0 <= part < 60 for part in time):
        return None
    return _at([*(int(part) for part in day.groups()), *(int(part) for part in time)], UTC)


def _at(parts: list[int], zone: tzinfo) -> datetime | None:
    try:
        moment = datetime(*parts, tzinfo=zone)  # type: ignore[misc, arg-type]  # six parts, then the zone
    except ValueError:  # no such day
        return None
    return moment_within(moment)


def write(jpeg: bytes, *, place: tuple[float, float], at: datetime) -> bytes:
    """The same JPEG whose EXIF holds only this place and time and which side is up.

    Its pixels stay untouched where that is possible, and are encoded anew with its own tables where it is not.

    Raises what Pillow raises for bytes that are no picture.
    """
    upright = said_in(image_containers.taken_apart(jpeg, "JPEG").tiff).orientation
    block = piexif.dump(
        {
            "0th": {piexif.ImageIFD.Orientation: upright} if upright > 1 else {},
            "GPS": {
                piexif.GPSIFD.GPSLatitudeRef: "N" if place[0] >= 0 else "S",
                piexif.GPSIFD.GPSLatitude: _rational(place[0]),
                piexif.GPSIFD.GPSLongitudeRef: "E" if place[1] >= 0 else "W",
                piexif.GPSIFD.GPSLongitude: _rational(place[1]),
            },
            "Exif": {
                piexif.ExifIFD.DateTimeOriginal: at.astimezone(IST).strftime("%Y:%m:%d %H:%M:%S"),
                piexif.ExifIFD.OffsetTimeOriginal: "+05:30",
            },
        }
    )
    return _inserted(block, jpeg) or _encoded_anew(block, jpeg)


def _inserted(block: bytes, jpeg: bytes) -> bytes | None:
    """The block in the place of the JPEG's own; None for a file that is laid out in ways piexif does not know."""
    out = io.BytesIO()
    try:
        piexif.insert(block, jpeg, out)
    except Exception:  # it stumbles over legal bytes too, such as filling before a marker
        return None
    return out.getvalue() if read(out.getvalue())[0] else None


def _encoded_anew(block: bytes, jpeg: bytes) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg), formats=("JPEG",)).save(out, "JPEG", quality="keep", exif=block)
    return out.getvalue()


def _rational(value: float) -> list[tuple[int, int]]:
    """Degrees, minutes and seconds in whole ten-thousandths of a second, so that no part is ever rounded to 60."""
    minutes, ticks = divmod(round(abs(value) * 3600 * 10_000), 60 * 10_000)
    degrees, minutes = divmod(minutes, 60)
    return [(degrees, 1), (minutes, 1), (ticks, 10_000)]
