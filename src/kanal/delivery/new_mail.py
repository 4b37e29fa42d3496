"""Writing first: a mail to a contact or a new address opens a ticket with its conversation (EML-19, GEN-11). From then
on it is like any other; `send` answers in it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Kind
from kanal.channelkit.messages import Handle, Party
from kanal.contacts import actions as contacts
from kanal.conversations.models import Thread
from kanal.delivery import actions, body, putting, rules, send, sending_channels, undo
from kanal.delivery.errors import InvalidReply, NoWayOut
from kanal.delivery.models import Addressee, Carriers, NewMail, Queued
from kanal.delivery.prospect import first_way
from kanal.delivery.putting import Letter
from kanal.delivery.recipients import of_fields
from kanal.delivery.ways import WayOut
from kanal.inboxes.models import ChannelRow
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket, TicketChange
from kanal.tickets.rules import called, snippet

NO_CHANNEL = "No channel can write first; connect an email address."


class Opened(Queued, kw_only=True):
    ticket_id: UUID


async def write(
    tx: Transaction,
    carriers: Carriers,
    mail: NewMail,
    new: NewTicket,
    *,
    channel: UUID | None,
    status: bool,
    assignee: UUID | msgspec.UnsetType | None = msgspec.UNSET,
    hidden_channels: Collection[UUID] = (),
) -> Opened:
    """Queue the mail and make its ticket, whose contact is the first recipient. Without a channel it is their team's.
    The author has the ticket, unless an assignee, or None, is given; with `status` it stays in the one that it begins
    in, else it waits for the contact."""
    row, kind = await _carrier(tx, carriers, mail.author_id, channel, hidden_channels)
    bare = first_way(carriers, row, kind, people=[], contact_id=None, subject=new.subject)
    recipients = await _named(tx, of_fields(mail, bare))
    contact = await _contact(tx, recipients[0])
    way = first_way(carriers, row, kind, people=recipients[:1], contact_id=contact, subject=new.subject)
    at = clock.now()
    due_at = rules.leaves_at(at, mail.send_at, undoable=mail.undoable)
    written = await body.written(tx, mail, kind.capabilities)
    ticket = await _ticket(tx, new, way, written.text, assignee)
    before = await undo.before(tx, ticket)
    conversation = await send.start(tx, way, ticket, at)
    letter = Letter(
        way=way,
        ticket_id=ticket,
        conversation_id=conversation,
        author_id=mail.author_id,
        recipients=recipients,
        written=written,
        thread=Thread(in_reply_to="", references=[]),
        at=at,
        due_at=due_at,
        send_at=mail.send_at,
    )
    message, delivery = await putting.put(tx, carriers, letter)
    await send.let_in(tx, conversation, recipients, at)
    version = await tickets.touch_out(
        tx,
        ticket,
        author=mail.author_id,
        at=at,
        text=written.text,
        status_key=await _status_of(tx, ticket) if status else None,
        takes=assignee is msgspec.UNSET,
    )
    await undo.remember(tx, delivery, ticket, before)
    putting.tell(tx, letter, message, delivery, version)
    await actions.tell_queued(tx, delivery, mail.author_id)
    return Opened(message_id=message, delivery_id=delivery, version=version, ticket_id=ticket)


async def addresses_of(tx: Transaction, contact: UUID | None) -> list[str]:
    """Where a contact gets mail; the first of them."""
    return await tx.values(
        "select address from handles where contact_id = %s and space = 'email' order by created_at, id limit 1",
        (contact,),
    )


async def _status_of(tx: Transaction, ticket: UUID) -> str:
    key: str = await tx.value(
        "select s.key from tickets t join statuses s on s.id = t.status_id where t.id = %s", (ticket,)
    )
    return key


async def _carrier(
    tx: Transaction, carriers: Carriers, author: UUID, wanted: UUID | None, hidden: Collection[UUID]
) -> tuple[ChannelRow, Kind]:
    found = await sending_channels.find(tx, carriers, hidden)
    if wanted is not None:
        for channel, kind in found:
            if channel.id == wanted:
                return channel, kind
        raise InvalidReply("channel", "That is no channel by which you can write.")
    if not found:
        raise NoWayOut(NO_CHANNEL)
    default = await sending_channels.by_team(tx, author)
    return min(found, key=lambda each: each[0].id != default)


async def _named(tx: Transaction, recipients: list[Addressee]) -> list[Addressee]:
    """Contacts are written to by their name."""
    rows = await tx.dicts(
        """
        select h.space, h.key, c.name from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join handles h on h.space = wanted.space and h.key = wanted.key
        join contacts c on c.id = h.contact_id
        where c.name <> '' and position('@' in c.name) = 0
        """,
        ([each.space for each in recipients], [each.key for each in recipients]),
    )
    names = {(row["space"], row["key"]): row["name"] for row in rows}
    return [msgspec.structs.replace(each, name=names.get((each.space, each.key), each.name)) for each in recipients]


async def _contact(tx: Transaction, first: Addressee) -> UUID:
    if first.field != "to":
        raise InvalidReply("to", "Name somebody to write to.")
    party = Party(handle=Handle(kind=first.space, key=first.key, address=first.address), name=first.name)
    return (await contacts.resolve(tx, [party]))[first.space, first.key]


async def _ticket(
    tx: Transaction, new: NewTicket, way: WayOut, text: str, assignee: UUID | msgspec.UnsetType | None
) -> UUID:
    made = await tickets.create(
        tx,
        msgspec.structs.replace(
            new,
            subject=called(new.subject, text),
            snippet=snippet(text),
            contact_id=way.contact_id,
            channel_id=way.channel.id,
            waiting=False,
        ),
    )
    if assignee is not msgspec.UNSET and assignee is not None:
        await tickets.change(tx, made.id, TicketChange(assignee_id=assignee), new.actor_id)
    return made.id
