"""A large account in a hurry: tickets with conversations and messages of many words, put in without indexes, which are
built once afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import sql

TABLES = ("contacts", "handles", "tickets", "conversations", "messages", "search_entries", "ticket_followers")
"""What is filled; their indexes are dropped and built again."""
EACH = 4
"""Messages of a ticket."""
LONG = 200
"""Messages of ticket 1."""
TEXTS = 20_000
VOCABULARY = 8_000
COMMON = "lampa"
"""A word of every third message."""


@contextmanager
def without_indexes(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Neither indexes nor triggers while the block runs; what keeps rows unique stays."""
    found = connection.execute(
        """
        select i.indexname, i.indexdef from pg_indexes i
        where i.schemaname = 'public' and i.tablename = any(%s)
          and not exists (select from pg_constraint c where c.conname = i.indexname)
        """,
        (list(TABLES),),
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    connection.execute("set session_replication_role = replica")
    connection.execute("set synchronous_commit = off")
    connection.execute("set maintenance_work_mem = '1GB'")
    connection.execute("set max_parallel_maintenance_workers = 2")
    yield
    for _, definition in found:
        connection.execute(definition.encode())
    connection.execute("reset session_replication_role")


def texts(connection: psycopg.Connection[Any]) -> None:
    """What messages say, in a table of their own: words as often as in a language, some of them everywhere, and the
    search entry of each made once."""
    chance = random.Random(1)  # noqa: S311 - the same text in every run
    words = [
        COMMON,
        *("".join(chance.choices("abdefgiklmnoprstuvåäö", k=chance.randint(3, 10))) for _ in range(VOCABULARY)),
    ]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    connection.execute("create temp table said (n integer primary key, text text not null, entry tsvector)")
    with connection.cursor().copy("copy said (n, text) from stdin") as copy:
        for number in range(TEXTS):
            text = " ".join(chance.choices(words, weights, k=chance.randint(12, 50)))
            copy.write_row((number, f"{COMMON} {text}" if number % 3 == 0 else text))


def fill(connection: psycopg.Connection[Any], account: int, channel: UUID, members: list[UUID], count: int) -> None:
    """Tickets one a minute, each of a contact with an address and with four messages; every fourth is closed, every
    tenth nobody's."""
    given = {
        "account": account,
        "count": count,
        "channel": channel,
        "members": members,
        "texts": TEXTS,
        "long": LONG,
        "each": EACH,
    }
    for statement in STATEMENTS:
        connection.execute(statement.encode(), given)


def _id(sort: str, number: LiteralString) -> LiteralString:
    """Ids in the order of time, as ours are, so that keys grow at their end."""
    digit: dict[str, LiteralString] = {"contact": "1", "ticket": "2", "conversation": "3", "message": "4"}
    made = f"'-000{digit[sort]}-7000-8000-' || lpad(to_hex(({number})::bigint), 12, '0')"
    return f"(lpad(to_hex(%(account)s::int), 8, '0') || {made})::uuid"


MINUTE: LiteralString = "timestamptz '2024-01-01 00:00Z' + g * interval '1 minute'"
MESSAGES: LiteralString = "(case when g = 1 then %(long)s else %(each)s end)"
NUMBER: LiteralString = "(g::bigint * 1000 + m)"
STATEMENTS: tuple[LiteralString, ...] = (
    f"""
    insert into contacts (account_id, id, name, created_at, updated_at)
    select %(account)s, {_id("contact", "g")}, 'Kund ' || g, {MINUTE}, {MINUTE} from generate_series(0, 19999) g
    """,  # noqa: S608 - our own text
    """
    insert into handles (account_id, id, contact_id, space, key, address, created_at)
    select account_id, id, id, 'email', lower(replace(name, ' ', '')),
           lower(replace(name, ' ', '')) || '@firma.example', created_at
    from contacts where account_id = %(account)s
    """,
    f"""
    insert into tickets (account_id, id, number, subject, contact_id, pipeline_id, status_id, is_open, source, snippet,
                         last_direction, created_at, updated_at, last_message_at, closed_at, waiting_since, channel_id,
                         assignee_id, has_failed_reply, version)
    select %(account)s, {_id("ticket", "g")}, g, left(said.text, 60), {_id("contact", "g %% 20000")},
           s.pipeline_id, s.ids[1 + g %% 4], g %% 4 <> 3, 'message', left(said.text, 160),
           'in', {MINUTE}, {MINUTE}, {MINUTE}, case when g %% 4 = 3 then {MINUTE} end,
           case when g %% 4 in (0, 1) then {MINUTE} end, %(channel)s,
           case when g %% 10 <> 0 then (%(members)s::uuid[])[1 + g / 7 %% cardinality(%(members)s::uuid[])] end,
           g %% 50 = 0, 4
    from generate_series(1, %(count)s) g
    join said on said.n = g %% %(texts)s
    cross join (
      select pipeline_id, array_agg(id order by position) as ids from statuses where account_id = %(account)s group by 1
    ) s
    """,  # noqa: S608 - our own text
    f"""
    insert into conversations (account_id, id, inbox_id, channel_id, ticket_id, contact_id, subject, subject_key, state,
                               created_at, last_message_at, last_in_at)
    select %(account)s, {_id("conversation", "g")}, ch.inbox_id, %(channel)s, {_id("ticket", "g")},
           {_id("contact", "g %% 20000")}, left(said.text, 60), left(said.text, 60),
           case when g %% 4 = 3 then 'closed' else 'open' end, {MINUTE}, {MINUTE}, {MINUTE}
    from generate_series(1, %(count)s) g
    join said on said.n = g %% %(texts)s
    join channels ch on ch.account_id = %(account)s and ch.id = %(channel)s
    """,  # noqa: S608 - our own text
    f"""
    insert into messages (account_id, id, conversation_id, channel_id, direction, contact_id, space, from_key,
                          from_address, from_name, recipients, subject, body_text, external_id, created_at)
    select %(account)s, {_id("message", NUMBER)}, {_id("conversation", "g")}, %(channel)s, 'in',
           {_id("contact", "g %% 20000")}, 'email', 'kund' || g %% 20000, 'kund' || g %% 20000 || '@firma.example',
           'Kund ' || g %% 20000, '[]', left(said.text, 60), said.text || ' nr' || {NUMBER}, {NUMBER}::text,
           {MINUTE} - (%(each)s - m) * interval '1 minute'
    from generate_series(1, %(count)s) g
    cross join lateral generate_series(1, {MESSAGES}) m
    join said on said.n = (g * 7 + m) %% %(texts)s
    """,  # noqa: S608 - our own text
)
