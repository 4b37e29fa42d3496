"""Files on their way into a reply or a comment: they belong to who uploaded them until they are sent with one."""

from __future__ import annotations

import mimetypes
import re
from datetime import timedelta
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Limits
from kanal.delivery.errors import AlreadySent
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.kit.mail import header_text

LARGEST = Limits().file
"""Bytes; no kind carries more."""
LONGEST_NAME = 150
KEPT_LOOSE = timedelta(days=30)
"""A file that is in no message, comment or draft is forgotten after this time."""
UNKNOWN = "application/octet-stream"
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_TYPES = mimetypes.MimeTypes()
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*]')


class Loose(msgspec.Struct, kw_only=True):
    """A file that was uploaded."""

    id: UUID
    name: str
    content_type: str
    size: int
    inline: bool = False
    content_id: str = ""


async def add(tx: Transaction, uploader: UUID, *, blob: str, name: str, head: bytes, size: int) -> Loose:
    """Note a file whose bytes are stored already; `head` is how it begins."""
    file = Loose(id=new_id(), name=safe_name(name), content_type=type_of(head, name), size=size)
    row = {"uploader_id": uploader, "blob": blob, "position": 0, "created_at": clock.now()}
    await tx.insert("attachments", [{**msgspec.structs.asdict(file), **row}])
    return file


async def loose(tx: Transaction, uploader: UUID, wanted: list[UUID]) -> list[Loose]:
    """Those of these files that their uploader can still send, in this order."""
    return await tx.all(
        Loose,
        """
        select id, name, content_type, size from attachments
        where id = any(%s) and uploader_id = %s and message_id is null and comment_id is null
        order by array_position(%s, id)
        """,
        (wanted, uploader, wanted),
    )


async def drop(tx: Transaction, uploader: UUID, file: UUID) -> None:
    """Forget a file that was not sent; its bytes go with the housekeeping, since another file may share them."""
    dropped = await tx.run(
        "delete from attachments where id = %s and uploader_id = %s and message_id is null and comment_id is null",
        (file, uploader),
    )
    if not dropped:
        known = await tx.value("select true from attachments where id = %s and uploader_id = %s", (file, uploader))
        raise AlreadySent if known else NotFound("attachment")


def type_of(head: bytes, name: str) -> str:
    """What the bytes are where they tell, else by the extension; nothing is called an image that is none."""
    for signature, content_type in SIGNATURES:
        if head.startswith(signature):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    guessed = _TYPES.guess_type(name)[0] or UNKNOWN
    return UNKNOWN if guessed.startswith("image/") and guessed != "image/svg+xml" else guessed


def safe_name(name: str) -> str:
    """The last part of a path in one visible line, the extension kept."""
    last = header_text(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = _NOT_IN_NAMES.sub("_", last).strip(" .") or "file"
    if len(plain) <= LONGEST_NAME:
        return plain
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 12:
        return plain[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"
