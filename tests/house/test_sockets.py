"""A test connects to this machine at most, and a test of plain rules to nothing."""

from __future__ import annotations

import socket

import pytest

from tests.support.sockets import SocketIsClosed, sockets_closed

FAR = ("192.0.2.1", 9)  # RFC 5737: nobody's
NEAR = ("127.0.0.1", 9)


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
@pytest.mark.parametrize("address", [FAR, NEAR])
def test_a_test_that_asks_for_no_part_connects_nowhere(method: str, address: tuple[str, int]) -> None:
    with socket.socket() as tried, pytest.raises(SocketIsClosed, match="may connect nowhere"):
        getattr(tried, method)(address)


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "0.0.0.0"])
def test_other_machines_are_refused_before_anything_is_sent(method: str, host: str) -> None:
    with sockets_closed(local_allowed=True), socket.socket() as tried:
        with pytest.raises(SocketIsClosed, match="only to this machine"):
            getattr(tried, method)((host, 9))
        assert tried.getsockname() == ("0.0.0.0", 0)
