"""Spam, a state of a conversation that can be taken back: who said so, when and why stands beside it (K11)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction


class Judged(msgspec.Struct, kw_only=True):
    """A conversation as far as spam goes."""

    id: UUID
    channel_id: UUID
    ticket_id: UUID | None
    contact_id: UUID | None
    spam_at: datetime | None
    spam_why: str


async def locked(tx: Transaction, wanted: UUID) -> Judged:
    """Held until the end of the transaction. Raises NotFound."""
    return await tx.one(
        Judged,
        """
        select id, channel_id, ticket_id, contact_id, spam_at, spam_why from conversations
        where id = %s for no key update
        """,
        (wanted,),
    )


async def mark(tx: Transaction, conversation: Judged, why: str, actor: UUID | None) -> None:
    await tx.run(
        "update conversations set spam_at = %s, spam_why = %s, spam_by = %s where id = %s",
        (clock.now(), why, actor, conversation.id),
    )
    tell(tx, conversation, actor, spam=True)


async def unmark(tx: Transaction, conversation: Judged, actor: UUID | None) -> None:
    await tx.run(
        "update conversations set spam_at = null, spam_why = '', spam_by = null where id = %s", (conversation.id,)
    )
    tell(tx, conversation, actor, spam=False)


async def all_spam(tx: Transaction, tickets: Collection[UUID]) -> list[UUID]:
    """Of these tickets, those with nothing but spam."""
    return await tx.values(
        """
        select ticket_id from conversations where ticket_id = any(%s)
        group by ticket_id having bool_and(spam_at is not null)
        """,
        (list(tickets),),
    )


def tell(tx: Transaction, conversation: Judged, actor: UUID | None, *, spam: bool) -> None:
    events.emit(
        tx,
        Event(
            name="conversation.spam_changed",
            actor_id=actor,
            ticket_id=conversation.ticket_id,
            conversation_id=conversation.id,
            channel_id=conversation.channel_id,
            contact_id=conversation.contact_id,
            data={"spam": spam},
        ),
    )
