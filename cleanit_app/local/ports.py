"""Free ports on this machine."""

from __future__ import annotations

import socket
import sys
from collections.abc import Collection

from cleanit_app.local.listening import V4, can_listen

_TRIES = 200
LAST_PORT = 65535
_held: list[socket.socket] = []
"""Marks on ports that this process has chosen; they vanish with the process."""


def is_free(port: int, hosts: Collection[str] = (V4,)) -> bool:
    """Whether nobody listens there, at none of these addresses, and this user may."""
    return all(can_listen(host, port) for host in hosts) and not _answers(port)


def _answers(port: int) -> bool:
    """Some systems let two programs listen at one port; whoever answers has it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((V4, port)) == 0


def next_free(first: int, taken: Collection[int] = (), hosts: Collection[str] = (V4,)) -> int:
    """The first free port from `first` on, kept from other runs; RuntimeError when many in a row are busy."""
    last = min(first + _TRIES - 1, LAST_PORT)
    for port in range(first, last + 1):
        if port not in taken and is_free(port, hosts) and _mark(port):
            return port
    raise RuntimeError(f"No port from {first} to {last} is free for this user. Choose another: make run PORT=9000")


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
