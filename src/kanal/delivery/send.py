"""Queues an answer: the message, its files, the promise to deliver it and what it does to the ticket, in one
transaction that refuses when something was said that its author had not seen. `dispatch` takes it from there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Handle, Party
from kanal.conversations import actions as conversations
from kanal.conversations import queries as threads
from kanal.conversations.actions import Heard, Joining, NewConversation
from kanal.delivery import actions, body, drafts, rules, undo
from kanal.delivery.errors import StaleReply
from kanal.delivery.models import Addressee, Carriers, Queued, Reply
from kanal.delivery.prospect import WayOut, way_out
from kanal.delivery.recipients import of_reply
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes.rules import as_kind_sees
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.people import queries as people
from kanal.tickets import actions as tickets
from kanal.tickets import queries as ticket_rows


async def reply(tx: Transaction, carriers: Carriers, asked: Reply, hidden_channels: Collection[UUID] = ()) -> Queued:
    """Queue an answer in a ticket's conversation; starts one where there is none."""
    before = await _ticket(tx, asked)
    way = await way_out(tx, carriers, asked.ticket_id, hidden_channels)
    recipients = of_reply(asked, way)
    written = await body.written(tx, asked, way.kind.capabilities)
    at = clock.now()
    conversation = way.conversation.id if way.conversation else await _start(tx, way, asked.ticket_id, at)
    message = await _insert(tx, carriers, asked, way, conversation, recipients, written, at)
    await body.bind(tx, message, written.files)
    await _let_in(tx, conversation, recipients, at)
    await conversations.hear(tx, [Heard(conversation_id=conversation, at=at, direction="out", human=False)])
    await actions.wake_conversation(tx, conversation, behind_another=False)
    delivery = await actions.queue(tx, message, way.channel.id, at + rules.UNDO if asked.undoable else at)
    version = await tickets.touch_out(
        tx, asked.ticket_id, author=asked.author_id, at=at, text=written.text, status_key=asked.status
    )
    await undo.remember(tx, delivery, asked.ticket_id, before)
    await drafts.drop(tx, asked.ticket_id, asked.author_id)
    _tell(tx, asked, way, conversation, message, delivery, version)
    await actions.tell_queued(tx, delivery, asked.author_id)
    return Queued(message_id=message, delivery_id=delivery, version=version)


async def _ticket(tx: Transaction, asked: Reply) -> undo.Before:
    """The ticket as it stands, locked, so that nothing is said between this look and the commit."""
    state = (await ticket_rows.locked(tx, [asked.ticket_id])).get(asked.ticket_id)
    if state is None:
        raise NotFound("ticket")
    if asked.seen_version is not None and asked.seen_version < state.version:
        raise StaleReply(asked.ticket_id, asked.seen_version, state.version)
    return await undo.before(tx, asked.ticket_id)


async def _start(tx: Transaction, way: WayOut, ticket: UUID, at: datetime) -> UUID:
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


async def _insert(
    tx: Transaction,
    carriers: Carriers,
    asked: Reply,
    way: WayOut,
    conversation: UUID,
    recipients: list[Addressee],
    written: body.Written,
    at: datetime,
) -> UUID:
    message = new_id()
    channel = as_kind_sees(way.channel, carriers.keyring, carriers.mail_domain)
    thread = await threads.thread(tx, conversation)
    await tx.insert(
        "messages",
        [
            {
                "id": message,
                "conversation_id": conversation,
                "channel_id": way.channel.id,
                "direction": "out",
                "author_id": asked.author_id,
                "space": way.sender.space if way.sender else "",
                "from_key": way.sender.key if way.sender else "",
                "from_address": way.sender.address if way.sender else "",
                "from_name": (await people.member(tx, asked.author_id)).name,
                "recipients": [msgspec.to_builtins(each) for each in recipients],
                "subject": way.subject,
                "body_text": written.text,
                "body_html": written.html,
                "external_id": way.kind.name_message(channel),
                "in_reply_to": thread.in_reply_to,
                "refs": thread.references,
                "created_at": at,
            }
        ],
    )
    return message


async def _let_in(tx: Transaction, conversation: UUID, recipients: list[Addressee], at: datetime) -> None:
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


def _party(each: Addressee) -> Party:
    return Party(handle=Handle(kind=each.space, key=each.key, address=each.address), name=each.name)


def _tell(
    tx: Transaction, asked: Reply, way: WayOut, conversation: UUID, message: UUID, delivery: UUID, version: int
) -> None:
    data = {"message_id": str(message), "delivery_id": str(delivery), "version": version}
    events.emit(
        tx,
        Event(
            name="message.queued",
            actor_id=asked.author_id,
            ticket_id=asked.ticket_id,
            conversation_id=conversation,
            channel_id=way.channel.id,
            contact_id=way.contact_id,
            data=data,
        ),
    )
