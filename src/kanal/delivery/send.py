"""Queues an answer: the message, its files, the promise to deliver it and what it does to the ticket, in one
transaction that refuses when something was said that its author had not seen. `dispatch` takes it from there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Handle, Party
from kanal.conversations import actions as conversations
from kanal.conversations import apart
from kanal.conversations import queries as threads
from kanal.conversations.actions import Joining, NewConversation
from kanal.conversations.models import Thread
from kanal.delivery import actions, body, drafts, putting, quoting, rules, undo
from kanal.delivery.errors import StaleReply
from kanal.delivery.models import Addressee, Answer, Carriers, Queued, Reply
from kanal.delivery.prospect import way_out
from kanal.delivery.putting import Letter
from kanal.delivery.quoting import NO_QUOTE, Quote
from kanal.delivery.recipients import of_reply
from kanal.delivery.ways import Asked, WayOut
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets
from kanal.tickets import queries as ticket_rows
from kanal.tickets.actions.state import check_listed
from kanal.tickets.models import TicketChange
from kanal.tickets.rules import snippet


async def reply(tx: Transaction, carriers: Carriers, asked: Reply, hidden_channels: Collection[UUID] = ()) -> Queued:
    """Queue an answer in a ticket's conversation; starts one where there is none."""
    before = await _ticket(tx, asked)
    wanted = Asked(answers=asked.answers, everybody=asked.all, channel=asked.channel, author=asked.author_id)
    way = await way_out(tx, carriers, asked.ticket_id, hidden_channels, wanted)
    at = clock.now()
    conversation = way.conversation.id if way.conversation else await start(tx, way, asked.ticket_id, at)
    standing = await apart.locked(tx, conversation) if way.conversation and way.conversation.apart else None
    letter = await letter_of(tx, asked, way, conversation, asked.ticket_id, at)
    message, delivery = await putting.put(tx, carriers, letter)
    if not letter.aside:
        await let_in(tx, conversation, letter.recipients, at)
    version = await _touch(tx, asked, letter)
    await undo.remember(tx, delivery, asked.ticket_id, before, aside=letter.aside)
    if standing is not None:
        await note_apart(tx, standing, letter, delivery, drafted_in="ticket")
    await drafts.drop(tx, asked.ticket_id, asked.author_id)
    putting.tell(tx, letter, message, delivery, version)
    await actions.tell_queued(tx, delivery, asked.author_id)
    return Queued(message_id=message, delivery_id=delivery, version=version)


async def letter_of(
    tx: Transaction, asked: Answer, way: WayOut, conversation: UUID, ticket: UUID | None, at: datetime
) -> Letter:
    """What leaves, all of it decided. Raises InvalidReply."""
    recipients = of_reply(asked, way)
    due_at = rules.leaves_at(at, asked.send_at, undoable=asked.undoable)
    return Letter(
        way=way,
        ticket_id=ticket,
        conversation_id=conversation,
        author_id=asked.author_id,
        recipients=recipients,
        written=await body.written(tx, asked, way.kind.capabilities),
        thread=await _thread(tx, asked, way, conversation),
        at=at,
        due_at=due_at,
        send_at=asked.send_at,
        quote=await _quote(tx, asked, way),
        about_id=way.about.id if way.about else None,
        aside=_is_aside(way, recipients),
        more=_enclosed(asked),
    )


async def start(tx: Transaction, way: WayOut, ticket: UUID, at: datetime) -> UUID:
    """A conversation that we open, with those of the way as its contacts."""
    conversation = new_id()
    subject = " ".join(way.subject.split())
    await conversations.open_many(
        tx,
        [
            NewConversation(
                id=conversation,
                inbox_id=way.channel.inbox_id,
                channel_id=way.channel.id,
                contact_id=way.contact_id,
                subject=subject,
                subject_key=subject.lower(),
                thread_key="",
                at=at,
            )
        ],
    )
    await conversations.attach_tickets(tx, {conversation: ticket})
    await conversations.join(
        tx, [Joining(conversation_id=conversation, party=_party(each), role="contact", at=at) for each in way.people]
    )
    return conversation


async def note_apart(
    tx: Transaction,
    was: apart.Standing,
    letter: Letter,
    delivery: UUID,
    *,
    drafted_in: drafts.Of,
    state: apart.State | None = None,
) -> int:
    """What an answer does to a conversation of a conversations inbox; returns its version."""
    said = "" if letter.aside else snippet(letter.written.text)
    version = await apart.answered(
        tx, was, author=letter.author_id, at=letter.at, snippet=said, state=state, aside=letter.aside
    )
    await undo.remember_apart(tx, delivery, was, drafted_in=drafted_in, aside=letter.aside)
    return version


async def let_in(tx: Transaction, conversation: UUID, recipients: list[Addressee], at: datetime) -> None:
    """Whom the author writes to openly takes part from now on."""
    open_ = [each for each in recipients if each.field != "bcc"]
    await conversations.join(
        tx, [Joining(conversation_id=conversation, party=_party(each), role="cc", at=at) for each in open_]
    )
    await tx.run(
        """
        update participants set role = 'cc'
        where conversation_id = %s and role = 'new_person' and (space, key) in (
          select * from unnest(%s::text[], %s::text[]))
        """,
        (conversation, [each.space for each in open_], [each.key for each in open_]),
    )


async def _ticket(tx: Transaction, asked: Reply) -> undo.Before:
    """The ticket as it stands, locked, so that nothing is said between this look and the commit."""
    state = (await ticket_rows.locked(tx, [asked.ticket_id])).get(asked.ticket_id)
    if state is None:
        raise NotFound("ticket")
    await check_listed(tx, state)
    if asked.seen_version is not None and asked.seen_version < state.version:
        raise StaleReply(asked.ticket_id, asked.seen_version, state.version)
    return await undo.before(tx, asked.ticket_id)


def _is_aside(way: WayOut, recipients: list[Addressee]) -> bool:
    """A new person is answered and not the contact: nobody comes in by that, since what is said to the contact later is
    not for them (K19), and the contact waits on."""
    new = {each.key for each in way.new_people}
    by_new_person = way.about is not None and way.about.direction == "in" and way.about.from_key in new
    return by_new_person and way.contact_keys.isdisjoint(each.key for each in recipients)


async def _touch(tx: Transaction, asked: Reply, letter: Letter) -> int:
    """What it does to the ticket; returns the new version."""
    if not letter.aside:
        return await tickets.touch_out(
            tx,
            asked.ticket_id,
            author=asked.author_id,
            at=letter.at,
            text=letter.written.text,
            status_key=asked.status,
        )
    if asked.status:
        await tickets.change(tx, asked.ticket_id, TicketChange(status_key=asked.status), asked.author_id)
    return await tickets.touch_aside(tx, asked.ticket_id)


async def _quote(tx: Transaction, asked: Answer, way: WayOut) -> Quote:
    """What is answered, where the channel's answers carry that and the author does not say otherwise."""
    wanted = quoting.by_channel(way.channel, way.kind) if asked.quote is None else asked.quote
    if not wanted or way.about is None or asked.invitation is not None:
        return NO_QUOTE
    return quoting.of_answer(way.about, await putting.reader(tx, asked.author_id))


async def _thread(tx: Transaction, asked: Answer, way: WayOut, conversation: UUID) -> Thread:
    """What the answer refers to: the message that it answers, and those before a chosen one, else all."""
    if way.about is None or not way.about.external_id:
        return await threads.thread(tx, conversation)
    until = way.about.created_at if asked.answers else None
    known = (await threads.thread(tx, conversation, until)).references
    answered = way.about.external_id
    return Thread(in_reply_to=answered, references=known if answered in known else [*known, answered])


def _enclosed(asked: Answer) -> dict[str, Any]:
    return {"invitation": msgspec.to_builtins(asked.invitation)} if asked.invitation else {}


def _party(each: Addressee) -> Party:
    return Party(handle=Handle(kind=each.space, key=each.key, address=each.address), name=each.name)
