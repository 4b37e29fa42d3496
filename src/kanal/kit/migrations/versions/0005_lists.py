"""Which tickets stand in lists, which are active, what texts look like, views that people save: the statements in the
file of this name, and the looks of what is there already."""

import json

import psycopg
from alembic import op
from psycopg import sql

from kanal.kit.looks import look, looks
from kanal.kit.migrations import run_file_beside

revision = "0005"
down_revision = "0004"

TEXTS = (("tickets", "subject"), ("contacts", "name"), ("handles", "address"), ("conversations", "subject"))
CUSTOM = ("tickets", "contacts")
BATCH = 1_000


def upgrade() -> None:
    run_file_beside(__file__)
    connection = op.get_bind().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    for table, column in TEXTS:
        _fill(connection, table, column, f"{column}_look", look)
    for table in CUSTOM:
        _fill(connection, table, "custom", "custom_looks", lambda custom: json.dumps(looks(custom)))


def _fill(connection, table, column, into, made) -> None:  # type: ignore[no-untyped-def]  # values of any column
    """Of what is not ASCII alone."""
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column), "into": sql.Identifier(into)}
    chosen = sql.SQL(
        "select account_id, id, {column} from {table} where octet_length({column}::text) <> char_length({column}::text)"
    ).format(**names)
    saved = sql.SQL("update {table} set {into} = %s where account_id = %s and id = %s").format(**names)
    with connection.cursor(name="looks") as rows, connection.cursor() as writing:
        rows.execute(chosen)
        while batch := rows.fetchmany(BATCH):
            writing.executemany(saved, [(made(value), account, id_) for account, id_, value in batch])
