"""A member's notices, newest first; only of tickets and channels that the member may still see."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views import cursor
from kanal.views.models import Named, Notice, NoticeKind, NoticeTicket, Page, ShownMember
from kanal.views.visible import Viewer, viewer


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    kind: NoticeKind
    ticket_id: UUID | None
    number: int | None
    subject: str | None
    channel_id: UUID | None
    channel_name: str | None
    actor_id: UUID | None
    actor_name: str | None
    why: str
    created_at: datetime
    read: bool


async def page(tx: Transaction, member: UUID, *, after: str | None = None, limit: int = 50) -> Page[Notice]:
    start = cursor.read("notices", after, cursor.Position) if after else None
    who = await viewer(tx, member)
    rows = await tx.all(
        _Row,
        f"""
        select n.id, n.kind, n.ticket_id, t.number, t.subject, n.channel_id, c.name as channel_name, n.actor_id,
               u.name as actor_name, n.created_at, n.read_at is not null as read,
               case when n.channel_id is null then coalesce(e.data->>'why', e.data->>'cause', '')
                    when e.data->>'health' = 'attention' then 'broken' else 'works' end as why
        from notices n
        left join tickets t on t.id = n.ticket_id
        left join channels c on c.id = n.channel_id
        left join events e on e.seq = n.event_seq
        left join members a on a.id = n.actor_id
        left join users u on u.id = a.user_id
        where n.member_id = %(viewer)s and {_seen(who)}
          and (%(at)s::timestamptz is null or (n.created_at, n.id) < (%(at)s, %(id)s))
        order by n.created_at desc, n.id desc limit %(most)s
        """,  # noqa: S608 - our own fragment
        {"at": start and start.at, "id": start and start.id, "most": limit + 1, **who.params},
    )
    shown = rows[:limit]
    last = cursor.Position(shown[-1].created_at, shown[-1].id) if len(rows) > limit else None
    return Page(items=[_notice(row) for row in shown], next=cursor.write("notices", last) if last else None)


async def unread(tx: Transaction, member: UUID) -> int:
    who = await viewer(tx, member)
    return int(
        await tx.value(
            f"""
            select count(*) from notices n left join tickets t on t.id = n.ticket_id
            where n.member_id = %(viewer)s and n.read_at is null and {_seen(who)}
            """,  # noqa: S608 - our own fragment
            who.params,
        )
    )


def _seen(who: Viewer) -> LiteralString:
    return f"(t.id is not null and {who.visible} or n.ticket_id is null and n.channel_id <> all (%(hidden)s))"


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
        channel=Named(id=row.channel_id, name=row.channel_name or "") if row.channel_id else None,
        actor=ShownMember(member_id=row.actor_id, name=row.actor_name or "") if row.actor_id else None,
        why=row.why,
        at=row.created_at,
        read=row.read,
    )
