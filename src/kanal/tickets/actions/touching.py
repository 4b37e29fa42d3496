"""Somebody wrote: the customer's side, many at a time, or an agent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import UNSET

from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.tickets import queries, rules
from kanal.tickets.actions import load
from kanal.tickets.actions.deleting import tell_restored
from kanal.tickets.actions.snoozing import tell_woke
from kanal.tickets.actions.state import (
    check_move,
    save,
    status_of,
    tell_assigned,
    tell_status,
    wanted_status,
)
from kanal.tickets.models import Pipeline, State, TicketChange, Touch


async def touch_many(tx: Transaction, touches: Sequence[Touch]) -> dict[UUID, State]:
    """The customer's side wrote: raise the version, and where a person wrote, reopen, wake, restore or turn to "waiting
    on us". Returns the tickets as they were. A touch of a ticket that was merged meanwhile is told the one that its
    conversation belongs to now."""
    if not touches:
        return {}
    before = await _where_they_belong(tx, touches)
    pipelines = await queries.pipelines(tx)
    by_ticket: dict[UUID, list[Touch]] = defaultdict(list)
    for touch in touches:
        by_ticket[touch.ticket_id].append(touch)
    await _update_touched(tx, [_touched(before[id_], pipelines, each) for id_, each in by_ticket.items()])
    for id_, each in by_ticket.items():
        if any(touch.human for touch in each):
            state = before[id_]
            tell_status(tx, state, rules.after_customer(*status_of(state, pipelines)), None)
            tell_woke(tx, [state] if state.snoozed_until else [], None, "customer")
            tell_restored(tx, [state] if state.deleted_at else [], None, "customer")
    await load.keep(tx, [id_ for id_, state in before.items() if state.assignee_id])
    return before


async def _where_they_belong(tx: Transaction, touches: Sequence[Touch]) -> dict[UUID, State]:
    """The tickets, held. Who merges one holds it too, so that after this nothing moves."""
    before = await queries.locked(tx, {touch.ticket_id for touch in touches})
    astray = [touch for touch in touches if before[touch.ticket_id].merged_into is not None]
    if not astray:
        return before
    now = await tx.dicts(
        "select id, ticket_id from conversations where id = any(%s)", ([touch.conversation_id for touch in astray],)
    )
    owner = {row["id"]: row["ticket_id"] for row in now}
    for touch in astray:
        touch.ticket_id = owner.get(touch.conversation_id) or touch.ticket_id
    wanted = {touch.ticket_id for touch in touches}
    before |= await queries.locked(tx, wanted - before.keys())
    return {id_: before[id_] for id_ in wanted}


async def touch_out(
    tx: Transaction,
    ticket: UUID,
    *,
    author: UUID | None,
    at: datetime,
    text: str,
    status_key: str | None = None,
    takes: bool = True,
) -> int:
    """An agent's answer was queued: it waits for the contact, unless its author says otherwise, and belongs to them
    when nobody has it (EML-49), unless it is to stay so (`takes` false). Returns the new version."""
    state = (await queries.locked(tx, [ticket]))[ticket]
    pipelines = await queries.pipelines(tx)
    wanted = TicketChange(status_key=status_key or UNSET)
    status = wanted_status(wanted, state, pipelines) if status_key else rules.after_agent(*status_of(state, pipelines))
    if status_key:
        await check_move(tx, state, status, pipelines, author)
    assignee = state.assignee_id or (author if takes else None)
    await save(tx, state, status, priority=state.priority, team_id=state.team_id, assignee_id=assignee)
    version = await tx.value(
        """
        update tickets set version = version + 1, last_message_at = greatest(last_message_at, %s),
               last_direction = 'out', waiting_since = null, snippet = %s
        where id = %s returning version
        """,
        (at, rules.snippet(text), ticket),
    )
    tell_status(tx, state, status, author)
    if assignee != state.assignee_id:
        tell_assigned(tx, state, state.team_id, assignee, author)
    await load.keep(tx, [ticket])
    return int(version)


async def touch_aside(tx: Transaction, ticket: UUID) -> int:
    """Something went out that is no answer to the contact: all stays as it is but the version, which is returned."""
    version = await tx.value(
        "update tickets set version = version + 1, updated_at = %s where id = %s returning version",
        (clock.now(), ticket),
    )
    return int(version)


async def failed_reply(tx: Transaction, ticket: UUID, failed: bool) -> None:
    """Mark that a reply of the ticket did not reach the customer, or that none is missing any more."""
    await tx.run(
        "update tickets set has_failed_reply = %s where id = %s and has_failed_reply <> %s", (failed, ticket, failed)
    )


def _touched(state: State, pipelines: dict[UUID, Pipeline], touches: list[Touch]) -> dict[str, Any]:
    human = [touch for touch in touches if touch.human]
    pipeline, current = status_of(state, pipelines)
    status = rules.after_customer(pipeline, current) if human else current
    latest = max(human, key=lambda touch: touch.at, default=None)
    return {
        "id": state.id,
        "more": len(touches),
        "status_id": status.id,
        "is_open": not status.is_closed,
        "human": bool(human),
        "at": latest.at if latest else None,
        "waiting_since": min(touch.at for touch in human) if human else None,
        "snippet": latest.snippet if latest else None,
    }


async def _update_touched(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    await tx.run(
        """
        update tickets t set
          version = t.version + n.more, status_id = n.status_id, updated_at = %(now)s,
          is_open = n.is_open and t.spam_at is null and t.merged_into is null and not t.elsewhere
                    and (t.deleted_at is null or n.human),
          deleted_at = case when n.human then null else t.deleted_at end,
          deleted_by = case when n.human then null else t.deleted_by end,
          snoozed_until = case when n.human then null else t.snoozed_until end,
          snoozed_by = case when n.human then null else t.snoozed_by end,
          closed_at = case when n.is_open then null else t.closed_at end,
          last_message_at = greatest(t.last_message_at, n.at),
          last_direction = case when n.at is null then t.last_direction else 'in' end,
          waiting_since = coalesce(t.waiting_since, n.waiting_since),
          snippet = coalesce(n.snippet, t.snippet)
        from json_to_recordset(%(rows)s) as n (id uuid, more int, status_id uuid, is_open boolean, human boolean,
                                               at timestamptz, waiting_since timestamptz, snippet text)
        where t.id = n.id
        """,
        {"rows": document(rows), "now": clock.now()},
    )
