"""Free ports on this machine."""

from __future__ import annotations

import socket
import sys
from collections.abc import Collection

_TRIES = 200
_held: list[socket.socket] = []
"""Marks on ports that this process has chosen; they vanish with the process."""


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def next_free(first: int, taken: Collection[int] = ()) -> int:
    """The first free port from `first` on, kept from other runs; RuntimeError when many in a row are busy."""
    for port in range(first, first + _TRIES):
        if port not in taken and is_free(port) and _mark(port):
            return port
    raise RuntimeError(f"no free port from {first} to {first + _TRIES - 1}")


def any_free() -> int:
    """A port that the system calls free now, kept from other runs."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if _mark(port):
            return port


def _mark(port: int) -> bool:
    """Say to other runs that this port is chosen; False when another has.

    Between choosing a port and listening on it pass seconds, and two granians would then share it without
    a word. An abstract socket is a lock that needs no file and ends with its process (Linux).
    """
    if sys.platform != "linux":
        return True
    mark = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        mark.bind(f"\0cleanit-port-{port}")
    except OSError:
        mark.close()
        return False
    _held.append(mark)
    return True
