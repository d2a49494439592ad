"""The process that takes photos apart. `adapters.limited_decoder` starts it; it forks once for each photo.

What a photo can break is that fork: it runs as nobody, opens and writes no file, and has little memory and time.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import sys
from typing import Any

from PIL import Image

from cleanit_app.adapters.limited_decoder import READY, packed, refused, stamp_of, unpacked
from cleanit_app.decoder_limits import give_up_rights
from cleanit_app.domain.errors import DomainError, PhotoBroken, TooManyPixels
from cleanit_app.services.photos.image_decoding import examine

SMALLER_SIDE = 4000  # px, told to whom memory did not suffice


def main(control_fd: int) -> None:
    """Fork for each connection that is handed over, until nobody is there to hand one over."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the forks
    _warm_up()
    with socket.socket(fileno=control_fd) as control:
        while True:
            word, handed, _, _ = socket.recv_fds(control, 1, 1)
            if not word:
                return
            with socket.socket(fileno=handed[0]) as connection:
                _fork(control, connection)


def _fork(control: socket.socket, connection: socket.socket) -> None:
    try:
        is_fork = os.fork() == 0
    except OSError as refused:  # too many processes, too little memory: the next one may find room
        _say(connection, f"no process to be had: {refused}".encode())
        return
    if is_fork:
        try:
            control.close()
            _work(connection)
        finally:
            os._exit(0)


def _warm_up() -> None:
    """Load every plugin and table now, for the forks open no files."""
    Image.init()
    out = io.BytesIO()
    Image.new("RGB", (640, 480)).save(out, "JPEG")
    examine(out.getvalue(), most_bytes=1 << 20, kinds=("JPEG",))


def _work(connection: socket.socket) -> None:
    """One photo, in a fork that never comes back; it looks at nothing before its rights are gone."""
    try:
        give_up_rights(too_much=lambda: _say(connection, _too_large()))
    except (OSError, ValueError, RuntimeError) as refused:
        _say(connection, f"{type(refused).__name__}: {refused}".encode())
        return
    _say(connection, READY)
    _say(connection, _answer(_all_of(connection)))


def _say(connection: socket.socket, message: bytes) -> None:
    with contextlib.suppress(OSError):  # who asked has gone
        connection.sendall(message)


def _too_large() -> bytes:
    return refused(TooManyPixels.__name__, {"most_side": SMALLER_SIDE})


def _all_of(connection: socket.socket) -> bytes:
    chunks = []
    while chunk := connection.recv(1 << 20):
        chunks.append(chunk)
    return b"".join(chunks)


def _answer(message: bytes) -> bytes:
    asked, data = unpacked(message)
    try:
        return packed(_examined(asked, data), data)
    except DomainError as refusal:
        return refused(type(refusal).__name__, refusal.values)
    except MemoryError:
        return _too_large()
    except Exception:  # whatever a decoder stumbles over says only that the photo is no good
        return refused(PhotoBroken.__name__, {})


def _examined(asked: dict[str, Any], data: bytes) -> Any:
    return examine(
        data, most_bytes=int(asked["most_bytes"]), kinds=tuple(asked["kinds"]), stamp=stamp_of(asked["stamp"])
    )


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(int(sys.argv[1]))
