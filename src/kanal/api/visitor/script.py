"""The script of forms (web/form), as it was built: the same for every form, on other sites and on the hosted page."""

from __future__ import annotations

import functools
import gzip
import hashlib

import msgspec

from kanal.api.http.web import WEB

FILE = WEB / "form" / "form.js"


class Script(msgspec.Struct, frozen=True):
    content: bytes
    packed: bytes
    """By gzip."""
    version: str
    """Of its content."""


def script() -> Script | None:
    """None where it was not built."""
    try:
        return _read(FILE.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@functools.lru_cache(maxsize=1)
def _read(_changed: int) -> Script:
    content = FILE.read_bytes()
    return Script(content, gzip.compress(content, 9, mtime=0), hashlib.sha256(content).hexdigest()[:16])
