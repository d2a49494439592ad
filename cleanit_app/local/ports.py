"""Free ports on this machine."""

from __future__ import annotations

import socket
from collections.abc import Collection

_TRIES = 200


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens there; granian shares its port and would not notice."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def next_free(first: int, taken: Collection[int] = ()) -> int:
    """The first free port from `first` on; raises RuntimeError when many in a row are busy."""
    for port in range(first, first + _TRIES):
        if port not in taken and is_free(port):
            return port
    raise RuntimeError(f"no free port from {first} to {first + _TRIES - 1}")


def any_free() -> int:
    """A port that the system calls free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
