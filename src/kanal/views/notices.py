"""A member's notices, newest first; only of tickets and channels that the member may still see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views import cursor
from kanal.views.models import (
    Named,
    Notice,
    NoticeBulk,
    NoticeConversation,
    NoticeKind,
    NoticeTicket,
    Page,
    ShownMember,
)
from kanal.views.visible import Viewer, viewer


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    kind: NoticeKind
    ticket_id: UUID | None
    number: int | None
    subject: str | None
    conversation_id: UUID | None
    inbox_id: UUID | None
    conversation_subject: str | None
    bulk: dict[str, Any] | None
    channel_id: UUID | None
    channel_name: str | None
    actor_id: UUID | None
    actor_name: str | None
    why: str
    created_at: datetime
    read: bool


async def page(
    tx: Transaction,
    member: UUID,
    *,
    unread: bool = False,
    kinds: Sequence[NoticeKind] = (),
    after: str | None = None,
    limit: int = 50,
) -> Page[Notice]:
    """`kinds` are those wanted; none: all."""
    asked = ["notices", unread, *sorted(kinds)]
    start = cursor.read(asked, after, cursor.Position) if after else None
    who = await viewer(tx, member)
    rows = await tx.all(
        _Row,
        f"""
        select n.id, n.kind, n.ticket_id, t.number, t.subject, n.channel_id, c.name as channel_name, n.actor_id,
               v.id as conversation_id, v.inbox_id, v.subject as conversation_subject,
               case when n.kind = 'bulk_done' then e.data end as bulk,
               u.name as actor_name, n.created_at, n.read_at is not null as read,
               case when n.channel_id is null
                      then coalesce(e.data->>'why', e.data->>'cause', e.data->>'state', '')
                    when e.data->>'health' = 'attention' then 'broken' else 'works' end as why
        from notices n
        {ABOUT}
        left join channels c on c.id = n.channel_id
        left join events e on e.seq = n.event_seq
        left join members a on a.id = n.actor_id
        left join users u on u.id = a.user_id
        where n.member_id = %(viewer)s and {seen(who)}
          and (not %(unread)s or n.read_at is null) and (%(kinds)s::text[] is null or n.kind = any(%(kinds)s))
          and (%(at)s::timestamptz is null or (n.created_at, n.id) < (%(at)s, %(id)s))
        order by n.created_at desc, n.id desc limit %(most)s
        """,  # noqa: S608 - our own fragment
        {
            "unread": unread,
            "kinds": list(kinds) or None,
            "at": start and start.at,
            "id": start and start.id,
            "most": limit + 1,
            **who.params,
        },
    )
    shown = rows[:limit]
    last = cursor.Position(shown[-1].created_at, shown[-1].id) if len(rows) > limit else None
    return Page(items=[_notice(row) for row in shown], next=cursor.write(asked, last) if last else None)


async def unread(tx: Transaction, member: UUID) -> int:
    who = await viewer(tx, member)
    return int(
        await tx.value(
            f"""
            select count(*) from notices n {ABOUT}
            where n.member_id = %(viewer)s and n.read_at is null and {seen(who)}
            """,  # noqa: S608 - our own fragment
            who.params,
        )
    )


ABOUT: LiteralString = """
  left join tickets t on t.id = n.ticket_id
  left join conversations v on v.id = n.conversation_id
"""


def seen(who: Viewer) -> LiteralString:
    conversation: LiteralString = f"v.spam_at is null and {who.visible_message}"
    return f"""
      case when n.ticket_id is not null then {who.visible_alone}
           when n.conversation_id is not null then {conversation}
           else n.channel_id is null or n.channel_id <> all (%(hidden)s) end
    """


def _notice(row: _Row) -> Notice:
    ticket = (
        NoticeTicket(id=row.ticket_id, number=row.number, subject=row.subject or "")
        if row.ticket_id is not None and row.number is not None
        else None
    )
    return Notice(
        id=row.id,
        kind=row.kind,
        ticket=ticket,
        conversation=_conversation(row),
        bulk=_bulk(row),
        channel=Named(id=row.channel_id, name=row.channel_name or "") if row.channel_id else None,
        actor=ShownMember(member_id=row.actor_id, name=row.actor_name or "") if row.actor_id else None,
        why=row.why,
        at=row.created_at,
        read=row.read,
    )


def _conversation(row: _Row) -> NoticeConversation | None:
    if row.conversation_id is None or row.inbox_id is None:
        return None
    return NoticeConversation(id=row.conversation_id, inbox_id=row.inbox_id, subject=row.conversation_subject or "")


def _bulk(row: _Row) -> NoticeBulk | None:
    return NoticeBulk(id=UUID(row.bulk["job_id"]), done=row.bulk["done"], total=row.bulk["total"]) if row.bulk else None
