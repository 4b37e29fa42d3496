"""How files leave: to be kept, never to be opened as pages of ours."""

from __future__ import annotations

from urllib.parse import quote

SANDBOX = "sandbox; default-src 'none'"
DOWNLOAD = "application/octet-stream"


def disposition(how: str, name: str) -> str:
    """RFC 6266: the name in ASCII for old programs, and as it is."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
