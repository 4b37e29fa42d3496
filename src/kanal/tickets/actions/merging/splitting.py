"""Some messages of a conversation become a ticket of their own, linked to the one that they were in (WS-9). Merging it
back takes that back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.conversations import splitting
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.tickets import queries, rules
from kanal.tickets.actions import load
from kanal.tickets.actions.merging import standing
from kanal.tickets.actions.opening import open_many
from kanal.tickets.actions.state import check_listed, on_ticket, save, status_of, tell_status
from kanal.tickets.errors import Unfit
from kanal.tickets.models import NewTicket, Pipeline, State, Status, TicketRef


class _Message(msgspec.Struct, kw_only=True):
    id: UUID
    conversation_id: UUID
    channel_id: UUID
    contact_id: UUID | None
    direction: str
    subject: str
    body_text: str
    raw_event_id: UUID | None
    created_at: datetime


async def split(
    tx: Transaction, ticket: UUID, messages: Collection[UUID], actor: UUID | None, subject: str = ""
) -> TicketRef:
    """The new ticket is called `subject`, else as its first message. It has the pipeline, priority, team and assignee
    of the old one. Raises Unfit, naming `messages`."""
    state = (await queries.locked(tx, [ticket])).get(ticket)
    if state is None:
        raise NotFound("ticket")
    await check_listed(tx, state)
    chosen = await _chosen(tx, ticket, set(messages))
    pipelines = await queries.pipelines(tx)
    made = await _open(tx, state, pipelines, chosen, subject, actor)
    if await _all_of(tx, chosen):
        conversation = chosen[0].conversation_id
        await tx.run("update conversations set ticket_id = %s where id = %s", (made.id, conversation))
    else:
        conversation = await splitting.split(tx, chosen[0].conversation_id, [each.id for each in chosen], made.id)
    await tx.run(
        "update conversations set state = 'open', closed_at = null where id = %s and state <> 'open'", (conversation,)
    )
    await tx.run(
        "update raw_events set ticket_id = %s where id = any(%s) and ticket_id = %s",
        (made.id, [each.raw_event_id for each in chosen if each.raw_event_id], ticket),
    )
    was = await standing.standing(tx, ticket)
    for one in (ticket, made.id):
        await standing.recount(tx, one)
        await tx.run("update tickets set version = version + 1 where id = %s", (one,))
    await _go_on(tx, state, pipelines, was.last_direction, actor)
    await _failed(tx, ticket, made.id)
    await load.keep(tx, [ticket, made.id])
    data = {"other_id": str(made.id), "messages": len(chosen)}
    events.emit(tx, Event(name="ticket.split", actor_id=actor, **on_ticket(state), data=data))
    return made


async def _chosen(tx: Transaction, ticket: UUID, wanted: set[UUID]) -> list[_Message]:
    """Oldest first, of one conversation of the ticket, and not all that was said in it."""
    if not wanted:
        raise Unfit("messages", "choose at least one message")
    found = await tx.all(
        _Message,
        """
        select m.id, m.conversation_id, c.channel_id, coalesce(m.contact_id, c.contact_id) as contact_id, m.direction,
               m.subject, left(m.body_text, 1000) as body_text, m.raw_event_id, m.created_at
        from messages m join conversations c on c.id = m.conversation_id
        where m.id = any(%s) and c.ticket_id = %s and c.spam_at is null
        order by m.created_at, m.id
        """,
        (list(wanted), ticket),
    )
    if len(found) < len(wanted):
        raise Unfit("messages", "one of the messages is not in this ticket any more; look again and choose anew")
    if len({each.conversation_id for each in found}) > 1:
        raise Unfit("messages", "choose messages of one conversation; the rest can be split off after that")
    left = await tx.value(
        """
        select true from messages m join conversations c on c.id = m.conversation_id
        where c.ticket_id = %s and c.spam_at is null and m.id <> all (%s) limit 1
        """,
        (ticket, list(wanted)),
    )
    if not left:
        raise Unfit("messages", "leave at least one message in this ticket")
    return found


async def _all_of(tx: Transaction, chosen: list[_Message]) -> bool:
    """Whether a whole conversation of several goes."""
    rest = await tx.value(
        "select true from messages where conversation_id = %s and id <> all (%s) limit 1",
        (chosen[0].conversation_id, [each.id for each in chosen]),
    )
    return not rest


async def _open(
    tx: Transaction,
    state: State,
    pipelines: dict[UUID, Pipeline],
    chosen: list[_Message],
    subject: str,
    actor: UUID | None,
) -> TicketRef:
    pipeline, current = status_of(state, pipelines)
    theirs = next((each for each in chosen if each.direction == "in"), None)
    [made] = await open_many(
        tx,
        [
            NewTicket(
                subject=subject.strip() or rules.called(chosen[0].subject, chosen[0].body_text),
                source="message",
                at=clock.now(),
                contact_id=theirs.contact_id if theirs else state.contact_id,
                channel_id=chosen[0].channel_id,
                pipeline_id=pipeline.id,
                status_id=_start(pipeline, current, chosen[-1].direction).id,
                priority=state.priority,
                team_id=state.team_id,
                actor_id=actor,
                linked_to=state.id,
                link_why="split",
            )
        ],
    )
    await tx.run("update tickets set assignee_id = %s where id = %s", (state.assignee_id, made.id))
    return made


def _start(pipeline: Pipeline, current: Status, last: str) -> Status:
    """As if the last of the messages had just been said; what was closed is open after that."""
    if last == "in" or current.is_closed:
        return rules.after_customer(pipeline, current)
    return rules.after_agent(pipeline, current)


async def _go_on(
    tx: Transaction, state: State, pipelines: dict[UUID, Pipeline], before: str | None, actor: UUID | None
) -> None:
    """Whose word is the last in the old one may have changed, and with it who waits for whom."""
    last = (await standing.standing(tx, state.id)).last_direction
    if last is None or last == before or not state.is_open:
        return
    pipeline, current = status_of(state, pipelines)
    status = rules.after_customer(pipeline, current) if last == "in" else rules.after_agent(pipeline, current)
    if status.id != current.id:
        await save(tx, state, status, priority=state.priority, team_id=state.team_id, assignee_id=state.assignee_id)
        tell_status(tx, state, status, actor)


async def _failed(tx: Transaction, *tickets: UUID) -> None:
    """Whether a reply that needs a person went over with its message."""
    await tx.run(
        """
        update tickets t set has_failed_reply = exists (
          select from conversations c
          join messages m on m.conversation_id = c.id and m.direction = 'out'
          cross join lateral (select d.state from deliveries d where d.message_id = m.id
                              order by d.created_at desc, d.id desc limit 1) newest
          where c.ticket_id = t.id and newest.state in ('failed', 'bounced', 'unknown'))
        where t.id = any(%s) and t.id in (
          select ticket_id from conversations where ticket_id = any(%s))
        """,
        (list(tickets), list(tickets)),
    )
