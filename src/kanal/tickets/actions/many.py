"""Many tickets changed at once, by as many statements as for one: what one of them is refused for is no matter of the
others. `stand_again` takes it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.looks import looks
from kanal.properties import rules as properties
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import Catalogue
from kanal.properties.queries import catalogue
from kanal.tickets import queries
from kanal.tickets.actions import load
from kanal.tickets.actions.changing import tell_fields
from kanal.tickets.actions.state import (
    is_bound,
    move_refusal,
    on_ticket,
    tell_assigned,
    tell_status,
    wanted_status,
)
from kanal.tickets.errors import MoveRefused, UnknownReference
from kanal.tickets.models import Pipeline, State, Status, TicketChange

Refusal = MoveRefused | UnknownReference | PropertyInvalid


def words_of(error: Refusal) -> str:
    return error.errors[0][1] if isinstance(error, PropertyInvalid) else error.message


class Stood(msgspec.Struct, kw_only=True):
    """How a ticket stood, as far as closing and reopening changes more than its status."""

    id: UUID
    closed_at: datetime | None
    waiting_since: datetime | None
    conversations: dict[UUID, datetime | None]
    """When each was closed; None: it was open."""


class _Desk(msgspec.Struct, kw_only=True):
    """What changes are judged by."""

    pipelines: dict[UUID, Pipeline]
    bound: bool
    """Whoever acts is held by the pipelines' rules."""
    teams: set[UUID]
    members: set[UUID]
    catalogue: Catalogue | None


class _Change(msgspec.Struct, kw_only=True):
    state: State
    status: Status
    priority: str
    team_id: UUID | None
    assignee_id: UUID | None
    custom: dict[str, Any]

    @property
    def is_none(self) -> bool:
        was = self.state
        before = (was.status_id, was.priority, was.team_id, was.assignee_id, was.custom)
        return before == (self.status.id, self.priority, self.team_id, self.assignee_id, self.custom)


async def change_many(
    tx: Transaction,
    wanted: Mapping[UUID, TicketChange],
    actor: UUID | None,
    *,
    by_rules: bool = True,
) -> dict[UUID, Refusal]:
    """Change what is given, as `change` does of one. Returns why some were left as they are; one that is not there is
    passed over in silence."""
    states = await queries.locked(tx, wanted)
    desk = await _desk(tx, list(wanted.values()), actor if by_rules else None)
    changes: list[_Change] = []
    refused: dict[UUID, Refusal] = {}
    for state in states.values():
        try:
            changes.append(_change(desk, state, wanted[state.id]))
        except (MoveRefused, UnknownReference, PropertyInvalid) as error:
            refused[state.id] = error
    changes = [each for each in changes if not each.is_none]
    await _save(tx, changes)
    for each in changes:
        _tell(tx, each, actor)
    await load.keep(tx, [each.state.id for each in changes])
    return refused


async def stand_again(tx: Transaction, tickets: Collection[Stood]) -> None:
    """After `change_many` took tickets back to the status they had: since when they were closed or waited, and which of
    their conversations were closed."""
    rows = [{"id": t.id, "closed_at": t.closed_at, "waiting_since": t.waiting_since} for t in tickets]
    await tx.run(
        """
        update tickets t set closed_at = n.closed_at, waiting_since = n.waiting_since
        from json_to_recordset(%s) as n (id uuid, closed_at timestamptz, waiting_since timestamptz) where t.id = n.id
        """,
        (document(rows),),
    )
    conversations = [{"id": id_, "closed_at": at} for t in tickets for id_, at in t.conversations.items()]
    await tx.run(
        """
        update conversations c set closed_at = n.closed_at,
          state = case when n.closed_at is null then 'open' else 'closed' end
        from json_to_recordset(%s) as n (id uuid, closed_at timestamptz) where c.id = n.id
        """,
        (document(conversations),),
    )
    await load.keep(tx, [each.id for each in tickets])


async def _desk(tx: Transaction, wanted: Sequence[TicketChange], actor: UUID | None) -> _Desk:
    teams = {each.team_id for each in wanted if each.team_id}
    members = {each.assignee_id for each in wanted if each.assignee_id}
    return _Desk(
        pipelines=await queries.pipelines(tx),
        bound=await is_bound(tx, actor),
        teams=set(await tx.values("select id from teams where id = any(%s)", (list(teams),))) if teams else set(),
        members=set(await queries.able(tx, members)) if members else set(),
        catalogue=await catalogue(tx) if any(each.custom for each in wanted) else None,
    )


def _change(desk: _Desk, state: State, wanted: TicketChange) -> _Change:
    status = wanted_status(wanted, state, desk.pipelines)
    if desk.bound and (why := move_refusal(state, status, desk.pipelines)):
        raise MoveRefused(why)
    if wanted.team_id and wanted.team_id not in desk.teams:
        raise UnknownReference("team", "there is no such team")
    if wanted.assignee_id and wanted.assignee_id not in desk.members:
        raise UnknownReference("assignee", "there is no such active member who can have tickets")
    custom = state.custom
    if wanted.custom and desk.catalogue is not None:
        custom = properties.merged(custom, properties.checked(desk.catalogue, "ticket", wanted.custom))
    return _Change(
        state=state,
        status=status,
        priority=state.priority if wanted.priority is UNSET else wanted.priority,
        team_id=state.team_id if wanted.team_id is UNSET else wanted.team_id,
        assignee_id=state.assignee_id if wanted.assignee_id is UNSET else wanted.assignee_id,
        custom=custom,
    )


async def _save(tx: Transaction, changes: Sequence[_Change]) -> None:
    now = clock.now()
    rows = [
        {
            "id": each.state.id,
            "pipeline": each.status.pipeline_id,
            "status": each.status.id,
            "open": not each.status.is_closed,
            "priority": each.priority,
            "team": each.team_id,
            "assignee": each.assignee_id,
            "custom": each.custom,
            "looks": looks(each.custom),
        }
        for each in changes
    ]
    await tx.run(
        """
        update tickets t set pipeline_id = n.pipeline, status_id = n.status, is_open = n.open and t.listed,
          priority = n.priority, team_id = n.team, assignee_id = n.assignee, custom = n.custom, custom_looks = n.looks,
          updated_at = %(now)s,
          closed_at = case when n.open then null else coalesce(t.closed_at, %(now)s) end,
          waiting_since = case when n.open then t.waiting_since end,
          snoozed_until = case when n.open then t.snoozed_until end, snoozed_by = case when n.open then t.snoozed_by end
        from json_to_recordset(%(rows)s) as n (id uuid, pipeline uuid, status uuid, open boolean, priority text,
                                               team uuid, assignee uuid, custom jsonb, looks jsonb)
        where t.id = n.id
        """,
        {"rows": document(rows), "now": now},
    )
    for closed in (True, False):
        these = [each.state.id for each in changes if each.status.is_closed is closed is each.state.is_open]
        if these:
            state = "closed" if closed else "open"
            await tx.run(
                "update conversations set state = %s, closed_at = %s where ticket_id = any(%s) and state <> %s",
                (state, now if closed else None, these, state),
            )


def _tell(tx: Transaction, each: _Change, actor: UUID | None) -> None:
    state = each.state
    tell_fields(tx, state, each.status, each.custom, actor)
    tell_status(tx, state, each.status, actor)
    if each.priority != state.priority:
        data = {"from": state.priority, "to": each.priority}
        events.emit(tx, Event(name="ticket.priority_changed", actor_id=actor, **on_ticket(state), data=data))
    if (each.team_id, each.assignee_id) != (state.team_id, state.assignee_id):
        tell_assigned(tx, state, each.team_id, each.assignee_id, actor)
