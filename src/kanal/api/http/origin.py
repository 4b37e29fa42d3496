"""Where a browser was sent from. Its unsafe calls and its WebSockets must come from a page of ours."""

from __future__ import annotations

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def own_origins(public_url: str) -> frozenset[str]:
    """As browsers write them. On one's own machine all names of the loopback are the same server."""
    parts = urlsplit(public_url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = parts.port if parts.port not in (None, DEFAULT_PORTS[parts.scheme]) else None
    hosts = LOOPBACK if host in LOOPBACK else (host,)
    return frozenset(f"{parts.scheme}://{name}" + (f":{port}" if port else "") for name in hosts)
