"""Text that PostgreSQL can hold."""

from __future__ import annotations


def storable_text(value: str) -> str:
    """The text without what PostgreSQL's cannot hold: NUL characters go, lone surrogates become question marks."""
    if value.isascii():
        return value.replace("\0", "")
    return value.replace("\0", "").encode("utf-8", "replace").decode()
