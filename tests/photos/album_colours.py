"""Colours: profiles, inks, depths and transparency; each with what a person must see.

The pictures are of 20 × 16 patches; `seen` are their colours in sRGB, row by row, 0 to 255.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from PIL import Image

from tests.photos import files, profiles
from tests.photos.files import SIZE, chunk, encoded, scene
from tests.photos.profiles import Colour
from tests.photos.shot import Shot

PATCHES = (20, 16)


@cache
def street() -> list[Colour]:
    """The colours of a street."""
    return patches(scene(3))


def patches(image: Image.Image) -> list[Colour]:
    """The mean colours of a picture's patches."""
    small = image.convert("RGB").resize(PATCHES, Image.Resampling.BOX).tobytes()
    return [tuple(small[n : n + 3]) for n in range(0, len(small), 3)]


def _picture(numbers: Sequence[Colour], mode: str = "RGB") -> Image.Image:
    """Patches of these numbers, 0 to 1."""
    flat = bytes(round(255 * min(1.0, max(0.0, part))) for colour in numbers for part in colour)
    return Image.frombytes(mode, PATCHES, flat).resize(SIZE, Image.Resampling.NEAREST)


def _street_as(convert: Callable[[Colour], Colour]) -> Image.Image:
    return _picture([convert(tuple(part / 255 for part in colour)) for colour in street()])


def _photo(convert: Callable[[Colour], Colour], profile: Callable[[], bytes]) -> bytes:
    return encoded(_street_as(convert), quality=95, subsampling=0, icc_profile=profile())


def _srgb(profile: bytes = b"", kind: str = "JPEG") -> bytes:
    more = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    return encoded(_street_as(tuple), kind, **more, **({"icc_profile": profile} if profile else {}))


@cache
def _inks() -> list[Colour]:
    return [(x / 25, y / 20, (x * y % 7) / 10, (x + y) % 4 / 12) for y in range(PATCHES[1]) for x in range(PATCHES[0])]


def _on_paper() -> list[Colour]:
    return [tuple(255 * part for part in profiles.printed(inks)) for inks in _inks()]


def _printed(profile: bytes = b"", **more: object) -> bytes:
    image = _picture(_inks(), "CMYK")
    return encoded(image, quality=95, **more, **({"icc_profile": profile} if profile else {}))


def _naive() -> list[Colour]:
    return [tuple(255 * (1 - ink) * (1 - black) for ink in inks) for *inks, black in _inks()]


def shown() -> Iterator[Shot]:
    """Profiles that are right, wrong, broken and huge."""
    yield from _of_phones()
    yield Shot("sRGB without a profile", _srgb, seen=street)
    yield Shot("CMYK with its printer's profile", lambda: _printed(profiles.inks()), seen=_on_paper)
    yield Shot("CMYK without a profile", _printed, seen=_naive)
    slow = partial(_printed, progressive=True)
    yield Shot("CMYK, progressive, with a profile", lambda: slow(profiles.inks()), seen=_on_paper)
    yield Shot("CMYK with a profile for RGB", lambda: _printed(profiles.display_p3()), seen=_naive)
    yield Shot("RGB with a profile for CMYK", lambda: _srgb(profiles.inks()), seen=street)
    yield Shot("grey with a profile for grey", _grey, seen=_grey_seen)
    broken = profiles.display_p3()
    for word, profile in {
        "a profile of noise": random.Random(3).randbytes(600),
        "a profile that is cut": broken[:200],
        "a profile of two bytes": b"xx",
        "a profile without curves": broken.replace(b"rTRC", b"xxxx"),
        "a profile whose tags point outside": _pointing_outside(broken),
        "a profile of 5 MB": broken + bytes(5_000_000),
    }.items():
        yield Shot(f"JPEG with {word} counts as sRGB", partial(_srgb, profile), seen=street)
        yield Shot(f"PNG with {word} counts as sRGB", partial(_png_profile, profile), seen=street)
    bad = chunk(b"iCCP", b"icc\0\0" + b"no deflate stream")
    yield Shot("PNG whose profile does not unpack", lambda: files.png_with(_srgb(kind="PNG"), bad), seen=street)


def _of_phones() -> Iterator[Shot]:
    p3 = partial(_photo, profiles.to_p3, profiles.display_p3)
    adobe = partial(_photo, profiles.to_adobe, profiles.adobe_rgb)
    yield Shot("JPEG in Display P3 (iPhone, Pixel)", p3, seen=street)
    yield Shot("JPEG in Adobe RGB (cameras)", adobe, seen=street)
    yield Shot("Display P3 in seven segments, the last first", lambda: _in_pieces(p3()), seen=street)
    for kind, more in {"PNG": {}, "WEBP": {"lossless": True}}.items():
        make = partial(_other_p3, kind, **more)
        yield Shot(f"{kind} in Display P3", make, seen=street)


def _other_p3(kind: str, **more: bool) -> bytes:
    return encoded(_street_as(profiles.to_p3), kind, icc_profile=profiles.display_p3(), **more)


def _in_pieces(data: bytes) -> bytes:
    profile = profiles.display_p3()
    size = -(-len(profile) // 7)
    pieces = [
        files.segment(0xE2, b"ICC_PROFILE\0" + bytes([n + 1, 7]) + profile[n * size : (n + 1) * size]) for n in range(7)
    ]
    at = data.index(b"\xff\xe2")
    bare = data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]
    return files.with_segments(bare, *reversed(pieces))


def _pointing_outside(profile: bytes) -> bytes:
    spoiled = bytearray(profile)
    for n in range(int.from_bytes(profile[128:132], "big")):
        spoiled[136 + 12 * n : 140 + 12 * n] = b"\xff\xff\xff\xf0"
    return bytes(spoiled)


def _png_profile(profile: bytes) -> bytes:
    return files.png_with(_srgb(kind="PNG"), chunk(b"iCCP", b"icc\0\0" + zlib.compress(profile)))


def _greys() -> list[float]:
    return [(x + y) / 40 + 0.05 for y in range(PATCHES[1]) for x in range(PATCHES[0])]


def _grey() -> bytes:
    return encoded(_picture([(grey,) for grey in _greys()], "L"), quality=95, icc_profile=profiles.grey_gamma())


def _grey_seen() -> list[Colour]:
    return [tuple(255 * part for part in profiles.bent([grey ** (0x01CD / 256)] * 3)) for grey in _greys()]


def depths() -> Iterator[Shot]:
    """Grey of sixteen bits, palettes, and pixels that are not to be seen."""
    yield Shot("grey of 16 bits", partial(_deep, 0), seen=_ramp)
    yield Shot("colours of 16 bits", partial(_deep, 2), seen=_ramp)
    yield Shot("grey of 16 bits with transparency", partial(_deep, 4), seen=_ramp)
    yield Shot("colours of 16 bits with transparency", partial(_deep, 6), seen=_ramp)
    yield Shot("one bit", lambda: encoded(Image.new("1", SIZE, 1), "PNG"), seen=partial(_all, 255, 255, 255))
    yield Shot("a palette", lambda: encoded(_flag().quantize(8), "PNG"), seen=lambda: patches(_flag()))
    for word, make in _HIDDEN.items():
        yield Shot(f"{word}: what is hidden stays hidden", make, seen=partial(_all, 255, 255, 255))
    half = Image.new("RGBA", SIZE, (255, 0, 0, 128))
    yield Shot("half transparent red is pink", partial(encoded, half, "PNG"), seen=partial(_all, 255, 127, 127))


def _all(*colour: float) -> list[Colour]:
    return [colour] * (PATCHES[0] * PATCHES[1])


def _ramp() -> list[Colour]:
    return [(255 * (20 * x + 9.5) / 399,) * 3 for _ in range(PATCHES[1]) for x in range(PATCHES[0])]


def _flag() -> Image.Image:
    image = Image.new("RGB", SIZE, (244, 178, 35))
    image.paste((6, 55, 63), (0, 160, 400, 320))
    return image


def _deep(colour_type: int) -> bytes:
    """A PNG of sixteen bits, from black at the left to white, wholly opaque."""
    greys, opaque = {0: (1, 0), 2: (3, 0), 4: (1, 1), 6: (3, 1)}[colour_type]
    points = (struct.pack(">H", round(65535 * x / 399)) * greys + b"\xff\xff" * opaque for x in range(400))
    rows = (b"\0" + b"".join(points)) * 320
    head = struct.pack(">IIBBBBB", 400, 320, 16, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _hidden(mode: str) -> bytes:
    secret = scene(7).convert("RGBA")
    secret.putalpha(0)
    return encoded(secret.convert(mode), "PNG")


def _palette_hidden() -> bytes:
    return encoded(scene(7).quantize(16), "PNG", transparency=bytes(16))


_HIDDEN: dict[str, Callable[[], bytes]] = {
    "RGBA": lambda: _hidden("RGBA"),
    "LA": lambda: _hidden("LA"),
    "a palette with transparency": _palette_hidden,
    "one grey of 8 bits that is none": lambda: encoded(Image.new("L", SIZE, 30), "PNG", transparency=30),
    "one grey of 16 bits that is none": lambda: encoded(Image.new("I;16", SIZE, 3000), "PNG", transparency=3000),
    "one colour that is none": lambda: encoded(Image.new("RGB", SIZE, (9, 8, 7)), "PNG", transparency=(9, 8, 7)),
    "WEBP": lambda: encoded(Image.new("RGBA", SIZE, (200, 0, 0, 0)), "WEBP", lossless=True, exact=True),
}
