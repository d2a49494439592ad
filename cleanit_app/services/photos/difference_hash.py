"""A picture's difference hash: pictures that look alike get bits that differ in few places."""

from __future__ import annotations

from itertools import pairwise

from PIL import Image

_SIDE = 8


def difference_hash(image: Image.Image) -> int:
    """64 bits, row by row from the highest: whether a pixel of the 9×8 grey picture is brighter than its left one.

    As `dhash` of imagehash 4.3 gives them, by which stored photos were hashed: the bits must stay comparable.
    """
    grey = image.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.LANCZOS).tobytes()
    rows = (grey[start : start + _SIDE + 1] for start in range(0, len(grey), _SIDE + 1))
    bits = 0
    for row in rows:
        for left, right in pairwise(row):
            bits = bits << 1 | (right > left)
    return bits


def signed(bits: int) -> int:
    """The same 64 bits as PostgreSQL's bigint holds them."""
    return bits - (1 << 64) if bits >= 1 << 63 else bits
