"""Closes a test's sockets: to everywhere but this machine, or altogether."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

# What these folders test needs no other part, so their tests get no connection unless they ask for a part.
CLOSED = ("domain", "i18n", "house", "components")
PARTS = frozenset({"postgres_server", "valkey_server", "live", "chromium_path"})


class SocketIsClosed(RuntimeError):
    """A test reached for an address that it may not connect to; no OSError, so no retry swallows it."""


@contextmanager
def sockets_closed(*, local_allowed: bool) -> Iterator[None]:
    """Refuses every connect of this process but to this machine, or without `local_allowed` every one at all."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), local_allowed=local_allowed))
        yield


def _guarded(connect: Any, *, local_allowed: bool) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if not (local_allowed and (self.family == socket.AF_UNIX or _is_local(address[0]))):
            allowed = "only to this machine" if local_allowed else "nowhere, for it asks for no part that listens"
            raise SocketIsClosed(f"This test may connect {allowed}; it tried {address!r}.")
        return connect(self, address)

    return guarded


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
