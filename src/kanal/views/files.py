"""Which messages and files a member may see: those of tickets and conversations that are visible to them (K17), and
what they have uploaded themselves."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views.visible import viewer


class StoredFile(msgspec.Struct, kw_only=True):
    blob: str
    name: str
    content_type: str
    size: int


async def may_see_message(tx: Transaction, member: UUID, message: UUID) -> bool:
    who = await viewer(tx, member)
    return bool(
        await tx.value(
            f"""
            select true from messages m
            join conversations v on v.id = m.conversation_id
            left join tickets t on t.id = v.ticket_id
            where m.id = %(message)s and {who.visible_message}
            """,  # noqa: S608 - our own fragments
            {"message": message, **who.params},
        )
    )


async def file(tx: Transaction, member: UUID, wanted: UUID) -> StoredFile | None:
    """A file that stands in a visible message or comment, or that the member is about to send."""
    who = await viewer(tx, member)
    return await tx.maybe(
        StoredFile,
        f"""
        select a.blob, a.name, a.content_type, a.size from attachments a
        left join messages m on m.id = a.message_id
        left join comments c on c.id = a.comment_id
        left join conversations v on v.id = coalesce(m.conversation_id, c.conversation_id)
        left join tickets t on t.id = coalesce(v.ticket_id, c.ticket_id)
        where a.id = %(wanted)s and case
          when v.id is not null then {who.visible_message}
          when a.comment_id is not null then t.id is not null and {who.visible_or_spam}
          else a.uploader_id = %(viewer)s end
        """,  # noqa: S608 - our own fragments
        {"wanted": wanted, **who.params},
    )
