"""Which address a request is counted under."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from litestar.connection import ASGIConnection

from kanal.api.http import client
from kanal.people import limits

PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)


def _connection(peer: str, *forwarded: str) -> ASGIConnection[Any, Any, Any, Any]:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    scope: Any = {"type": "http", "headers": headers, "client": (peer, 1), "query_string": b"", "path": "/"}
    return ASGIConnection(scope)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["1.2.3.4"], "203.0.113.7"),
        ("10.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", ["1.2.3.4, 203.0.113.7, 10.0.0.2"], "203.0.113.7"),
        ("10.0.0.1", ["1.2.3.4", "203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", ["made up"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.7, made up"], "10.0.0.1"),
        ("10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ("testclient", [], "0.0.0.0"),
    ],
)
def test_only_trusted_proxies_are_believed(peer: str, forwarded: list[str], expected: str) -> None:
    assert client.address(_connection(peer, *forwarded), PROXIES) == expected


def test_ipv6_customer_counts_as_one_however_many_addresses_they_have() -> None:
    assert limits.client("2001:db8:1:2::1") == limits.client("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert limits.client("203.0.113.7") == "203.0.113.7"
