"""The pictures by name, each with the verdict that is right for it; `docs/photos.md` shows them as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.photos import album_colours, album_exif, album_files, album_light, album_rare, album_sizes
from tests.photos.shot import Shot

DOCUMENT = Path(__file__).parents[2] / "docs" / "photos.md"
START, END = "<!-- album -->\n", "<!-- end -->"
GROUPS: dict[str, Callable[[], Iterator[Shot]]] = {
    "Where it was taken": album_exif.places,
    "When it was taken": album_exif.times,
    "Which side is up": album_exif.sides,
    "EXIF that does not parse": album_exif.torn,
    "Files and what lies in them": album_files.containers,
    "Files that lack something": album_files.torn,
    "Camera data or a canvas": album_files.origins,
    "Colours": album_colours.shown,
    "Depth and transparency": album_colours.depths,
    "Rare kinds": album_rare.rare,
    "Size": album_sizes.sizes,
    "Light and sharpness": album_light.lights,
}


@cache
def album() -> dict[str, list[Shot]]:
    """All pictures by their group."""
    return {name: list(shots()) for name, shots in GROUPS.items()}


def page(text: str) -> str:
    """The documentation with the album's table between its marks."""
    head, _, rest = text.partition(START)
    return head + START + "\n" + table() + END + rest.partition(END)[2]


def table() -> str:
    """The album as it stands in the documentation."""
    lines = []
    for group, shots in album().items():
        lines += [f"### {group}", "", "| Picture | Verdict | Place | Time | Lies | Also |", "|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(_cells(shot)) + " |" for shot in shots] + [""]
    return "\n".join(lines)


def _cells(shot: Shot) -> tuple[str, ...]:
    place = f"{shot.place[0]:.4f}, {shot.place[1]:.4f}" if shot.place else ""
    return (
        shot.name,
        shot.verdict,
        place,
        _said(shot.taken_at),
        str(shot.orientation) if shot.orientation > 1 else "",
        shot.also or shot.look or "",
    )


def _said(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ") if at else ""


if __name__ == "__main__":
    DOCUMENT.write_text(page(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
