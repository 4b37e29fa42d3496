"""The ticket that a conversation would have been, had it not been taken for spam."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Handle, Party
from kanal.contacts import actions as contacts
from kanal.conversations import actions as conversations
from kanal.intake import history
from kanal.intake import queries as channels
from kanal.intake.coming_back import give_out
from kanal.intake.history import Old
from kanal.intake.new_tickets import Opening, open_tickets
from kanal.kit.db import Transaction
from kanal.routing import actions as routing
from kanal.routing import rules
from kanal.routing.setting import Settable
from kanal.tickets import actions as tickets
from kanal.tickets.models import Touch
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
