"""One picture of the album with what must be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tests.photos.profiles import Colour

LUCKNOW = (26.8467, 80.9462)


@dataclass(frozen=True)
class Shot:
    """A picture: how it is made, and what is right for it.

    `verdict` is `taken` or the code of the refusal. `camera_data` tells whether it says more than a page's canvas
    writes, `look` is `clear`, `dark` or `blurry`; both are None where they do not matter. `seen` are the colours in
    sRGB of its patches that the decoder must give, on average to within ΔE 1.
    """

    name: str
    make: Callable[[], bytes] = field(repr=False)
    verdict: str = "taken"
    place: tuple[float, float] | None = None
    taken_at: datetime | None = None
    orientation: int = 1
    camera_data: bool | None = None
    look: str | None = None
    size: tuple[int, int] | None = None
    seen: Callable[[], list[Colour]] | None = field(default=None, repr=False)
    also: str = ""
