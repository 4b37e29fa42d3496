"""/simulations: changed rules over what came in in the last 30 days. Names and subjects are laid beside the counts when
they are read, as far as the reader may see the tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import delete, get, post

from kanal.api.agent.routing_history import seen_channel
from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.kit.db import Transaction
from kanal.routing.actions import checked
from kanal.routing.simulation import actions, queries
from kanal.routing.simulation.models import BeforeAfter, Note, Result, State
from kanal.views.visible import viewer


class SimulationIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    routing: dict[str, Any]


class SimulationMade(msgspec.Struct):
    id: UUID


class BeforeAfterOut(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    before: int
    after: int


class ChangedTicketOut(msgspec.Struct, kw_only=True):
    """`before` and `after` are names; null: nobody had it on arrival, or would have had it."""

    ticket_id: UUID
    number: int
    subject: str
    before: str | None
    after: str | None


class SimulationResultOut(msgspec.Struct, kw_only=True):
    from_at: datetime = msgspec.field(name="from")
    to_at: datetime = msgspec.field(name="to")
    tickets: int
    missing_history: int
    """Of these, how many came before the desk of then can be rebuilt; they are in none of the other counts."""
    elsewhere: int
    unassigned_before: int
    unassigned_after: int
    compared: int
    reproduced: int
    by_member: list[BeforeAfterOut]
    by_team: list[BeforeAfterOut]
    changes: list[ChangedTicketOut]
    """The newest 200, of which those that the caller may see."""
    notes: list[Note]


class SimulationOut(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID
    state: State
    reason: str
    done: int
    total: int
    result: SimulationResultOut | None
    created_at: datetime


@post("/channels/{channel_id:uuid}/simulations", guards=[require("edit_routing")], status_code=202)
async def start_simulation(
    request: DeskRequest, data: JSONBody[SimulationIn], db: Db, channel_id: FromPath[UUID]
) -> SimulationMade:
    """Run these rules over the tickets that came in on the channel in the last 30 days. How far it is comes by the live
    event `simulation.progressed`."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        await seen_channel(tx, caller, channel_id)
        stored = await tx.value("select routing from channels where id = %s", (channel_id,))
        routing = await checked(tx, data.routing, before=stored, channel=channel_id)
        wanted = msgspec.to_builtins(routing)
        return SimulationMade(await actions.ask(tx, channel_id, wanted, actor=caller.member))


@get("/simulations/{simulation_id:uuid}", guards=[require("edit_routing")])
async def get_simulation(request: DeskRequest, db: Db, simulation_id: FromPath[UUID]) -> SimulationOut:
    """How far it is, and what it found."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.one(tx, simulation_id)
        await seen_channel(tx, request.user, found.channel_id)
        result = msgspec.convert(found.result, Result) if found.result else None
        return SimulationOut(
            id=found.id,
            channel_id=found.channel_id,
            state=found.state,
            reason=found.reason,
            done=found.done,
            total=found.total,
            result=await _result(tx, request.user, result) if result else None,
            created_at=found.created_at,
        )


@delete("/simulations/{simulation_id:uuid}", guards=[require("edit_routing")])
async def cancel_simulation(request: DeskRequest, db: Db, simulation_id: FromPath[UUID]) -> None:
    """Stop it; one that is over stays as it is."""
    async with db.transaction(request.user.account) as tx:
        found = await queries.one(tx, simulation_id)
        await seen_channel(tx, request.user, found.channel_id)
        await actions.cancel(tx, simulation_id)


class _Name(msgspec.Struct):
    id: UUID
    name: str


async def _result(tx: Transaction, caller: Caller, found: Result) -> SimulationResultOut:
    rows = await tx.all(
        _Name,
        """
        select m.id, u.name from members m join users u on u.id = m.user_id union all select id, name from teams
        """,
    )
    names = {row.id: row.name for row in rows}
    subjects = await _subjects(tx, caller, [change.ticket_id for change in found.changes])
    return SimulationResultOut(
        from_at=found.from_at,
        to_at=found.to_at,
        tickets=found.tickets,
        missing_history=found.missing_history,
        elsewhere=found.elsewhere,
        unassigned_before=found.unassigned_before,
        unassigned_after=found.unassigned_after,
        compared=found.compared,
        reproduced=found.reproduced,
        by_member=[_named(each, names) for each in found.by_member],
        by_team=[_named(each, names) for each in found.by_team],
        changes=[
            ChangedTicketOut(
                ticket_id=each.ticket_id,
                number=each.number,
                subject=subjects[each.ticket_id],
                before=names.get(each.before, "") if each.before else None,
                after=names.get(each.after, "") if each.after else None,
            )
            for each in found.changes
            if each.ticket_id in subjects
        ],
        notes=found.notes,
    )


async def _subjects(tx: Transaction, caller: Caller, tickets: list[UUID]) -> dict[UUID, str]:
    """Of those that the caller may see."""
    who = await viewer(tx, caller.member)
    rows = await tx.all(
        _Name,
        f"select t.id, t.subject as name from tickets t where t.id = any(%(tickets)s) and {who.visible}",  # noqa: S608 - our own fragment
        {"tickets": tickets, **who.params},
    )
    return {row.id: row.name for row in rows}


def _named(each: BeforeAfter, names: dict[UUID, str]) -> BeforeAfterOut:
    return BeforeAfterOut(id=each.id, name=names.get(each.id, ""), before=each.before, after=each.after)
