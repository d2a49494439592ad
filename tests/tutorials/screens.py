"""The two screens that are filmed: a phone's, and an admin's desk."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import ViewportSize


@dataclass(frozen=True)
class Screen:
    """A screen in CSS pixels, with the band above it that captions are shown on."""

    width: int
    height: int
    band: int
    sharpness: float
    """Pixels of a picture for each of the screen's."""
    scale: float
    """Pixels of a recording for each of the screen's."""
    quantizer: int
    """How much a recording leaves out: 0 nothing, 63 the most."""

    @property
    def viewport(self) -> ViewportSize:
        """As a browser takes it."""
        return {"width": self.width, "height": self.height}

    @property
    def recorded(self) -> tuple[int, int]:
        """Width and height of the recording, in its own pixels."""
        return round(self.width * self.scale), round((self.height + self.band) * self.scale)


PHONE = Screen(360, 680, 88, sharpness=1.5, scale=1.25, quantizer=56)
DESK = Screen(1280, 800, 64, sharpness=1.0, scale=0.75, quantizer=56)
