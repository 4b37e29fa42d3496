"""What was there before its channel was connected is taken in quietly: as tickets that are closed already, with the
time at which it was written, and nobody is disturbed by it. Used by drain.py, pipeline.py, outgoing.py, new_tickets.py
and spam/opening.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from kanal.intake.models import Item
from kanal.kit.db import Transaction, document
from kanal.tickets import queries as tickets
from kanal.tickets.models import NewTicket, Pipeline, Status

FIRST_YEAR = 1990
ASTRAY = timedelta(days=1)
"""So much later than the server got it nobody can have written it."""


class _OnServer(msgspec.Struct):
    raw_event_id: UUID
    at: datetime


async def date(tx: Transaction, items: Sequence[Item]) -> None:
    """Old mail stands where its sender's clock puts it, or else where the server got it."""
    old = [item for item in items if item.door.history]
    if not old:
        return
    rows = await tx.all(
        _OnServer,
        "select raw_event_id, min(server_at) as at from ledger where raw_event_id = any(%s) group by raw_event_id",
        ([item.raw_id for item in old],),
    )
    got = {row.raw_event_id: row.at for row in rows}
    for item in old:
        item.received_at = written_at(item.said.claimed_at, got.get(item.raw_id, item.received_at))


def written_at(claimed: datetime | None, got: datetime) -> datetime:
    """A clock that is astray is not believed: neither one that was never set nor one that runs ahead."""
    if claimed is None or claimed.year < FIRST_YEAR or claimed > got + ASTRAY:
        return got
    return min(claimed, got)


async def closed(tx: Transaction, new: list[NewTicket]) -> list[NewTicket]:
    """Those that are imported begin at the end of their pipeline."""
    if all(each.source != "import" for each in new):
        return new
    pipelines = await tickets.pipelines(tx)
    return [_closed(each, pipelines) if each.source == "import" else each for each in new]


def _closed(new: NewTicket, pipelines: dict[UUID, Pipeline]) -> NewTicket:
    status = _last(pipelines.get(new.pipeline_id) if new.pipeline_id else tickets.default_of(pipelines))
    return msgspec.structs.replace(new, status_id=status.id if status else new.status_id, waiting=False)


def _last(pipeline: Pipeline | None) -> Status | None:
    over = [status for status in pipeline.statuses if status.is_closed] if pipeline else []
    return min(over, key=lambda status: status.position, default=None)


class Old(msgspec.Struct, kw_only=True):
    """A message from before, in its conversation."""

    conversation_id: UUID
    ticket_id: UUID | None
    at: datetime
    is_new: bool
    """The conversation begins with it."""


async def follow(tx: Transaction, old: Sequence[Old]) -> None:
    """Their conversations are closed too, and a matter was over when the last was said in it."""
    if not old:
        return
    rows = document([{"id": each.conversation_id, "at": each.at} for each in old if each.is_new])
    await tx.run(
        """
        update conversations c set state = 'closed', closed_at = n.at
        from json_to_recordset(%s) as n (id uuid, at timestamptz) where c.id = n.id
        """,
        (rows,),
    )
    rows = document([{"id": each.ticket_id, "at": each.at} for each in old if each.ticket_id])
    await tx.run(
        """
        update tickets t set last_message_at = greatest(t.last_message_at, n.at),
               updated_at = greatest(t.updated_at, n.at), closed_at = greatest(t.closed_at, n.at)
        from (select id, max(at) as at from json_to_recordset(%s) as r (id uuid, at timestamptz) group by id) n
        where t.id = n.id and t.source = 'import' and not t.is_open
        """,
        (rows,),
    )


def mark(item: Item) -> dict[str, Any]:
    """What the events of old mail carry beside their own, so that whoever acts on events leaves it alone."""
    return {"history": True} if item.door.history else {}
