"""What a reply says: its text from its HTML or the other way round, harmless, and the files that go with it. A pasted
image stands in the editor's HTML by its address here, and in the message by its content id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Capabilities, Limits
from kanal.delivery.errors import InvalidReply
from kanal.kit import html
from kanal.kit.db import Transaction

PASTED = re.compile(r"/api/v1/attachments/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\?[^\"'\s>]*)?")
CONTENT_ID = re.compile(r"cid:([0-9a-f-]{36})@kanal\b")


class Bound(msgspec.Struct, kw_only=True):
    """A file of the message; inline when its text shows it."""

    id: UUID
    name: str
    content_type: str
    size: int
    inline: bool = False


class Written(msgspec.Struct, kw_only=True):
    text: str
    html: str
    files: list[Bound]


class Words(Protocol):
    """What its author gave: text or HTML, and files that they uploaded."""

    @property
    def author_id(self) -> UUID: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def attachments(self) -> Sequence[UUID]: ...


async def written(tx: Transaction, asked: Words, can: Capabilities, *, may_be_empty: bool = False) -> Written:
    """The body and its files, checked against what the channel can carry."""
    shown = [UUID(each) for each in PASTED.findall(asked.html)] if can.inline_images else []
    markup = html.sanitise(PASTED.sub(r"cid:\1@kanal", asked.html)).html if asked.html else ""
    text = asked.text or html.to_text(markup)
    files = await _files(tx, asked, shown)
    if not text.strip() and not files and not may_be_empty:
        raise InvalidReply("text", "Write something, or attach a file.")
    if len(text.encode()) > can.limits.text:
        raise InvalidReply("text", f"This channel carries at most {can.limits.text} bytes of text.")
    check(files, can.limits)
    return Written(text=text, html=(markup or html.from_text(text)) if can.rich_text else "", files=files)


def check(files: Sequence[Bound], limits: Limits) -> None:
    """Raises InvalidReply that says what is the most."""
    if len(files) > limits.files:
        raise InvalidReply("attachments", f"This channel carries at most {limits.files} files.")
    if any(file.size > limits.file for file in files) or sum(file.size for file in files) > limits.total:
        raise InvalidReply("attachments", f"The files are too large: {limits.total // 1_000_000} MB is the most.")
    if limits.content_types and any(file.content_type not in limits.content_types for file in files):
        raise InvalidReply("attachments", "This channel does not carry files of this type.")


async def bind(tx: Transaction, message: UUID, files: Sequence[Bound]) -> None:
    """Give the files to the message; they were its author's until now."""
    await tx.many(
        "update attachments set message_id = %s, position = %s, inline = %s, content_id = %s where id = %s",
        [
            (message, position, file.inline, content_id(file.id) if file.inline else "", file.id)
            for position, file in enumerate(files)
        ],
    )


def content_id(attachment: UUID) -> str:
    return f"{attachment}@kanal"


def as_edited(markup: str, account: str) -> str:
    """The HTML of a message as the editor shows it again; an image names its account in its address."""
    return CONTENT_ID.sub(rf"/api/v1/attachments/\1?account={account}&amp;inline=1", markup)


async def _files(tx: Transaction, asked: Words, shown: list[UUID]) -> list[Bound]:
    wanted = list(dict.fromkeys([*asked.attachments, *shown]))
    found = await tx.all(
        Bound,
        """
        select id, name, content_type, size, id = any(%s) as inline from attachments
        where id = any(%s) and uploader_id = %s and message_id is null and comment_id is null
        order by array_position(%s, id) for update
        """,
        (shown, wanted, asked.author_id, wanted),
    )
    if len(found) != len(wanted):
        raise InvalidReply("attachments", "One of the files is not there or was sent already; attach it again.")
    return found
