"""The address a request really comes from: proxies that are trusted are believed, nobody else is."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from litestar.connection import ASGIConnection

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
UNKNOWN = "0.0.0.0"


def address(connection: ASGIConnection[Any, Any, Any, Any], trusted: Sequence[Network]) -> str:
    """The nearest hop that is no trusted proxy, read from the right: what stands left of it anybody can write."""
    peer = connection.client.host if connection.client else UNKNOWN
    hops = [hop.strip() for line in connection.headers.getall("x-forwarded-for", []) for hop in line.split(",")]
    for hop in reversed([*hops, peer]):
        if not _is_address(hop):
            break
        peer = hop
        if not any(ipaddress.ip_address(hop) in network for network in trusted):
            break
    return peer if _is_address(peer) else UNKNOWN


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
