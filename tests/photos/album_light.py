"""Light and sharpness, on made streets of known focus."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PIL import Image

from tests.photos.files import blurred, encoded, scene
from tests.photos.shot import Shot

SIZE = (720, 540)


def lights() -> Iterator[Shot]:
    """Sharp, out of focus, dark, and both."""
    for seed in range(10, 18):
        yield Shot(f"street {seed}, sharp", partial(_street, seed), look="clear")
        yield Shot(f"street {seed}, out of focus by 2 % of its width", partial(_street, seed, 0.02), look="blurry")
    for seed in range(10, 13):
        yield Shot(f"street {seed}, bright and out of focus", partial(_street, seed, 0.02, 1.5), look="blurry")
        yield Shot(f"street {seed} at night", partial(_street, seed, 0, 0.22), look="dark")
        yield Shot(
            f"street {seed} at night, out of focus",
            partial(_street, seed, 0.03, 0.22),
            look="dark",
            also="dark, not also blurry",
        )
    yield Shot("a white wall", partial(_blank, 235), look="blurry")
    yield Shot("a lens cap", partial(_blank, 4), look="dark")
    yield Shot("a tall street, sharp", lambda: encoded(scene(19, (540, 960))), look="clear")


def _street(seed: int, blur: float = 0.0, light: float = 1.0) -> bytes:
    image = scene(seed, SIZE)
    image = blurred(image, blur) if blur else image
    return encoded(image.point(lambda v: min(255, int(v * light))))


def _blank(grey: int) -> bytes:
    return encoded(Image.new("RGB", SIZE, (grey, grey, grey)))
