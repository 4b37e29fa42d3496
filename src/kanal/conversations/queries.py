"""Reading conversations, and gathering what `rules.place` decides on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.conversations.models import Candidate, Conversation, Known, Participant, Thread
from kanal.kit.db import Transaction


async def conversation(tx: Transaction, wanted: UUID) -> Conversation:
    return await tx.one(
        Conversation,
        """
        select id, inbox_id, channel_id, ticket_id, contact_id, subject, subject_key, state, apart, last_in_at,
               last_out_at
        from conversations where id = %s
        """,
        (wanted,),
    )


async def of_ticket(tx: Transaction, ticket: UUID) -> list[Conversation]:
    """The conversations of a ticket, the one last written in first; spam comes last."""
    return await tx.all(
        Conversation,
        """
        select id, inbox_id, channel_id, ticket_id, contact_id, subject, subject_key, state, apart, last_in_at,
               last_out_at
        from conversations where ticket_id = %s order by spam_at is not null, last_message_at desc, id desc
        """,
        (ticket,),
    )


async def participants(tx: Transaction, wanted: UUID) -> list[Participant]:
    """Who takes part, in the order they came."""
    return await tx.all(
        Participant,
        """
        select space, key, address, name, role from participants
        where conversation_id = %s order by joined_at, role = 'contact' desc, key
        """,
        (wanted,),
    )


async def thread(tx: Transaction, wanted: UUID, before: datetime | None = None) -> Thread:
    """What a reply refers to: the last message that the other side wrote, and the ids of all, oldest first. What was
    said to and by people outside of it is left out."""

    class Row(msgspec.Struct):
        external_id: str
        direction: str

    rows = await tx.all(
        Row,
        """
        select external_id, direction from messages
        where conversation_id = %s and external_id <> '' and not is_forward and not new_person
          and created_at < coalesce(%s, 'infinity'::timestamptz)
        order by created_at desc, id desc limit 50
        """,
        (wanted, before),
    )
    last_in = next((row.external_id for row in rows if row.direction == "in"), "")
    parent = last_in or (rows[0].external_id if rows else "")
    return Thread(in_reply_to=parent, references=[row.external_id for row in reversed(rows)])


async def known_messages(tx: Transaction, channel: UUID, references: Iterable[str]) -> dict[str, list[Known]]:
    """Messages of this channel that carry one of these ids."""
    rows = await tx.all(
        Known,
        """
        select external_id, direction = 'out' as ours, conversation_id from messages
        where external_id = any(%s) and external_id <> '' and channel_id = %s order by created_at desc
        """,
        (list(references), channel),
    )
    found: dict[str, list[Known]] = defaultdict(list)
    for row in rows:
        found[row.external_id].append(row)
    return found


async def candidates(
    tx: Transaction, channel: UUID | None, wanted: Iterable[UUID], now: datetime
) -> dict[UUID, Candidate]:
    """Conversations of this channel, and those of others that it carried something of ours into, with what decides
    whether they go on: what came in by a form is answered by mail, and its sender answers that mail. None: of all."""
    rows = await tx.all(
        Candidate,
        """
        select c.id, c.channel_id, c.ticket_id, c.contact_id, c.subject_key,
               c.apart or t.closed_at is null or t.closed_at + make_interval(days => p.grace_days) >= %(now)s
                 as open_to_replies,
               c.apart, c.spam_at is not null as spam, c.split_from
        from conversations c
        left join tickets t on t.id = c.ticket_id
        left join pipelines p on p.id = t.pipeline_id
        where c.id = any(%(wanted)s) and (%(channel)s::uuid is null or c.channel_id = %(channel)s or exists (
          select from messages m
          where m.conversation_id = c.id and m.channel_id = %(channel)s and m.direction = 'out'))
        """,
        {"now": now, "wanted": list(wanted), "channel": channel},
    )
    return {row.id: row for row in rows}


async def latest_by_thread(tx: Transaction, channel: UUID, thread_keys: Sequence[str]) -> dict[str, UUID]:
    """The newest conversation of each thread key of a provider."""

    class Row(msgspec.Struct):
        thread_key: str
        id: UUID

    rows = await tx.all(
        Row,
        """
        select distinct on (thread_key) thread_key, id from conversations
        where channel_id = %s and thread_key = any(%s) and thread_key <> ''
        order by thread_key, last_message_at desc, id desc
        """,
        (channel, list(thread_keys)),
    )
    return {row.thread_key: row.id for row in rows}


async def latest_by_participant(
    tx: Transaction, channel: UUID, handles: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], UUID]:
    """The newest conversation on a channel of each of these people."""

    class Row(msgspec.Struct):
        space: str
        key: str
        id: UUID

    rows = await tx.all(
        Row,
        """
        select distinct on (p.space, p.key) p.space, p.key, c.id
        from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join participants p on p.space = wanted.space and p.key = wanted.key and p.role = 'contact'
        join conversations c on c.id = p.conversation_id and c.channel_id = %s
        order by p.space, p.key, c.last_message_at desc, c.id desc
        """,
        ([space for space, _ in handles], [key for _, key in handles], channel),
    )
    return {(row.space, row.key): row.id for row in rows}


async def taking_part(
    tx: Transaction, conversations: Iterable[UUID], handles: Sequence[tuple[str, str]]
) -> set[tuple[UUID, str, str]]:
    """Which of these people are in which of these conversations."""

    class Row(msgspec.Struct):
        conversation_id: UUID
        space: str
        key: str

    rows = await tx.all(
        Row,
        """
        select conversation_id, space, key from participants
        where conversation_id = any(%s) and (space, key) in (select * from unnest(%s::text[], %s::text[]))
        """,
        (list(conversations), [space for space, _ in handles], [key for _, key in handles]),
    )
    return {(row.conversation_id, row.space, row.key) for row in rows}


async def heard_before(tx: Transaction, channel: UUID, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """Messages that this channel has by (external id, digest) already: the id of the first copy."""

    class Row(msgspec.Struct):
        external_id: str
        digest: str
        id: UUID

    rows = await tx.all(
        Row,
        """
        select m.external_id, m.digest, m.id
        from unnest(%s::text[], %s::text[]) as wanted (external_id, digest)
        join messages m on m.channel_id = %s and m.external_id = wanted.external_id and m.digest = wanted.digest
                       and m.direction = 'in'
        """,
        ([external for external, _ in keys], [digest for _, digest in keys], channel),
    )
    return {(row.external_id, row.digest): row.id for row in rows}
