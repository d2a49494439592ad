"""EXIF read strictly from the original bytes, and place and time written back into a JPEG.

This touches what strangers made: for what arrives it runs in the process that takes photos apart.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import piexif
from PIL import ExifTags, Image

from cleanit_app.domain.bounds import moment_within
from cleanit_app.domain.rules import IST


def read(data: bytes) -> tuple[tuple[float, float] | None, datetime | None]:
    """Place (degrees) and time of an image's EXIF; None for what is absent, impossible, half there or out of range."""
    try:
        tags = Image.open(io.BytesIO(data)).getexif()
        gps = tags.get_ifd(ExifTags.IFD.GPSInfo)
        detail = tags.get_ifd(ExifTags.IFD.Exif)
    except Exception:  # a broken EXIF block raises anything; it only means that there is none
        return None, None
    return _place(gps), _moment(detail)


def _place(gps: dict[int, Any]) -> tuple[float, float] | None:
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "N", "S", 90)
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "E", "W", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def _degrees(value: Any, ref: Any, plus: str, minus: str, most: int) -> float | None:
    if not isinstance(value, Sequence) or len(value) != 3 or ref not in (plus, minus):
        return None
    try:
        degrees, minutes, seconds = (float(v) for v in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    total = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(total) or not 0 <= total <= most or minutes >= 60 or seconds >= 60:
        return None
    return total if ref == plus else -total


def _moment(detail: dict[int, Any]) -> datetime | None:
    text, offset = detail.get(ExifTags.Base.DateTimeOriginal), detail.get(ExifTags.Base.OffsetTimeOriginal)
    try:
        naive = datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (zone follows)
    except ValueError:
        return None
    return moment_within(naive.replace(tzinfo=_zone(offset)))


def _zone(offset: Any) -> timezone | Any:
    """The zone of an EXIF offset like +05:30; Indian time when it has none."""
    text = str(offset or "").strip("\x00 ")
    if len(text) == 6 and text[0] in "+-" and text[3] == ":" and (text[1:3] + text[4:]).isdigit():
        delta = timedelta(hours=int(text[1:3]), minutes=int(text[4:]))
        if delta < timedelta(hours=24):
            return timezone(delta if text[0] == "+" else -delta)
    return IST


def write(jpeg: bytes, *, place: tuple[float, float], at: datetime) -> bytes:
    """The same JPEG whose EXIF holds only this place and time and which side is up.

    Its pixels stay untouched where that is possible, and are encoded anew with its own tables where it is not.

    Raises what Pillow raises for bytes that are no picture.
    """
    upright = Image.open(io.BytesIO(jpeg), formats=("JPEG",)).getexif().get(ExifTags.Base.Orientation)
    block = piexif.dump(
        {
            "0th": {piexif.ImageIFD.Orientation: upright} if upright in range(2, 9) else {},
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
