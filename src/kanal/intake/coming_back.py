"""A ticket that comes back, from spam, deleted or merged: one that is nobody's is given out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.intake import queries as channels
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.routing import actions as routing
from kanal.routing import rules
from kanal.routing.came_in import came_in
from kanal.routing.facts import facts
from kanal.routing.models import Asked
from kanal.routing.setting import Settable
from kanal.tickets import queries as ticket_rows
from kanal.tickets.models import Priority


async def give_out(tx: Transaction, ticket: UUID) -> None:
    """One that is nobody's is routed as if it came now, unless a person took it from everybody."""
    found = await tx.maybe(
        _Nobodys,
        """
        select t.channel_id, t.created_at, t.pipeline_id, t.status_id, t.priority, t.team_id, t.custom,
               first.id as message_id,
               (select d.cause from routing_decisions d where d.ticket_id = t.id order by d.at desc, d.id desc limit 1)
                 as last_cause
        from tickets t
        join channels ch on ch.id = t.channel_id and ch.deleted_at is null
        cross join lateral (
          select m.id from messages m join conversations c on c.id = m.conversation_id
          where c.ticket_id = t.id and m.direction = 'in' order by m.created_at, m.id limit 1
        ) first
        where t.id = %s and t.is_open and t.assignee_id is null
        """,
        (ticket,),
    )
    if found is None or found.last_cause == "hand":
        return
    how = await channels.routing_of(tx, found.channel_id)
    if found.last_cause is None or rules.gives_to_anybody(how):
        await routing.arrived(tx, found.channel_id, how, [await _asked(tx, ticket, found)])


class _Nobodys(msgspec.Struct, kw_only=True):
    channel_id: UUID
    created_at: datetime
    pipeline_id: UUID
    status_id: UUID
    priority: Priority
    team_id: UUID | None
    custom: dict[str, Any]
    message_id: UUID
    last_cause: str | None
    """Of its last decision, None without any."""


async def _asked(tx: Transaction, ticket: UUID, found: _Nobodys) -> Asked:
    said = (await came_in(tx, [found.message_id]))[found.message_id]
    setting = Settable(
        pipeline_id=found.pipeline_id,
        status_id=found.status_id,
        priority=found.priority,
        team_id=found.team_id,
        custom=found.custom,
    )
    pipelines = await ticket_rows.pipelines(tx)
    return Asked(
        ticket_id=ticket,
        at=found.created_at,
        since=clock.now(),
        priority=found.priority,
        team_id=found.team_id,
        contact_id=said.writer.id,
        owner_id=said.writer.owner_id,
        message_id=found.message_id,
        facts=facts(said.words, said.writer, setting, pipelines, subject=said.subject),
    )
