"""Before anybody types: whether a ticket can be answered, by which channel, and to whom the answer would go. `send` and
the composer decide by the same functions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Claim, Kind
from kanal.conversations import queries as conversations
from kanal.conversations.models import Conversation, Participant
from kanal.delivery import answered, carrying, ours, rules, sending_channels
from kanal.delivery.answered import Answered
from kanal.delivery.errors import InvalidReply, NoWayOut
from kanal.delivery.models import Addressee, Carriers
from kanal.delivery.ours import LeftOut
from kanal.delivery.ways import UNSAID, Asked, Asking, TicketRow, WayOut
from kanal.inboxes.models import ChannelRow
from kanal.inboxes.rules import as_kind_sees
from kanal.kit.db import NotFound, Transaction
from kanal.kit.mail import normalise

NOBODY = "Nobody is known here who could be written to."
SPAM = "It is spam; say first that it is none."


async def way_out(
    tx: Transaction,
    carriers: Carriers,
    ticket: UUID,
    hidden_channels: Collection[UUID] = (),
    asked: Asked = UNSAID,
) -> WayOut:
    """The conversation of the chosen message, else the one that was last written in and can be answered, else a new
    one."""
    found = await tx.maybe(
        TicketRow, "select id, subject, contact_id, channel_id from tickets where id = %s", (ticket,)
    )
    if found is None:
        raise NotFound("ticket")
    asking = Asking(tx, carriers, found, hidden_channels, asked)
    refused: NoWayOut | None = None
    for conversation in await _conversations(asking, found):
        try:
            return await _answer(asking, conversation)
        except NoWayOut as error:
            refused = refused or error
    if refused is not None:
        raise refused
    return await _start(asking, found)


async def way_back(
    tx: Transaction,
    carriers: Carriers,
    conversation: UUID,
    hidden_channels: Collection[UUID] = (),
    asked: Asked = UNSAID,
) -> WayOut:
    """In one conversation, whether or not it is a ticket's. Raises NotFound, NoWayOut, InvalidReply."""
    found = await conversations.conversation(tx, conversation)
    if await tx.value("select spam_at is not null from conversations where id = %s", (conversation,)):
        raise NoWayOut(SPAM)
    if asked.answers is not None and not await tx.value(
        "select true from messages where id = %s and conversation_id = %s", (asked.answers, conversation)
    ):
        raise InvalidReply("answers", "The conversation has no such message.")
    return await _answer(Asking(tx, carriers, None, hidden_channels, asked), found)


async def _conversations(asking: Asking, ticket: TicketRow) -> list[Conversation]:
    tx, wanted = asking.tx, asking.asked.answers
    every = [c for c in await conversations.of_ticket(tx, ticket.id) if c.channel_id not in asking.hidden]
    if wanted is None:
        return every
    about = await tx.value("select conversation_id from messages where id = %s", (wanted,))
    chosen = [each for each in every if each.id == about]
    if not chosen:
        raise InvalidReply("answers", "The ticket has no such message.")
    if await tx.value("select spam_at is not null from conversations where id = %s", (about,)):
        raise NoWayOut(SPAM)
    return chosen


async def _answer(asking: Asking, conversation: Conversation) -> WayOut:
    tx, carriers = asking.tx, asking.carriers
    people = await conversations.participants(tx, conversation.id)
    channel, kind, thread = await carrying.carrier(asking, conversation, people)
    about = await _about(tx, asking.asked, conversation)
    reached = [each for each in people if each.space in kind.capabilities.reaches]
    named = [each for each in _named_by(about, asking.asked) if each.space in kind.capabilities.reaches]
    wanted = named or [_addressee(each) for each in reached if each.role != "new_person"]
    own = await ours.own_addresses(tx)
    receivers, left_out = _apart(wanted, own)
    way = _way(
        carriers,
        channel,
        kind,
        conversation=conversation,
        people=receivers,
        new_people=[_addressee(each) for each in reached if each.role == "new_person"],
        contact_id=conversation.contact_id,
        subject=_subject(conversation),
        contacts=[each.key for each in people if each.role == "contact"],
        about=about,
        left_out=_told(left_out, about, kind.claims(channel.settings), own),
        thread=thread,
    )
    if not way.people and not kind.capabilities.several_recipients:
        raise NoWayOut(NOBODY)
    return way


def _subject(conversation: Conversation) -> str:
    """Nothing is answered where the only words were taken back again."""
    said = conversation.last_in_at or conversation.last_out_at
    return rules.reply_subject(conversation.subject) if said else conversation.subject


async def _about(tx: Transaction, asked: Asked, conversation: Conversation) -> Answered | None:
    if asked.answers is None:
        return await answered.newest(tx, conversation.id)
    return await answered.message(tx, asked.answers)


def _named_by(about: Answered | None, asked: Asked) -> list[Addressee]:
    """Whom the message itself names, when its author chose one or said who of its people; our own message is sent to
    its receivers again."""
    if about is None or (asked.answers is None and asked.everybody is None):
        return []
    if about.direction == "out":
        return about.named("to", "cc")
    others = about.named("to", "cc") if asked.everybody else about.named("cc")
    copied = [msgspec.structs.replace(each, field="cc") for each in others if each.key != about.from_key]
    return [about.sender, *copied]


def _apart(wanted: list[Addressee], own: Collection[str]) -> tuple[list[Addressee], list[LeftOut]]:
    """Whoever wrote is answered wherever they wrote from; of the others our own addresses and those that take no
    answers are left out."""
    unique = {(each.space, each.key): each for each in reversed(wanted)}
    everybody = list(reversed(unique.values()))
    others = [each for each in everybody if each.field != "to"]
    kept, left_out = ours.apart(others, own)
    return [each for each in everybody if each.field == "to" or each in kept], left_out


def _told(
    left_out: list[LeftOut], about: Answered | None, claims: Sequence[Claim], own: Collection[str]
) -> list[LeftOut]:
    """Also those in copy who never came in to take part; that the channel does not write to itself goes without
    saying."""
    named = about.named("cc") if about is not None and about.direction == "in" else []
    every = {each.address: each for each in [*left_out, *ours.apart(named, own)[1]]}
    itself = {claim.key for claim in claims}
    return [each for each in every.values() if not ours.is_ours(normalise(each.address), itself)]


async def _start(asking: Asking, ticket: TicketRow) -> WayOut:
    """No conversation yet: we write first, by the author's choice, else their team's, else the ticket's own channel,
    else the oldest that can."""
    handles = await asking.tx.all(
        _Handle,
        """
        select h.space, h.key, h.address, c.name from handles h join contacts c on c.id = h.contact_id
        where h.contact_id = %s order by h.created_at, h.id
        """,
        (ticket.contact_id,),
    )
    for channel, kind in await _candidates(asking, ticket):
        for handle in handles:
            if handle.space in kind.capabilities.reaches:
                person = Addressee(
                    field="to", space=handle.space, key=handle.key, address=handle.address, name=handle.name
                )
                return first_way(
                    asking.carriers,
                    channel,
                    kind,
                    people=[person],
                    contact_id=ticket.contact_id,
                    subject=ticket.subject,
                )
    raise NoWayOut(carrying.NOT_HERE if handles else NOBODY)


async def _candidates(asking: Asking, ticket: TicketRow) -> list[tuple[ChannelRow, Kind]]:
    if asking.asked.channel is not None:
        return [await carrying.chosen(asking)]
    found = await sending_channels.find(asking.tx, asking.carriers, asking.hidden)
    default = await sending_channels.by_team(asking.tx, asking.asked.author)
    return sorted(found, key=lambda each: (each[0].id != default, each[0].id != ticket.channel_id))


class _Handle(msgspec.Struct, kw_only=True):
    space: str
    key: str
    address: str
    name: str


def first_way(
    carriers: Carriers,
    channel: ChannelRow,
    kind: Kind,
    *,
    people: list[Addressee],
    contact_id: UUID | None,
    subject: str,
) -> WayOut:
    """To people with whom there is no conversation yet."""
    return _way(
        carriers,
        channel,
        kind,
        conversation=None,
        people=people,
        new_people=[],
        contact_id=contact_id,
        subject=subject,
    )


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
    contacts: Sequence[str] = (),
    about: Answered | None = None,
    left_out: list[LeftOut] | None = None,
    thread: ChannelRow | None = None,
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
        contact_keys=frozenset(contacts),
        about=about,
        left_out=left_out or [],
        thread=thread,
    )


def _addressee(person: Participant) -> Addressee:
    return Addressee(
        field="to" if person.role == "contact" else "cc",
        space=person.space,
        key=person.key,
        address=person.address,
        name=person.name,
    )
