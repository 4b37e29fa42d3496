"""One ticket with all that stands beside its conversation. A fixed number of statements, whatever the ticket holds."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.tickets.models import Source
from kanal.tickets.queries import whole_of
from kanal.tickets.rules import DELETED_KEPT
from kanal.views import tickets
from kanal.views.models import (
    AlsoIn,
    Linked,
    MergedHere,
    NoticeTicket,
    Participant,
    ReplyForm,
    ShownChannel,
    ShownMember,
    ShownStatus,
    Ticket,
    TicketConversation,
    WholeTicket,
)
from kanal.views.visible import viewer


class _Whole(tickets.Row, kw_only=True):
    description: str
    source: Source


class _Conversation(msgspec.Struct, kw_only=True):
    id: UUID
    state: Literal["open", "closed"]
    channel_id: UUID
    kind: str
    name: str
    deleted: bool


class _Participant(Participant, kw_only=True):
    conversation_id: UUID


async def one(tx: Transaction, member: UUID | None, ticket: UUID, *, just_changed: bool = False) -> Ticket:
    """A ticket as lists show it; whoever has just changed it sees how it stands now, even where that takes it out of
    their sight."""
    return tickets.as_ticket(await _row(tx, tickets.Row, "", member, ticket, even_hidden=just_changed))


async def whole(tx: Transaction, member: UUID | None, ticket: UUID, reply: ReplyForm) -> WholeTicket:
    """A ticket as its page shows it, also one that was deleted or merged. What the composer starts with is laid in:
    `delivery` knows it."""
    row = await _row(tx, _Whole, ", t.description, t.source", member, ticket, even_gone=True)
    if row.merged_into is not None:
        last = await whole_of(tx, ticket)
        row.merged_into, row.merged_number = last.id, last.number
    conversations = await _conversations(tx, member, ticket)
    people = await _participants(tx, [each.id for each in conversations])
    return WholeTicket(
        **tickets.described(row),
        description=row.description,
        conversations=[_shown(each, people[each.id]) for each in conversations],
        to_connect=None if conversations else await _to_connect(tx, ticket),
        linked=await _linked(tx, member, ticket),
        also_in=await _also_in(tx, member, ticket),
        followers=await _followers(tx, ticket),
        merged=await _merged(tx, ticket),
        source=row.source,
        restore_until=row.deleted_at + DELETED_KEPT if row.deleted_at else None,
        reply=reply,
    )


async def _row(
    tx: Transaction,
    into: type[Any],
    more: LiteralString,
    member: UUID | None,
    ticket: UUID,
    *,
    even_hidden: bool = False,
    even_gone: bool = False,
) -> Any:
    who = await viewer(tx, member)
    visible: LiteralString = who.visible_or_spam if even_gone else who.visible_alone
    if even_hidden:
        visible = "true"
    row = await tx.maybe(
        into,
        f"""
        select {tickets.COLUMNS} {more}
        from (select t.* from tickets t where t.id = %(ticket)s and {visible}) t {tickets.JOINS}
        """,  # noqa: S608 - our own fragments
        {"ticket": ticket, **who.params},
    )
    if row is None:
        raise NotFound("ticket")
    return row


async def _conversations(tx: Transaction, member: UUID | None, ticket: UUID) -> list[_Conversation]:
    """The one last written in first."""
    who = await viewer(tx, member)
    return await tx.all(
        _Conversation,
        """
        select v.id, v.state, v.channel_id, ch.kind, ch.name, ch.deleted_at is not null as deleted
        from conversations v join channels ch on ch.id = v.channel_id
        where v.ticket_id = %(ticket)s and v.channel_id <> all (%(hidden)s) and v.spam_at is null
        order by v.last_message_at desc, v.id desc
        """,
        {"ticket": ticket, **who.params},
    )


async def _to_connect(tx: Transaction, ticket: UUID) -> ShownChannel | None:
    return await tx.maybe(
        ShownChannel,
        """
        select ch.id, ch.kind, ch.name, ch.deleted_at is not null as deleted
        from tickets t
        join channels ch on ch.id = t.channel_id
        join inboxes i on i.id = ch.inbox_id and i.kind = 'conversations'
        where t.id = %s and t.source = 'workflow'
        """,
        (ticket,),
    )


async def _participants(tx: Transaction, conversations: list[UUID]) -> dict[UUID, list[_Participant]]:
    rows = await tx.all(
        _Participant,
        """
        select conversation_id, name, address, role from participants
        where conversation_id = any(%s) order by joined_at, role = 'contact' desc, key
        """,
        (conversations,),
    )
    found: dict[UUID, list[_Participant]] = defaultdict(list)
    for row in rows:
        found[row.conversation_id].append(row)
    return found


async def _linked(tx: Transaction, member: UUID | None, ticket: UUID) -> list[Linked]:
    """Either may have been linked to the other."""
    who = await viewer(tx, member)
    rows = await tx.all(
        _Linked,
        f"""
        select t.id, t.number, t.subject, l.why, s.id as status_id, s.key, s.name, s.is_closed
        from (
          select other_id as id, why from ticket_links where ticket_id = %(ticket)s
          union
          select ticket_id, why from ticket_links where other_id = %(ticket)s
        ) l join tickets t on t.id = l.id join statuses s on s.id = t.status_id
        where {who.visible} order by t.number
        """,  # noqa: S608 - our own fragments
        {"ticket": ticket, **who.params},
    )
    return [
        Linked(
            id=row.id,
            number=row.number,
            subject=row.subject,
            why=row.why,
            status=ShownStatus(id=row.status_id, key=row.key, name=row.name, is_closed=row.is_closed),
        )
        for row in rows
    ]


class _Linked(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str
    why: Literal["after_closed", "unproved_reference", "by_hand", "split"]
    status_id: UUID
    key: str
    name: str
    is_closed: bool


async def _followers(tx: Transaction, ticket: UUID) -> list[ShownMember]:
    """By the time they began."""
    return await tx.all(
        ShownMember,
        """
        select f.member_id, u.name from ticket_followers f
        join members m on m.id = f.member_id join users u on u.id = m.user_id
        where f.ticket_id = %s and m.deactivated_at is null order by f.created_at, f.member_id
        """,
        (ticket,),
    )


class _Merged(msgspec.Struct, kw_only=True):
    id: UUID
    made_at: datetime
    ticket_id: UUID
    number: int
    subject: str
    made_by: UUID | None
    name: str | None


async def _merged(tx: Transaction, ticket: UUID) -> list[MergedHere]:
    rows = await tx.all(
        _Merged,
        """
        select g.id, g.made_at, g.ticket_id, t.number, t.subject, g.made_by, u.name
        from ticket_merges g
        join tickets t on t.id = g.ticket_id
        left join members m on m.id = g.made_by
        left join users u on u.id = m.user_id
        where g.into_id = %s and g.undone_at is null order by g.made_at desc, g.id desc
        """,
        (ticket,),
    )
    return [
        MergedHere(
            id=row.id,
            ticket=NoticeTicket(id=row.ticket_id, number=row.number, subject=row.subject),
            at=row.made_at,
            by=ShownMember(member_id=row.made_by, name=row.name or "") if row.made_by else None,
        )
        for row in rows
    ]


async def _also_in(tx: Transaction, member: UUID | None, ticket: UUID) -> list[AlsoIn]:
    """Tickets of other channels that hold a copy of one of the messages."""
    who = await viewer(tx, member)
    return await tx.all(
        AlsoIn,
        f"""
        select distinct t.id as ticket_id, t.number, ch.name as channel_name
        from conversations mine
        join messages m on m.conversation_id = mine.id and m.direction = 'in' and m.external_id <> ''
        join messages copy on copy.external_id = m.external_id and copy.external_id <> '' and copy.digest = m.digest
                          and copy.direction = 'in' and copy.channel_id <> m.channel_id
        join conversations theirs on theirs.id = copy.conversation_id
        join channels ch on ch.id = copy.channel_id
        join tickets t on t.id = theirs.ticket_id and t.id <> mine.ticket_id
        where mine.ticket_id = %(ticket)s and {who.visible}
        order by t.number
        """,  # noqa: S608 - our own fragments
        {"ticket": ticket, **who.params},
    )


def _shown(each: _Conversation, people: list[_Participant]) -> TicketConversation:
    return TicketConversation(
        id=each.id,
        channel=ShownChannel(id=each.channel_id, kind=each.kind, name=each.name, deleted=each.deleted),
        state=each.state,
        participants=[Participant(name=p.name, address=p.address, role=p.role) for p in people],
    )
