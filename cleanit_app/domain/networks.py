"""Network addresses: whose proxy one may believe, and which networks somebody may come from (SEC-02)."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

IPV6_OF_ONE_HOUSEHOLD = 64


def is_inside(address: str, networks: Sequence[str]) -> bool:
    """Whether an address lies in one of the networks; what is no address lies in none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in ipaddress.ip_network(network, strict=False) for network in networks)


def household(address: str) -> str:
    """The address as it is counted: an IPv6 household has a whole /64 to choose from."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, IPV6_OF_ONE_HOUSEHOLD), strict=False))
    return str(found)
