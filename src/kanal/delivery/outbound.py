"""Makes of the rows of a message what a kind needs to send it, so that `kind.send` has to ask for nothing more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.messages import File, Handle, Outbound, Party
from kanal.conversations import rules as conversations
from kanal.delivery.models import Addressee, Claim
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.storage import Storage


class Stored(msgspec.Struct, kw_only=True):
    """A message with all but the bytes of its files."""

    message: _Message
    files: list[_File]


async def load(tx: Transaction, message: UUID) -> Stored:
    return Stored(message=await _message(tx, message), files=await _files(tx, message))


async def build(stored: Stored, claim: Claim, keyring: Keyring, storage: Storage) -> Outbound:
    """Complete it with the files' bytes; outside any transaction, since storage may be far away."""
    message = stored.message
    return Outbound(
        message_id=message.id,
        conversation_id=message.conversation_id,
        external_id=message.external_id,
        author_name=message.from_name,
        to=_parties(message.recipients, "to"),
        cc=_parties(message.recipients, "cc"),
        bcc=_parties(message.recipients, "bcc"),
        subject=message.subject,
        text=message.body_text,
        html=message.body_html,
        files=[await _read(file, storage) for file in stored.files],
        in_reply_to=message.in_reply_to,
        references=message.refs,
        thread_key=message.thread_key,
        reply_token=conversations.reply_token(keyring, message.conversation_id),
        bounce_token=claim.token,
        automatic=message.automatic is not None,
        quoted_text=message.quoted_text,
        quoted_html=message.quoted_html,
        calendar=message.calendar,
        receipt_for=message.receipt_for,
        attempt=claim.tries,
        written_at=message.created_at,
    )


class _Message(msgspec.Struct, kw_only=True):
    id: UUID
    conversation_id: UUID
    external_id: str
    from_name: str
    recipients: list[dict[str, str]]
    subject: str
    body_text: str
    body_html: str
    in_reply_to: str
    refs: list[str]
    thread_key: str
    automatic: str | None
    quoted_text: str
    quoted_html: str
    calendar: str
    receipt_for: str
    created_at: datetime


class _File(msgspec.Struct, kw_only=True):
    blob: str
    name: str
    content_type: str
    inline: bool
    content_id: str


async def _message(tx: Transaction, message: UUID) -> _Message:
    return await tx.one(
        _Message,
        """
        select m.id, m.conversation_id, m.external_id, m.from_name, m.recipients, m.subject, m.body_text,
               m.body_html, m.in_reply_to, m.refs, c.thread_key, m.automatic, m.quoted_text, m.quoted_html,
               coalesce(m.invitation->>'source', '') as calendar,
               case when 'receipt' = any(m.flags) then about.external_id else '' end as receipt_for, m.created_at
        from messages m
        join conversations c on c.id = m.conversation_id
        left join messages about on about.id = m.about_id
        where m.id = %s
        """,
        (message,),
    )


async def _files(tx: Transaction, message: UUID) -> list[_File]:
    return await tx.all(
        _File,
        """
        select blob, name, content_type, inline, content_id from attachments
        where message_id = %s order by position, id
        """,
        (message,),
    )


def _parties(recipients: list[dict[str, str]], field: str) -> list[Party]:
    people = [each for each in msgspec.convert(recipients, list[Addressee]) if each.field == field]
    return [
        Party(handle=Handle(kind=each.space, key=each.key, address=each.address), name=each.name) for each in people
    ]


async def _read(file: _File, storage: Storage) -> File:
    return File(
        name=file.name,
        content_type=file.content_type,
        data=await storage.get(file.blob),
        inline=file.inline,
        content_id=file.content_id,
    )
