"""A part → an attachment with a name that is safe to show and to save. bodies.py calls it."""

from __future__ import annotations

import re
import unicodedata

from kanal.channelkit.messages import Attachment
from kanal.kinds.email import headers
from kanal.kinds.email.mime import Part
from kanal.kit.mail import header_text

MAX_NAME = 150
_EXTENSIONS = {
    "text/plain": "txt", "text/html": "html", "text/csv": "csv", "text/calendar": "ics", "text/vcard": "vcf",
    "text/x-vcard": "vcf", "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "image/heic": "heic", "image/tiff": "tiff", "image/svg+xml": "svg", "application/pdf": "pdf",
    "application/zip": "zip", "application/json": "json", "application/xml": "xml", "text/xml": "xml",
    "application/msword": "doc", "application/vnd.ms-excel": "xls", "application/rtf": "rtf", "text/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "audio/mpeg": "mp3", "audio/ogg": "ogg", "video/mp4": "mp4", "message/rfc822": "eml",
    "message/delivery-status": "txt", "text/rfc822-headers": "txt",
}  # fmt: skip
_TYPES = {extension: kind for kind, extension in _EXTENSIONS.items()} | {"txt": "text/plain", "eml": "message/rfc822"}
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}")
_FORBIDDEN = re.compile('[<>:"|?*\x00-\x1f\x7f-\x9f\u2028\u2029]')
_BIDI = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def attachment(part: Part, number: int, fallback: str = "") -> Attachment:
    """`number` tells files apart that have no name."""
    kind = part.type if part.encoding_known and _TYPE.fullmatch(part.type) else "application/octet-stream"
    name = file_name(part) or fallback or f"attachment-{number + 1}.{_EXTENSIONS.get(kind, 'bin')}"
    content_id = header_text(part.headers.get("content-id")).strip("<> ")[:500]
    return Attachment(name=name, content_type=kind, data=part.content, content_id=content_id)


def forwarded(part: Part, number: int) -> Attachment:
    """A mail inside the mail, as a file that a mail program can open."""
    data = part.content
    subject = headers.split(data, 0, len(data)).headers.text("subject")
    name = file_name(part) or safe_name(subject) or f"message-{number + 1}"
    if not name.lower().endswith(".eml"):
        name += ".eml"
    return Attachment(name=name, content_type="message/rfc822", data=data)


def file_name(part: Part) -> str:
    """As the sender named it, made safe; "" without a name."""
    _, disposition = part.disposition
    return safe_name(disposition.get("filename", "")) or safe_name(part.params.get("name", ""))


def type_of(name: str) -> str:
    """By the extension alone, for files that come without a type."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def safe_name(name: str) -> str:
    """Only the last part of a path, nothing invisible, nothing that any system takes for something else."""
    name = _BIDI.sub("", header_text(name))
    name = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", name)).strip(" .")
    if _DEVICE.match(name):
        name = "_" + name
    if len(name) <= MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 12:
        return name[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"
