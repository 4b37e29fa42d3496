"""One look at an account's queue, under its routing lock: rows that wait alike are asked about once, so that a long
queue that nobody can take anything of costs no more than a short one. `actions.give` gives out the rest, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.routing.actions import give
from kanal.routing.actions.giving import goes_on_waiting, look
from kanal.routing.actions.recording import keep_boards
from kanal.routing.deciding import Verdict
from kanal.routing.queue import rows
from kanal.routing.queue.rows import Head
from kanal.routing.snapshot import Snapshot, take

AT_ONCE = 200
"""Tickets that one transaction gives out."""


class Looked(NamedTuple):
    given: int
    """Rows that moved; there may be more."""
    held_up: bool
    """Somebody is changing a ticket that could be given: look again soon."""


async def look_once(tx: Transaction) -> Looked:
    await tx.lock(f"routing/{tx.account}")
    now = clock.now()
    await _tidy(tx)
    await _tell_late(tx)
    heads = await rows.heads(tx, now)
    if not heads:
        return Looked(0, held_up=False)
    snapshot = await take(tx, {head.channel_id for head in heads}, limit_unopened=True, now=now)
    verdicts = [(head, look(snapshot, head)) for head in heads]
    stuck = [(head, verdict) for head, verdict in verdicts if goes_on_waiting(head, verdict)]
    moving = [head for head, verdict in verdicts if not goes_on_waiting(head, verdict)]
    await _note_reasons(tx, snapshot, [(head, verdict) for head, verdict in stuck if verdict.why != head.why])
    if not moving:
        return Looked(0, held_up=False)
    waiting = await rows.next_of(tx, moving, now, AT_ONCE)
    expected = min(AT_ONCE, sum(head.alike for head in moving))
    return Looked(len(await give(tx, snapshot, waiting)), held_up=len(waiting) < expected)


async def _tidy(tx: Transaction) -> None:
    """What somebody has, is closed or spam waits no longer; the place of the rest follows their priority."""
    for ticket, channel in await rows.leave(tx):
        events.emit(tx, Event(name="ticket.dequeued", ticket_id=ticket, channel_id=channel))
    await rows.rerank(tx)


async def _tell_late(tx: Transaction) -> None:
    for ticket, channel in await rows.late(tx, clock.now()):
        events.emit(tx, Event(name="ticket.waited_too_long", ticket_id=ticket, channel_id=channel))


async def _note_reasons(tx: Transaction, snapshot: Snapshot, changed: Sequence[tuple[Head, Verdict]]) -> None:
    """Why they wait on is another reason now: a decision for each, all with the same board."""
    if not changed:
        return
    boards = await keep_boards(tx, snapshot.at, [verdict.board for _, verdict in changed if verdict.board])
    await rows.wait_on(tx, snapshot.at, [_reason(head, verdict, boards) for head, verdict in changed])


def _reason(head: Head, verdict: Verdict, boards: dict[int, UUID]) -> rows.NewReason:
    return rows.NewReason(
        head=head,
        why=verdict.why,
        rule=document(verdict.rule) if verdict.rule else None,
        board_id=boards[id(verdict.board)] if verdict.board else None,
        since=document(verdict.since),
        owner=document(verdict.owner) if verdict.owner else None,
    )
