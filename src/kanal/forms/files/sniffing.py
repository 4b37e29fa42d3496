"""The type of a file from its bytes. Markup that a browser would run is told apart first, so that it can never pass for
an image; then come signatures; what has none and reads as text is text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePath

import msgspec
import puremagic

from kanal.forms.models import FileGroup

HEAD = 8192
"""Bytes that are looked at."""
UNKNOWN = "application/octet-stream"
MARKUP = re.compile(
    rb"<\s*(\?xml|!doctype|html|head|body|svg|script|iframe|style|title|meta|a\s|div|p>|table|img)", re.I
)
BYTES_OF_TEXT = bytes([*b"\t\n\f\r\x1b", *range(0x20, 0x7F), *range(0x80, 0x100)])
NAMES_OF_TEXT = {
    "": "text/plain",
    ".txt": "text/plain",
    ".log": "text/plain",
    ".md": "text/plain",
    ".csv": "text/csv",
    ".tsv": "text/csv",
}
"""By the end of the name; text under another name, such as a script, belongs to no group."""
WRITTEN_AS_TEXT = {"application/pdf", "application/rtf"}

ALIASES = {
    "application/excel": "application/vnd.ms-excel",
    "application/mspowerpoint": "application/vnd.ms-powerpoint",
    "application/ogg": "audio/ogg",
    "application/x-gzip": "application/gzip",
    "application/x-matroska": "video/x-matroska",
    "application/x-rar-compressed": "application/vnd.rar",
    "audio/wave": "audio/wav",
    "audio/x-flac": "audio/flac",
    "audio/x-wav": "audio/wav",
    "image/heif": "image/heic",
    "image/x-ms-bmp": "image/bmp",
    "video/avi": "video/x-msvideo",
}
BY_NAME_ONLY = {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}
"""They share their signature with installers and many others."""
OOXML = "application/vnd.openxmlformats-officedocument"
IN_ZIP = {
    "word/": f"{OOXML}.wordprocessingml.document",
    "xl/": f"{OOXML}.spreadsheetml.sheet",
    "ppt/": f"{OOXML}.presentationml.presentation",
}
ODF = "application/vnd.oasis.opendocument."

GROUPS: dict[FileGroup, frozenset[str]] = {
    "image": frozenset(f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp", "heic", "avif", "bmp", "tiff")),
    "document": frozenset(
        {
            "application/pdf",
            "application/rtf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            *IN_ZIP.values(),
            *(ODF + kind for kind in ("text", "spreadsheet", "presentation")),
            "text/plain",
            "text/csv",
        }
    ),
    "audio": frozenset(f"audio/{kind}" for kind in ("mpeg", "wav", "ogg", "flac", "mp4", "aac")),
    "video": frozenset(f"video/{kind}" for kind in ("mp4", "quicktime", "webm", "x-matroska", "x-msvideo", "mpeg")),
    "archive": frozenset(
        {
            "application/zip",
            "application/gzip",
            "application/x-7z-compressed",
            "application/vnd.rar",
            "application/x-tar",
            "application/x-bzip2",
            "application/x-xz",
        }
    ),
}
GROUP_OF: dict[str, FileGroup] = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


class Kind(msgspec.Struct, kw_only=True, frozen=True):
    content_type: str
    group: FileGroup | None


def kind_of(path: Path, name: str) -> Kind:
    """`name` decides between types that have the same signature, and tells texts for people from scripts."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    suffix = PurePath(name).suffix.lower()
    signed = _signed(head, suffix)
    if signed not in WRITTEN_AS_TEXT and _is_text(head):
        return _text(head, suffix)
    if head.startswith(b"PK\x03\x04"):
        signed = _in_zip(path)
    return Kind(content_type=signed, group=GROUP_OF.get(signed))


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    return not head.translate(None, BYTES_OF_TEXT)


def _text(head: bytes, suffix: str) -> Kind:
    if MARKUP.search(head.replace(b"\0", b"")):
        svg = b"<svg" in head.lower()
        return Kind(content_type="image/svg+xml" if svg else "text/html", group=None)
    known = NAMES_OF_TEXT.get(suffix)
    return Kind(content_type=known or "text/plain", group="document" if known and head else None)


def _signed(head: bytes, suffix: str) -> str:
    """The type whose signature is longest; among equals, the one that the name tells."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    known = [(match, ALIASES.get(match.mime_type, match.mime_type)) for match in matches]
    ranked = [
        (match.extension == suffix, len(match.byte_match or b""), kind)
        for match, kind in known
        if kind in GROUP_OF and (match.extension == suffix or kind not in BY_NAME_ONLY)
    ]
    return max(ranked)[2] if ranked else UNKNOWN


def _in_zip(path: Path) -> str:
    """Documents of offices are archives; what stands in them tells which."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                written = archive.read("mimetype").decode(errors="replace").strip()
                return written if written in GROUP_OF else "application/zip"
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return "application/zip"
    if "[Content_Types].xml" in names:
        return next(
            (kind for folder, kind in IN_ZIP.items() if any(n.startswith(folder) for n in names)), "application/zip"
        )
    return "application/zip"
