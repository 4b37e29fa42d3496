"""What every change shares: the status in its pipeline, saving, and telling of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event, Name
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.looks import looks
from kanal.tickets import queries, rules
from kanal.tickets.errors import MoveRefused, TicketDeleted, TicketMerged, UnknownReference
from kanal.tickets.models import Pipeline, State, Status, TicketChange

SLIP = timedelta(minutes=5)
"""For so long whoever moved a ticket may take it back, whatever the pipeline's rules say of going back."""


def status_of(state: State, pipelines: dict[UUID, Pipeline]) -> tuple[Pipeline, Status]:
    pipeline = pipelines[state.pipeline_id]
    return pipeline, next(status for status in pipeline.statuses if status.id == state.status_id)


def wanted_status(wanted: TicketChange, state: State, pipelines: dict[UUID, Pipeline]) -> Status:
    """The status in the pipeline that the ticket is in or shall be in."""
    pipeline, current = status_of(state, pipelines)
    if wanted.pipeline_id is not UNSET and wanted.pipeline_id != pipeline.id:
        if wanted.pipeline_id not in pipelines:
            raise UnknownReference("pipeline", "there is no such pipeline")
        pipeline = pipelines[wanted.pipeline_id]
        current = rules.entry(pipeline, current)
    if wanted.status_id is UNSET and wanted.status_key is UNSET:
        return current
    for status in pipeline.statuses:
        if wanted.status_id == status.id or wanted.status_key == status.key:
            return status
    keys = ", ".join(status.key for status in pipeline.statuses)
    raise UnknownReference("status", f"the ticket's pipeline has no such status; it has {keys}")


async def check_move(
    tx: Transaction, state: State, status: Status, pipelines: dict[UUID, Pipeline], actor: UUID | None
) -> None:
    """Raise MoveRefused where the pipeline's rules do not let this person do that (PIPE-2)."""
    refused = move_refusal(state, status, pipelines)
    if refused and await is_bound(tx, actor) and not await _takes_back(tx, state, status, actor):
        raise MoveRefused(refused)


def move_refusal(state: State, status: Status, pipelines: dict[UUID, Pipeline]) -> str | None:
    """Why those who are bound by the pipelines' rules may not do that."""
    pipeline, current = status_of(state, pipelines)
    if status.id == current.id:
        return None
    if status.pipeline_id == pipeline.id:
        return rules.refusal(pipeline, current, status)
    return None if current.is_closed else rules.entry_refusal(pipelines[status.pipeline_id], status)


async def _takes_back(tx: Transaction, state: State, status: Status, actor: UUID | None) -> bool:
    """Whether it is back to where the same person took it from a moment ago: a slip may be undone."""
    last = await tx.dicts(
        """
        select actor_id, data ->> 'from' as was from events
        where ticket_id = %s and name in ('ticket.status_changed', 'ticket.reopened') and at > %s
        order by seq desc limit 1
        """,
        (state.id, clock.now() - SLIP),
    )
    return any(row["actor_id"] == actor and row["was"] == str(status.id) for row in last)


async def is_bound(tx: Transaction, actor: UUID | None) -> bool:
    """Whether pipelines' rules hold for whoever acts: neither for the system nor for super admins."""
    if actor is None:
        return False
    return bool(await tx.value("select role <> 'super_admin' from members where id = %s", (actor,)))


async def check_listed(tx: Transaction, state: State) -> None:
    """Raise TicketMerged or TicketDeleted where work cannot go on, held as the ticket is."""
    if state.merged_into is not None:
        whole = await queries.whole_of(tx, state.id)
        raise TicketMerged(whole.id, whole.number)
    if state.deleted_at is not None:
        raise TicketDeleted(state.id)


async def save(
    tx: Transaction,
    state: State,
    status: Status,
    *,
    priority: str,
    team_id: UUID | None,
    assignee_id: UUID | None,
    custom: dict[str, Any] | None = None,
) -> None:
    """Without `custom` the custom properties stay."""
    now = clock.now()
    await tx.run(
        """
        update tickets set pipeline_id = %(pipeline)s, status_id = %(status)s, is_open = %(open)s and listed,
          priority = %(priority)s, team_id = %(team)s, assignee_id = %(assignee)s,
          custom = coalesce(%(custom)s::jsonb, custom),
          custom_looks = case when %(custom)s::jsonb is null then custom_looks else %(looks)s::jsonb end,
          updated_at = %(now)s,
          closed_at = case when %(open)s then null else coalesce(closed_at, %(now)s) end,
          waiting_since = case when %(open)s then waiting_since end,
          snoozed_until = case when %(open)s then snoozed_until end, snoozed_by = case when %(open)s then snoozed_by end
        where id = %(id)s
        """,
        {
            "id": state.id,
            "pipeline": status.pipeline_id,
            "status": status.id,
            "open": not status.is_closed,
            "priority": priority,
            "team": team_id,
            "assignee": assignee_id,
            "custom": None if custom is None else document(custom),
            "looks": document(found) if (found := looks(custom or {})) else None,
            "now": now,
        },
    )
    if status.is_closed == state.is_open:
        await tx.run(
            "update conversations set state = %s, closed_at = %s where ticket_id = %s",
            ("closed" if status.is_closed else "open", now if status.is_closed else None, state.id),
        )


def tell_status(tx: Transaction, state: State, status: Status, actor: UUID | None) -> None:
    if status.id == state.status_id:
        return
    name: Name = "ticket.status_changed" if state.is_open or status.is_closed else "ticket.reopened"
    data = {"from": str(state.status_id), "to": str(status.id), "key": status.key, "closed": status.is_closed}
    events.emit(tx, Event(name=name, actor_id=actor, **on_ticket(state), data=data))


def tell_assigned(
    tx: Transaction, state: State, team: UUID | None, assignee: UUID | None, actor: UUID | None, cause: str = "hand"
) -> None:
    data = {
        "team_id": team and str(team),
        "assignee_id": assignee and str(assignee),
        "from_team_id": state.team_id and str(state.team_id),
        "from_assignee_id": state.assignee_id and str(state.assignee_id),
        "cause": cause,
    }
    events.emit(tx, Event(name="ticket.assigned", actor_id=actor, **on_ticket(state), data=data))


def on_ticket(state: State) -> dict[str, Any]:
    return {"ticket_id": state.id, "channel_id": state.channel_id}
