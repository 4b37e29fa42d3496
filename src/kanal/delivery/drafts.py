"""What a member has begun to write in a ticket, or in a conversation of a conversations inbox; theirs alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, LiteralString, get_args
from uuid import UUID

import msgspec

from kanal.delivery import files
from kanal.delivery.errors import InvalidReply
from kanal.delivery.files import Loose
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document

Mode = Literal["reply", "reply_all", "forward", "comment"]


MODES: tuple[Mode, ...] = get_args(Mode)
Of = Literal["ticket", "conversation"]
"""What the id is of, beside which it is kept."""
TABLES: dict[Of, tuple[LiteralString, LiteralString]] = {
    "ticket": ("drafts", "ticket_id"),
    "conversation": ("conversation_drafts", "conversation_id"),
}


class Draft(msgspec.Struct, kw_only=True):
    mode: Mode
    html: str
    to: list[str]
    cc: list[str]
    bcc: list[str]
    attachments: list[Loose]
    seen_version: int | None
    about: UUID | None
    """The message that it answers or hands on; null: the last one."""
    channel: UUID | None
    """By which it shall leave; null: the thread's."""
    updated_at: datetime


class NewDraft(msgspec.Struct, kw_only=True):
    mode: Mode = "reply"
    html: str = ""
    to: list[str] = []
    cc: list[str] = []
    bcc: list[str] = []
    attachments: list[UUID] = []
    seen_version: int | None = None
    about: UUID | None = None
    channel: UUID | None = None


async def find(tx: Transaction, id_: UUID, member: UUID, of: Of = "ticket") -> Draft | None:
    table, column = TABLES[of]
    row = await tx.maybe(
        _Row,
        f"""
        select mode, html, recipients, attachments, seen_version, about_id, channel_id, updated_at, false as begun
        from {table}
        where {column} = %s and member_id = %s
        """,  # noqa: S608 - our own names
        (id_, member),
    )
    return await _draft(tx, member, row) if row else None


async def save(tx: Transaction, id_: UUID, member: UUID, draft: NewDraft, of: Of = "ticket") -> Draft:
    """Keep it as it stands now. Only its beginning is told: every further key stroke is nobody's news."""
    await _check(tx, id_, draft, of)
    table, column = TABLES[of]
    row = await tx.one(
        _Row,
        f"""
        insert into {table} (account_id, {column}, member_id, mode, html, recipients, attachments, seen_version,
                             about_id, channel_id, updated_at)
        values (%(account)s, %(id)s, %(member)s, %(mode)s, %(html)s, %(recipients)s, %(attachments)s, %(seen)s,
                %(about)s, %(channel)s, %(now)s)
        on conflict (account_id, {column}, member_id) do update set
          mode = excluded.mode, html = excluded.html, recipients = excluded.recipients,
          attachments = excluded.attachments, seen_version = excluded.seen_version, about_id = excluded.about_id,
          channel_id = excluded.channel_id, updated_at = excluded.updated_at
        returning mode, html, recipients, attachments, seen_version, about_id, channel_id, updated_at,
                  xmax = 0 as begun
        """,  # noqa: S608 - our own names
        {
            "account": tx.account,
            "id": id_,
            "member": member,
            "mode": draft.mode,
            "html": draft.html.replace("\0", ""),
            "recipients": document({"to": draft.to, "cc": draft.cc, "bcc": draft.bcc}),
            "attachments": draft.attachments,
            "seen": draft.seen_version,
            "about": draft.about,
            "channel": draft.channel,
            "now": clock.now(),
        },
    )
    if row.begun:
        tell(tx, id_, member, of)
    return await _draft(tx, member, row)


async def drop(tx: Transaction, id_: UUID, member: UUID, modes: Sequence[Mode] = MODES, of: Of = "ticket") -> None:
    """What was begun in one of these modes."""
    table, column = TABLES[of]
    if await tx.run(
        f"delete from {table} where {column} = %s and member_id = %s and mode = any(%s)",  # noqa: S608 - our own names
        (id_, member, list(modes)),
    ):
        tell(tx, id_, member, of)


def tell(tx: Transaction, id_: UUID, member: UUID, of: Of = "ticket") -> None:
    """To its owner's other windows."""
    event = Event(name="draft.changed", actor_id=member, data={"member_id": str(member)})
    if of == "ticket":
        event.ticket_id = id_
    else:
        event.conversation_id = id_
    events.emit(tx, event)


async def _check(tx: Transaction, id_: UUID, draft: NewDraft, of: Of) -> None:
    stands: LiteralString = "c.ticket_id = %s" if of == "ticket" else "c.id = %s"
    if draft.about is not None and not await tx.value(
        f"select true from messages m join conversations c on c.id = m.conversation_id where m.id = %s and {stands}",  # noqa: S608 - our own
        (draft.about, id_),
    ):
        raise InvalidReply("about", f"The {of} has no such message.")
    if draft.channel is not None and not await tx.value("select true from channels where id = %s", (draft.channel,)):
        raise InvalidReply("channel", "There is no such channel.")


class _Row(msgspec.Struct, kw_only=True):
    mode: Mode
    html: str
    recipients: dict[str, Any]
    attachments: list[UUID]
    seen_version: int | None
    about_id: UUID | None
    channel_id: UUID | None
    updated_at: datetime
    begun: bool
    """It was not there before."""


async def _draft(tx: Transaction, member: UUID, row: _Row) -> Draft:
    return Draft(
        mode=row.mode,
        html=row.html,
        to=row.recipients.get("to", []),
        cc=row.recipients.get("cc", []),
        bcc=row.recipients.get("bcc", []),
        attachments=await files.loose(tx, member, row.attachments),
        seen_version=row.seen_version,
        about=row.about_id,
        channel=row.channel_id,
        updated_at=row.updated_at,
    )
