"""What its author wants to leave later: moved to another time, or held back because the customer wrote meanwhile, until
its author has looked. Whatever nobody touches leaves by `dispatch` when its time comes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.delivery import actions, queries, rules
from kanal.delivery.errors import NotScheduled
from kanal.delivery.models import Change
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction


async def move(tx: Transaction, message: UUID, send_at: datetime | None, actor: UUID) -> None:
    """To another time, or, with None, to now. Raises NotScheduled when it waits for none any more."""
    shown = (await queries.shown(tx, [message])).get(message)
    if shown is None:
        raise NotFound("message")
    await actions.lock_ticket(tx, shown.id)
    shown = (await queries.shown(tx, [message])).get(message)
    if shown is None or not shown.can_cancel or (shown.send_at is None and not shown.held):
        raise NotScheduled
    if send_at is None:
        if not await actions.send_now(tx, shown.id, message, actor):
            raise NotScheduled
        return
    due = rules.leaves_at(clock.now(), send_at, undoable=False)
    moved = await tx.run(
        """
        update deliveries set send_at = %s, next_try_at = %s, reason = '', changed_at = %s
        where id = %s and state = 'queued'
        """,
        (send_at, due, clock.now(), shown.id),
    )
    if not moved:
        raise NotScheduled
    tx.wake("deliver")
    await actions.tell_queued(tx, shown.id, actor)


async def hold(tx: Transaction, tickets: Collection[UUID], apart: Collection[UUID] = ()) -> None:
    """The customer wrote in these tickets, and in these conversations that are none: what was to leave later may not
    fit any more. What leaves at this moment is waited for, and left alone."""
    if not tickets and not apart:
        return

    class Row(msgspec.Struct):
        id: UUID

    waiting = await tx.all(
        Row,
        """
        select d.id from deliveries d
        join messages m on m.id = d.message_id
        join conversations c on c.id = m.conversation_id
        where (c.ticket_id = any(%s) or c.id = any(%s)) and d.state = 'queued' and d.send_at is not null
          and d.reason <> %s and not m.is_forward
        order by d.id for no key update of d
        """,
        (list(tickets), list(apart), rules.MEANWHILE),
    )
    for each in waiting:
        await actions.move(tx, each.id, Change(to="queued", reason=rules.MEANWHILE))
    for ticket in tickets if waiting else ():
        await actions.mark_ticket(tx, ticket)
    for conversation in apart if waiting else ():
        await actions.mark_failed(tx, None, conversation)
