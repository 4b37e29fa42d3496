"""A ticket of a conversation that lives in a conversations inbox. Made by an agent or a program it holds the
conversation and is worked there: it stays out of the help desk until its channel moves (K2, GEN-7). A workflow's has
neither subject nor thread, stands in the help desk and says which channel to connect (K18, GEN-5)."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec

from kanal.conversations import actions as conversations
from kanal.conversations import apart
from kanal.conversations.errors import InvalidConversation
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets.actions.changing import change
from kanal.tickets.actions.opening import create
from kanal.tickets.models import NewTicket, TicketChange, TicketRef
from kanal.tickets.rules import called


class Wanted(msgspec.Struct, kw_only=True):
    """What is said of the ticket; what is left out comes from the conversation."""

    subject: str = ""
    pipeline_id: UUID | None = None
    status_id: UUID | None = None


async def of_conversation(
    tx: Transaction, conversation: UUID, wanted: Wanted, *, source: Literal["hand", "api"], actor: UUID | None
) -> TicketRef:
    """With the conversation's people and words. Asked again, the ticket it has. Raises NotFound and
    InvalidConversation."""
    was = await apart.locked(tx, conversation)
    if was.ticket_id is not None:
        number = await tx.value("select number from tickets where id = %s", (was.ticket_id,))
        return TicketRef(id=was.ticket_id, number=number)
    if was.is_spam:
        raise InvalidConversation("conversation", "It is spam; say first that it is none.")
    new = NewTicket(
        subject=called(wanted.subject or was.subject, was.snippet),
        source=source,
        at=clock.now(),
        snippet=was.snippet,
        contact_id=was.contact_id,
        channel_id=was.channel_id,
        pipeline_id=wanted.pipeline_id,
        status_id=wanted.status_id,
        team_id=was.team_id,
        waiting=was.waiting_since is not None,
        actor_id=actor,
        conversation_id=conversation,
        elsewhere=True,
    )
    made = await create(tx, new)
    await conversations.attach_tickets(tx, {conversation: made.id})
    await tx.run("update comments set ticket_id = %s where conversation_id = %s", (made.id, conversation))
    if was.assignee_id is not None:
        await change(tx, made.id, TicketChange(assignee_id=was.assignee_id), actor, by_rules=False)
    apart.tell(tx, was, {"ticket_id": made.id}, actor)
    return made


async def by_workflow(tx: Transaction, conversation: UUID, wanted: Wanted) -> TicketRef:
    """Raises NotFound."""
    was = await apart.locked(tx, conversation)
    new = NewTicket(
        subject="",
        source="workflow",
        at=clock.now(),
        contact_id=was.contact_id,
        channel_id=was.channel_id,
        pipeline_id=wanted.pipeline_id,
        status_id=wanted.status_id,
        waiting=False,
    )
    return await create(tx, new)
