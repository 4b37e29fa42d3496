"""The statements on the queue's rows. Tickets are locked with `skip locked` throughout: whoever takes a message in
holds its tickets and waits for the routing lock, so that waiting for a ticket under that lock would wait for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.routing.models import Waiting
from kanal.routing.rules import RANKS

COLUMNS: LiteralString = """
  q.ticket_id, q.channel_id, q.rank, q.arrived_at, q.queued_at, q.why, q.rule_id, q.was_member_id, q.owner_id,
  q.owner_until, q.fewer_skills_at, q.too_long_at, t.team_id, t.contact_id
"""
FEWER: LiteralString = "coalesce(q.fewer_skills_at <= %(now)s, false)"
ALIKE: LiteralString = f"q.channel_id, q.rule_id, q.owner_id, q.why, {FEWER}"
"""What rows have in common for which the answer is the same."""


class Head(Waiting, kw_only=True):
    """The row of those that wait alike that moves first: of those that wait for an owner, the one that waits least."""

    fewer: bool
    alike: int
    """How many they are."""


class NewReason(msgspec.Struct, kw_only=True):
    """Why all rows like this one wait now."""

    head: Head
    why: str
    rule: str | None
    board_id: UUID | None
    since: str
    owner: str | None


async def heads(tx: Transaction, now: datetime) -> list[Head]:
    """What is snoozed keeps its place and is passed over."""
    return await tx.all(
        Head,
        f"""
        select distinct on ({ALIKE}) {COLUMNS}, {FEWER} as fewer, count(*) over (partition by {ALIKE}) as alike
        from queue q join tickets t on t.id = q.ticket_id
        where coalesce(t.snoozed_until is null, false)
        order by {ALIKE}, q.owner_until, q.rank, q.arrived_at, q.ticket_id
        """,  # noqa: S608 - our own fragments
        {"now": now},
    )


async def next_of(tx: Transaction, alike: Sequence[Head], now: datetime, most: int) -> list[Waiting]:
    """The first in the queue that wait like one of these, held until the end of the transaction. Each one's ticket is
    looked up by its id: the index of tickets that nobody has would be walked anew for every row."""
    return await tx.all(
        Waiting,
        f"""
        select {COLUMNS}
        from queue q
        join tickets t on t.id = q.ticket_id
        join unnest(%(channels)s::uuid[], %(rules)s::text[], %(owners)s::uuid[], %(whys)s::text[], %(fewer)s::bool[])
          as g (channel_id, rule_id, owner_id, why, fewer)
          on g.channel_id = q.channel_id and g.rule_id is not distinct from q.rule_id
            and g.owner_id is not distinct from q.owner_id and g.why = q.why and g.fewer = {FEWER}
        where coalesce(t.assignee_id is null and t.is_active, false)
        order by q.rank, q.arrived_at, q.ticket_id
        limit %(most)s
        for no key update of t skip locked
        """,  # noqa: S608 - our own fragments
        {**_alike(alike), "now": now, "most": most},
    )


async def wait_on(tx: Transaction, now: datetime, reasons: Sequence[NewReason]) -> None:
    """Note in the queue, and as a decision of each ticket, why rows go on waiting."""
    await tx.run(
        f"""
        with changed as (
          select q.ticket_id, q.channel_id, q.was_member_id, g.now_why, g.rule, g.board_id, g.since, g.owner
          from queue q
          join tickets t on t.id = q.ticket_id
          join unnest(%(channels)s::uuid[], %(rules)s::text[], %(owners)s::uuid[], %(whys)s::text[],
                      %(fewer)s::bool[], %(now_whys)s::text[], %(refs)s::text[], %(boards)s::uuid[],
                      %(since)s::text[], %(entries)s::text[])
            as g (channel_id, rule_id, owner_id, why, fewer, now_why, rule, board_id, since, owner)
            on g.channel_id = q.channel_id and g.rule_id is not distinct from q.rule_id
              and g.owner_id is not distinct from q.owner_id and g.why = q.why and g.fewer = {FEWER}
          for key share of t skip locked
        ), noted as (
          update queue q set why = c.now_why from changed c where c.ticket_id = q.ticket_id
        )
        insert into routing_decisions (account_id, id, ticket_id, channel_id, cause, outcome, why, rule, was_member_id,
                                       board_id, since_board, owner, at)
        select %(account)s, gen_random_uuid(), ticket_id, channel_id, 'queue', 'waiting', now_why, rule::jsonb,
               was_member_id, board_id, since::jsonb, owner::jsonb, %(now)s
        from changed
        """,  # noqa: S608 - our own fragments
        {
            **_alike([reason.head for reason in reasons]),
            "account": tx.account,
            "now": now,
            "now_whys": [reason.why for reason in reasons],
            "refs": [reason.rule for reason in reasons],
            "boards": [reason.board_id for reason in reasons],
            "since": [reason.since for reason in reasons],
            "entries": [reason.owner for reason in reasons],
        },
    )


async def leave(tx: Transaction) -> list[tuple[UUID, UUID]]:
    """Take out what no longer waits; ticket and channel of each."""
    gone = await tx.dicts(
        """
        delete from queue q using tickets t
        where t.id = q.ticket_id and (t.assignee_id is not null or not t.is_open)
        returning q.ticket_id, q.channel_id
        """
    )
    return [(row["ticket_id"], row["channel_id"]) for row in gone]


async def rerank(tx: Transaction) -> None:
    await tx.run(
        """
        update queue q set rank = r.rank
        from tickets t join unnest(%s::text[], %s::smallint[]) as r (priority, rank) on r.priority = t.priority
        where t.id = q.ticket_id and q.rank <> r.rank
        """,
        (list(RANKS), list(RANKS.values())),
    )


async def late(tx: Transaction, now: datetime) -> list[tuple[UUID, UUID]]:
    """What has waited too long and nobody was told of; ticket and channel of each, once."""
    told = await tx.dicts(
        """
        update queue q set told_at = %(now)s from tickets t
        where q.too_long_at <= %(now)s and q.told_at is null and t.id = q.ticket_id and t.snoozed_until is null
        returning q.ticket_id, q.channel_id
        """,
        {"now": now},
    )
    return [(row["ticket_id"], row["channel_id"]) for row in told]


def _alike(heads: Sequence[Head]) -> dict[str, list[Any]]:
    return {
        "channels": [head.channel_id for head in heads],
        "rules": [head.rule_id for head in heads],
        "owners": [head.owner_id for head in heads],
        "whys": [head.why for head in heads],
        "fewer": [head.fewer for head in heads],
    }
