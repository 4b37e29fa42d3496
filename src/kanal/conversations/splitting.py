"""A conversation in two: some of its messages go on in a thread of their own, with the same people. Answers follow the
message that they answer (`rules.place`)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id


async def split(tx: Transaction, conversation: UUID, messages: Collection[UUID], ticket: UUID) -> UUID:
    """The id of the new conversation, which is the ticket's."""
    made = new_id()
    params = {"account": tx.account, "made": made, "ticket": ticket, "now": clock.now(), "from": conversation}
    await tx.run(
        """
        insert into conversations (account_id, id, inbox_id, channel_id, ticket_id, contact_id, thread_key, subject,
                                   subject_look, subject_key, state, created_at, last_message_at, closed_at, split_from)
        select %(account)s, %(made)s, inbox_id, channel_id, %(ticket)s, contact_id, thread_key, subject,
               subject_look, subject_key, state, %(now)s, %(now)s, closed_at, coalesce(split_from, id)
        from conversations where id = %(from)s
        """,
        params,
    )
    await tx.run(
        """
        insert into participants (account_id, conversation_id, space, key, address, name, role, joined_at)
        select %(account)s, %(made)s, space, key, address, name, role, joined_at
        from participants where conversation_id = %(from)s
        """,
        params,
    )
    await tx.run("update messages set conversation_id = %s where id = any(%s)", (made, list(messages)))
    await recount(tx, [conversation, made])
    return made


async def recount(tx: Transaction, conversations: Collection[UUID]) -> None:
    """When each was begun and written in, by what is in it now."""
    await tx.run(
        """
        update conversations c set
          created_at = least(c.created_at, said.first_at), last_message_at = said.last_at, last_in_at = said.in_at,
          last_out_at = said.out_at
        from (
          select conversation_id, min(created_at) as first_at, max(created_at) as last_at,
                 max(created_at) filter (where direction = 'in') as in_at,
                 max(created_at) filter (where direction = 'out') as out_at
          from messages where conversation_id = any(%s) group by conversation_id
        ) said
        where c.id = said.conversation_id
        """,
        (list(conversations),),
    )
