"""Changed rules over what came in: the desk of then, and what would have gone elsewhere."""

from __future__ import annotations

from typing import Any

from kanal.kit import clock
from kanal.kit.ids import new_id
from kanal.routing.simulation.jobs import Simulator
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.routing.simulation.conftest import Past


async def test_the_same_rules_find_what_happened(past: Past) -> None:
    rules = await past.rules("ana", "bo")
    await past.hear(3)
    await past.set("ana", "away")
    await past.hear(2)
    found = await past.simulate(rules)
    assert (found["tickets"], found["elsewhere"], found["missing_history"]) == (5, 0, 0)
    assert (found["compared"], found["reproduced"]) == (5, 5)
    assert found["by_member"]["ana"][0] + found["by_member"]["bo"][0] == 5
    assert all(before == after for before, after in found["by_member"].values())


async def test_changed_rules_say_what_would_have_gone_elsewhere(past: Past) -> None:
    await past.rules("ana")
    await past.hear(3)
    found = await past.simulate(past.to("ana", "bo"))
    assert (found["elsewhere"], found["by_member"]) == (1, {"ana": (3, 2), "bo": (0, 1)})
    assert found["changes"] == [(1, "ana", "bo")]


async def test_what_goes_elsewhere_counts_there_from_then_on(past: Past) -> None:
    await past.rules("ana")
    await past.limit("bo", 3)
    await past.hear(4)
    await past.age(1)
    await past.limit("bo", 2)
    await past.hear(1)
    found = await past.simulate(past.to("bo"))
    assert found["by_member"] == {"ana": (5, 0), "bo": (0, 3)}
    assert [change[2] for change in reversed(found["changes"])] == ["bo", "bo", "bo", None, None]
    assert (found["unassigned_before"], found["unassigned_after"]) == (0, 2)


async def test_it_stops_counting_when_it_really_did(past: Past) -> None:
    await past.rules("ana")
    await past.limit("bo", 1)
    await past.hear(2)
    async with past.site.db.transaction(past.site.account) as tx:
        for ticket in past.tickets:
            await tickets.change(tx, ticket, TicketChange(status_key="closed"), None)
    await past.hear(1)
    found = await past.simulate(past.to("bo"))
    assert [change[2] for change in reversed(found["changes"])] == ["bo", None, "bo"]


async def test_who_was_there_and_what_they_could_is_as_it_was(past: Past) -> None:
    skill = await _skill(past)
    await past.rules("ana")
    await past.set("bo", "away")
    await past.hear(1)
    await past.set("bo", "available")
    await past.hear(1)
    await past.change(
        "bo",
        "insert into member_skills select account_id, id, %s, 'main' from members where id = %s",
        skill,
    )
    await past.hear(1)
    await past.change("bo", "update members set has_seat = false where id = %s")
    await past.hear(1)
    asks = past.to("bo", rules=[{"id": "1", "require_skills": [str(skill)]}])
    assert [change[2] for change in reversed((await past.simulate(past.to("bo")))["changes"])] == [
        None,
        "bo",
        "bo",
        None,
    ]
    assert [change[2] for change in reversed((await past.simulate(asks))["changes"])] == [None, None, "bo", None]


async def test_rules_of_then_are_those_that_were_in_force(past: Past) -> None:
    await past.rules("ana")
    await past.hear(1)
    await past.rules("bo", rules=[{"id": "1", "when": _text("late"), "to": past.to("ana")["to"]}])
    await past.hear(1)
    await past.hear(1, text="I am late")
    found = await past.simulate(past.to("ana"))
    assert (found["compared"], found["reproduced"], found["changes"]) == (3, 3, [(1, "bo", "ana")])


async def test_what_came_before_the_history_is_told_and_not_drawn(past: Past) -> None:
    await past.rules("ana")
    await past.hear(2)
    async with past.site.db.transaction(past.site.account) as tx:
        await tx.run("update tickets set created_at = created_at - interval '3 days'")
        await tx.run("delete from routing_decisions")
    await past.hear(1)
    found = await past.simulate(past.to("bo"))
    assert (found["tickets"], found["missing_history"], found["by_member"]) == (3, 2, {"ana": (1, 0), "bo": (0, 1)})


async def test_what_is_older_than_thirty_days_is_left_out(past: Past) -> None:
    await past.rules("ana")
    await past.hear(2)
    await past.age(31)
    await past.hear(1)
    found = await past.simulate(past.to("ana", "bo"))
    assert (found["tickets"], found["by_member"]) == (1, {"ana": (1, 0), "bo": (0, 1)})


async def test_teams_are_counted_too(past: Past) -> None:
    async with past.site.db.transaction(past.site.account) as tx:
        team = new_id()
        await tx.insert("teams", [{"id": team, "name": "Lamps", "created_at": clock.now()}])
    await past.change("bo", "insert into team_members select account_id, %s, id from members where id = %s", team)
    await past.rules("ana")
    await past.hear(2)
    found = await past.simulate({"assign": "members", "to": {"users": [], "teams": [str(team)]}})
    assert found["by_member"] == {"ana": (2, 0), "bo": (0, 2)}
    assert found["by_team"] == [{"id": str(team), "before": 0, "after": 2}]


async def test_one_that_is_cancelled_stops(past: Past) -> None:
    await past.rules("ana")
    await past.hear(1)
    simulation = await past.ask(past.to("bo"))
    admin = await past.site.program("ada", "admin")
    path = f"/api/v1/simulations/{simulation}"
    again = await admin.post(f"/api/v1/channels/{past.site.channel}/simulations", json={"routing": past.to("bo")})
    assert (again.status_code, again.json()["simulation_id"]) == (409, str(simulation))
    assert (await admin.delete(path)).status_code == 204
    await Simulator(past.site.db).run_once()
    assert (await admin.get(path)).json()["state"] == "cancelled"


async def test_one_that_was_left_behind_is_taken_up_anew_and_one_under_way_is_not(past: Past) -> None:
    await past.rules("ana")
    await past.hear(1)
    simulation = await past.ask(past.to("bo"))
    async with past.site.db.transaction(past.site.account) as tx:
        await tx.run("update simulations set state = 'running', done = 7, total = 9")
    async with past.site.db.transaction(past.site.account) as worker:
        await worker.lock(f"simulation/{simulation}")
        await Simulator(past.site.db).run_once()
        assert (await past.found(simulation)).done == 7
    await Simulator(past.site.db).run_once()
    found = await past.found(simulation)
    assert (found.state, found.done, found.total) == ("done", 1, 1)


async def test_the_api_lays_names_and_subjects_beside(past: Past) -> None:
    await past.rules("ana")
    await past.hear(1, text="Lamp")
    admin = await past.site.program("ada", "admin")
    made = await admin.post(f"/api/v1/channels/{past.site.channel}/simulations", json={"routing": past.to("bo")})
    assert made.status_code == 202
    await Simulator(past.site.db).run_once()
    found = (await admin.get(f"/api/v1/simulations/{made.json()['id']}")).json()
    assert (found["state"], found["done"], found["total"]) == ("done", 1, 1)
    [change] = found["result"]["changes"]
    assert (change["subject"], change["before"], change["after"]) == ("Lamp 0", "Ana Agent", "Bo Agent")
    assert [each["name"] for each in found["result"]["by_member"]] == ["Ana Agent", "Bo Agent"]
    async with past.site.db.transaction(past.site.account) as tx:
        told = await tx.values("select data from events where name = 'simulation.progressed' order by seq")
    assert [(each["done"], each["total"]) for each in told] == [(0, 1), (1, 1), (1, 1)]


async def test_rules_that_cannot_be_are_refused_with_the_field(past: Past) -> None:
    admin = await past.site.program("ada", "admin")
    wrong = {"rules": [{"when": {"field": "ticket.nonsense", "operator": "is", "value": "x"}}]}
    answer = await admin.post(f"/api/v1/channels/{past.site.channel}/simulations", json={"routing": wrong})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "routing.rules.0.when.field"


def _text(word: str) -> dict[str, Any]:
    return {"field": "message.text", "operator": "contains", "value": word}


async def _skill(past: Past) -> Any:
    async with past.site.db.transaction(past.site.account) as tx:
        category, skill, now = new_id(), new_id(), clock.now()
        await tx.insert("skill_categories", [{"id": category, "name": "x", "position": 0, "created_at": now}])
        row = {"id": skill, "category_id": category, "name": "Finnish", "name_key": "finnish", "created_at": now}
        await tx.insert("skills", [row])
    return skill
