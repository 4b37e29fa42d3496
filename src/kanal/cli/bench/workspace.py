"""What an agent's screen asks for, 50 requests at once, in a small account beside a large one: default views at their
beginning and end, counts, a ticket with 200 messages, searches. The real application, called without a network
between; times are the server's own."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from typing import Any, LiteralString
from uuid import UUID

import msgspec
import psycopg

from kanal.accounts import actions as accounts
from kanal.cli.bench import asking, filling
from kanal.cli.bench.asking import Place
from kanal.cli.bench.lists import PAGE
from kanal.cli.bench.row import Row, below, median, p95
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.kit.settings import Settings
from kanal.people import actions as people
from kanal.people import tokens
from kanal.people.rules import SCOPES
from kanal.server.process import Process
from kanal.views import cursor, orders
from kanal.views.counts import WHICH
from kanal.views.questions import ask

SMALL = 10_000
AT_ONCE = 50
MEMBERS = 40
VIEWS = ("open", "unassigned", "mine", "waiting", "failed", "closed")
SEARCHES = {
    "a common word": filling.COMMON,
    "a rare word": "nr7001",
    "two words": f"{filling.COMMON} example",
    "of one sender": f"from:kund77 {filling.COMMON}",
}
FIRST_READ = "60"
"""Items of a timeline that the app reads when a ticket is opened."""
LIMIT = 60
"""Milliseconds, at the server, with fifty at once."""
SLOWER = 1.5


async def measure(url: str, settings: Settings, *, quick: bool) -> list[Row]:
    sizes = (SMALL, 100_000) if quick else (SMALL, 1_000_000)
    process = Process(settings, url, serve=True, work=False)
    await process.db.open()
    try:
        desks = [await _desk(process.db, size) for size in sizes]
        began = time.perf_counter()
        fill(url, desks)
        loaded = time.perf_counter() - began
        app = process.app()
        places = [place for desk in desks for place in await _places(process.db, desk)]
        alone = await _alone(app, places, 20 if quick else 60)
        crowded = await _at_once(app, places, 4 if quick else 12)
    finally:
        await process.db.close()
    return [_loading(desks, loaded), *_rows(alone, crowded, sizes)]


class Desk(msgspec.Struct, kw_only=True):
    account: int
    size: int
    token: str
    channel: UUID
    members: list[UUID]


async def _desk(db: Database, size: int) -> Desk:
    async with db.transaction(None) as tx:
        account = (await accounts.create(tx, f"desk-{size}", "Desk")).id
    async with db.transaction(account) as tx:
        user = await people.add_user(tx, f"agent@desk-{size}.example", "Agent")
        members = [(await people.add_member(tx, user, "admin", has_seat=True)).id]
        for number in range(1, MEMBERS):
            other = await people.add_user(tx, f"agent{number}@desk-{size}.example", f"Agent {number}")
            members.append((await people.add_member(tx, other, "agent", has_seat=True)).id)
        token = await tokens.create(tx, user, "bench", SCOPES)
    return Desk(account=account, size=size, token=token, channel=new_id(), members=members)


def fill(url: str, desks: list[Desk]) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for desk in desks:
            connection.execute(_CHANNEL, {"account": desk.account, "channel": desk.channel})
        with filling.without_indexes(connection):
            filling.texts(connection)
            for desk in desks:
                filling.fill(connection, desk.account, desk.channel, desk.members, desk.size)
        connection.execute("vacuum analyze")


_CHANNEL = """
    insert into channels (account_id, id, inbox_id, kind, name, settings, health_since, created_at)
    select %(account)s, %(channel)s, id, 'email', 'Support', '{"address": "support@desk.example"}', created_at,
           created_at
    from inboxes where account_id = %(account)s and kind = 'help_desk'
"""


async def _places(db: Database, desk: Desk) -> list[Place]:
    """Each with its name and size, in one order for every desk."""
    found = []

    def add(what: str, path: str, **query: str) -> Place:
        place = Place(what=f"{what}, {desk.size:,}", token=desk.token, path=f"/api/v1{path}", query=query)
        found.append(place)
        return place

    for view in VIEWS:
        add(f"{view}: first page", "/tickets", view=view, limit=str(PAGE))
        add(f"{view}: deepest page", "/tickets", view=view, limit=str(PAGE), after=await _end(db, desk, view))
    add("counts", "/views/counts")
    add("ticket", "/tickets/1")
    add(f"timeline of {filling.LONG}", "/tickets/1/timeline", limit=FIRST_READ)
    for what, words in SEARCHES.items():
        add(f"search, {what}", "/search", q=words)
    return found


async def _end(db: Database, desk: Desk, view: str) -> str:
    """The cursor of the view's last page."""
    async with db.transaction(desk.account) as tx:
        question = await ask(tx, desk.members[0], view=view)
        backwards: LiteralString = "waiting_since desc, id desc" if view == "waiting" else "last_message_at, id"
        [row] = await tx.dicts(
            f"""
            select id, coalesce(case when %(waiting)s then waiting_since end, last_message_at) as at from tickets t
            where t.listed and {WHICH[view]} order by {backwards} limit 1 offset %(page)s
            """,  # noqa: S608 - our own fragments
            {"viewer": desk.members[0], "waiting": view == "waiting", "page": PAGE},
        )
    return cursor.write(question, orders.Place(row["at"], row["id"]))


async def _alone(app: Any, places: list[Place], rounds: int) -> dict[str, list[float]]:
    return await asking.times(app, places, rounds)


async def _at_once(app: Any, places: list[Place], rounds: int) -> dict[str, list[float]]:
    """Fifty of the same at the same moment, each timed from that moment to its answer."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for place in places:
            taken[place.what] += await asyncio.gather(*(asking.ask(app, place) for _ in range(AT_ONCE)))
    return taken


def _loading(desks: list[Desk], seconds: float) -> Row:
    tickets = sum(desk.size for desk in desks)
    return Row(
        what=f"loading {tickets:,} tickets with {tickets * filling.EACH:,} messages, indexes and search included",
        measured=f"{seconds:.0f} s",
        against=f"{tickets / seconds:,.0f} tickets/s",
    )


def _rows(alone: dict[str, list[float]], crowded: dict[str, list[float]], sizes: tuple[int, int]) -> list[Row]:
    rows = []
    small, large = (f", {size:,}" for size in sizes)
    for what in alone:
        if not what.endswith(large):
            continue
        name = what.removesuffix(large)
        slower = median(alone[what]) / median(alone[name + small])
        against = f"alone {median(alone[what]):.1f} ms, {slower:.2f} × that of {sizes[0]:,}"
        row = below(f"{what}, {AT_ONCE} at once, p95", p95(crowded[what]), LIMIT, "ms", against, 1)
        row.ok = row.ok and slower <= SLOWER
        rows.append(row)
    return rows
