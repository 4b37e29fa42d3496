"""One row in any table, made up from its catalogue, for tests that have to hold for every table."""

from __future__ import annotations

from typing import Any

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]


def put(connection: Connection, table: str, account: int) -> None:
    """Made up from the columns' types, with references and checks switched off for this one transaction."""
    columns = connection.execute(
        """
        select column_name, data_type from information_schema.columns
        where table_schema = 'public' and table_name = %s and is_nullable = 'NO' and column_default is null
          and is_generated = 'NEVER'
        """,
        (table,),
    ).fetchall()
    values = {name: SAMPLES[type_] for name, type_ in columns} | _first_choices(connection, table)
    values |= {"account_id": account} | CHOICES.get(table, {})
    connection.execute("set local session_replication_role = replica")
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    connection.execute(
        f"insert into {table} ({names}) values ({marks}) on conflict do nothing",
        list(values.values()),
    )


SAMPLES: dict[str, Any] = {
    "uuid": "00000000-0000-7000-8000-000000000001",
    "text": "x",
    "integer": 1,
    "bigint": 1,
    "boolean": True,
    "jsonb": "{}",
    "bytea": b"x",
    "timestamp with time zone": "2026-01-01T00:00:00Z",
    "date": "2026-01-01",
    "smallint": 1,
    "tsvector": "x",
    "ARRAY": [],
}
CHOICES: dict[str, dict[str, Any]] = {
    "inboxes": {"kind": "conversations"},  # there is one help desk already
    "channels": {"kind": "email"},
    "pipelines": {"is_default": False},
    "comments": {"ticket_id": SAMPLES["uuid"]},  # on a ticket or on a conversation
    "out_of_office": {"to_at": "2026-01-02T00:00:00Z"},
}


def _first_choices(connection: Connection, table: str) -> dict[str, str]:
    """The first of the values that a check allows in a column that has to be given one."""
    checks = connection.execute(
        """
        select a.attname, substring(pg_get_constraintdef(c.oid) from %s)
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
        where c.contype = 'c' and c.conrelid = %s::regclass and a.attnotnull and not a.atthasdef
        """,
        (r"ARRAY\['([^']*)'", table),
    ).fetchall()
    return {column: first for column, first in checks if first is not None}
