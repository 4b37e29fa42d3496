"""Conversations that are spam, as members see them: why, who said so, and until when they are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.views import cursor
from kanal.views.models import Page
from kanal.views.visible import viewer


class SpamRow(msgspec.Struct, kw_only=True):
    conversation_id: UUID
    channel_id: UUID
    channel_name: str
    contact_id: UUID | None
    contact_name: str | None
    from_name: str
    from_address: str
    subject: str
    text: str
    """The first words."""
    why: str
    by_id: UUID | None
    at: datetime
    received_at: datetime
    ticket_id: UUID | None
    ticket_number: int | None


SPAM: LiteralString = """
  select v.id as conversation_id, v.channel_id, ch.name as channel_name, v.contact_id, who.name as contact_name,
         coalesce(first.from_name, '') as from_name, coalesce(first.from_address, '') as from_address, v.subject,
         coalesce(left(first.body_text, 400), '') as text, v.spam_why as why, v.spam_by as by_id, v.spam_at as at,
         coalesce(v.last_in_at, v.created_at) as received_at, t.id as ticket_id, t.number as ticket_number
  from conversations v
  join channels ch on ch.id = v.channel_id
  left join contacts who on who.id = v.contact_id
  left join tickets t on t.id = v.ticket_id
  left join lateral (
    select m.from_name, m.from_address, m.body_text from messages m
    where m.conversation_id = v.id and m.direction = 'in' order by m.created_at, m.id limit 1
  ) first on true
  where v.spam_at is not null
"""


async def page(
    tx: Transaction,
    member: UUID | None,
    *,
    q: str,
    channel: UUID | None,
    contact: UUID | None,
    after: str | None,
    limit: int,
) -> Page[SpamRow]:
    """What became spam last comes first; `q` is a part of the sender or the subject."""
    asked = {"q": q.strip().lower(), "channel": channel, "contact": contact}
    start = cursor.read(asked, after, cursor.Position) if after else None
    who = await viewer(tx, member)
    rows = await tx.all(
        SpamRow,
        f"""
        {SPAM} and {who.visible_message}
          and (%(channel)s::uuid is null or v.channel_id = %(channel)s)
          and (%(contact)s::uuid is null or v.contact_id = %(contact)s)
          and (%(q)s = ''
               or position(%(q)s in lower(concat_ws(' ', first.from_name, first.from_address, v.subject))) > 0)
          and (%(at)s::timestamptz is null or (v.spam_at, v.id) < (%(at)s, %(id)s))
        order by v.spam_at desc, v.id desc limit %(most)s
        """,
        {**asked, **_position(start), "most": limit + 1, **who.params},
    )
    items = rows[:limit]
    last = cursor.Position(items[-1].at, items[-1].conversation_id) if len(rows) > limit else None
    return Page(items=items, next=cursor.write(asked, last) if last else None)


async def one(tx: Transaction, member: UUID | None, conversation: UUID) -> SpamRow:
    who = await viewer(tx, member)
    row = await tx.maybe(
        SpamRow,
        f"{SPAM} and {who.visible_message} and v.id = %(wanted)s",
        {"wanted": conversation, **who.params},
    )
    if row is None:
        raise NotFound("conversation")
    return row


async def may_see_conversation(tx: Transaction, member: UUID | None, conversation: UUID) -> bool:
    """Spam or not."""
    who = await viewer(tx, member)
    return bool(
        await tx.value(
            f"""
            select true from conversations v left join tickets t on t.id = v.ticket_id
            where v.id = %(wanted)s and {who.visible_message}
            """,  # noqa: S608 - our own fragments
            {"wanted": conversation, **who.params},
        )
    )


async def of_ticket(tx: Transaction, member: UUID | None, wanted: UUID | int) -> UUID | None:
    """The conversation by which a ticket of this id or number is spam; None when it is none, or not to be seen."""
    who = await viewer(tx, member)
    by: LiteralString = "t.number = %(wanted)s" if isinstance(wanted, int) else "t.id = %(wanted)s"
    found: UUID | None = await tx.value(
        f"""
        select v.id from tickets t join conversations v on v.ticket_id = t.id
        where {by} and t.spam_at is not null and v.spam_at is not null and v.channel_id <> all (%(hidden)s)
          and {who.visible_or_spam}
        order by v.spam_at desc limit 1
        """,  # noqa: S608 - our own fragments
        {"wanted": wanted, **who.params},
    )
    return found


def _position(start: cursor.Position | None) -> dict[str, Any]:
    return {"at": start.at if start else None, "id": start.id if start else None}
