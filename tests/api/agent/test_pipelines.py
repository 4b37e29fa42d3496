"""Pipelines over the API: made, changed, deleted, and the rules that people's changes keep to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from kanal.tickets.pipelines import actions as pipelines
from tests.make.meanwhile import meanwhile
from tests.make.said import said
from tests.make.site import Site

PIPELINES = "/api/v1/pipelines"
TICKETS = "/api/v1/tickets"
ORDERS = {
    "name": "Orders",
    "statuses": [
        {"name": "Received", "on_agent_reply": "packed"},
        {"name": "Packed", "may_start": False, "on_customer_message": "received"},
        {"name": "Sent", "may_start": False, "counts": False},
        {"name": "Done", "is_closed": True, "may_start": False},
    ],
}


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with await site.program("olle", "admin") as client:
        yield client


async def made(admin: httpx2.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await admin.post(PIPELINES, json={**ORDERS, **given})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def ticket(client: httpx2.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await client.post(TICKETS, json={"subject": "Lamp", **given})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


async def names(client: httpx2.AsyncClient) -> list[str]:
    return [item["name"] for item in (await client.get(PIPELINES)).json()["items"]]


async def test_pipe_1_a_pipeline_starts_with_the_four_statuses_unless_it_says_more(admin: httpx2.AsyncClient) -> None:
    first = (await admin.get(PIPELINES)).json()["items"][0]
    plain = (await admin.post(PIPELINES, json={"name": "More"})).json()
    assert [s["key"] for s in plain["statuses"]] == ["new", "waiting_on_contact", "waiting_on_us", "closed"]
    assert (first["is_default"], plain["is_default"], plain["position"]) == (True, False, 1)
    own = await made(admin)
    received, packed, sent, done = own["statuses"]
    assert (received["on_agent_reply"], packed["on_customer_message"]) == (packed["id"], received["id"])
    assert [s["counts"] for s in own["statuses"]] == [True, True, False, False]
    assert (sent["position"], done["is_closed"], done["tickets"]) == (2, True, 0)


async def test_how_many_tickets_a_status_has_is_for_those_who_edit_it(
    admin: httpx2.AsyncClient, agent: httpx2.AsyncClient
) -> None:
    await ticket(agent)
    for client, tickets in ((admin, 1), (agent, None)):
        assert (await client.get(PIPELINES)).json()["items"][0]["statuses"][0]["tickets"] == tickets


async def test_pipelines_are_renamed_put_in_order_and_made_the_default(admin: httpx2.AsyncClient) -> None:
    orders = f"{PIPELINES}/{(await made(admin))['id']}"
    changed = (await admin.patch(orders, json={"name": "Shop orders", "position": 0, "is_default": True})).json()
    assert (changed["name"], changed["position"], changed["is_default"]) == ("Shop orders", 0, True)
    assert await names(admin) == ["Shop orders", "Support pipeline"]
    assert (await ticket(admin))["pipeline"]["name"] == "Shop orders"
    assert refused(await admin.patch(orders, json={"is_default": False})) == ["is_default"]
    assert refused(await admin.patch(orders, json={"position": 2})) == ["position"]
    assert refused(await admin.patch(orders, json={"grace_days": -1})) == ["grace_days"]
    assert refused(await admin.patch(orders, json={"name": "support PIPELINE"})) == ["name"]


async def test_a_status_that_has_tickets_goes_only_when_they_have_a_place(
    site: Site, admin: httpx2.AsyncClient
) -> None:
    own = await made(admin)
    path, (received, packed, sent, done) = f"{PIPELINES}/{own['id']}", own["statuses"]
    lamp = await ticket(admin, pipeline=own["id"], status="received")
    keeping = {
        "statuses": [{**_given(s), "may_start": True, "on_customer_message": None} for s in (packed, sent, done)]
    }
    assert refused(await admin.patch(path, json=keeping)) == [f"move_to.{received['id']}"]
    answer = await admin.patch(path, json={**keeping, "move_to": {received["id"]: "packed"}})
    assert [(s["key"], s["tickets"]) for s in answer.json()["statuses"]] == [("packed", 1), ("sent", 0), ("done", 0)]
    moved = (await admin.get(f"{TICKETS}/{lamp['id']}")).json()
    assert moved["status"]["key"] == "packed"
    async with site.db.transaction(site.account) as tx:
        told = await tx.values("select data->>'to' from events where name = 'ticket.status_changed'")
    assert told == [packed["id"]]


async def test_a_status_that_closes_from_now_on_closes_its_tickets(admin: httpx2.AsyncClient) -> None:
    own = await made(admin)
    lamp = await ticket(admin, pipeline=own["id"])
    statuses = [_given(s) for s in own["statuses"]]
    statuses[0]["is_closed"], statuses[1]["may_start"], statuses[1]["on_customer_message"] = True, True, None
    for is_closed in (True, False):
        statuses[0]["is_closed"] = is_closed
        await admin.patch(f"{PIPELINES}/{own['id']}", json={"statuses": statuses})
        found = (await admin.get(f"{TICKETS}/{lamp['id']}")).json()
        assert (found["status"]["is_closed"], found["closed_at"] is not None) == (is_closed, is_closed)
    assert (await admin.get("/api/v1/views/counts")).json()["items"]["open"]["n"] == 1


async def test_a_pipeline_is_deleted_and_its_tickets_move(admin: httpx2.AsyncClient) -> None:
    own = await made(admin)
    path = f"{PIPELINES}/{own['id']}"
    support = (await admin.get(PIPELINES)).json()["items"][0]
    lamp = await ticket(admin, pipeline=own["id"])
    for move_to, field in [
        (None, "move_to"),
        ({"pipeline": own["id"], "status": "sent"}, "move_to.pipeline"),
        ({"pipeline": support["id"], "status": "sent"}, "move_to.status"),
    ]:
        assert refused(await admin.request("DELETE", path, json={"move_to": move_to})) == [field]
    target = {"pipeline": support["id"], "status": "waiting_on_us"}
    assert (await admin.request("DELETE", path, json={"move_to": target})).status_code == 204
    found = (await admin.get(f"{TICKETS}/{lamp['id']}")).json()
    assert (found["pipeline"]["name"], found["status"]["key"]) == ("Support pipeline", "waiting_on_us")
    assert await names(admin) == ["Support pipeline"]


async def test_a_ticket_that_goes_to_a_pipeline_just_being_deleted_stays_where_it_was(
    site: Site, admin: httpx2.AsyncClient
) -> None:
    pipeline, waiting = await made(admin), await ticket(admin)
    moving = admin.patch(f"{TICKETS}/{waiting['number']}", json={"pipeline": pipeline["id"]})
    async with meanwhile(site.db, site.account, moving) as first:
        await pipelines.delete(first.tx, UUID(pipeline["id"]), None, None)
    answer = first.came_of_it
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")
    assert (await admin.get(f"{TICKETS}/{waiting['number']}")).json()["status"] == waiting["status"]


async def test_the_default_pipeline_stays(admin: httpx2.AsyncClient) -> None:
    support = (await admin.get(PIPELINES)).json()["items"][0]
    assert refused(await admin.request("DELETE", f"{PIPELINES}/{support['id']}", json={})) == ["pipeline"]
    assert (await admin.patch(f"{PIPELINES}/{uuid4()}", json={"name": "x"})).status_code == 404


async def test_pipe_2_people_begin_where_the_pipeline_lets_them(
    site: Site, admin: httpx2.AsyncClient, agent: httpx2.AsyncClient
) -> None:
    own = await made(admin)
    body = {"subject": "x", "pipeline": own["id"], "status": "sent"}
    for client in (agent, admin):
        assert refused(await client.post(TICKETS, json=body)) == ["status"]
    async with await site.program("chief", "super_admin") as chief:
        assert (await chief.post(TICKETS, json=body)).status_code == 201
    assert (await ticket(agent, pipeline=own["id"]))["status"]["key"] == "received"


async def test_pipe_2_people_skip_nothing_and_go_back_nowhere(
    site: Site, admin: httpx2.AsyncClient, agent: httpx2.AsyncClient
) -> None:
    own = await made(admin, no_skipping=True, no_backwards=True)
    path = f"{TICKETS}/{(await ticket(agent, pipeline=own['id']))['id']}"
    answer = await agent.patch(path, json={"status": "sent"})
    assert refused(answer) == ["status"]
    assert "after Received comes Packed" in answer.json()["errors"][0]["message"]
    assert (await agent.patch(path, json={"status": "packed"})).status_code == 200
    assert refused(await admin.patch(path, json={"status": "received"})) == ["status"]
    assert (await agent.patch(path, json={"status": "received"})).status_code == 200, "their own slip of a moment ago"
    async with await site.program("chief", "super_admin") as chief:
        assert (await chief.patch(path, json={"status": "done"})).json()["status"]["key"] == "done"


async def test_pipe_2_a_reply_that_sets_a_status_keeps_the_rules_too(site: Site, agent: httpx2.AsyncClient) -> None:
    async with await site.program("olle", "admin") as admin:
        support = (await admin.get(PIPELINES)).json()["items"][0]
        await admin.patch(f"{PIPELINES}/{support['id']}", json={"no_skipping": True})
    await site.hear(said())
    reply = {"text": "Done", "status": "closed", "seen_version": 1}
    assert refused(await agent.post(f"{TICKETS}/1/replies", json=reply)) == ["status"]
    assert (await agent.get(f"{TICKETS}/1")).json()["last_direction"] == "in"
    await agent.post(f"{TICKETS}/1/replies", json={**reply, "status": "waiting_on_contact"})
    assert (await agent.get(f"{TICKETS}/1")).json()["status"]["key"] == "waiting_on_contact"


async def test_undoing_a_reply_turns_back_what_the_rules_would_not_allow(site: Site, agent: httpx2.AsyncClient) -> None:
    async with await site.program("olle", "admin") as admin:
        support = (await admin.get(PIPELINES)).json()["items"][0]
        await admin.patch(f"{PIPELINES}/{support['id']}", json={"no_backwards": True})
    await site.hear(said())
    sent = (await agent.post(f"{TICKETS}/1/replies", json={"text": "Done", "seen_version": 1})).json()
    assert (await agent.get(f"{TICKETS}/1")).json()["status"]["key"] == "waiting_on_contact"
    assert (await agent.delete(f"/api/v1/messages/{sent['id']}")).status_code == 204
    assert (await agent.get(f"{TICKETS}/1")).json()["status"]["key"] == "new"


async def test_pipe_2_what_the_desk_does_by_itself_is_not_held(site: Site, admin: httpx2.AsyncClient) -> None:
    own = await made(admin, no_skipping=True, no_backwards=True)
    await admin.patch(f"{PIPELINES}/{own['id']}", json={"is_default": True})
    await site.hear(said(external_id="a@k.example"))
    async with await site.program("chief", "super_admin") as chief:
        await chief.patch(f"{TICKETS}/1", json={"status": "done"})
    await site.hear(said("again", in_reply_to="a@k.example"))
    assert (await admin.get(f"{TICKETS}/1")).json()["status"]["key"] == "received"


async def test_pipe_3_a_customers_message_turns_a_status_of_ones_own(site: Site, admin: httpx2.AsyncClient) -> None:
    own = await made(admin)
    await site.hear(said(external_id="a@k.example"))
    await admin.patch(f"{TICKETS}/1", json={"pipeline": own["id"]})
    assert (await admin.patch(f"{TICKETS}/1", json={"status": "packed"})).json()["status"]["key"] == "packed"
    await site.hear(said("more", in_reply_to="a@k.example"))
    assert (await admin.get(f"{TICKETS}/1")).json()["status"]["key"] == "received"


async def test_a_ticket_changes_pipelines(site: Site, admin: httpx2.AsyncClient, agent: httpx2.AsyncClient) -> None:
    own = await made(admin)
    path = f"{TICKETS}/{(await ticket(agent))['id']}"
    assert refused(await agent.patch(path, json={"pipeline": str(uuid4())})) == ["pipeline"]
    assert refused(await agent.patch(path, json={"pipeline": own["id"], "status": "packed"})) == ["status"]
    changed = (await agent.patch(path, json={"pipeline": own["id"]})).json()
    assert (changed["pipeline"]["name"], changed["status"]["key"]) == ("Orders", "received")
    async with site.db.transaction(site.account) as tx:
        told = await tx.values("select data from events where name = 'ticket.changed'")
    assert told == [{"fields": ["pipeline"]}]


async def test_tickets_are_listed_by_pipeline(admin: httpx2.AsyncClient) -> None:
    own = await made(admin)
    for pipeline in (own["id"], None):
        await ticket(admin, subject="own" if pipeline else "support", pipeline=pipeline)

    async def listed(**query: Any) -> list[str]:
        answer = await admin.get(TICKETS, params=query)
        assert answer.status_code == 200, answer.text
        return [item["subject"] for item in answer.json()["items"]]

    assert await listed() == ["support", "own"]
    assert await listed(pipeline=own["id"]) == ["own"]
    assert await listed(pipeline=own["id"], status="open") == ["own"]
    assert await listed(pipeline=own["id"], status="sent") == []
    assert await listed(status=["new", "received"]) == ["support", "own"]
    assert refused(await admin.get(TICKETS, params={"pipeline": str(uuid4())})) == ["pipeline"]
    assert refused(await admin.get(TICKETS, params={"pipeline": own["id"], "status": "new"})) == ["status"]


async def test_a_status_that_counts_no_more_frees_capacity(site: Site, admin: httpx2.AsyncClient) -> None:
    await site.hear(said())
    await admin.patch(f"{TICKETS}/1", json={"assignee": "me"})

    async def load() -> int:
        async with site.db.transaction(site.account) as tx:
            return int(await tx.value("select count(*) from work_spans where to_at is null"))

    support = (await admin.get(PIPELINES)).json()["items"][0]
    statuses = [_given(s) for s in support["statuses"]]
    for counts in (True, False, True):
        statuses[0]["counts"] = counts
        await admin.patch(f"{PIPELINES}/{support['id']}", json={"statuses": statuses})
        assert await load() == int(counts)


def _given(status: dict[str, Any]) -> dict[str, Any]:
    """A status as it came, to be sent back."""
    return {name: value for name, value in status.items() if name not in ("position", "tickets", "key")}
