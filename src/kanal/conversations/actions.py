"""Writing conversations, many at once: opening them, letting people in, appending what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Party
from kanal.conversations.models import Role
from kanal.kit.db import Transaction, document
from kanal.kit.looks import look


class NewConversation(msgspec.Struct, kw_only=True):
    id: UUID
    inbox_id: UUID
    channel_id: UUID
    contact_id: UUID | None
    subject: str
    subject_key: str
    thread_key: str
    at: datetime
    apart: bool = False
    """It lives in a conversations inbox."""
    ticket_id: UUID | None = None
    last_in_at: datetime | None = None
    waiting: bool = False
    """The customer wrote, and nobody has answered."""
    snippet: str = ""
    spam_at: datetime | None = None
    spam_why: str = ""


class Joining(msgspec.Struct, kw_only=True):
    conversation_id: UUID
    party: Party
    role: Role
    at: datetime


class Heard(msgspec.Struct, kw_only=True):
    """When a conversation was written in, by the other side or by us."""

    conversation_id: UUID
    at: datetime
    direction: str
    human: bool = True
    snippet: str = ""
    """What the list of an inbox shows of it."""


async def open_many(tx: Transaction, new: Sequence[NewConversation]) -> None:
    await tx.insert(
        "conversations",
        [
            {
                "id": each.id,
                "inbox_id": each.inbox_id,
                "channel_id": each.channel_id,
                "contact_id": each.contact_id,
                "subject": each.subject,
                "subject_look": look(each.subject),
                "subject_key": each.subject_key,
                "thread_key": each.thread_key,
                "state": "open",
                "created_at": each.at,
                "last_message_at": each.at,
                "last_in_at": each.last_in_at,
                "ticket_id": each.ticket_id,
                "apart": each.apart,
                "version": 1,
                "last_direction": "in" if each.last_in_at else "out",
                "snippet": each.snippet if each.apart else "",
                "waiting_since": each.at if each.apart and each.waiting else None,
                "has_failed_reply": False,
                "spam_at": each.spam_at,
                "spam_why": each.spam_why,
            }
            for each in new
        ],
    )


async def attach_tickets(tx: Transaction, tickets: dict[UUID, UUID]) -> None:
    """Note the ticket that each of these conversations belongs to, by conversation."""
    await tx.run(
        """
        update conversations c set ticket_id = made.ticket_id
        from unnest(%s::uuid[], %s::uuid[]) as made (conversation_id, ticket_id)
        where c.id = made.conversation_id
        """,
        (list(tickets), list(tickets.values())),
    )


async def identify(tx: Transaction, contacts: dict[UUID, UUID]) -> None:
    """Note whose these conversations are, by conversation: a visitor has said who they are. Their messages and tickets
    follow."""
    if not contacts:
        return
    identified = {"conversations": list(contacts), "contacts": list(contacts.values())}
    await tx.run(
        """
        update conversations c set contact_id = known.contact_id
        from unnest(%(conversations)s::uuid[], %(contacts)s::uuid[]) as known (conversation_id, contact_id)
        where c.id = known.conversation_id and c.contact_id is null
        """,
        identified,
    )
    await tx.run(
        """
        update messages m set contact_id = known.contact_id
        from unnest(%(conversations)s::uuid[], %(contacts)s::uuid[]) as known (conversation_id, contact_id)
        where m.conversation_id = known.conversation_id and m.contact_id is null and m.direction = 'in'
        """,
        identified,
    )
    await tx.run(
        """
        update tickets t set contact_id = known.contact_id
        from unnest(%(conversations)s::uuid[], %(contacts)s::uuid[]) as known (conversation_id, contact_id)
        join conversations c on c.id = known.conversation_id
        where t.id = c.ticket_id and t.contact_id is null
        """,
        identified,
    )


async def join(tx: Transaction, joining: Sequence[Joining]) -> None:
    """Let people in; whoever is in already stays what they are."""
    await tx.run(
        """
        insert into participants (account_id, conversation_id, space, key, address, name, role, joined_at)
        select %(account)s, p.conversation_id, p.space, p.key, p.address, p.name, p.role, p.joined_at
        from json_populate_recordset(null::participants, %(rows)s) p
        on conflict do nothing
        """,
        {
            "account": tx.account,
            "rows": document(
                [
                    {
                        "conversation_id": each.conversation_id,
                        "space": each.party.handle.kind,
                        "key": each.party.handle.key,
                        "address": each.party.handle.address,
                        "name": each.party.name,
                        "role": each.role,
                        "joined_at": each.at,
                    }
                    for each in joining
                ]
            ),
        },
    )


async def hear(tx: Transaction, heard: Sequence[Heard]) -> None:
    """Note that conversations were written in; a person's message opens a closed one."""
    if not heard:
        return
    await tx.run(
        """
        update conversations c set
          last_message_at = greatest(c.last_message_at, h.at),
          last_in_at = greatest(c.last_in_at, h.at_in),
          last_out_at = greatest(c.last_out_at, h.at_out),
          state = case when h.human then 'open' else c.state end,
          closed_at = case when h.human then null else c.closed_at end,
          version = c.version + h.messages,
          last_direction = case when h.human or h.at_out is not null then h.last_direction else c.last_direction end,
          waiting_since = case when not c.apart then null
                               when h.human then coalesce(c.waiting_since, h.at_in) else c.waiting_since end,
          snippet = case when c.apart then coalesce(h.snippet, c.snippet) else '' end
        from (
          select conversation_id, max(at) as at, max(at) filter (where direction = 'in') as at_in,
                 max(at) filter (where direction = 'out') as at_out, bool_or(human) as human, count(*) as messages,
                 (array_agg(direction order by at desc))[1] as last_direction,
                 (array_agg(snippet order by at desc) filter (where snippet <> ''))[1] as snippet
          from json_to_recordset(%s)
            as r (conversation_id uuid, at timestamptz, direction text, human boolean, snippet text)
          group by conversation_id
        ) h
        where c.id = h.conversation_id
        """,
        (document(list(heard)),),
    )
