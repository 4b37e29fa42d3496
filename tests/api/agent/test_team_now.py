"""/team-now: who is there with what to do, what waits and why, in a fixed number of queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from kanal.kit import clock
from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from kanal.people import actions as people
from kanal.routing.models import Routing, Rule, Targets
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from kanal.views import team_now
from tests.make.people import caller
from tests.make.said import said
from tests.make.site import Site
from tests.make.statements import counted
from tests.make.tickets import fill


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    site = await Site(db, tmp_path).open()
    await site.member("ann")
    await site.member("lea", "admin", has_seat=False)
    return site


async def shown(site: Site) -> dict[str, Any]:
    async with caller(site, "lea") as lea:
        answer = await lea.get("team-now")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


async def waits(site: Site, why: str, rule: str | None = None, **more: Any) -> None:
    [fate] = await site.hear(said())
    now = clock.now()
    row = {"ticket_id": fate.ticket_id, "channel_id": site.channel, "rank": 2, "arrived_at": now, "queued_at": now}
    async with site.db.transaction(site.account) as tx:
        await tx.run("delete from queue where ticket_id = %s", (fate.ticket_id,))
        await tx.insert("queue", [row | {"why": why, "rule_id": rule} | more])


async def test_each_person_with_what_they_have_to_do(site: Site) -> None:
    [fate] = await site.hear(said())
    async with site.db.transaction(site.account) as tx:
        await tx.run("update members set capacity = '{\"total\": 5}' where id = %s", (site.members["ann"],))
        assert fate.ticket_id is not None
        await tickets.change(tx, fate.ticket_id, TicketChange(assignee_id=site.members["ann"]), None)
    [ann] = (await shown(site))["people"]
    assert ann["load"] == {"total": 1, "calling": 0, "messaging": 0, "email": 1}
    assert ann["capacity"] == {"total": 5}
    assert ann["oldest_unanswered"]["number"] == 1
    assert ann["availability"]["state"] == "available"
    assert ann["since"] == ann["availability"]["since"]


async def test_each_queue_with_its_length_and_why(site: Site) -> None:
    skill = new_id()
    async with site.db.transaction(site.account) as tx:
        team = await people.create_team(tx, "Lamps", [], actor=None)
        never = {"field": "message.subject", "operator": "is", "value": "never"}
        rule = Rule(id="r1", when=never, require_skills=[skill], to=Targets(teams=[team.id]))
        await tx.run("update channels set routing = %s", (document(Routing(assign="members", rules=[rule])),))
        category = {"id": new_id(), "name": "Languages", "position": 0, "created_at": clock.now()}
        await tx.insert("skill_categories", [category])
        row = {"id": skill, "category_id": category["id"], "name": "Finnish", "name_key": "finnish"}
        await tx.insert("skills", [row | {"created_at": clock.now()}])
    for _ in range(3):
        await waits(site, "nobody_available")
    await waits(site, "nobody_with_skills", "r1")
    now = await shown(site)
    [channel], [team_] = now["channels"], now["teams"]
    assert (channel["waiting"], channel["kind"]) == (4, "email")
    assert [(why["text"], why["count"], why["skills"]) for why in channel["why"]] == [
        ("nobody available", 3, []),
        ("nobody with Finnish", 1, ["Finnish"]),
    ]
    assert (team_["name"], team_["waiting"], team_["kind"]) == ("Lamps", 1, None)
    assert now["unassigned"] == 4
    assert channel["oldest_at"] < team_["oldest_at"]


async def test_k17_what_a_lead_may_not_see_is_not_counted(site: Site) -> None:
    await waits(site, "nobody_available")
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
        await tx.run("update roles set sees = 'channels' where key = 'admin'")
    now = await shown(site)
    assert (now["channels"], now["unassigned"]) == ([], 0)


async def test_only_who_manages_members_hears_of_failed_mails(site: Site) -> None:
    async with caller(site, "chief", "super_admin") as chief:
        assert (await chief.get("team-now")).json()["failed_mails"] == 0
    assert (await shown(site))["failed_mails"] is None


async def test_five_hundred_people_take_as_many_statements_as_one(site: Site, database_url: str) -> None:
    few = await _statements(site)
    _crowd(database_url, site.account, 500)
    fill(
        database_url,
        site.account,
        5_000,
        channel_id=f"'{site.channel}'::uuid",
        waiting_since="timestamptz '2026-01-01 00:00Z' + g * interval '1 minute'",
        assignee_id=f"(select (array_agg(id))[1 + g % 500] from members where account_id = {site.account})",
    )
    assert len(await _statements(site)) == len(few)


async def test_the_oldest_unanswered_is_one_step_on_an_index(site: Site, database_url: str) -> None:
    _crowd(database_url, site.account, 50)
    fill(
        database_url,
        site.account,
        20_000,
        channel_id=f"'{site.channel}'::uuid",
        is_open="true",
        waiting_since="timestamptz '2026-01-01 00:00Z' + g * interval '1 minute'",
        assignee_id=f"(select (array_agg(id))[1 + g % 50] from members where account_id = {site.account})",
    )
    async with site.db.transaction(site.account) as tx:
        with counted(tx) as ran:
            work = await team_now.people(tx, site.members["lea"])
        assert sum(each.oldest_unanswered is not None for each in work.values()) >= 49
        [sql] = [each for each in ran if "cross join lateral" in each and "waiting_since" in each]
        members = list(work)
        [line] = await tx.dicts(
            "explain (analyze, format json) " + sql, {"members": members, "hidden": [], "viewer": site.members["lea"]}
        )
    plan = str(line)
    assert "tickets_unanswered" in plan
    assert "Seq Scan" not in plan


async def _statements(site: Site) -> list[str]:
    async with site.db.transaction(site.account) as tx:
        with counted(tx) as ran:
            await team_now.people(tx, site.members["lea"])
            await team_now.queues(tx, site.members["lea"])
    return ran


def _crowd(url: str, account: int, count: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            f"""
            with u as (
              insert into users (id, email, name, created_at)
              select gen_random_uuid(), 'p' || g || '@x.example', 'P' || g, now() from generate_series(1, {count}) g
              returning id
            )
            insert into members (account_id, id, user_id, role, has_seat, created_at, joined_at)
            select {account}, gen_random_uuid(), id, 'agent', true, now(), now() from u
            """.encode()
        )
        connection.execute("analyze members")
