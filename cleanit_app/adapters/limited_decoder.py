"""Photos are taken apart in short-lived processes with little memory and time, so that a bad one costs only those.

A helper (`cleanit_app.decoder`) starts once, warm and without any secret; for each photo it forks a process that
gives up its rights, does the one photo and ends. Bytes and JSON go between them, never pickles.
"""

from __future__ import annotations

import hashlib
import json
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from cleanit_app.domain.errors import (
    NotAnImage,
    PhotoBroken,
    PhotoMissing,
    PhotoTooLarge,
    PhotoTooSmall,
    TooManyPixels,
    TryLater,
)
from cleanit_app.domain.pictures import WIDTHS, ExaminedPhoto, Stamp
from cleanit_app.ports import ExaminerAway

HELPER = "cleanit_app.decoder"
PATIENCE_SECONDS = 20.0
_PARTING_SECONDS = 1.0
_DEATH_SECONDS = 0.1  # its connections close a moment before a dying process is gone
MOST_ANSWER_BYTES = 64 * 1024 * 1024
MOST_ORIGINAL_BYTES = 40 * 1024 * 1024
READY = b"+"
"""A fork's first word once it has given up its rights; whatever comes instead of it is no word about the photo."""

_MOST_REASON = 500
_LENGTH = struct.Struct(">I")
_REFUSALS = {
    kind.__name__: kind for kind in (NotAnImage, PhotoBroken, PhotoMissing, PhotoTooLarge, PhotoTooSmall, TooManyPixels)
}
_PROJECT = Path(__file__).parents[2]
# Nothing of our own environment: what runs a stranger's bytes knows no secret.
_ENVIRONMENT = {"LANG": "C.UTF-8"}


class LimitedDecoder:
    """A PhotoExaminer for one process of ours; `at_once` photos are taken apart at the same time, others wait."""

    def __init__(self, at_once: int = 2) -> None:
        self._turns = threading.BoundedSemaphore(at_once)
        self._starting = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def examine(
        self, data: bytes, *, most_bytes: int, kinds: tuple[str, ...], stamp: Stamp | None = None
    ) -> ExaminedPhoto:
        """Check and take apart a received photo; PhotoBroken also when it broke the process that looked at it.

        Raises PhotoMissing, PhotoTooLarge, NotAnImage, TooManyPixels, PhotoTooSmall, PhotoBroken, TryLater when too
        many wait, or ExaminerAway, with the reason, when no process can begin.
        """
        if not data:
            raise PhotoMissing
        if len(data) > most_bytes:
            raise PhotoTooLarge(most_mb=most_bytes // (1024 * 1024))
        with self._turn():
            head = {"most_bytes": most_bytes, "kinds": kinds, "stamp": _said(stamp)}
            answer = self._ask(json.dumps(head).encode(), data)
        return _read(answer, data)

    def warm(self) -> None:
        """Start the helper now, so that the first photo need not wait for it. Raises ExaminerAway."""
        try:
            with self._starting:
                self._channel()
        except OSError as refused:
            raise ExaminerAway(f"the decoder cannot be started: {refused}") from refused

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE_SECONDS):
            raise TryLater
        try:
            yield
        finally:
            self._turns.release()

    def _ask(self, head: bytes, data: bytes) -> bytes:
        with self._fork() as fork:
            try:
                fork.sendall(_LENGTH.pack(len(head)) + head + data)
                fork.shutdown(socket.SHUT_WR)
                return _all_of(fork)
            except OSError:  # it died or took too long: that is an answer about the photo
                return b""

    def _fork(self) -> socket.socket:
        """A connection to a fork without rights. A helper that has just died is started again once."""
        why = ""
        for _ in range(2):
            try:
                fork = self._handed_over()
            except OSError as refused:  # no memory, no process, no descriptor left
                raise ExaminerAway(f"the decoder cannot be started: {refused}") from refused
            why = _why_not_ready(fork)
            if not why:
                return fork
            fork.close()
            if self._helper_lives():
                break
        raise ExaminerAway(f"the decoder cannot begin: {why}")

    def _helper_lives(self) -> bool:
        helper = self._helper
        if helper is None:
            return False
        try:
            helper.wait(_DEATH_SECONDS)
        except subprocess.TimeoutExpired:
            return True
        return False

    def _handed_over(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.settimeout(PATIENCE_SECONDS)
        try:
            with theirs:
                self._pass_on(theirs)
        except BaseException:
            ours.close()
            raise
        return ours

    def _pass_on(self, theirs: socket.socket) -> None:
        with self._starting:
            try:
                socket.send_fds(self._channel(), [b"p"], [theirs.fileno()])
            except (BrokenPipeError, ConnectionResetError):  # the helper itself is gone
                self._forget()
                socket.send_fds(self._channel(), [b"p"], [theirs.fileno()])

    def _channel(self) -> socket.socket:
        if self._helper is not None and self._helper.poll() is not None:
            self._forget()
        if self._control is None:
            ours, far = socket.socketpair()
            with far:
                command = [sys.executable, "-m", HELPER, str(far.fileno())]
                try:
                    self._helper = subprocess.Popen(
                        command, pass_fds=[far.fileno()], env=_ENVIRONMENT, cwd=_PROJECT, stdin=subprocess.DEVNULL
                    )
                except BaseException:
                    ours.close()
                    raise
            self._control = ours
        return self._control

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()
        self._control = self._helper = None

    def close(self) -> None:
        """End the helper; none is left when this returns."""
        with self._starting:
            helper = self._helper
            self._forget()
        if helper is None:
            return
        try:
            helper.wait(_PARTING_SECONDS)
        except subprocess.TimeoutExpired:  # it has only just started and hears nothing yet
            helper.kill()
            helper.wait()


def _why_not_ready(fork: socket.socket) -> str:
    """Empty when the fork has begun, else why it has not."""
    try:
        said = fork.recv(1)
        if said == READY:
            return ""
        return (said + fork.recv(_MOST_REASON)).decode(errors="replace") or "it ended at once"
    except OSError as silence:
        return f"{type(silence).__name__}: {silence}"


def _all_of(connection: socket.socket) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while chunk := connection.recv(1 << 16):
        size += len(chunk)
        if size > MOST_ANSWER_BYTES:
            return b""
        chunks.append(chunk)
    return b"".join(chunks)


def _said(stamp: Stamp | None) -> list[Any] | None:
    return [*stamp.place, stamp.at.isoformat()] if stamp else None


def stamp_of(said: Any) -> Stamp | None:
    """The stamp of a message's head."""
    return Stamp((float(said[0]), float(said[1])), datetime.fromisoformat(said[2])) if said else None


def packed(photo: ExaminedPhoto, data: bytes) -> bytes:
    """A photo taken apart as the answer of the process that did it; an original without a stamp stays where it is."""
    facts = {name: value for name, value in photo.__dict__.items() if name not in ("original", "sha256", "sizes")}
    facts["taken_at"] = photo.taken_at.isoformat() if photo.taken_at else None
    sizes = {str(width): len(photo.sizes[width]) for width in WIDTHS}
    head = json.dumps({"facts": facts, "sizes": sizes, "stamped": photo.original != data}).encode()
    original = photo.original if photo.original != data else b""
    return _LENGTH.pack(len(head)) + head + b"".join(photo.sizes[width] for width in WIDTHS) + original


def refused(name: str, values: dict[str, Any]) -> bytes:
    """A refusal as the answer of that process."""
    head = json.dumps({"refused": name, "values": values}).encode()
    return _LENGTH.pack(len(head)) + head


def unpacked(message: bytes) -> tuple[dict[str, Any], bytes]:
    """The head and the rest of a message; ValueError when it is none."""
    if len(message) < _LENGTH.size:
        raise ValueError("too short")
    end = _LENGTH.size + _LENGTH.unpack(message[: _LENGTH.size])[0]
    head = json.loads(message[_LENGTH.size : end])
    if not isinstance(head, dict):
        raise ValueError("no head")
    return head, message[end:]


def _read(answer: bytes, data: bytes) -> ExaminedPhoto:
    """What the process said, believed only as far as it has the right shape: it touched a stranger's bytes."""
    try:
        head, rest = unpacked(answer)
        if "refused" in head:
            raise _REFUSALS[head["refused"]](**head["values"])
        sizes, left = _cut(head["sizes"], rest)
        return _photo(head["facts"], sizes, data, _original(left, data) if head["stamped"] else data)
    except (ValueError, KeyError, TypeError, AttributeError) as nonsense:
        raise PhotoBroken from nonsense


def _cut(sizes: dict[str, int], rest: bytes) -> tuple[dict[int, bytes], bytes]:
    found, at = {}, 0
    for width in WIDTHS:
        found[width] = rest[at : at + int(sizes[str(width)])]
        at += len(found[width])
        if found[width][:4] != b"RIFF" or found[width][8:12] != b"WEBP":
            raise ValueError("no WebP")
    return found, rest[at:]


def _original(left: bytes, data: bytes) -> bytes:
    """The stamped original: a JPEG, as what came in was one."""
    if data[:3] != b"\xff\xd8\xff" or left[:3] != data[:3] or len(left) > MOST_ORIGINAL_BYTES:
        raise ValueError("no JPEG")
    return left


def _photo(facts: dict[str, Any], sizes: dict[int, bytes], data: bytes, original: bytes) -> ExaminedPhoto:
    place, taken_at = facts["place"], facts["taken_at"]
    return ExaminedPhoto(
        original=original,
        kind=str(facts["kind"]),
        sha256=hashlib.sha256(data).digest(),
        dhash=int(facts["dhash"]),
        width=int(facts["width"]),
        height=int(facts["height"]),
        brightness=float(facts["brightness"]),
        sharpness=float(facts["sharpness"]),
        place=(float(place[0]), float(place[1])) if place else None,
        taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
        camera=str(facts["camera"])[:100],
        camera_data=facts["camera_data"] is True,
        sizes=sizes,
    )
