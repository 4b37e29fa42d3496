"""How files leave: to be kept, never to be opened as pages of ours."""

from __future__ import annotations

import re
from urllib.parse import quote

SANDBOX = "sandbox; default-src 'none'"
DOWNLOAD = "application/octet-stream"

PDF = "application/pdf"
SHOWN_PDF = "frame-ancestors 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"
"""Browsers show a PDF in a reader of their own, which a sandbox would keep out; no page of ours can be made of it."""
PLAYED = frozenset(
    {
        *("audio/mpeg", "audio/ogg", "audio/wav", "audio/x-wav", "audio/mp4", "audio/aac", "audio/flac", "audio/webm"),
        *("video/mp4", "video/webm", "video/ogg", "video/quicktime"),
    }
)
MOST_OF_RANGE = 4 * 1024 * 1024


def disposition(how: str, name: str) -> str:
    """RFC 6266: the name in ASCII for old programs, and as it is."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def wanted_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and count of `Range: bytes=…`; None where the whole is wanted, or what is wanted makes no sense."""
    given = _RANGE.fullmatch(header or "")
    if given is None or not (given[1] or given[2]):
        return None
    first = int(given[1]) if given[1] else max(0, size - int(given[2]))
    last = min(int(given[2]), size - 1) if given[1] and given[2] else size - 1
    return (first, min(last - first + 1, MOST_OF_RANGE)) if first <= last else None


_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
