"""Reading pipelines, and tickets for the sake of changing them; lists and single tickets for people are in views."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets.models import Load, Pipeline, State, Status, Work

MOST_COUNTED = 10_000
STATES: LiteralString = """
  select id, number, pipeline_id, status_id, is_open, priority, team_id, assignee_id, channel_id, version,
         waiting_since, custom, contact_id, subject, snoozed_until, snoozed_by, spam_at, deleted_at, merged_into,
         elsewhere
  from tickets
"""


async def pipelines(tx: Transaction) -> dict[UUID, Pipeline]:
    """The account's pipelines in order, each with its statuses in order."""
    found = {
        pipeline.id: pipeline
        for pipeline in await tx.all(
            Pipeline,
            """
            select id, name, is_default, grace_days, position, no_skipping, no_backwards
            from pipelines order by position, is_default desc, created_at, id
            """,
        )
    }
    statuses = await tx.all(
        Status,
        """
        select id, pipeline_id, key, name, position, is_closed, may_start, counts, on_customer_message, on_agent_reply
        from statuses order by position, id
        """,
    )
    for status in statuses:
        if pipeline := found.get(status.pipeline_id):
            pipeline.statuses.append(status)
    # One that was made or deleted between the two looks is left out.
    return {id_: pipeline for id_, pipeline in found.items() if pipeline.statuses}


class _StatusTickets(msgspec.Struct):
    status: UUID
    tickets: int


async def tickets_by_status(tx: Transaction) -> dict[UUID, int]:
    """How many tickets each status has, counted to ten thousand."""
    rows = await tx.all(
        _StatusTickets,
        """
        select s.id as status,
               (select count(*) from (select from tickets t where t.status_id = s.id limit %s) c) as tickets
        from statuses s
        """,
        (MOST_COUNTED,),
    )
    return {row.status: row.tickets for row in rows}


def default_of(found: dict[UUID, Pipeline]) -> Pipeline:
    return next(pipeline for pipeline in found.values() if pipeline.is_default)


async def locked(tx: Transaction, tickets: Iterable[UUID]) -> dict[UUID, State]:
    """Tickets as they stand, held until the end of the transaction; in one order, so that two never wait for each
    other. Rows that only name a ticket, as notices do, can be written meanwhile."""
    rows = await tx.all(
        State,
        f"{STATES} where id = any(%s) order by id for no key update",
        (list(tickets),),
    )
    return {row.id: row for row in rows}


class Whole(msgspec.Struct, kw_only=True, frozen=True):
    """The ticket that another one is part of now."""

    id: UUID
    number: int


async def whole_of(tx: Transaction, merged: UUID) -> Whole:
    """Where a merged ticket's work goes on: what it was merged into may have been merged since."""
    return await tx.one(
        Whole,
        """
        with recursive way as (
          select id, number, merged_into, 0 as step from tickets where id = %s
          union all
          select t.id, t.number, t.merged_into, way.step + 1 from way join tickets t on t.id = way.merged_into
          where way.step < 100
        )
        select id, number from way order by step desc limit 1
        """,
        (merged,),
    )


async def able(tx: Transaction, members: Collection[UUID]) -> list[UUID]:
    """Of these members, those who are active and can have tickets."""
    return await tx.values(
        """
        select m.id from members m join roles r on r.key = m.role
        where m.id = any(%s) and m.deactivated_at is null and 'answer' = any(r.permissions)
        """,
        (list(members),),
    )


class _Counted(msgspec.Struct, kw_only=True):
    member_id: UUID
    work: Work
    count: int


async def loads(
    tx: Transaction, members: Collection[UUID] | None = None, now: datetime | None = None
) -> dict[UUID, Load]:
    """How much of each member's capacity is taken; None: of all members. Who has nothing to do is left out."""
    rows = await tx.all(
        _Counted,
        """
        select w.member_id, w.work, count(*) as count
        from work_spans w
        where w.to_at is null and (%(members)s::uuid[] is null or w.member_id = any(%(members)s))
          and w.ticket_created_at > coalesce(
            %(now)s::timestamptz - make_interval(days => (select capacity_max_age_days from desk_settings)),
            '-infinity')
        group by w.member_id, w.work
        """,
        {"members": None if members is None else list(members), "now": now or clock.now()},
    )
    found: dict[UUID, Load] = {}
    for row in rows:
        found.setdefault(row.member_id, Load()).add(row.work, row.count)
    return found


async def state(tx: Transaction, ticket: UUID) -> State:
    """As it stands, not held. Raises NotFound."""
    return await tx.one(
        State,
        f"{STATES} where id = %s",
        (ticket,),
    )
