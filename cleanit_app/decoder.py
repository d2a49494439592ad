"""The process that takes photos apart. `adapters.limited_decoder` starts it; it forks once for each photo.

What a photo can break is that fork: it runs as nobody, opens and writes no file, and has little memory and time.
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import signal
import socket
import sys
from typing import Any

from PIL import Image

from cleanit_app.adapters.limited_decoder import packed, refused, stamp_of, unpacked
from cleanit_app.domain.errors import DomainError, PhotoBroken, TooManyPixels
from cleanit_app.services.examining import examine

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS, WALL_SECONDS = 10, 15
NOBODY_ID = 65534
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
            if os.fork() == 0:
                _work(control, handed[0])
            os.close(handed[0])


def _warm_up() -> None:
    """Load every plugin and table now, for the forks open no files."""
    Image.init()
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "JPEG")
    examine(out.getvalue(), most_bytes=1 << 20, kinds=("JPEG",))


def _work(control: socket.socket, fd: int) -> None:
    """One photo, in a fork that never comes back."""
    try:
        control.close()
        with socket.socket(fileno=fd) as connection:
            _give_up_rights()
            connection.sendall(_answer(_all_of(connection)))
    finally:
        os._exit(0)


def _give_up_rights() -> None:
    signal.alarm(WALL_SECONDS)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY_ID)
        os.setuid(NOBODY_ID)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


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
        return refused(TooManyPixels.__name__, {"most_side": SMALLER_SIDE})
    except Exception:  # whatever a decoder stumbles over says only that the photo is no good
        return refused(PhotoBroken.__name__, {})


def _examined(asked: dict[str, Any], data: bytes) -> Any:
    return examine(
        data, most_bytes=int(asked["most_bytes"]), kinds=tuple(asked["kinds"]), stamp=stamp_of(asked["stamp"])
    )


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(int(sys.argv[1]))
