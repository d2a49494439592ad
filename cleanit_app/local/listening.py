"""Where `make run` listens, and under which names people reach it: this machine alone, or its network too."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psutil

V4, V6 = "127.0.0.1", "::1"
_HERE = ("localhost", V4, f"[{V6}]")
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - only where HOST says so


@dataclass(frozen=True)
class Listening:
    """`host` is the server's; what comes to `loopbacks` is passed on to it; `names` stand in addresses, best first."""

    host: str
    loopbacks: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def is_open_to_others(self) -> bool:
        """Whether other machines can reach it."""
        return self.host not in (V4, V6)

    @property
    def reached_at(self) -> str:
        """The address by which parts of this machine reach the server."""
        return {"0.0.0.0": V4, "::": V6}.get(self.host, self.host)  # noqa: S104 - compared, not opened

    def urls(self, port: int) -> list[str]:
        """Every address of a port, the one to be told to people first."""
        return [f"http://{name}:{port}" for name in self.names]


def in_url(address: str) -> str:
    """An address as it stands in a URL."""
    return f"[{address}]" if ":" in address else address


def listening(wanted: str, remark: Callable[[str], None]) -> Listening:
    """What HOST asks for. RuntimeError when it names an address that is not this machine's."""
    host = _host_of(wanted, remark)
    covered = {"0.0.0.0": {V4}, "::": {V4, V6}}.get(host, {host})  # noqa: S104 - compared, not opened
    loopbacks = tuple(own for own in (V4, V6) if own not in covered and can_listen(own))
    if host in (V4, V6):
        return Listening(host, loopbacks, _HERE)
    others = [one for one in own_addresses() if host == "::" or ":" not in one] if host in _EVERYWHERE else [host]
    return Listening(host, loopbacks, (*map(in_url, others), *_HERE))


def _host_of(wanted: str, remark: Callable[[str], None]) -> str:
    if wanted in ("", "localhost"):
        return V4
    try:
        address = ipaddress.ip_address(wanted.strip("[]"))
    except ValueError:
        # Some shells keep the machine's name in HOST; that is no wish to be seen by everybody.
        remark(f"HOST={wanted} is no address; listening on localhost. For the network: make run HOST=0.0.0.0")
        return V4
    host = V4 if address.is_loopback and address.version == 4 else str(address)
    if not can_listen(host):
        known = ", ".join(own_addresses()) or "none but localhost"
        raise RuntimeError(f"HOST={wanted} is no address of this machine. It has: {known}. All of them: HOST=0.0.0.0")
    return host


def own_addresses() -> list[str]:
    """The addresses by which other machines may reach this one, IPv4 first."""
    found = [
        ipaddress.ip_address(one.address)
        for entries in psutil.net_if_addrs().values()
        for one in entries
        if one.family in (socket.AF_INET, socket.AF_INET6) and "%" not in one.address
    ]
    return [str(one) for one in _sorted(found) if not (one.is_loopback or one.is_link_local)]


def _sorted(
    found: Iterable[ipaddress.IPv4Address | ipaddress.IPv6Address],
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    return sorted(found, key=lambda one: (one.version, not one.is_private, str(one)))


def can_listen(host: str, port: int = 0) -> bool:
    """Whether this machine has that address and nobody listens at that port of it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True
