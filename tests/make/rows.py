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
        """,
        (table,),
    ).fetchall()
    values = {name: SAMPLES[type_] for name, type_ in columns} | {"account_id": account}
    for column, value in CHOICES.items():
        if column in values:
            values[column] = value[table] if isinstance(value, dict) else value
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
}
CHOICES: dict[str, Any] = {
    "direction": "in",
    "kind": {"inboxes": "conversations", "channels": "email", "notices": "assigned"},
    "mode": "reply",
    "role": {"members": "agent", "participants": "cc"},
    "source": "hand",
    "why": "after_closed",
    "is_default": False,
}
