"""Reading the past: who arrived, how the desk stood when it began, and what changed after that, in order."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from kanal.kit.db import NotFound, Transaction
from kanal.routing.simulation.models import Arrival, Shift, Simulation

FETCHED = 2_000
TURNS_BEFORE = timedelta(days=30)
"""How long before the window somebody's last turn is looked for."""


async def one(tx: Transaction, simulation: UUID) -> Simulation:
    found = await tx.maybe(
        Simulation,
        """
        select id, channel_id, routing, state, reason, done, total, result, created_at
        from simulations where id = %s
        """,
        (simulation,),
    )
    if found is None:
        raise NotFound("simulation")
    return found


async def history_begins(tx: Transaction, channel: UUID) -> datetime | None:
    """Since when there are rows of all that the desk is rebuilt from; None: there are none."""
    begins: datetime | None = await tx.value(
        """
        select greatest(
          (select min(from_at) from availability),
          (select min(from_at) from routing_versions where channel_id = %s))
        """,
        (channel,),
    )
    return begins


async def arrivals(tx: Transaction, channel: UUID, from_at: datetime, to_at: datetime) -> list[Arrival]:
    """In the order in which they were decided."""
    return await tx.all(
        Arrival,
        """
        select t.id, t.number, coalesce(d.at, t.created_at) as at, m.id as message_id, t.contact_id,
               d.at is not null as decided, d.assignee_id, t.closed_at, w.from_at as counted_from,
               w.member_id as counted_for
        from tickets t
        left join lateral (
          select d.at, d.assignee_id from routing_decisions d
          where d.ticket_id = t.id and d.cause = 'arrival' order by d.at, d.id limit 1) d on true
        left join lateral (
          select m.id from conversations v join messages m on m.conversation_id = v.id
          where v.ticket_id = t.id and m.direction = 'in' order by m.created_at, m.id limit 1) m on true
        left join lateral (
          select w.from_at, w.member_id from work_spans w where w.ticket_id = t.id order by w.from_at limit 1) w on true
        where t.channel_id = %(channel)s and t.source = 'message'
          and t.created_at >= %(from)s and t.created_at < %(to)s
        order by at, t.number
        """,
        {"channel": channel, "from": from_at, "to": to_at},
    )


async def standing(tx: Transaction, at: datetime) -> list[Shift]:
    """How everybody stood at a moment."""
    return await tx.all(
        Shift,
        f"""
        with work as ({_WORK})
        select %(at)s as at, what as kind, true as begins, member_id, value, null::timestamptz as until,
               null::uuid as ticket_id, null as work
        from member_spans where from_at <= %(at)s and (to_at is null or to_at > %(at)s)
        union all
        select from_at, 'state', true, member_id, state, to_at, null, null
        from availability where from_at <= %(at)s and (to_at is null or to_at > %(at)s)
        union all
        select %(at)s, 'work', true, member_id, '', null, ticket_id, work from work
        where from_at <= %(at)s and (to_at is null or to_at > %(at)s)
        union all
        select max(at), 'turn', true, assignee_id, '', null, null, null from routing_decisions
        where at > %(turns)s and at <= %(at)s and outcome = 'assigned' and cause not in ('hand', 'rule')
          and assignee_id is not null
        group by assignee_id
        """,  # noqa: S608 - our own fragment
        {"at": at, "turns": at - TURNS_BEFORE},
    )


async def shifts(tx: Transaction, from_at: datetime, to_at: datetime) -> AsyncGenerator[Shift, None]:
    """Everything that changed between two moments, in order; what ends stands before what begins at the same time."""
    async with tx.connection.cursor(name="shifts", row_factory=class_row(Shift)) as cursor:
        cursor.itersize = FETCHED
        await cursor.execute(
            f"""
            with work as ({_WORK})
            select from_at as at, what as kind, true as begins, member_id, value, null::timestamptz as until,
                   null::uuid as ticket_id, null as work
            from member_spans where from_at > %(at)s and from_at <= %(to)s
            union all
            select to_at, what, false, member_id, value, null, null, null
            from member_spans where to_at > %(at)s and to_at <= %(to)s
            union all
            select from_at, 'state', true, member_id, state, to_at, null, null
            from availability where from_at > %(at)s and from_at <= %(to)s
            union all
            select from_at, 'work', true, member_id, '', null, ticket_id, work
            from work where from_at > %(at)s and from_at <= %(to)s and (to_at is null or to_at > from_at)
            union all
            select to_at, 'work', false, member_id, '', null, ticket_id, work
            from work where to_at > %(at)s and to_at <= %(to)s and to_at > from_at
            union all
            select at, 'turn', true, assignee_id, '', null, ticket_id, null from routing_decisions
            where at > %(at)s and at <= %(to)s and outcome = 'assigned' and cause not in ('hand', 'rule')
              and assignee_id is not null
            order by at, begins, kind
            """,  # noqa: S608 - our own fragment
            {"at": from_at, "to": to_at},
        )
        async for row in cursor:
            yield row


_WORK: LiteralString = """
  select member_id, ticket_id, work, from_at,
         least(to_at, ticket_created_at + make_interval(days => (select capacity_max_age_days from desk_settings)))
           as to_at
  from work_spans
"""
"""What counted; tickets beyond the age from which they count no more, by today's setting, are left out."""


class VersionRow(msgspec.Struct, kw_only=True):
    from_at: datetime
    routing: dict[str, object]


async def versions(tx: Transaction, channel: UUID) -> list[VersionRow]:
    """Oldest first."""
    return await tx.all(
        VersionRow,
        "select from_at, routing from routing_versions where channel_id = %s order by version",
        (channel,),
    )
