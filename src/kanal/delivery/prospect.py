"""Before anybody types: whether a ticket can be answered, by which channel, and to whom the answer would go. `send`
decides by the same functions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Kind, answerable_until, reach
from kanal.channelkit.messages import Handle
from kanal.conversations import queries as conversations
from kanal.conversations.models import Conversation, Participant
from kanal.delivery import rules
from kanal.delivery.answering import desk, reaching
from kanal.delivery.errors import NoWayOut
from kanal.delivery.models import Addressee, Carriers
from kanal.inboxes import queries as channels
from kanal.inboxes.models import ChannelRow
from kanal.inboxes.rules import as_kind_sees
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction

CLOSED = "The time in which this channel lets you answer is over."
NOBODY = "Nobody is known here who could be written to."
NO_ADDRESS = "They left no address at which they could be answered."
NOT_HERE = "No channel reaches this contact; connect one that does."


@dataclass(frozen=True)
class WayOut:
    """A channel that can carry an answer, and the people it would go to."""

    channel: ChannelRow
    kind: Kind
    conversation: Conversation | None
    """None: one has to be started."""
    people: list[Addressee]
    new_people: list[Addressee]
    contact_id: UUID | None
    subject: str
    own_keys: frozenset[str]
    """The channel's own addresses."""
    sender: Addressee | None


async def way_out(tx: Transaction, carriers: Carriers, ticket: UUID, hidden_channels: Collection[UUID] = ()) -> WayOut:
    """The conversation that was last written in and can be answered, else a new one."""
    found = await tx.maybe(_Ticket, "select subject, contact_id, channel_id from tickets where id = %s", (ticket,))
    if found is None:
        raise NotFound("ticket")
    refused: NoWayOut | None = None
    for conversation in await conversations.of_ticket(tx, ticket):
        try:
            return await _answer(tx, carriers, conversation, found)
        except NoWayOut as error:
            refused = refused or error
    if refused is not None:
        raise refused
    return await _start(tx, carriers, found, hidden_channels)


class _Ticket(msgspec.Struct, kw_only=True):
    subject: str
    contact_id: UUID | None
    channel_id: UUID | None


async def _answer(tx: Transaction, carriers: Carriers, conversation: Conversation, ticket: _Ticket) -> WayOut:
    channel = await channels.channel(tx, conversation.channel_id)
    people = await conversations.participants(tx, conversation.id)
    carried = carriers.kinds.get(channel.kind)
    if carried is not None and not carried.capabilities.replies:
        return await _elsewhere(tx, carriers, channel, carried, conversation, people)
    kind = _kind(carriers, channel)
    _check_window(kind, conversation.last_in_at)
    reached = [each for each in people if each.space in kind.capabilities.reaches]
    way = _way(
        carriers,
        channel,
        kind,
        conversation=conversation,
        people=[_addressee(each) for each in reached if each.role != "new_person"],
        new_people=[_addressee(each) for each in reached if each.role == "new_person"],
        contact_id=conversation.contact_id,
        subject=rules.reply_subject(conversation.subject),
    )
    if not way.people and not kind.capabilities.several_recipients:
        raise NoWayOut(NOBODY)
    return way


async def _elsewhere(
    tx: Transaction,
    carriers: Carriers,
    channel: ChannelRow,
    carried: Kind,
    conversation: Conversation,
    people: list[Participant],
) -> WayOut:
    """A kind that only takes messages in (a form) is answered by one that reaches the person, also when its own channel
    is off or gone."""
    contacts = [Handle(kind=p.space, key=p.key, address=p.address) for p in people if p.role == "contact"]
    found = reaching((await desk(tx, carriers)).answering(channel, carried), contacts)
    if found is None:
        reachable = any(reach(each.capabilities, contacts) for each in carriers.kinds.values())
        raise NoWayOut(NOT_HERE if reachable else NO_ADDRESS)
    answering, _ = found
    kind = answering.kind
    reached = [each for each in people if each.space in kind.capabilities.reaches]
    return _way(
        carriers,
        answering.channel,
        kind,
        conversation=conversation,
        people=[_addressee(each) for each in reached if each.role != "new_person"],
        new_people=[_addressee(each) for each in reached if each.role == "new_person"],
        contact_id=conversation.contact_id,
        subject=rules.reply_subject(conversation.subject),
    )


async def _start(tx: Transaction, carriers: Carriers, ticket: _Ticket, hidden: Collection[UUID]) -> WayOut:
    """No conversation yet: we write first, by the ticket's own channel where it can, else by the oldest that can."""
    handles = await tx.all(
        _Handle,
        """
        select h.space, h.key, h.address, c.name from handles h join contacts c on c.id = h.contact_id
        where h.contact_id = %s order by h.created_at, h.id
        """,
        (ticket.contact_id,),
    )
    every = [each for each in await channels.channels(tx) if each.active and each.id not in hidden]
    for channel in sorted(every, key=lambda each: each.id != ticket.channel_id):
        kind = carriers.kinds.get(channel.kind)
        if kind is None or not kind.capabilities.starts:
            continue
        for handle in handles:
            if handle.space in kind.capabilities.reaches:
                person = Addressee(
                    field="to", space=handle.space, key=handle.key, address=handle.address, name=handle.name
                )
                return _way(
                    carriers,
                    channel,
                    kind,
                    conversation=None,
                    people=[person],
                    new_people=[],
                    contact_id=ticket.contact_id,
                    subject=ticket.subject,
                )
    raise NoWayOut(NOT_HERE if handles else NOBODY)


class _Handle(msgspec.Struct, kw_only=True):
    space: str
    key: str
    address: str
    name: str


def _kind(carriers: Carriers, channel: ChannelRow) -> Kind:
    if channel.deleted_at is not None:
        raise NoWayOut(rules.DELETED)
    kind = carriers.kinds.get(channel.kind)
    if kind is None:
        raise NoWayOut(rules.NO_KIND)
    return kind


def _check_window(kind: Kind, last_in: datetime | None) -> None:
    until = answerable_until(kind.capabilities, last_in)
    if until is not None and until < clock.now():
        raise NoWayOut(CLOSED)


def _way(
    carriers: Carriers,
    channel: ChannelRow,
    kind: Kind,
    *,
    conversation: Conversation | None,
    people: list[Addressee],
    new_people: list[Addressee],
    contact_id: UUID | None,
    subject: str,
) -> WayOut:
    claims = kind.claims(as_kind_sees(channel, carriers.keyring, carriers.mail_domain).settings)
    first = next(iter(claims), None)
    return WayOut(
        channel=channel,
        kind=kind,
        conversation=conversation,
        people=people,
        new_people=new_people,
        contact_id=contact_id,
        subject=subject if kind.capabilities.subject else "",
        own_keys=frozenset(claim.key for claim in claims),
        sender=Addressee(field="to", space=first.space, key=first.key, address=first.key) if first else None,
    )


def _addressee(person: Participant) -> Addressee:
    return Addressee(
        field="to" if person.role == "contact" else "cc",
        space=person.space,
        key=person.key,
        address=person.address,
        name=person.name,
    )
