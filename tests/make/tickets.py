"""Tickets by hand, one at a time or thousands by one statement, and what reading them takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg.sql import Literal

from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.tickets import actions
from kanal.tickets.models import NewTicket


async def ticket(db: Database, account: int, subject: str = "Lamp", **more: Any) -> UUID:
    async with db.transaction(account) as tx:
        new = NewTicket(subject=subject, source="hand", at=clock.now(), **more)
        return (await actions.create(tx, new)).id


def fill(url: str, account: int, count: int, **columns: str) -> None:
    """Insert tickets numbered 1..count, one a minute; `columns` are SQL of `g`, the number, or of `s`, the statuses."""
    minute = "timestamptz '2026-01-01 00:00Z' + g * interval '1 minute'"
    given = {
        "status_id": "s.ids[1 + g % 4]",
        "is_open": "g % 4 <> 3",
        "created_at": minute,
        "last_message_at": minute,
        **columns,
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            f"""
            insert into tickets (account_id, id, number, subject, pipeline_id, source, updated_at,
                                 {", ".join(given)})
            select {account}, gen_random_uuid(), g, 'Subject ' || g, s.pipeline_id, 'hand', now(),
                   {", ".join(given.values())}
            from generate_series(1, {count}) g, (
              select pipeline_id, array_agg(id order by position) as ids from statuses
              where account_id = {account} group by 1
            ) s
            """.encode()
        )
        connection.execute("vacuum analyze tickets")


OFTEN = 6
"""Times, of which the server plans the first five anew."""


class Plan(msgspec.Struct):
    """What a statement read to answer."""

    returned: int
    rows_read: int
    scans: list[str]


async def plan(db: Database, account: int, sql: str, params: Mapping[str, Any], *off: str, kept: bool = False) -> Plan:
    """Run a statement as the application does and look at the scans of tickets that it took, without the ways that
    are `off`. `kept`: once it was asked so often that the server may have gone over to a plan for any values."""
    async with db.transaction(account) as tx:
        for way in off:
            await tx.run("select set_config(%s, 'off', true)", (way,))
        if kept:
            sql, params = await _prepared(tx, sql, params), {}
        [line] = await tx.dicts("explain (analyze, format json) " + sql, params)
        if kept:
            await tx.run("deallocate asked")
    [top] = line["QUERY PLAN"]
    nodes = list(_nodes(top["Plan"]))
    of_tickets = [node for node in nodes if node.get("Relation Name") == "tickets"]
    return Plan(
        returned=top["Plan"]["Actual Rows"],
        rows_read=sum(_read(node) for node in of_tickets),
        scans=[f"{node['Node Type']} {node.get('Index Name', '')}".strip() for node in of_tickets],
    )


async def _prepared(tx: Transaction, sql: str, params: Mapping[str, Any]) -> str:
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
    numbered = re.sub(r"%\((\w+)\)s", lambda name: f"${names.index(name[1]) + 1}", sql)
    await tx.run(f"prepare asked as {numbered}")
    values = ", ".join(Literal(params[name]).as_string(tx.connection) for name in names)
    asked = f"execute asked ({values})" if names else "execute asked"
    for _ in range(OFTEN):
        await tx.run(asked)
    return asked


def _nodes(node: dict[str, Any]) -> Any:
    yield node
    for child in node.get("Plans", []):
        yield from _nodes(child)


def _read(node: dict[str, Any]) -> int:
    loops = node["Actual Loops"]
    return int((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * loops)
