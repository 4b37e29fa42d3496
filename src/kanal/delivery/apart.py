"""Queues an answer in a conversation of a conversations inbox, ticket or not (K2): as `send` does for tickets, by the
same way, with the version of the conversation that its author saw."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kanal.conversations import apart
from kanal.delivery import actions, drafts, putting, send, undo
from kanal.delivery.errors import InvalidReply, StaleReply
from kanal.delivery.models import Carriers, Queued, ReplyApart
from kanal.delivery.prospect import way_back
from kanal.delivery.putting import Letter
from kanal.delivery.ways import Asked
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets import actions as tickets
from kanal.tickets import queries as ticket_rows

STATES: dict[str, apart.State] = {"open": "open", "closed": "closed"}


async def reply(
    tx: Transaction, carriers: Carriers, asked: ReplyApart, hidden_channels: Collection[UUID] = ()
) -> Queued:
    """Raises NotFound, StaleReply, InvalidReply and NoWayOut."""
    before = await _ticket(tx, asked.conversation_id)
    was = await apart.locked(tx, asked.conversation_id)
    if asked.seen_version is not None and asked.seen_version < was.version:
        raise StaleReply(was.id, asked.seen_version, was.version)
    wanted = Asked(answers=asked.answers, everybody=asked.all, channel=asked.channel, author=asked.author_id)
    way = await way_back(tx, carriers, was.id, hidden_channels, wanted)
    letter = await send.letter_of(tx, asked, way, was.id, was.ticket_id, clock.now())
    message, delivery = await putting.put(tx, carriers, letter)
    if not letter.aside:
        await send.let_in(tx, was.id, letter.recipients, letter.at)
    if was.ticket_id is not None and before is not None:
        await _touch(tx, was.ticket_id, letter)
        await undo.remember(tx, delivery, was.ticket_id, before, aside=letter.aside)
    state = _state(asked.status)
    version = await send.note_apart(tx, was, letter, delivery, drafted_in="conversation", state=state)
    await drafts.drop(tx, was.id, asked.author_id, of="conversation")
    putting.tell(tx, letter, message, delivery, version)
    await actions.tell_queued(tx, delivery, asked.author_id)
    return Queued(message_id=message, delivery_id=delivery, version=version)


async def _ticket(tx: Transaction, conversation: UUID) -> undo.Before | None:
    """Of the ticket that was made of it; locked before the conversation, as by everybody who changes both."""
    ticket = await tx.value("select ticket_id from conversations where id = %s and apart", (conversation,))
    if ticket is None:
        return None
    await ticket_rows.locked(tx, [ticket])
    return await undo.before(tx, ticket)


async def _touch(tx: Transaction, ticket: UUID, letter: Letter) -> None:
    if letter.aside:
        await tickets.touch_aside(tx, ticket)
        return
    author, text = letter.author_id, letter.written.text
    await tickets.touch_out(tx, ticket, author=author, at=letter.at, text=text, takes=False)


def _state(wanted: str | None) -> apart.State | None:
    """After sending."""
    if wanted is None:
        return None
    if wanted not in STATES:
        raise InvalidReply("status", "A conversation is open or closed.")
    return STATES[wanted]
