"""What people change on a ticket: status, priority, team, assignee."""

from __future__ import annotations

from uuid import UUID

from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit.db import NotFound, Transaction
from kanal.tickets import queries
from kanal.tickets.actions import load
from kanal.tickets.actions.state import on_ticket, save, tell_assigned, tell_status, wanted_status
from kanal.tickets.errors import UnknownReference
from kanal.tickets.models import TicketChange


async def change(tx: Transaction, ticket: UUID, wanted: TicketChange, actor: UUID | None) -> None:
    """Change status, priority, team or assignee; what is the same already causes no event."""
    state = (await queries.locked(tx, [ticket])).get(ticket)
    if state is None:
        raise NotFound("ticket")
    pipelines = await queries.pipelines(tx)
    status = wanted_status(wanted, state, pipelines)
    await _check_people(tx, wanted)
    team = state.team_id if wanted.team_id is UNSET else wanted.team_id
    assignee = state.assignee_id if wanted.assignee_id is UNSET else wanted.assignee_id
    priority = state.priority if wanted.priority is UNSET else wanted.priority
    if (status.id, team, assignee, priority) == (state.status_id, state.team_id, state.assignee_id, state.priority):
        return
    await save(tx, state, status, priority=priority, team_id=team, assignee_id=assignee)
    tell_status(tx, state, status, actor)
    if priority != state.priority:
        data = {"from": state.priority, "to": priority}
        events.emit(tx, Event(name="ticket.priority_changed", actor_id=actor, **on_ticket(state), data=data))
    if (team, assignee) != (state.team_id, state.assignee_id):
        tell_assigned(tx, state, team, assignee, actor)
    await load.follow(tx, [ticket])


async def _check_people(tx: Transaction, wanted: TicketChange) -> None:
    if (
        wanted.team_id is not UNSET
        and wanted.team_id
        and not await tx.value("select true from teams where id = %s", (wanted.team_id,))
    ):
        raise UnknownReference("team", "there is no such team")
    if (
        wanted.assignee_id is not UNSET
        and wanted.assignee_id
        and not await tx.value(
            "select true from members where id = %s and deactivated_at is null and role <> 'viewer'",
            (wanted.assignee_id,),
        )
    ):
        raise UnknownReference("assignee", "there is no such active member who can have tickets")
