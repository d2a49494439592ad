"""The page reads EXIF as the server does: every picture of the album, by both, against the same right values."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cleanit_app.services.photos import exif, image_containers
from tests.components.test_browser_scripts import node
from tests.photos.album import album
from tests.photos.shot import Shot

pytestmark = pytest.mark.row("CAM-05", "JOB-09", "JOB-10")
METRE = 1e-5  # degrees
READ = """
import { readFileSync } from "node:fs";
import { readExif } from "./exif.mjs";
const bytes = (b) => b.buffer.slice(b.byteOffset, b.byteOffset + b.length);
const read = (n) => { const { tiff, ...said } = readExif(bytes(readFileSync(n + ".bin"))); return said; };
console.log(JSON.stringify([...Array(COUNT).keys()].map(read)));
"""


def _shots() -> list[Shot]:
    """All but the pictures of many megapixels, which carry no EXIF."""
    return [shot for group, shots in album().items() for shot in shots if group not in ("Size", "Light and sharpness")]


def _by_the_page(folder: Path, files: list[bytes]) -> list[dict[str, Any]]:
    for number, data in enumerate(files):
        (folder / f"{number}.bin").write_bytes(data)
    return list(node(READ.replace("COUNT", str(len(files))), folder))


def _by_the_server(data: bytes, kind: str) -> dict[str, Any]:
    said = exif.said_in(image_containers.taken_apart(data, kind).tiff)
    place = dict(zip(("latitude", "longitude"), said.place, strict=True)) if said.place else None
    taken = said.taken_at.timestamp() if said.taken_at else None
    return {"place": place, "takenAt": taken, "orientation": said.orientation}


def _kind(data: bytes) -> str:
    return (
        "JPEG" if data[:2] == b"\xff\xd8" else "PNG" if data[1:4] == b"PNG" else "WEBP" if data[8:12] == b"WEBP" else ""
    )


def test_page_and_server_read_every_picture_alike_and_right(tmp_path: Path) -> None:
    shots = [(shot, data) for shot in _shots() if _kind(data := shot.make())]
    assert len(shots) > 200
    wrong = {}
    for (shot, data), page in zip(shots, _by_the_page(tmp_path, [data for _, data in shots]), strict=True):
        page["takenAt"] = datetime.fromisoformat(page["takenAt"]).timestamp() if page["takenAt"] else None
        server = _by_the_server(data, _kind(data))
        if page != server or (shot.verdict == "taken" and not _is_right(shot, page)):
            wrong[shot.name] = (page, server)
    assert wrong == {}


def _is_right(shot: Shot, said: dict[str, Any]) -> bool:
    taken = shot.taken_at.timestamp() if shot.taken_at else None
    if (said["takenAt"], said["orientation"], said["place"] is None) != (taken, shot.orientation, shot.place is None):
        return False
    return (
        shot.place is None or max(abs(a - b) for a, b in zip(shot.place, said["place"].values(), strict=True)) < METRE
    )


def test_spoiled_blocks_are_read_alike(tmp_path: Path) -> None:
    """Whatever single byte of a block is wrong, both say the same."""
    shot = next(shot for shot in album()["When it was taken"] if shot.name == "everything a Nokia writes")
    data = shot.make()
    at = data.index(b"Exif\0\0")
    length = int.from_bytes(data[at - 2 : at], "big") - 2
    files = [
        data[:n] + bytes([data[n] ^ flip]) + data[n + 1 :] for n in range(at, at + length) for flip in (0xFF, 0x01)
    ]
    wrong = []
    for number, (page, file) in enumerate(zip(_by_the_page(tmp_path, files), files, strict=True)):
        page["takenAt"] = datetime.fromisoformat(page["takenAt"]).timestamp() if page["takenAt"] else None
        if page != (server := _by_the_server(file, "JPEG")):
            wrong.append((number, page, server))
    assert wrong == []
    assert len(files) > 400


@pytest.mark.parametrize("name", ["PNG with EXIF at its end", "WEBP with EXIF", "EXIF behind 600 KB of a profile"])
def test_what_any_file_says_travels_with_the_smaller_photo(tmp_path: Path, name: str) -> None:
    shot = next(shot for shot in album()["Files and what lies in them"] if shot.name == name)
    plain = next(shot for shot in album()["Files and what lies in them"] if shot.name == "a plain JPEG")
    (tmp_path / "old.bin").write_bytes(shot.make())
    (tmp_path / "small.jpg").write_bytes(plain.make())
    code = """
    import { readFileSync, writeFileSync } from "node:fs";
    import { carryExif } from "./exif.mjs";
    const b = readFileSync("old.bin"), small = new Blob([readFileSync("small.jpg")]);
    const made = await carryExif(b.buffer.slice(b.byteOffset, b.byteOffset + b.length), small);
    writeFileSync("made.jpg", Buffer.from(await made.arrayBuffer()));
    console.log("true");
    """
    assert node(code, tmp_path) is True
    said = _by_the_server((tmp_path / "made.jpg").read_bytes(), "JPEG")
    assert shot.place
    assert shot.taken_at
    assert said["place"] == pytest.approx(dict(zip(("latitude", "longitude"), shot.place, strict=True)), abs=METRE)
    assert (said["takenAt"], said["orientation"]) == (shot.taken_at.timestamp(), 1)


def test_a_block_too_large_for_a_segment_stays_with_its_file(tmp_path: Path) -> None:
    block = b"II*\0\x08\0\0\0" + bytes(70_000)
    (tmp_path / "old.bin").write_bytes(
        b"\x89PNG\r\n\x1a\n" + len(block).to_bytes(4, "big") + b"eXIf" + block + bytes(4)
    )
    code = """
    import { readFileSync } from "node:fs";
    import { carryExif } from "./exif.mjs";
    const b = readFileSync("old.bin");
    const made = await carryExif(b.buffer.slice(b.byteOffset, b.byteOffset + b.length), new Blob(["x"]));
    console.log(JSON.stringify(made));
    """
    assert json.dumps(node(code, tmp_path)) == "null"
