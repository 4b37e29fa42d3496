"""Saying that a conversation is spam, and taking it back. What was a ticket comes back as the one it was; what never
was one becomes one now, dated when it came and routed as always (EML-46)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Handle
from kanal.contacts.senders import actions as senders
from kanal.conversations import spam
from kanal.delivery import scheduling
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake.coming_back import give_out
from kanal.intake.spam.models import Why
from kanal.intake.spam.opening import open_ticket
from kanal.kit.db import Transaction
from kanal.routing import actions as routing
from kanal.tickets import actions as tickets
from kanal.tickets.models import Touch
from kanal.tickets.rules import snippet


async def mark(tx: Transaction, conversation: UUID, actor: UUID | None, *, block: bool = False) -> None:
    """A ticket with nothing but spam leaves all lists (EML-47), and nothing is deleted. With `block` what its sender
    writes from now on is spam too. Raises NotFound and InvalidSender."""
    found = await spam.locked(tx, conversation)
    if block:
        await _block(tx, found, actor)
    if found.spam_at is not None:
        return
    await spam.mark(tx, found, Why(code="hand").kept(), actor)
    if found.ticket_id and await spam.all_spam(tx, [found.ticket_id]):
        await tickets.hide(tx, [found.ticket_id])
        # What was to leave later is not to reach a spammer; its author decides if the ticket comes back.
        await scheduling.hold(tx, [found.ticket_id])
        await routing.leave_queue(tx, [found.ticket_id])


class BroughtBack(msgspec.Struct, kw_only=True):
    ticket_id: UUID | None
    """The old one or a new one; None where its inbox makes none."""
    unblocked: bool
    """Its sender was blocked until now."""


async def unmark(tx: Transaction, conversation: UUID, actor: UUID | None) -> BroughtBack:
    """A block of its sender is taken back with it."""
    unblocked = [await senders.unblock(tx, sender, actor) for sender in await senders_of(tx, conversation)]
    return BroughtBack(ticket_id=await bring_back(tx, conversation, actor), unblocked=any(unblocked))


async def bring_back(tx: Transaction, conversation: UUID, actor: UUID | None) -> UUID | None:
    """The same without a word on its sender."""
    found = await spam.locked(tx, conversation)
    if found.spam_at is None:
        return found.ticket_id
    await spam.unmark(tx, found, actor)
    if found.ticket_id is None:
        ticket = await open_ticket(tx, found.id)
    else:
        ticket = found.ticket_id
        await _go_on(tx, ticket, found.spam_at)
    await _explain(tx, found.id, ticket)
    return ticket


async def _go_on(tx: Transaction, ticket: UUID, since: datetime) -> None:
    """Where it stood, and then what was written to it meanwhile."""
    await tickets.show_again(tx, [ticket])
    rows = await tx.all(
        _Written,
        """
        select m.conversation_id, m.created_at as at, m.automatic is null as human, m.body_text as text
        from messages m join conversations c on c.id = m.conversation_id
        where c.ticket_id = %s and c.spam_at is null and m.direction = 'in' and m.created_at > %s order by m.created_at
        """,
        (ticket, since),
    )
    await tickets.touch_many(
        tx,
        [
            Touch(
                ticket_id=ticket,
                conversation_id=each.conversation_id,
                at=each.at,
                human=each.human,
                snippet=snippet(each.text),
            )
            for each in rows
        ],
    )
    await give_out(tx, ticket)


class _Written(msgspec.Struct):
    conversation_id: UUID
    at: datetime
    human: bool
    text: str


async def _explain(tx: Transaction, conversation: UUID, ticket: UUID | None) -> None:
    """What came in as spam has another fate now."""
    settled = await tx.dicts(
        """
        update raw_events r set ticket_id = %(ticket)s, reason = '',
          state = case when m.id <> first.id then 'reply'
                       when %(ticket)s::uuid is not null then 'ticket' else 'conversation' end
        from messages m
        cross join (
          select id from messages where conversation_id = %(conversation)s order by created_at, id limit 1) first
        where m.conversation_id = %(conversation)s and r.id = m.raw_event_id and r.state = 'spam'
        returning r.id, r.channel_id, r.state
        """,
        {"ticket": ticket, "conversation": conversation},
    )
    for row in settled:
        data = {"raw_event_id": str(row["id"]), "state": row["state"]}
        events.emit(tx, Event(name="raw_event.settled", channel_id=row["channel_id"], data=data))


async def _block(tx: Transaction, found: spam.Judged, actor: UUID | None) -> None:
    for sender in (await senders_of(tx, found.id))[:1]:
        await senders.block(tx, sender, actor)


async def senders_of(tx: Transaction, conversation: UUID) -> list[Handle]:
    """Who wrote in it, the one who began first."""
    rows = await tx.all(
        _Sender,
        """
        select space, from_key, from_address from messages
        where conversation_id = %s and direction = 'in' and from_key <> '' group by space, from_key, from_address
        order by min(created_at)
        """,
        (conversation,),
    )
    return [Handle(kind=row.space, key=row.from_key, address=row.from_address) for row in rows]


class _Sender(msgspec.Struct):
    space: str
    from_key: str
    from_address: str
