"""How far the bytes of a stranger get: each step sees them only when the one before it was content (SEC-06)."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

from cleanit_app.adapters.local_files import LocalFiles
from cleanit_app.domain.errors import NotAnImage, PhotoInfected, PhotoMissing, PhotoTooLarge, TryLater
from cleanit_app.domain.pictures import ExaminedPhoto
from cleanit_app.ports import ScannerAway, Verdict
from cleanit_app.services.photos import intake
from cleanit_app.services.photos.image_decoding import examine
from tests.factories import picture

pytestmark = pytest.mark.row("SEC-06")
MOST = 1_000_000


class Read(io.BytesIO):
    """A file that says how much of it was asked for."""

    asked = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """As a file does."""
        self.asked = size or 0
        return super().read(size)


@dataclass
class Way:
    """Decoder and scanner that note what comes as far as them, in its order."""

    finds: str | None = None
    away: bool = False
    came: list[str] = field(default_factory=list)
    is_there = True

    def examine(self, data: bytes, **asked: Any) -> ExaminedPhoto:
        """Take it apart, here."""
        self.came.append("taken apart")
        return examine(data, **asked)

    def scan(self, data: bytes) -> Verdict:
        """Say what was to be found."""
        self.came.append("scanned")
        if self.away:
            raise ScannerAway
        return Verdict(self.finds)

    def warm(self) -> None: ...
    def close(self) -> None: ...


def nobody() -> NoReturn:
    """No transaction is opened on this way."""
    raise AssertionError


def take(way: Way, sent: intake.Sent | None) -> intake.Received:
    """Send it on the way."""
    return intake.receive(nobody, way, way, sent=sent, most_bytes=MOST, kinds=("JPEG", "PNG"))


def refuse(kept: set[str]) -> NoReturn:
    """What a service may do while the files lie there already."""
    assert kept
    raise PermissionError


def files_of(folder: Path) -> set[str]:
    """Every file that lies there now."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_what_is_too_large_is_not_read_to_its_end_and_reaches_nobody() -> None:
    way, sent = Way(), Read(b"\xff" * (MOST * 3))
    with pytest.raises(PhotoTooLarge):
        take(way, sent)
    assert (sent.asked, sent.tell(), way.came) == (MOST + 1, MOST + 1, [])


def test_nothing_at_all_is_said_to_be_missing() -> None:
    with pytest.raises(PhotoMissing):
        take(Way(), None)


def test_what_is_no_picture_is_not_scanned() -> None:
    way = Way()
    with pytest.raises(NotAnImage):
        take(way, Read(b"PK\x03\x04" + b"x" * 500))
    assert way.came == ["taken apart"]


def test_a_good_one_is_taken_apart_and_then_scanned_as_kept_and_as_shown() -> None:
    way = Way()
    assert take(way, Read(picture(1))).scanned
    assert way.came == ["taken apart", "scanned", "scanned"]


def test_an_infected_one_ends_at_the_first_find() -> None:
    way = Way(finds="Eicar")
    with pytest.raises(PhotoInfected):
        take(way, Read(picture(2)))
    assert way.came == ["taken apart", "scanned"]


def test_what_nobody_scanned_lies_in_quarantine_and_nowhere_else(tmp_path: Path) -> None:
    received = take(Way(away=True), Read(picture(3)))
    with pytest.raises(TryLater):
        intake.must_be_scanned(received)
    with intake.stored(LocalFiles(tmp_path), received, folder="campaigns") as kept:
        assert kept.in_quarantine
        assert all(name.startswith("quarantine/") for name in files_of(tmp_path))
        assert len(files_of(tmp_path)) == 1 + len(received.photo.sizes)


@pytest.mark.parametrize("away", [False, True])
def test_files_of_a_refused_wish_are_gone_and_those_of_a_granted_one_stay(tmp_path: Path, away: bool) -> None:
    received, files = take(Way(away=away), Read(picture(4))), LocalFiles(tmp_path)
    with pytest.raises(PermissionError), intake.stored(files, received, folder="campaigns"):
        refuse(files_of(tmp_path))
    assert files_of(tmp_path) == set()
    with intake.stored(files, received, folder="campaigns"):
        pass
    assert len(files_of(tmp_path)) == 1 + len(received.photo.sizes)
