"""What our files are called as media types, on machines whose own lists do not know them."""

from __future__ import annotations

import mimetypes

MEDIA_TYPES = {".webp": "image/webp", ".webm": "video/webm", ".vtt": "text/vtt"}
"""Python before 3.13 takes WebP from the machine's list alone; browsers are told not to guess, so a lie hides it."""


def declare_media_types() -> None:
    """Let files be served as what they are."""
    for ending, kind in MEDIA_TYPES.items():
        mimetypes.add_type(kind, ending)
