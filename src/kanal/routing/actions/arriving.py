"""New tickets: the properties that the channel sets on them, and who gets each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.routing import rules
from kanal.routing.actions.recording import Decided, decided, put_in_queue, record
from kanal.routing.actions.safety import never_in_the_way
from kanal.routing.deciding import Verdict, decide
from kanal.routing.models import Asked, Routing
from kanal.routing.setting import Settable, settable
from kanal.routing.snapshot import Snapshot, take


async def properties(tx: Transaction, channel: UUID, given: Mapping[str, Any]) -> Settable:
    """What of the channel's properties can be set on its new tickets; what became invalid is passed over."""
    found = Settable()
    if given:
        async with never_in_the_way(tx, channel, [], "arrival"):
            found = await settable(tx, given)
    return found


async def arrived(tx: Transaction, channel: UUID, routing: Routing, arrivals: Sequence[Asked]) -> None:
    """Give each of these new tickets to somebody, or say why nobody has it. An error of routing never gets out."""
    if not arrivals:
        return
    async with never_in_the_way(tx, channel, [each.ticket_id for each in arrivals], "arrival"):
        if rules.gives_to_anybody(routing):
            await _route(tx, channel, routing, arrivals)
        else:
            nobody = Verdict(outcome="unassigned", why="assign_none")
            await record(tx, clock.now(), [decided(channel, each, nobody) for each in arrivals], cause="arrival")


async def _route(tx: Transaction, channel: UUID, routing: Routing, arrivals: Sequence[Asked]) -> None:
    await tx.lock(f"routing/{tx.account}")
    snapshot = await take(tx, [channel])
    found = in_turn(snapshot, channel, routing, arrivals)
    await record(tx, snapshot.at, found, cause="arrival")
    await put_in_queue(tx, snapshot.at, found)


def in_turn(snapshot: Snapshot, channel: UUID, routing: Routing, asked: Sequence[Asked]) -> list[Decided]:
    """One after the other, each seeing what the ones before were given."""
    found = []
    for each in asked:
        verdict = decide(snapshot, channel, routing, each)
        if verdict.member:
            snapshot.give(verdict.member, channel)
        found.append(decided(channel, each, verdict))
    return found
