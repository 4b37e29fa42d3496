"""Images are told by their bytes."""

from __future__ import annotations

import pytest

from kanal.kit.images import raster_type


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
        (b"BM\x00\x00\x00\x00\x00\x00\x00\x00", "image/bmp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b"<html><script>alert(1)</script>", None),
        (b"\x89PNG?", None),
        (b"", None),
    ],
)
def test_an_image_is_known_by_how_it_begins(head: bytes, content_type: str | None) -> None:
    assert raster_type(head) == content_type
