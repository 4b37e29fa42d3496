"""Conversations that go from one ticket to another, with their people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Transaction, document


class Moved(msgspec.Struct, kw_only=True):
    """A conversation that moves, with how it stood."""

    id: UUID
    state: str
    closed_at: datetime | None


class Introduced(msgspec.Struct, kw_only=True):
    """Somebody who was let into a conversation."""

    conversation_id: UUID
    space: str
    key: str


async def of_ticket(tx: Transaction, ticket: UUID) -> list[Moved]:
    """As they stand."""
    return await tx.all(Moved, "select id, state, closed_at from conversations where ticket_id = %s", (ticket,))


async def move(tx: Transaction, ticket: UUID, to: UUID, *, is_open: bool) -> list[Moved]:
    """All conversations of a ticket become another one's; each is open as that one is."""
    moved = await of_ticket(tx, ticket)
    state = "open" if is_open else "closed"
    await tx.run(
        """
        update conversations set ticket_id = %(to)s, state = %(state)s,
          closed_at = case when %(open)s then null else coalesce(closed_at, %(now)s) end
        where ticket_id = %(ticket)s
        """,
        {"to": to, "state": state, "open": is_open, "now": clock.now(), "ticket": ticket},
    )
    return moved


async def move_back(tx: Transaction, moved: Collection[Moved], ticket: UUID, holders: Collection[UUID]) -> None:
    """Those that one of the holders has, each as it stood, but open where somebody wrote since it was closed."""
    await tx.run(
        """
        update conversations c set ticket_id = %(ticket)s,
          state = case when m.closed_at < c.last_in_at then 'open' else m.state end,
          closed_at = case when m.closed_at < c.last_in_at then null else m.closed_at end
        from json_to_recordset(%(moved)s) as m (id uuid, state text, closed_at timestamptz)
        where c.id = m.id and c.ticket_id = any(%(holders)s)
        """,
        {"holders": list(holders), "ticket": ticket, "moved": document(list(moved))},
    )


async def introduce(tx: Transaction, one: Collection[UUID], other: Collection[UUID]) -> list[Introduced]:
    """Whoever the conversations of one side are with takes part in those of the other, as a new person: seen there and
    in no answer unless its author says so. Whom a conversation is with already is left as they are."""
    return await tx.all(
        Introduced,
        """
        insert into participants (account_id, conversation_id, space, key, address, name, role, joined_at)
        select distinct on (c.id, p.space, p.key)
               %(account)s, c.id, p.space, p.key, p.address, p.name, 'new_person', %(now)s
        from conversations c
        join conversations theirs on theirs.id = any(case when c.id = any(%(one)s) then %(other)s::uuid[]
                                                          else %(one)s::uuid[] end)
        join participants p on p.conversation_id = theirs.id and p.role = 'contact'
        where c.id = any(%(all)s) and c.spam_at is null and theirs.spam_at is null
          and (c.contact_id is null or c.contact_id is distinct from theirs.contact_id)
          and exists (select from participants q where q.conversation_id = c.id and q.space = p.space)
        on conflict do nothing
        returning conversation_id, space, key
        """,
        {
            "account": tx.account,
            "now": clock.now(),
            "one": list(one),
            "other": list(other),
            "all": [*one, *other],
        },
    )


async def dismiss(tx: Transaction, introduced: Collection[Introduced]) -> None:
    """Those who were introduced leave again, unless they have written or were written to meanwhile."""
    await tx.run(
        """
        delete from participants p
        using json_to_recordset(%s) as i (conversation_id uuid, space text, key text)
        where (p.conversation_id, p.space, p.key) = (i.conversation_id, i.space, i.key) and p.role = 'new_person'
          and not exists (
            select from messages m where m.conversation_id = p.conversation_id and m.space = p.space
              and m.from_key = p.key)
        """,
        (document(list(introduced)),),
    )
