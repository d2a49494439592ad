"""No text is as many pixels large: whoever sets larger letters in the browser gets them on every page (WCAG 1.4.4)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.source import PROJECT

pytestmark = pytest.mark.row("TST-03")

WRITTEN_IN = (".css", ".py", ".js", ".jsx", ".html")
_IN_PIXELS = re.compile(
    r"font-size\s*:[^;}\"']*\d(?:px|pt)|font\s*:[^;}\"']*\d(?:px|pt)|fontSize[\"']?\s*[:=]\s*[\"'`]?\d+|text-\[[\d.]+(?:px|pt)\]"
)


def files() -> list[Path]:
    """What is shipped to browsers, and what makes it."""
    found = [path for folder in ("assets", "cleanit_app") for path in (PROJECT / folder).rglob("*")]
    return [path for path in found if path.suffix in WRITTEN_IN and "external" not in path.parts]


@pytest.mark.parametrize(
    "line",
    ["a { font-size: 14px }", "font: 430 16px/1.4 x;", "text-[15px]", "fontSize: 12", "font-size:clamp(12px,2vw,3px)"],
)
def test_pixels_are_seen(line: str) -> None:
    assert _IN_PIXELS.search(line)


@pytest.mark.parametrize(
    "line", ["font-size: .875rem; top: 4px", "h-[44px]", "text-[1.5rem] p-[3px]", "font-size: inherit"]
)
def test_others_are_let_be(line: str) -> None:
    assert not _IN_PIXELS.search(line)


def test_type_is_sized_by_the_root() -> None:
    wrong = [
        f"{path.relative_to(PROJECT)}: {found[0]}"
        for path in files()
        for found in _IN_PIXELS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
