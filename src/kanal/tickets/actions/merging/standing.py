"""How a ticket stands by what is said in its conversations: read before and after they move."""

from __future__ import annotations

from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets.actions.merging.models import Standing
from kanal.tickets.rules import snippet


async def standing(tx: Transaction, ticket: UUID) -> Standing:
    return await tx.one(
        Standing,
        """
        select contact_id, channel_id, created_at, status_id, closed_at, last_message_at, last_direction, snippet,
               waiting_since, has_failed_reply
        from tickets where id = %s
        """,
        (ticket,),
    )


async def write(tx: Transaction, ticket: UUID, wanted: Standing) -> None:
    """All of it, but the status: that is for `save`."""
    await tx.run(
        """
        update tickets set contact_id = %(contact_id)s, channel_id = %(channel_id)s, created_at = %(created_at)s,
          last_message_at = %(last_message_at)s, last_direction = %(last_direction)s, snippet = %(snippet)s,
          waiting_since = case when is_open then %(waiting_since)s::timestamptz end,
          has_failed_reply = %(has_failed_reply)s, updated_at = %(now)s
        where id = %(ticket)s
        """,
        {
            "contact_id": wanted.contact_id,
            "channel_id": wanted.channel_id,
            "created_at": wanted.created_at,
            "last_message_at": wanted.last_message_at,
            "last_direction": wanted.last_direction,
            "snippet": wanted.snippet,
            "waiting_since": wanted.waiting_since,
            "has_failed_reply": wanted.has_failed_reply,
            "now": clock.now(),
            "ticket": ticket,
        },
    )


async def recount(tx: Transaction, ticket: UUID) -> None:
    """Who wrote last and since when the customer waits, by the messages that it has now. One without any stays as it
    is."""
    found = await tx.dicts(
        """
        with said as (
          select m.id, m.created_at as at, m.direction, m.body_text
          from messages m join conversations c on c.id = m.conversation_id
          where c.ticket_id = %s and c.spam_at is null and m.automatic is null and not m.is_forward
        ), answered as (
          select max(at) as at from said where direction = 'out'
        )
        select last.at, last.direction, left(last.body_text, 1000) as text,
               (select min(s.at) from said s where s.at > coalesce(answered.at, '-infinity')) as waits
        from answered cross join lateral (select * from said order by at desc, id desc limit 1) last
        """,
        (ticket,),
    )
    for row in found:
        await tx.run(
            """
            update tickets set last_message_at = %s, last_direction = %s, snippet = %s,
              waiting_since = case when is_open then %s::timestamptz end
            where id = %s
            """,
            (row["at"], row["direction"], snippet(row["text"]), row["waits"], ticket),
        )
