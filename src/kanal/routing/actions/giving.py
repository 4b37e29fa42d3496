"""Giving out what waits, in the order of the queue, to those who can take it now; `queue` calls it when something has
changed for the better, and keeps up why the others wait on."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit.db import Transaction
from kanal.routing import rules
from kanal.routing.actions.recording import Decided, decided, record
from kanal.routing.deciding import Verdict, decide
from kanal.routing.models import Asked, Waiting
from kanal.routing.snapshot import Snapshot


async def give(tx: Transaction, snapshot: Snapshot, waiting: Sequence[Waiting]) -> list[Decided]:
    """Decide anew on these rows, their tickets locked, with a snapshot of all their channels taken under the routing
    lock. Returns what came of those for which something changed; the others go on waiting."""
    done: list[Decided] = []
    for row in waiting:
        verdict = look(snapshot, row)
        if goes_on_waiting(row, verdict):
            continue
        if verdict.member:
            snapshot.give(verdict.member, row.channel_id)
        done.append(decided(row.channel_id, _asked(snapshot, row), verdict))
    await record(tx, snapshot.at, done, cause="queue")
    await _leave(tx, [each for each in done if each.verdict.outcome != "waiting"])
    await _wait_on(tx, [each for each in done if each.verdict.outcome == "waiting"])
    return done


def look(snapshot: Snapshot, row: Waiting) -> Verdict:
    """What would become of a row now; changes nothing."""
    channel = snapshot.channels.get(row.channel_id)
    if channel is None or not channel.routing.give_out_waiting or not rules.gives_to_anybody(channel.routing):
        return Verdict(outcome="unassigned", why="no_longer_given_out")
    return decide(snapshot, channel.id, channel.routing, _asked(snapshot, row))


def _asked(snapshot: Snapshot, row: Waiting) -> Asked:
    return Asked(
        ticket_id=row.ticket_id,
        at=row.arrived_at,
        since=row.queued_at,
        team_id=row.team_id,
        contact_id=row.contact_id,
        owner_id=row.owner_id,
        owner_until=row.owner_until,
        owner_asked=row.owner_id is None,
        rule_id=row.rule_id,
        fewer_skills=row.fewer_skills_at is not None and row.fewer_skills_at <= snapshot.at,
        was_member_id=row.was_member_id,
    )


def goes_on_waiting(row: Waiting, verdict: Verdict) -> bool:
    """Not when the owner was waited for in vain: now the others are asked."""
    return verdict.outcome == "waiting" and not (row.owner_id is not None and verdict.owner_id is None)


async def _leave(tx: Transaction, found: Sequence[Decided]) -> None:
    if not found:
        return
    await tx.run("delete from queue where ticket_id = any(%s)", ([each.asked.ticket_id for each in found],))
    for each in found:
        data = {"decision_id": str(each.id), "outcome": each.verdict.outcome}
        event = Event(name="ticket.dequeued", ticket_id=each.asked.ticket_id, channel_id=each.channel_id, data=data)
        events.emit(tx, event)


async def _wait_on(tx: Transaction, found: Sequence[Decided]) -> None:
    for each in found:
        await tx.run(
            """
            update queue set why = %s, owner_id = null, owner_until = null, fewer_skills_at = %s
            where ticket_id = %s
            """,
            (each.verdict.why, each.verdict.fewer_skills_at, each.asked.ticket_id),
        )
