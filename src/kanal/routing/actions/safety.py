"""Routing never stands in the way of a message: what goes wrong in it is undone, told, and the tickets are unassigned
with that as the reason."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import structlog

from kanal.kit import clock
from kanal.kit.db import Transaction, is_passing
from kanal.routing.actions.recording import decided, record
from kanal.routing.deciding import Verdict
from kanal.routing.models import Asked, Cause

log = structlog.get_logger("kanal.routing")


@asynccontextmanager
async def never_in_the_way(
    tx: Transaction, channel: UUID, tickets: Sequence[UUID], cause: Cause
) -> AsyncIterator[None]:
    """Undo the block if it fails. A database that is away or broke a deadlock is not routing's fault: that propagates,
    and the whole batch is tried again."""
    try:
        async with tx.savepoint():
            yield
    except Exception as fault:
        if is_passing(fault):
            raise
        log.exception("routing.failed", account=tx.account, channel=str(channel), tickets=len(tickets))
        await _note_failure(tx, channel, tickets, cause)


async def _note_failure(tx: Transaction, channel: UUID, tickets: Sequence[UUID], cause: Cause) -> None:
    now = clock.now()
    try:
        async with tx.savepoint():
            found = [
                decided(channel, Asked(ticket_id=ticket, at=now, since=now), _failed(assignee))
                for ticket, assignee in await _assignees(tx, tickets)
            ]
            await record(tx, now, found, cause=cause)
    except Exception as fault:
        if is_passing(fault):
            raise
        log.exception("routing.failure_not_noted", account=tx.account, channel=str(channel))


async def _assignees(tx: Transaction, wanted: Sequence[UUID]) -> list[tuple[UUID, UUID | None]]:
    rows = await tx.dicts("select id, assignee_id from tickets where id = any(%s) order by id", (list(wanted),))
    return [(row["id"], row["assignee_id"]) for row in rows]


def _failed(assignee: UUID | None) -> Verdict:
    return Verdict(outcome="kept" if assignee else "unassigned", why="routing_failed", member=assignee)
