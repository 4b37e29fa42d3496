"""What waits, and the channels it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.intake.models import ChannelRow, Waiting
from kanal.kit.db import Transaction
from kanal.routing.facts import Writer
from kanal.routing.models import Routing
from kanal.routing.rules import parse

BATCH_ROWS = 200
BATCH_BYTES = 16_000_000


class Ref(msgspec.Struct, frozen=True):
    account_id: int
    id: UUID


async def channel(tx: Transaction, wanted: UUID) -> ChannelRow | None:
    return await tx.maybe(
        ChannelRow,
        """
        select c.id, c.kind, c.name, c.inbox_id, i.kind = 'help_desk' as makes_tickets, c.active,
               c.deleted_at is not null as deleted, c.first_received_at, c.routing
        from channels c join inboxes i on i.id = c.inbox_id where c.id = %s
        """,
        (wanted,),
    )


async def routing_of(tx: Transaction, channel_id: UUID) -> Routing:
    return parse(await tx.value("select routing from channels where id = %s", (channel_id,)))


async def next_batch(tx: Transaction, channel_id: UUID) -> list[Waiting]:
    """The oldest that wait, up to 200 rows or 16 MB; always at least one where any waits."""
    return await tx.all(
        Waiting,
        """
        select id, body, blob, size, door, received_at, tries from (
          select *, sum(size) over (order by received_at, id) - size as before
          from (
            select id, body, blob, size, door, received_at, tries from raw_events
            where channel_id = %s and state = 'waiting' order by received_at, id limit %s
          ) oldest
        ) counted
        where before < %s order by received_at, id
        """,
        (channel_id, BATCH_ROWS, BATCH_BYTES),
    )


async def still_waiting(tx: Transaction, raw_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these nobody else has settled meanwhile; held until the end of the transaction."""
    return set(
        await tx.values(
            "select id from raw_events where id = any(%s) and state = 'waiting' order by id for update",
            (list(raw_ids),),
        )
    )


async def waiting_channels(tx: Transaction) -> list[tuple[int, UUID]]:
    """Over all accounts; through a definer function that shows ids and nothing else."""

    class Row(msgspec.Struct):
        account_id: int
        channel_id: UUID

    rows = await tx.all(Row, "select account_id, channel_id from waiting_channels()")
    return [(row.account_id, row.channel_id) for row in rows]


async def due_again(tx: Transaction, now: datetime) -> list[Ref]:
    """Failed raw events whose next try has come, over all accounts."""
    return await tx.all(Ref, "select account_id, id from failed_raw_events(%s, 500)", (now,))


class _Writer(msgspec.Struct, kw_only=True):
    ticket_id: UUID
    id: UUID
    name: str
    email: str | None
    owner_id: UUID | None
    custom: dict[str, Any]
    is_new: bool


async def writers(tx: Transaction, messages: Mapping[UUID, UUID | None]) -> dict[UUID, Writer]:
    """The contact who wrote each of these messages, by the ticket that it opened."""
    rows = await tx.all(
        _Writer,
        """
        select n.ticket_id, c.id, c.name, c.owner_id, c.custom,
               (select h.key from handles h where h.contact_id = c.id and h.space = 'email'
                order by h.created_at, h.id limit 1) as email,
               not exists (
                 select from messages e where e.contact_id = c.id and e.direction = 'in'
                   and (e.created_at, e.id) < (m.created_at, m.id)) as is_new
        from unnest(%s::uuid[], %s::uuid[]) as n (ticket_id, message_id)
        join messages m on m.id = n.message_id
        join contacts c on c.id = m.contact_id
        """,
        (list(messages), list(messages.values())),
    )
    return {
        row.ticket_id: Writer(
            id=row.id,
            name=row.name,
            email=row.email,
            owner_id=row.owner_id,
            custom=row.custom,
            is_new=row.is_new,
        )
        for row in rows
    }
