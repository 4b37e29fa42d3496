"""What a page of the ticket list costs at its beginning and at its end, in a small account and a large one: the real
application, called without a network between."""

from __future__ import annotations

import psycopg

from kanal.accounts import actions as accounts
from kanal.cli.bench.asking import Place, times
from kanal.cli.bench.row import Row, below, median, p95
from kanal.kit.db import Database
from kanal.kit.settings import Settings
from kanal.people import actions as people
from kanal.people import tokens
from kanal.people.rules import SCOPES
from kanal.server.process import Process
from kanal.views import cursor
from kanal.views.questions import Question

PAGE = 50
MINUTE = "timestamptz '2026-01-01 00:00Z' + g * interval '1 minute'"


async def measure(url: str, settings: Settings, *, quick: bool) -> list[Row]:
    sizes = (2_000, 20_000) if quick else (10_000, 100_000)
    process = Process(settings, url, serve=True, work=False)
    await process.db.open()
    try:
        places = [place for size in sizes for place in await _account(process.db, url, size)]
        taken = await times(process.app(), places, 40 if quick else 200)
    finally:
        await process.db.close()
    return _rows(taken)


def _rows(taken: dict[str, list[float]]) -> list[Row]:
    middle = {what: median(each) for what, each in taken.items()}
    first, deepest, first_of_many, deepest_of_many = middle.values()
    slower = max(deepest / first, deepest_of_many / first_of_many, first_of_many / first, deepest_of_many / deepest)
    return [
        *(
            below(f"ticket list, {what}, p95", p95(each), 15, "ms", f"median {middle[what]:.1f} ms", 1)
            for what, each in taken.items()
        ),
        Row(
            what="ticket list: deepest page against first, large account against small",
            measured=f"{slower:.2f} × at worst",
            limit="≤ 1.5 ×",
            ok=slower <= 1.5,
        ),
    ]


async def _account(db: Database, url: str, size: int) -> list[Place]:
    """An account with so many tickets; its first page and its last."""
    async with db.transaction(None) as tx:
        account = (await accounts.create(tx, f"tickets-{size}", "Tickets")).id
    async with db.transaction(account) as tx:
        user = await people.add_user(tx, f"agent@tickets-{size}.example", "Agent")
        await people.add_member(tx, user, "admin", has_seat=True)
        token = await tokens.create(tx, user, "bench", SCOPES)
    fill(url, account, size)
    async with db.transaction(account) as tx:
        [row] = await tx.dicts(
            "select last_message_at, id from tickets order by last_message_at, id limit 1 offset %s", (PAGE,)
        )
    end = cursor.write(Question(), cursor.Position(row["last_message_at"], row["id"]))
    return [
        Place(what=f"first page of {size:,}", token=token, query={"limit": str(PAGE)}, items=PAGE),
        Place(what=f"deepest page of {size:,}", token=token, query={"limit": str(PAGE), "after": end}, items=PAGE),
    ]


def fill(url: str, account: int, count: int) -> None:
    """Tickets one a minute, each of a contact with an address; one in four is closed."""
    with psycopg.connect(url, autocommit=True) as connection:
        given = {"account": account, "count": count}
        connection.execute(_CONTACTS.encode(), given)
        connection.execute(_HANDLES.encode(), given)
        connection.execute(_TICKETS.encode(), given)
        connection.execute("vacuum analyze tickets, contacts, handles")


_CONTACTS = f"""
    insert into contacts (account_id, id, name, created_at, updated_at)
    select %(account)s, md5(%(account)s || ' contact ' || g)::uuid, 'Kund ' || g, {MINUTE}, {MINUTE}
    from generate_series(0, 1999) g
"""  # noqa: S608 - our own text
_HANDLES = """
    insert into handles (account_id, id, contact_id, space, key, address, created_at)
    select account_id, id, id, 'email', lower(name), lower(name) || '@firma.example', created_at
    from contacts where account_id = %(account)s
"""
_TICKETS = f"""
    insert into tickets (account_id, id, number, subject, contact_id, pipeline_id, status_id, is_open, source, snippet,
                         last_direction, created_at, updated_at, last_message_at)
    select %(account)s, gen_random_uuid(), g, 'Mail ' || g, md5(%(account)s || ' contact ' || g %% 2000)::uuid,
           s.pipeline_id, s.ids[1 + g %% 4], g %% 4 <> 3, 'message', repeat('What the mail says, shortened. ', 4), 'in',
           {MINUTE}, {MINUTE}, {MINUTE}
    from generate_series(1, %(count)s) g, (
      select pipeline_id, array_agg(id order by position) as ids from statuses where account_id = %(account)s group by 1
    ) s
"""  # noqa: S608 - our own text
