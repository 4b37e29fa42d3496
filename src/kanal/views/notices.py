"""A member's notices, newest first; only of tickets that the member may still see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views import cursor
from kanal.views.models import Notice, NoticeKind, NoticeTicket, Page, ShownMember
from kanal.views.visible import viewer


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    kind: NoticeKind
    ticket_id: UUID
    number: int
    subject: str
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
        select n.id, n.kind, n.ticket_id, t.number, t.subject, n.actor_id, u.name as actor_name,
               coalesce(e.data->>'why', e.data->>'cause', '') as why, n.created_at, n.read_at is not null as read
        from notices n
        join tickets t on t.id = n.ticket_id
        left join events e on e.seq = n.event_seq
        left join members a on a.id = n.actor_id
        left join users u on u.id = a.user_id
        where n.member_id = %(viewer)s and {who.visible}
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
            select count(*) from notices n join tickets t on t.id = n.ticket_id
            where n.member_id = %(viewer)s and n.read_at is null and {who.visible}
            """,  # noqa: S608 - our own fragment
            who.params,
        )
    )


def _notice(row: _Row) -> Notice:
    return Notice(
        id=row.id,
        kind=row.kind,
        ticket=NoticeTicket(id=row.ticket_id, number=row.number, subject=row.subject),
        actor=ShownMember(member_id=row.actor_id, name=row.actor_name or "") if row.actor_id else None,
        why=row.why,
        at=row.created_at,
        read=row.read,
    )
