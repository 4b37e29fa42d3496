"""Asking for a simulation and taking that back. The row is its own job: `jobs` works through those that wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id
from kanal.routing.errors import SimulationRunning
from kanal.routing.simulation.models import Result

TOPIC = "simulate"


async def ask(tx: Transaction, channel: UUID, routing: Mapping[str, Any], *, actor: UUID | None) -> UUID:
    """Run these rules over what came in on the channel; one of a channel at a time, else SimulationRunning."""
    await tx.lock(f"simulate/{channel}")
    under_way = await tx.value(
        "select id from simulations where channel_id = %s and state in ('waiting', 'running')", (channel,)
    )
    if under_way is not None:
        raise SimulationRunning(under_way)
    simulation, now = new_id(), clock.now()
    row = {"id": simulation, "channel_id": channel, "routing": routing, "asked_by": actor, "created_at": now}
    await tx.run(
        """
        insert into simulations (account_id, id, channel_id, routing, asked_by, created_at, changed_at)
        select %(account)s, id, channel_id, routing, asked_by, created_at, created_at
        from json_populate_record(null::simulations, %(row)s)
        """,
        {"account": tx.account, "row": document(row)},
    )
    tx.wake(TOPIC)
    return simulation


async def cancel(tx: Transaction, simulation: UUID) -> None:
    """One that is over is left as it is."""
    changed = await tx.values(
        """
        update simulations set state = 'cancelled', changed_at = %s
        where id = %s and state in ('waiting', 'running') returning channel_id
        """,
        (clock.now(), simulation),
    )
    for channel in changed:
        _tell(tx, simulation, channel, 0, 0)


async def begin(tx: Transaction, simulation: UUID) -> bool:
    """Answers whether it is still wanted."""
    return bool(
        await tx.run(
            """
            update simulations set state = 'running', done = 0, changed_at = %s
            where id = %s and state in ('waiting', 'running')
            """,
            (clock.now(), simulation),
        )
    )


async def progress(tx: Transaction, simulation: UUID, done: int, total: int) -> bool:
    """Answers whether it is still wanted."""
    changed = await tx.values(
        """
        update simulations set done = %s, total = %s, changed_at = %s where id = %s and state = 'running'
        returning channel_id
        """,
        (done, total, clock.now(), simulation),
    )
    for channel in changed:
        _tell(tx, simulation, channel, done, total)
    return bool(changed)


async def finish(tx: Transaction, simulation: UUID, result: Result) -> None:
    await _end(tx, simulation, "done", document(result), "")


async def fail(tx: Transaction, simulation: UUID, reason: str) -> None:
    await _end(tx, simulation, "failed", None, reason)


async def _end(tx: Transaction, simulation: UUID, state: str, result: str | None, reason: str) -> None:
    rows = await tx.dicts(
        """
        update simulations set state = %s, result = %s, reason = %s, changed_at = %s where id = %s and state = 'running'
        returning channel_id, done, total
        """,
        (state, result, reason, clock.now(), simulation),
    )
    for row in rows:
        _tell(tx, simulation, row["channel_id"], row["done"], row["total"])


def _tell(tx: Transaction, simulation: UUID, channel: UUID, done: int, total: int) -> None:
    data = {"simulation_id": str(simulation), "done": done, "total": total}
    events.emit(tx, Event(name="simulation.progressed", channel_id=channel, data=data))
