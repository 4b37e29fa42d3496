"""/views as programs and browsers meet it."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from kanal.properties import actions as properties
from kanal.properties.models import NewProperty, PropertyChange
from tests.make import roles
from tests.make.said import said
from tests.make.site import Site

VIEWS = "/api/v1/views"
TICKETS = "/api/v1/tickets"
HIGH = {"all": [{"field": "ticket.priority", "operator": "is", "value": "high"}]}


async def test_default_views_and_saved_ones_are_listed_and_counted(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    await agent.patch(f"{TICKETS}/1", json={"priority": "high"})
    answer = await agent.post(VIEWS, json={"name": "Urgent", "filter": HIGH, "sort": "waiting_since"})
    assert answer.status_code == 201, answer.text
    view = answer.json()
    assert (view["is_default"], view["shared_with"], view["owner"]["name"]) == (False, "me", "Ann Agent")
    listed = (await agent.get(VIEWS)).json()
    assert listed["next"] is None
    assert [each["key"] for each in listed["items"]][-1] == view["key"]
    found = (await agent.get(TICKETS, params={"view": view["key"]})).json()["items"]
    assert [(each["number"], each["following"], each["snoozed_until"]) for each in found] == [(1, False, None)]
    counts = (await agent.get(f"{VIEWS}/counts")).json()["items"]
    assert (counts[view["key"]], counts["open"]) == ({"n": 1, "capped": False},) * 2


async def test_each_default_view_can_be_saved_as_one_of_ones_own(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    for view in (await agent.get(VIEWS)).json()["items"]:
        if view["filter"]:
            made = await agent.post(VIEWS, json={"name": view["key"], "filter": view["filter"]})
            assert made.status_code == 201, made.text
            ours = await agent.get(TICKETS, params={"view": view["key"]})
            theirs = await agent.get(TICKETS, params={"view": made.json()["key"]})
            assert ours.json()["items"] == theirs.json()["items"], view["key"]


async def test_a_view_is_changed_deleted_and_taken_back(agent: httpx2.AsyncClient) -> None:
    key = (await agent.post(VIEWS, json={"name": "One"})).json()["key"]
    changed = await agent.patch(f"{VIEWS}/{key}", json={"name": "Two", "layout": "board", "version": 1})
    assert (changed.json()["name"], changed.json()["layout"], changed.json()["version"]) == ("Two", "board", 2)
    stale = await agent.patch(f"{VIEWS}/{key}", json={"name": "Three", "version": 1})
    assert (stale.status_code, stale.json()["type"], stale.json()["version"]) == (409, "/problems/view-changed", 2)
    assert (await agent.delete(f"{VIEWS}/{key}")).status_code == 204
    assert (await agent.get(f"{VIEWS}/{key}")).status_code == 404
    assert (await agent.post(f"{VIEWS}/{key}/restore")).json()["name"] == "Two"


async def test_views_stand_in_an_order_of_ones_own(agent: httpx2.AsyncClient) -> None:
    answer = await agent.put(f"{VIEWS}/order", json={"order": ["mine", "open"], "hidden": ["spam"]})
    assert [each["key"] for each in answer.json()["items"]][:3] == ["mine", "open", "unassigned"]
    assert [each["key"] for each in answer.json()["items"] if each["hidden"]] == ["spam"]
    own = (await agent.put(f"{VIEWS}/open/own", json={"layout": "table", "sort": "created_at"})).json()
    assert (own["layout"], own["sort"], own["columns"]) == ("table", "created_at", own["columns"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        (
            {"name": "x", "filter": {"all": [{"field": "ticket.priority", "operator": "is", "value": 7}]}},
            "filter.all.0.value",
        ),
        ({"name": "x", "columns": ["number", "x"]}, "columns.1"),
        ({"name": "x", "sort": "colour"}, "sort"),
        ({"name": "x", "shared_with": "everyone"}, "shared_with"),
        ({"name": "x", "shared_with": "teams"}, "teams"),
    ],
)
async def test_what_is_wrong_with_a_view_is_named(agent: httpx2.AsyncClient, body: dict[str, Any], field: str) -> None:
    answer = await agent.post(VIEWS, json=body)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_view_on_an_archived_property_is_refused_with_the_mend(site: Site, agent: httpx2.AsyncClient) -> None:
    async with site.db.transaction(site.account) as tx:
        colour = await properties.create(tx, NewProperty(object="ticket", label="Colour", type="text"), None)
    asked = {"field": "ticket.colour", "operator": "is_not", "value": "red"}
    key = (await agent.post(VIEWS, json={"name": "Not red", "filter": asked})).json()["key"]
    async with site.db.transaction(site.account) as tx:
        assert colour.id
        await properties.change(tx, colour.id, PropertyChange(archived=True), None)
    answer = await agent.get(TICKETS, params={"view": key})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/view-is-broken")
    [shown] = [each for each in (await agent.get(VIEWS)).json()["items"] if each["key"] == key]
    assert answer.json()["errors"] == shown["problems"]
    assert shown["problems"][0]["field"] == "filter.field"


async def test_a_filter_is_tried_before_it_is_saved(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    subject = {"field": "ticket.subject", "operator": "contains", "value": "LAMP"}
    assert (await agent.post(f"{VIEWS}/try", json={"filter": subject})).json() == {"n": 1, "capped": False}
    found = await agent.get(TICKETS, params={"view": "open", "filter": json.dumps({"not": subject})})
    assert found.json()["items"] == []
    for wrong in ("[]", "{", '{"field": "x"}'):
        answer = await agent.get(TICKETS, params={"filter": wrong})
        assert (answer.status_code, answer.json()["errors"][0]["field"].split(".")[0]) == (422, "filter")


async def test_what_filters_may_ask_is_told(agent: httpx2.AsyncClient) -> None:
    fields = (await agent.get("/api/v1/condition-fields", params={"for": "views"})).json()["items"]
    by_name = {each["field"]: each for each in fields}
    assert {each["group"] for each in fields} == {"ticket", "contact", "conversation", "channel"}
    assert by_name["ticket.assignee"]["options"][0]["value"] == "me"
    assert by_name["ticket.team"]["options"][0]["value"] == "mine"
    assert (by_name["ticket.created_at"]["relative"], by_name["ticket.number"]["relative"]) == (True, False)


async def test_deleted_tickets_are_listed_for_those_who_may_bring_them_back(site: Site) -> None:
    reader = await site.member("nora")
    await roles.give(site.db, site.account, reader, "all", ["read"])
    nora = await site.program("nora")
    assert "deleted" not in {each["key"] for each in (await nora.get(VIEWS)).json()["items"]}
    assert "deleted" not in (await nora.get(f"{VIEWS}/counts")).json()["items"]
    assert (await nora.get(TICKETS, params={"view": "deleted"})).status_code == 403
    agent = await site.program("ann")
    assert (await agent.get(TICKETS, params={"view": "deleted"})).status_code == 200
    for client in (nora, agent):
        await client.aclose()
