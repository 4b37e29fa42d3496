"""What a page costs those whose role shows their own or their teams' tickets only: a small account against a large one,
in which most tickets are other people's."""

from __future__ import annotations

from uuid import UUID

import psycopg

from kanal.accounts import actions as accounts
from kanal.cli.bench.asking import Place, times
from kanal.cli.bench.lists import PAGE, fill
from kanal.cli.bench.row import Row, below, median, p95
from kanal.kit.db import Database, Transaction
from kanal.kit.settings import Settings
from kanal.people import actions as people
from kanal.people import tokens
from kanal.people.models import Sees
from kanal.people.rules import SCOPES
from kanal.server.process import Process

VIEWERS: tuple[Sees, ...] = ("teams", "own")
MEMBERS = 40
TEAMS = 4


async def measure(url: str, settings: Settings, *, quick: bool) -> list[Row]:
    sizes = (2_000, 20_000) if quick else (10_000, 100_000)
    process = Process(settings, url, serve=True, work=False)
    await process.db.open()
    try:
        places = [place for size in sizes for place in await _account(process.db, url, size)]
        taken = await times(process.app(), places, 40 if quick else 200)
    finally:
        await process.db.close()
    return _rows(taken, sizes)


def _rows(taken: dict[str, list[float]], sizes: tuple[int, int]) -> list[Row]:
    rows = [below(what, p95(each), 15, "ms", f"median {median(each):.1f} ms", 1) for what, each in taken.items()]
    small, large = ([median(taken[_what(sees, kind, size)]) for sees, kind in _KINDS] for size in sizes)
    slower = max(many / few for few, many in zip(small, large, strict=True))
    what = "ticket list of a narrow role: large account against small"
    return [*rows, Row(what=what, measured=f"{slower:.2f} × at worst", limit="≤ 1.5 ×", ok=slower <= 1.5)]


_KINDS = [(sees, kind) for sees in VIEWERS for kind in ("all", "open")]


def _what(sees: Sees, kind: str, size: int) -> str:
    whose = "their teams'" if sees == "teams" else "their own"
    return f"ticket list of who sees {whose}, {kind}, of {size:,}"


async def _account(db: Database, url: str, size: int) -> list[Place]:
    """Every tenth ticket is nobody's; the others are spread over the members, one in four of a team."""
    async with db.transaction(None) as tx:
        account = (await accounts.create(tx, f"narrow-{size}", "Narrow")).id
    async with db.transaction(account) as tx:
        members = [await _member(tx, f"agent{number}@narrow-{size}.example") for number in range(MEMBERS)]
        for number in range(TEAMS):
            await people.create_team(tx, f"Team {number}", [each for each, _ in members[number::TEAMS]])
        bearers = {}
        for sees, (member, user) in zip(VIEWERS, members, strict=False):
            role = await people.create_role(tx, f"Sees {sees}", ["read"], sees, actor=None)
            await tx.run("update members set role = %s where id = %s", (role.key, member))
            bearers[sees] = await tokens.create(tx, user, "bench", SCOPES)
    fill(url, account, size)
    _spread(url, account)
    queries = {"all": {"limit": str(PAGE)}, "open": {"limit": str(PAGE), "status": "open"}}
    return [
        Place(what=_what(sees, kind, size), token=bearers[sees], query=queries[kind], items=PAGE)
        for sees, kind in _KINDS
    ]


async def _member(tx: Transaction, email: str) -> tuple[UUID, UUID]:
    user = await people.add_user(tx, email, "Agent", password_hash="!")  # noqa: S106 - nobody signs in by it
    return (await people.add_member(tx, user, "agent", has_seat=True)).id, user


def _spread(url: str, account: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            """
            with m as (
              select array_agg(id order by id) as ids from members where account_id = %(account)s
            ), given as (
              select t.id, m.ids[1 + t.number %% cardinality(m.ids)] as member from tickets t, m
              where t.account_id = %(account)s and t.number %% 10 <> 0
            )
            update tickets t set assignee_id = given.member, team_id = case when t.number %% 4 = 0 then tm.team_id end
            from given join team_members tm on tm.account_id = %(account)s and tm.member_id = given.member
            where t.account_id = %(account)s and t.id = given.id
            """,
            {"account": account},
        )
        connection.execute("vacuum analyze tickets, team_members, members")
