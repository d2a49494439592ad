"""Photos stored before and photos taken today are hashed alike."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PIL import Image

from cleanit_app.services.photos.difference_hash import difference_hash, signed


def noise(seed: int, size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A picture of random bytes, the same at every run."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, random.Random(seed).randbytes(size[0] * size[1] * bands))


def clouds(seed: int, size: tuple[int, int]) -> Image.Image:
    """Few random bytes spread wide: soft, as photos are."""
    return noise(seed, (7, 5)).resize(size, Image.Resampling.BICUBIC)


RECORDED: dict[str, tuple[Callable[[], Image.Image], int]] = {
    "one pixel": (lambda: noise(6, (1, 1)), 0x0000000000000000),
    "nothing to resize": (lambda: noise(5, (9, 8)), 0x34967A4A155652EB),
    "small": (lambda: noise(1, (64, 48)), 0x955D445A5AB3CCD5),
    "upright": (lambda: noise(2, (33, 201)), 0x4FB49B32B269B999),
    "large": (lambda: noise(3, (1600, 1200)), 0x11154528820A1002),
    "a narrow strip": (lambda: noise(7, (3, 2000)), 0x0FF0F01E3E0F0F0F),
    "grey": (lambda: noise(4, (320, 320), "L"), 0x484C994954A45672),
    "for print": (lambda: noise(8, (200, 100), "CMYK"), 0x4895B51BC91229B1),
    "with holes": (lambda: noise(9, (200, 100), "RGBA"), 0x55966113A1D99AC6),
    "soft": (lambda: clouds(1, (800, 600)), 0x366769C6E6666F49),
    "soft and upright": (lambda: clouds(2, (600, 800)), 0xE4D8993939DBD392),
    "soft, odd sides": (lambda: clouds(3, (1599, 1201)), 0x67C6C66C6993D7C6),
    "soft and turned": (lambda: clouds(5, (400, 400)).rotate(90), 0x0EC7030330F8F8F8),
    "a panorama": (lambda: clouds(6, (4000, 250)), 0xC6C68E0C29796969),
    "white": (lambda: Image.new("RGB", (640, 480), "white"), 0x0000000000000000),
    "brighter to the right": (lambda: Image.linear_gradient("L").rotate(90), 0xFFFFFFFFFFFFFFFF),
    "brighter to the left": (lambda: Image.linear_gradient("L").rotate(270), 0x0000000000000000),
    "round": (lambda: Image.radial_gradient("L"), 0x0F0F0F0F0F0F0F0F),
}
"""What imagehash 4.3.2 said of these pictures, with numpy 2.4 and Pillow 13."""


@pytest.mark.row("JOB-10")
@pytest.mark.parametrize("name", RECORDED)
def test_the_bits_are_those_that_imagehash_gave(name: str) -> None:
    make, bits = RECORDED[name]
    assert difference_hash(make()) == bits


def test_the_highest_bit_is_the_sign_in_the_table() -> None:
    assert [signed(bits) for bits in (0, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)] == [0, (1 << 63) - 1, -(1 << 63), -1]
