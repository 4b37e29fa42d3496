"""Reading pipelines, and tickets for the sake of changing them; lists and single tickets for people are in views."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kanal.kit.db import Transaction
from kanal.tickets.models import Pipeline, State, Status


async def pipelines(tx: Transaction) -> dict[UUID, Pipeline]:
    """The account's pipelines with their statuses in order, the default first."""
    found = {
        pipeline.id: pipeline
        for pipeline in await tx.all(
            Pipeline,
            "select id, name, is_default, grace_days from pipelines order by is_default desc, created_at, id",
        )
    }
    statuses = await tx.all(
        Status, "select id, pipeline_id, key, name, position, is_closed from statuses order by position, id"
    )
    for status in statuses:
        found[status.pipeline_id].statuses.append(status)
    return found


def default_of(found: dict[UUID, Pipeline]) -> Pipeline:
    return next(pipeline for pipeline in found.values() if pipeline.is_default)


async def locked(tx: Transaction, tickets: Iterable[UUID]) -> dict[UUID, State]:
    """Tickets as they stand, held until the end of the transaction; in one order, so that two never wait for each
    other."""
    rows = await tx.all(
        State,
        """
        select id, number, pipeline_id, status_id, is_open, priority, team_id, assignee_id, channel_id, version,
               waiting_since
        from tickets where id = any(%s) order by id for update
        """,
        (list(tickets),),
    )
    return {row.id: row for row in rows}
