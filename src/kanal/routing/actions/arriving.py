"""New tickets: the properties that the channel sets on them, and who gets each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import structlog

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.routing import rules
from kanal.routing.actions.recording import Decided, decided, put_in_queue, record
from kanal.routing.actions.safety import never_in_the_way
from kanal.routing.deciding import Verdict, decide
from kanal.routing.models import Asked, Routing
from kanal.routing.setting import Known, Settable, settled
from kanal.routing.setting import known as known_values
from kanal.routing.snapshot import Snapshot, take

Layers = Sequence[Mapping[str, Any]]
"""Properties by key, of several who set them; the first goes before the others."""
log = structlog.get_logger("kanal.routing")


async def properties(tx: Transaction, channel: UUID, layers: Sequence[Layers]) -> list[Settable]:
    """What can be set on each of these new tickets; of the layers of each, the first has the last word. What cannot be
    set is passed over."""
    found = [Settable() for _ in layers]
    keys = {key for each in layers for layer in each for key in layer}
    if keys:
        async with never_in_the_way(tx, channel, [], "arrival"):
            known = await known_values(tx, keys)
            found = [_settled(tx, channel, each, known) for each in layers]
    return found


def _settled(tx: Transaction, channel: UUID, layers: Layers, known: Known) -> Settable:
    found, problems = settled(layers, known)
    if problems:
        fields = sorted({problem.field for problem in problems})
        log.info("routing.passed_over", account=tx.account, channel=str(channel), fields=fields)
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
