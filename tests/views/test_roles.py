"""What a role shows of the open channels (`all`, `channels`, `teams`, `own`): the same in lists, counts and single
tickets, and at the price of what is shown."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import UUID

import pytest

from kanal.kit import clock
from kanal.kit.ids import new_id
from kanal.people.models import Sees
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from kanal.views import tickets, visible
from kanal.views.counts import counts as count
from kanal.views.counts import rows
from kanal.views.orders import Place
from kanal.views.questions import ask
from tests.make import accounts, roles
from tests.make.tickets import fill, plan, ticket
from tests.views.conftest import Desk

QUESTIONS: list[dict[str, Any]] = [
    {},
    {"status": ["open"]},
    {"status": ["closed"]},
    {"status": ["new", "waiting_on_us"]},
    {"status": ["open", "closed"], "assignee": "none"},
    {"status": ["open"], "assignee": "none"},
    {"assignee": "me"},
    {"team": ["mine"]},
    {"failed": True},
    {"sort": "last_message_at"},
    {"sort": "-created_at"},
]


@pytest.fixture
async def teams(desk: Desk) -> dict[str, UUID]:
    """The agent is in `ours` with Mats, and only looks on in `extra`; Olga is of another team, Eddy extra in ours."""
    people = {n: await accounts.member(desk.db, desk.account, f"{n}@x.example") for n in ("mats", "olga", "eddy")}
    found = {"ours": await desk.team("Ours", desk.agent, people["mats"], people["eddy"])}
    found["theirs"] = await desk.team("Theirs", people["olga"])
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update team_members set is_main = false where member_id = %s", (people["eddy"],))
    return found | people


def _fill(desk: Desk, teams: dict[str, UUID], count: int) -> None:
    """Every combination of team and assignee, many times over, some on a channel."""
    people = [teams["mats"], teams["olga"], teams["eddy"], desk.agent]
    given = [f"'{each}'::uuid" for each in people]
    fill(
        desk.url,
        desk.account,
        count,
        assignee_id=f"(array[null, {', '.join(given)}])[1 + g % 5]",
        team_id=f"(array[null, '{teams['ours']}'::uuid, '{teams['theirs']}'::uuid])[1 + g / 5 % 3]",
        channel_id=f"case when g % 7 = 0 then '{desk.channel}'::uuid end",
        has_failed_reply="g % 11 = 0",
    )


@pytest.mark.parametrize(("sees", "shown"), [("own", {"mine"}), ("teams", {"mine", "mate's", "team's", "nobody's"})])
async def test_a_role_shows_so_much(desk: Desk, teams: dict[str, UUID], sees: Sees, shown: set[str]) -> None:
    await roles.give(desk.db, desk.account, desk.agent, sees)
    made = {
        "mine": TicketChange(assignee_id=desk.agent),
        "mate's": TicketChange(assignee_id=teams["mats"]),
        "extra's": TicketChange(assignee_id=teams["eddy"]),
        "team's": TicketChange(team_id=teams["ours"]),
        "nobody's": TicketChange(priority="high"),
        "other team's": TicketChange(team_id=teams["theirs"]),
        "other's": TicketChange(assignee_id=teams["olga"]),
    }
    ids = {name: await ticket(desk.db, desk.account, name) for name in made}
    async with desk.db.transaction(desk.account) as tx:
        for name, change in made.items():
            await actions.change(tx, ids[name], change, None)
        assert {name for name in ids if await visible.ticket_id(tx, desk.agent, ids[name])} == shown
        assert (await count(tx, desk.agent))["open"].n == len(shown)
    assert {each.subject for each in await desk.list()} == shown


@pytest.mark.parametrize("sees", ["all", "channels", "teams", "own"])
async def test_lists_and_counts_show_what_single_tickets_do(desk: Desk, teams: dict[str, UUID], sees: Sees) -> None:
    _fill(desk, teams, 150)
    await desk.open_to(desk.channel, teams["theirs"])
    await roles.give(desk.db, desk.account, desk.agent, sees)
    async with desk.db.transaction(desk.account) as tx:
        who = await visible.viewer(tx, desk.agent)
        rows = await tx.dicts("select id, channel_id, team_id, assignee_id, is_open from tickets")
        seen = {r["id"]: r for r in rows if who.may_see(r["channel_id"], r["team_id"], r["assignee_id"])}
        assert {r["id"] for r in rows if await visible.ticket_id(tx, desk.agent, r["id"])} == set(seen)
        for asked in QUESTIONS:
            question = await ask(tx, desk.agent, **asked)
            everything = (await tickets.page(tx, None, question, limit=200)).items
            assert [t.id for t in everything if t.id in seen] == await _walk(tx, desk.agent, question), asked
        counts = await count(tx, desk.agent)
    assert counts["open"].n == sum(r["is_open"] for r in seen.values())
    assert counts["closed"].n == sum(not r["is_open"] for r in seen.values())
    assert counts["unassigned"].n == sum(r["is_open"] and not r["assignee_id"] for r in seen.values())
    assert counts["mine"].n == sum(r["is_open"] and r["assignee_id"] == desk.agent for r in seen.values())


async def _walk(tx: Any, member: UUID, question: Any) -> list[UUID]:
    """The whole list, seven at a time."""
    found: list[UUID] = []
    after = None
    while True:
        page = await tickets.page(tx, member, question, after=after, limit=7)
        found += [item.id for item in page.items]
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("sees", ["teams", "own"])
@pytest.mark.parametrize("kept", [False, True])
async def test_a_narrow_list_reads_little_more_than_it_shows(
    desk: Desk, teams: dict[str, UUID], sees: Sees, kept: bool
) -> None:
    """Most tickets are other people's; five lanes at most are read for one page."""
    people = [*["null"] * 2, f"'{desk.agent}'::uuid", f"'{teams['mats']}'::uuid"]
    fill(
        desk.url,
        desk.account,
        8000,
        is_open="g % 3 > 0",
        assignee_id=f"case when g % 50 < 4 then (array[{', '.join(people)}])[1 + g % 50] else '{teams['olga']}' end",
        team_id=f"case when g % 50 = 0 then '{teams['ours']}'::uuid when g % 50 > 3 then '{teams['theirs']}' end",
    )
    await roles.give(desk.db, desk.account, desk.agent, sees)
    async with desk.db.transaction(desk.account) as tx:
        who = await visible.viewer(tx, desk.agent)
        asked = [await ask(tx, desk.agent, **each) for each in QUESTIONS[:-1] if "failed" not in each]
    start = Place(clock.now(), new_id())
    for question, place in product(asked, (None, start)):
        if question.sort == "last_message_at" and place:
            continue
        sql, params = tickets.statement(who, question, place, 51)
        found = await plan(desk.db, desk.account, sql, params, kept=kept)
        assert found.returned > 0 or sees == "own", question
        assert found.rows_read <= 12 * 51, (question, found)
        assert all("Seq Scan" not in scan for scan in found.scans), (question, found)


async def test_few_closed_among_very_many_of_ones_own_are_found_in_the_index(desk: Desk) -> None:
    mine = f"(case when g % 8 = 0 then '{desk.agent}' else '{desk.admin}' end)::uuid"
    fill(desk.url, desk.account, 8000, assignee_id=mine, is_open="g > 24")
    await roles.give(desk.db, desk.account, desk.agent, "own")
    async with desk.db.transaction(desk.account) as tx:
        who = await visible.viewer(tx, desk.agent)
        question = await ask(tx, desk.agent, status=["closed"])
    sql, params = tickets.statement(who, question, None, 51)
    found = await plan(desk.db, desk.account, sql, params, "enable_seqscan", "enable_bitmapscan")
    assert found.returned == 3
    assert "Index Only Scan tickets_assignee" in found.scans


async def test_counts_of_a_narrow_role_are_answered_from_indexes(desk: Desk, teams: dict[str, UUID]) -> None:
    _fill(desk, teams, 6000)
    await roles.give(desk.db, desk.account, desk.agent, "teams")
    async with desk.db.transaction(desk.account) as tx:
        who = await visible.viewer(tx, desk.agent)
    for key in ("open", "closed"):
        sql = f"select count(*) from ({rows(who, key)} limit %(most)s) c"
        found = await plan(
            desk.db, desk.account, sql, {**who.params, "most": 200}, "enable_seqscan", "enable_bitmapscan"
        )
        assert all(scan.startswith("Index Only Scan") for scan in found.scans), found
