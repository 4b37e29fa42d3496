"""What kind of raster image bytes are, by how they begin: what a server or a file's name says counts for nothing."""

from __future__ import annotations

HEAD = 32
"""Bytes that are enough to tell."""
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_AVIF = (b"avif", b"avis")


def raster_type(head: bytes) -> str | None:
    """None for everything that a browser could run, and for what it cannot show."""
    for signature, content_type in _SIGNATURES:
        if head.startswith(signature):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _AVIF:
        return "image/avif"
    return "image/bmp" if head[:2] == b"BM" and head[6:10] == bytes(4) else None
