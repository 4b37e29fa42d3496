"""The ticket that a conversation would have been, had it not been taken for spam; giving out one that comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Handle, Party
from kanal.contacts import actions as contacts
from kanal.conversations import actions as conversations
from kanal.intake import history
from kanal.intake import queries as channels
from kanal.intake.history import Old
from kanal.intake.new_tickets import Opening, open_tickets
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.routing import actions as routing
from kanal.routing import rules
from kanal.routing.came_in import came_in
from kanal.routing.facts import facts
from kanal.routing.models import Asked
from kanal.routing.setting import Settable
from kanal.tickets import actions as tickets
from kanal.tickets import queries as ticket_rows
from kanal.tickets.models import Priority, Touch
from kanal.tickets.rules import snippet


class _First(msgspec.Struct, kw_only=True):
    id: UUID
    conversation_id: UUID
    channel_id: UUID
    ticket_id: UUID | None
    contact_id: UUID | None
    space: str
    from_key: str
    from_address: str
    from_name: str
    subject: str
    body_text: str
    human: bool
    history: bool
    at: datetime


async def open_ticket(tx: Transaction, conversation: UUID) -> UUID | None:
    """Its first message opens it as if it came now, with the time of then. None where its inbox makes no tickets."""
    first, *later = await _came_in(tx, conversation)
    channel = await channels.channel(tx, first.channel_id)
    contact = await _contact(tx, first)
    if channel is None or not channel.makes_tickets:
        return None
    how = rules.parse(channel.routing)
    [setting] = await routing.properties(tx, channel.id, [[how.properties]])
    [ticket] = await open_tickets(tx, channel, [_opening(first, contact, setting)])
    await conversations.attach_tickets(tx, {conversation: ticket.id})
    await history.follow(tx, [_old(ticket.id, each, first) for each in [first, *later] if each.history])
    await tickets.touch_many(tx, [_touch(ticket.id, each) for each in later if not each.history])
    await give_out(tx, ticket.id)
    return ticket.id


async def _came_in(tx: Transaction, conversation: UUID) -> list[_First]:
    return await tx.all(
        _First,
        """
        select m.id, m.conversation_id, c.channel_id, c.ticket_id, c.contact_id, m.space, m.from_key, m.from_address,
               m.from_name, m.subject, m.body_text, m.automatic is null as human, m.created_at as at,
               coalesce((r.door->>'history')::boolean, false) as history
        from messages m
        join conversations c on c.id = m.conversation_id
        left join raw_events r on r.id = m.raw_event_id
        where m.conversation_id = %s and m.direction = 'in' order by m.created_at, m.id
        """,
        (conversation,),
    )


async def _contact(tx: Transaction, first: _First) -> UUID | None:
    """Spam of somebody unknown made none."""
    if first.contact_id is not None:
        return first.contact_id
    handle = Handle(kind=first.space, key=first.from_key, address=first.from_address)
    found = await contacts.resolve(tx, [Party(handle=handle, name=first.from_name)])
    contact = found.get((handle.kind, handle.key))
    await conversations.identify(tx, {first.conversation_id: contact} if contact else {})
    return contact


def _opening(first: _First, contact: UUID | None, setting: Settable) -> Opening:
    return Opening(
        conversation_id=first.conversation_id,
        contact_id=contact,
        subject=first.subject,
        text=first.body_text,
        at=first.at,
        human=first.human,
        history=first.history,
        setting=setting,
    )


def _old(ticket: UUID, each: _First, first: _First) -> Old:
    return Old(conversation_id=each.conversation_id, ticket_id=ticket, at=each.at, is_new=each is first)


def _touch(ticket: UUID, each: _First) -> Touch:
    return Touch(
        ticket_id=ticket,
        conversation_id=each.conversation_id,
        at=each.at,
        human=each.human,
        snippet=snippet(each.body_text),
    )


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
