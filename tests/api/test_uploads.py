"""Photos of strangers: taken apart in a process of their own, scanned, held back while nobody scans (SEC-06)."""

from __future__ import annotations

import io
import re
import socket
import struct
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil
import pytest
from PIL import Image
from sqlalchemy import text

from cleanit_app.adapters.clamav import ClamAv
from cleanit_app.adapters.limited_decoder import LimitedDecoder
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import PhotoBroken
from cleanit_app.ports import ScannerAway
from cleanit_app.services.photos.exif import write as with_gps
from cleanit_app.services.photos.image_decoding import examine
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import LUCKNOW, MovableClock, Town, picture
from tests.sandbox.running import free_port
from tests.support.clamd import DAEMONS, EICAR, NAME, Daemon
from workers.jobs import photos

As = Callable[[Actor], Caller]
pytestmark = pytest.mark.row("SEC-06")
FIELDS = {
    "title": "Corner dump by the school", "targetPaise": "100000", "latitude": "26.8467", "longitude": "80.9462",
    "description": "Children step into the road to get past this heap every single morning.",
    "address": "Gali No. 4, Aminabad, Lucknow",
}  # fmt: skip


def start(caller: Caller, photo: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> httpx.Response:
    """A campaign with this photo."""
    return caller("POST", "/api/campaigns", files={"photo": (name, photo, kind)}, data=FIELDS)


@pytest.mark.parametrize("daemon", DAEMONS.values(), ids=DAEMONS)
def test_a_daemon_finds_what_is_hidden_in_a_photo_and_passes_what_is_clean(daemon: Daemon, tmp_path: Path) -> None:
    with daemon(tmp_path) as address:
        scanner = ClamAv(address)
        assert scanner.scan(picture(1)).found is None
        assert scanner.scan(b"\0" * 3_000_000).found is None
        photo = picture(2)
        assert NAME in str(scanner.scan(photo[:2000] + EICAR + photo[2000:]).found)
        assert scanner.scan(EICAR).found
    with pytest.raises(ScannerAway):
        scanner.scan(picture(1))


@pytest.mark.parametrize("said", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK maybe\0", b"OK\0"])
def test_anything_but_the_exact_word_is_no_clean_bill(said: bytes) -> None:
    with pytest.raises(ScannerAway):
        _answering(said).scan(b"x")


def _answering(said: bytes) -> ClamAv:
    """A daemon that says just this, once."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as there:
            there.recv(4096)
            there.sendall(said)

    threading.Thread(target=serve, daemon=True).start()
    return ClamAv(f"127.0.0.1:{listener.getsockname()[1]}", seconds=3)


def test_an_infected_photo_is_refused_and_nothing_of_it_is_kept(
    as_: As, town: Town, wiring: Wiring, tmp_path: Path
) -> None:
    with list(DAEMONS.values())[-1](tmp_path) as address:
        wiring.scanner = ClamAv(address)
        photo = picture(3)
        refused = start(as_(town.person()), photo + EICAR)
        assert (refused.status_code, refused.json()["error"]) == (422, "PHOTO_INFECTED")
        assert list(Path(wiring.settings.storage_dir).rglob("*.*")) == []
        assert start(as_(town.person()), photo).status_code == 201


def test_while_nobody_scans_photos_wait_unseen_and_come_out_or_are_destroyed(
    as_: As, town: Town, wiring: Wiring, anybody: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "wiring", lambda: wiring)
    port = free_port()
    wiring.scanner = ClamAv(f"127.0.0.1:{port}")
    person = as_(town.person())
    good, bad = start(person, picture(4)).json(), start(person, picture(5) + EICAR).json()
    addresses = [one["photos"]["before"]["sizes"][0]["url"] for one in (good, bad)]
    ids = [one["photos"]["before"]["id"] for one in (good, bad)]
    assert [person.get(a).status_code for a in addresses] == [404, 404]
    assert [anybody.get(a.replace("/files/", "/files/quarantine/")).status_code for a in addresses] == [404, 404]
    assert [person.get(f"/api/photos/{i}/original").status_code for i in ids] == [404, 404]
    photos.scan_photos()
    assert [person.get(a).status_code for a in addresses] == [404, 404]
    with list(DAEMONS.values())[-1](tmp_path, port):
        photos.scan_photos()
    assert [person.get(a).status_code for a in addresses] == [200, 404]
    assert [person.get(f"/api/photos/{i}/original").status_code for i in ids] == [303, 404]
    assert list((Path(wiring.settings.storage_dir) / "quarantine").rglob("*.*")) == []
    with town.engine.connect() as connection:
        told = connection.execute(text("SELECT name FROM outbox WHERE name = 'PhotoWasInfected'")).all()
    assert len(told) == 1


def test_an_id_is_not_taken_while_nobody_scans(as_: As, town: Town, wiring: Wiring) -> None:
    wiring.scanner = ClamAv(f"127.0.0.1:{free_port()}")
    fields = {"kind": "VOTER_ID", "number": "ABC1234567"}
    answer = as_(town.cleaner())("POST", "/api/cleaners/me/identity-document", files={"photo": picture(1)}, data=fields)
    assert (answer.status_code, answer.json()["error"]) == (503, "TRY_LATER")


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def _as(kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture(9))).save(out, kind, **more)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.jpg", picture(9))
    return out.getvalue()


def corpus() -> dict[str, bytes]:
    """Files that are not fit, and photos with something hidden in them."""
    jpeg, png = picture(11), picture(11, kind="PNG")
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    moving = io.BytesIO()
    frames[0].save(moving, "PNG", save_all=True, append_images=frames[1:])
    found = {
        "empty": b"", "one byte": b"\xff", "text": b"hello", "svg": b"<svg xmlns='x'><script>1</script></svg>",
        "html": b"<!doctype html><script>alert(1)</script>", "xml": b"<?xml?><!DOCTYPE a [<!ENTITY x 'y'>]>",
        "php": b"<?php system($_GET[0]); ?>", "zip": _zip(), "elf": b"\x7fELF" + bytes(200), "exe": b"MZ" + bytes(200),
        "pdf": b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>", "gif": _as("GIF"), "bmp": _as("BMP"), "tiff": _as("TIFF"),
        "ico": _as("ICO"), "ppm": _as("PPM"), "fits": b"SIMPLE  =" + bytes(2880), "psd": b"8BPS" + bytes(200),
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n", "jpeg2000": _as("JPEG2000"), "gif with jpeg name": _as("GIF"),
        "bomb 900 Mpx": _png(30_000, 30_000, b""), "bomb 41 Mpx": _png(6_500, 6_400, bytes(1000)),
        "long side": _png(13_000, 10, bytes(1000)), "no rows": _png(4_000, 4_000, b""), "moving": moving.getvalue(),
        "fake magic": b"\xff\xd8\xff" + bytes(3000), "fake png": b"\x89PNG\r\n\x1a\n" + bytes(3000),
        "riff": b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(100), "phar": b"\xff\xd8\xff" + b"<?php __HALT_COMPILER(); ?>",
    }  # fmt: skip
    found |= {f"cut at {n}": jpeg[:n] for n in (10, 100, 300, 600)}
    found |= {f"png cut at {n}": png[:n] for n in (20, 40, 60, 200, 800)}
    found |= {f"flipped {n}": jpeg[:n] + bytes([jpeg[n] ^ 0xFF]) + jpeg[n + 1 :] for n in range(150, 650, 100)}
    return found


HIDDEN = {
    "script": b"<script>alert('own')</script>", "php": b"<?php system($_GET[0]); ?>",
    "zip": b"PK\x03\x04" + b"a.jpg" * 30, "html": b"<html><body onload=alert(1)>", "svg": b"<svg onload=alert(1)>",
    "pdf": b"%PDF-1.7 /JS", "sql": b"'; DROP TABLE users; --", "elf": b"\x7fELF" + b"marker",
    "jar": b"PK\x03\x04MANIFEST", "sh": b"#!/bin/sh\nrm -rf /",
}  # fmt: skip
"""What is hidden in photos that are fit."""


def polyglots() -> dict[str, bytes]:
    """Photos that are fit, with something behind or inside them that must not get out again."""
    jpeg = picture(12)
    ends = {f"{name} at the end": jpeg + tail for name, tail in HIDDEN.items()}
    behind = {f"{name} behind a png": picture(12, kind="PNG") + tail for name, tail in HIDDEN.items()}
    comment = {f"{name} in a comment": jpeg[:2] + _comment(tail) + jpeg[2:] for name, tail in HIDDEN.items()}
    large = {f"forty Mpx as {kind}": _flat(kind) for kind in ("JPEG", "PNG")}
    return ends | behind | comment | large | {"gps": with_gps(jpeg, place=LUCKNOW, at=MovableClock().now())}


def _flat(kind: str) -> bytes:
    """As many pixels as may be."""
    out = io.BytesIO()
    Image.new("RGB", (7300, 5470), "olive").save(out, kind)
    return out.getvalue()


def _comment(said: bytes) -> bytes:
    return b"\xff\xfe" + struct.pack(">H", min(65_000, len(said)) + 2) + said[:65_000]


def test_sixty_bad_files_cost_nothing_and_none_of_them_is_ever_shown(
    as_: As, town: Town, wiring: Wiring, anybody: Caller
) -> None:
    person, bad, sly = as_(town.person()), corpus(), polyglots()
    assert len(bad) + len(sly) >= 60
    with memory_of(wiring) as most:
        _send_all(person, bad, sly)
    print(f"\nat most {most['fork'] >> 20} MB in a fork, {most['web'] >> 20} MB more in the web process")
    assert max(most.values()) < 600 * 1024 * 1024
    shown = [path.read_bytes() for path in Path(wiring.settings.storage_dir).rglob("*.webp")]
    assert len(shown) >= 5 * len(sly)
    assert all(data[:4] == b"RIFF" and not any(word in data for word in HIDDEN.values()) for data in shown)
    with town.engine.connect() as connection:
        keys = connection.execute(text("SELECT original_key FROM photos")).scalars().all()
    assert all(key.startswith("originals/campaigns/") and ".." not in key for key in keys)


def _send_all(person: Caller, bad: dict[str, bytes], sly: dict[str, bytes]) -> None:
    for name, data in bad.items():
        answer = start(person, data, name="../../x.php.jpg")
        if name.startswith(("flipped", "cut")) and answer.status_code in (201, 409):
            continue  # still a photo
        assert answer.status_code in (413, 415, 422), f"{name}: {answer.status_code} {answer.text}"
    for name, data in sly.items():
        made = start(person, data)
        assert made.status_code == 201, f"{name}: {made.text}"
        for size in made.json()["photos"]["before"]["sizes"]:
            shown = person.get(size["url"])
            assert (shown.headers["content-type"], shown.content[:4]) == ("image/webp", b"RIFF")
            assert not dict(Image.open(io.BytesIO(shown.content)).getexif())


@contextmanager
def memory_of(wiring: Wiring) -> Iterator[dict[str, int]]:
    """The most memory that a fork of the decoder held, and that this process held more than before."""
    decoder = wiring.examiner
    assert isinstance(decoder, LimitedDecoder)
    decoder.warm()
    assert decoder._helper is not None
    helper = psutil.Process(decoder._helper.pid)
    before, most, over = psutil.Process().memory_info().rss, {"fork": 0, "web": 0}, threading.Event()

    def watch() -> None:
        while not over.wait(0.005):
            most["web"] = max(most["web"], psutil.Process().memory_info().rss - before)
            for child in helper.children():
                with suppress(psutil.Error):
                    most["fork"] = max(most["fork"], child.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def test_what_breaks_the_decoder_costs_only_that_process() -> None:
    decoder = LimitedDecoder()
    good = picture(20, (1600, 1200))
    seen = decoder.examine(good, most_bytes=10_000_000, kinds=("JPEG",))
    here = examine(good, most_bytes=10_000_000, kinds=("JPEG",))
    assert (seen.dhash, seen.sizes, seen.sharpness) == (here.dhash, here.sizes, here.sharpness)
    helper = decoder._helper
    assert helper is not None
    threading.Thread(target=_kill_forks, args=(helper.pid,), daemon=True).start()
    with pytest.raises(PhotoBroken):
        decoder.examine(picture(21, (6000, 4500)), most_bytes=10_000_000, kinds=("JPEG",))
    assert helper.poll() is None
    helper.kill()
    helper.wait()
    assert decoder.examine(good, most_bytes=10_000_000, kinds=("JPEG",)).sizes == here.sizes
    decoder.close()


def _kill_forks(helper_pid: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for fork in psutil.Process(helper_pid).children():
            if fork.cpu_times().user > 0.05:  # it is at the photo
                fork.kill()
                return


def test_the_helper_and_its_forks_know_no_secret_and_have_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", "must-not-be-there")
    decoder = LimitedDecoder()
    decoder.warm()
    assert decoder._helper is not None
    helper = psutil.Process(decoder._helper.pid)
    assert set(helper.environ()) <= {"LANG", "LC_CTYPE"}
    seen: dict[str, object] = {}
    watcher = threading.Thread(target=_watch, args=(helper, seen), daemon=True)
    watcher.start()
    decoder.examine(picture(22, (5000, 4000)), most_bytes=10_000_000, kinds=("JPEG",))
    watcher.join(20)
    decoder.close()
    assert seen["memory"] == str(512 * 1024 * 1024)
    assert (seen["cpu"], seen["size"], seen["files"], seen["children"]) == ("10", "0", "0", "0")
    assert seen["uids"] != 0 or helper.uids().real != 0


def _watch(helper: psutil.Process, seen: dict[str, object]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for fork in helper.children():
            try:
                said = Path(f"/proc/{fork.pid}/limits").read_text()
                limits = {name: re.search(rf"{what} +(\S+)", said)[1] for name, what in LIMITS.items()}
                uid = fork.uids().real
            except (OSError, psutil.NoSuchProcess):
                continue
            if limits["files"] == "0":
                seen.update(limits, uids=uid)
                return


LIMITS = {
    "memory": "Max address space", "cpu": "Max cpu time", "size": "Max file size",
    "files": "Max open files", "children": "Max processes",
}  # fmt: skip
