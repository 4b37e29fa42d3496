"""Reading rules and their log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from kanal.automation.models import Action, AutomationRun, Did, Outcome, Rule, Trigger
from kanal.kit.db import NotFound, Transaction
from kanal.views.cursor import Position

_RULES: LiteralString = """
  select id, channel_id, position, name, active, trigger, condition, actions, created_at, updated_at, active_since
  from automation_rules
"""


class _Rule(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID
    position: int
    name: str
    active: bool
    trigger: Trigger
    condition: dict[str, Any]
    actions: list[Any]
    created_at: datetime
    updated_at: datetime
    active_since: datetime


class LastRun(msgspec.Struct, kw_only=True):
    """When a rule last did something, or tried to."""

    rule_id: UUID
    at: datetime
    outcome: Outcome


async def rule(tx: Transaction, wanted: UUID, *, deleted: bool = False) -> Rule:
    """One rule, held until the end of the transaction; raises NotFound. With `deleted` one that was deleted."""
    row = await tx.maybe(
        _Rule, _RULES + " where id = %s and (deleted_at is not null) = %s for update", (wanted, deleted)
    )
    if row is None:
        raise NotFound("rule")
    return _whole(row)


async def of_channel(tx: Transaction, channel: UUID) -> list[Rule]:
    """In their order."""
    rows = await tx.all(
        _Rule, _RULES + " where channel_id = %s and deleted_at is null order by position, id", (channel,)
    )
    return [_whole(row) for row in rows]


async def active(tx: Transaction) -> dict[tuple[UUID, Trigger], list[Rule]]:
    """By channel and trigger, in their order. Rules of deleted channels rest."""
    rows = await tx.all(
        _Rule,
        _RULES
        + """
        where active and deleted_at is null
          and exists (select from channels c where c.id = channel_id and c.deleted_at is null)
        order by position, id
        """,
    )
    found: dict[tuple[UUID, Trigger], list[Rule]] = {}
    for row in rows:
        found.setdefault((row.channel_id, row.trigger), []).append(_whole(row))
    return found


async def last_runs(tx: Transaction, rules: Collection[UUID]) -> dict[UUID, LastRun]:
    """Those in which the condition held."""
    rows = await tx.all(
        LastRun,
        """
        select n.id as rule_id, r.at, r.outcome from unnest(%s::uuid[]) as n (id) cross join lateral (
          select at, outcome from automation_runs
          where rule_id = n.id and outcome <> 'not_met' order by at desc, id desc limit 1) r
        """,
        (list(rules),),
    )
    return {row.rule_id: row for row in rows}


class _Run(msgspec.Struct, kw_only=True):
    id: UUID
    rule_id: UUID
    rule_name: str
    rule_deleted: bool
    ticket_id: UUID
    ticket_number: int
    trigger: Trigger
    outcome: Outcome
    why: str
    did: list[Any]
    depth: int
    at: datetime


async def runs(
    tx: Transaction,
    channel: UUID,
    *,
    rule: UUID | None = None,
    ticket: int | None = None,
    outcome: Outcome | None = None,
    after: Position | None = None,
    most: int,
) -> list[AutomationRun]:
    """The log of a channel's rules, newest first; `ticket` is a number."""
    rows = await tx.all(
        _Run,
        """
        select n.id, r.id as rule_id, r.name as rule_name, r.deleted_at is not null as rule_deleted, n.ticket_id,
               t.number as ticket_number, r.trigger, n.outcome, n.why, n.did, n.depth, n.at
        from automation_rules r
        cross join lateral (
          select * from automation_runs n
          where n.rule_id = r.id
            and (%(ticket)s::bigint is null or n.ticket_id = (select id from tickets where number = %(ticket)s))
            and (%(outcome)s::text is null or n.outcome = %(outcome)s)
            and (%(at)s::timestamptz is null or (n.at, n.id) < (%(at)s, %(id)s))
          order by n.at desc, n.id desc limit %(most)s
        ) n
        join tickets t on t.id = n.ticket_id
        where r.channel_id = %(channel)s and (%(rule)s::uuid is null or r.id = %(rule)s)
        order by n.at desc, n.id desc limit %(most)s
        """,
        {
            "channel": channel,
            "rule": rule,
            "ticket": ticket,
            "outcome": outcome,
            "at": after.at if after else None,
            "id": after.id if after else None,
            "most": most,
        },
    )
    return [
        AutomationRun(
            did=msgspec.convert(row.did, list[Did]),
            **{f: getattr(row, f) for f in _Run.__struct_fields__ if f != "did"},
        )
        for row in rows
    ]


async def acted_since(tx: Transaction, ticket: UUID, since: datetime, seq: int) -> int:
    """On how many events, but for that one, rules did something to a ticket."""
    return int(
        await tx.value(
            """
            select count(distinct event_seq) from automation_runs
            where ticket_id = %s and at > %s and outcome = 'done' and event_seq <> %s
            """,
            (ticket, since, seq),
        )
    )


async def has_run(tx: Transaction, rule: UUID, seq: int) -> bool:
    return bool(await tx.value("select true from automation_runs where rule_id = %s and event_seq = %s", (rule, seq)))


async def channels_of(tx: Transaction, tickets: Collection[UUID]) -> dict[UUID, UUID]:
    """On which channel each of these tickets began; those that are spam are left out."""
    rows = await tx.dicts(
        """
        select id, channel_id from tickets
        where id = any(%s) and channel_id is not null and spam_at is null
        """,
        (list(tickets),),
    )
    return {row["id"]: row["channel_id"] for row in rows}


def _whole(row: _Rule) -> Rule:
    return Rule(
        actions=msgspec.convert(row.actions, list[Action]),
        **{field: getattr(row, field) for field in _Rule.__struct_fields__ if field != "actions"},
    )
