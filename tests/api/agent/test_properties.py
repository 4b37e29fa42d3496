"""Custom properties over the API: made, filled, changed, archived, asked about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.make.site import Site

PROPERTIES = "/api/v1/properties"
LAMP = {
    "object": "ticket",
    "label": "Lamp",
    "type": "select",
    "options": [{"value": "", "label": "Floor lamp"}, {"value": "desk", "label": "Desk lamp"}],
}


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with await site.program("olle", "admin") as client:
        yield client


async def made(admin: httpx2.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await admin.post(PROPERTIES, json={**LAMP, **given})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def custom(client: httpx2.AsyncClient) -> list[dict[str, Any]]:
    items = (await client.get(PROPERTIES)).json()["items"]
    return [item for item in items if not item["builtin"]]


async def test_built_in_properties_are_listed_first(agent: httpx2.AsyncClient) -> None:
    items = (await agent.get(PROPERTIES, params={"object": "ticket"})).json()["items"]
    assert [item["key"] for item in items][:4] == ["subject", "pipeline", "status", "priority"]
    assert {item["object"] for item in items} == {"ticket"}
    by_key = {item["key"]: [option["label"] for option in item["options"]] for item in items}
    assert by_key["pipeline"] == ["Support pipeline"]
    assert by_key["status"] == ["New", "Waiting on contact", "Waiting on us", "Closed"]
    assert all(item["builtin"] and item["id"] is None for item in items)


async def test_a_property_is_made_with_key_and_option_values_of_its_own(admin: httpx2.AsyncClient) -> None:
    property_ = await made(admin)
    assert (property_["key"], property_["position"], property_["archived"]) == ("lamp", 0, False)
    assert [option["value"] for option in property_["options"]] == ["floor_lamp", "desk"]
    assert await custom(admin) == [property_]
    assert (await made(admin, label="Lamp!"))["key"] == "lamp_2"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"label": " "}, "label"),
        ({"key": "priority"}, "key"),
        ({"options": []}, "options"),
        ({"type": "text"}, "options"),
        ({"type": "colour"}, "type"),
        ({"limits": {"min": 1}}, "limits.min"),
        ({"limits": {"most": 1}}, "limits.most"),
        ({"object": "company"}, "object"),
    ],
)
async def test_what_is_wrong_with_a_property_is_named(
    admin: httpx2.AsyncClient, given: dict[str, Any], field: str
) -> None:
    answer = await admin.post(PROPERTIES, json={**LAMP, **given})
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_an_option_in_use_is_archived_and_one_that_is_not_goes(site: Site, admin: httpx2.AsyncClient) -> None:
    property_ = await made(admin)
    ticket = (await admin.post("/api/v1/tickets", json={"subject": "x"})).json()
    await admin.patch(f"/api/v1/tickets/{ticket['id']}", json={"custom": {"lamp": "desk"}})
    new = {"options": [{"value": "", "label": "Ceiling lamp"}]}
    changed = (await admin.patch(f"{PROPERTIES}/{property_['id']}", json=new)).json()
    assert [(option["value"], option["archived"]) for option in changed["options"]] == [
        ("ceiling_lamp", False),
        ("desk", True),
    ]


async def test_properties_are_put_in_order(admin: httpx2.AsyncClient) -> None:
    for label in ("One", "Two", "Three"):
        last = await made(admin, label=label)
    assert (await admin.patch(f"{PROPERTIES}/{last['id']}", json={"position": 0})).json()["position"] == 0
    assert [item["label"] for item in await custom(admin)] == ["Three", "One", "Two"]
    answer = await admin.patch(f"{PROPERTIES}/{last['id']}", json={"position": 3})
    assert answer.json()["errors"][0]["field"] == "position"


async def test_archiving_keeps_the_values_and_tells_how_many(site: Site, admin: httpx2.AsyncClient) -> None:
    property_ = await made(admin)
    ticket = (await admin.post("/api/v1/tickets", json={"subject": "x", "custom": {"lamp": "desk"}})).json()
    assert (await admin.delete(f"{PROPERTIES}/{property_['id']}")).json() == {"kept": 1}
    refused = await admin.patch(f"/api/v1/tickets/{ticket['id']}", json={"custom": {"lamp": "floor_lamp"}})
    assert refused.json()["errors"] == [
        {"field": "custom.lamp", "message": "the property is archived; restore it first"}
    ]
    await admin.patch(f"{PROPERTIES}/{property_['id']}", json={"archived": False})
    assert (await admin.get(f"/api/v1/tickets/{ticket['id']}")).json()["custom"] == {"lamp": "desk"}


async def test_two_that_can_be_filled_are_never_called_the_same(admin: httpx2.AsyncClient) -> None:
    first = await made(admin)
    await made(admin, object="contact")
    again = await admin.post(PROPERTIES, json={**LAMP, "label": " LAMP "})
    assert again.json()["errors"] == [{"field": "label", "message": "another property is called the same"}]
    await admin.delete(f"{PROPERTIES}/{first['id']}")
    await made(admin)
    back = await admin.patch(f"{PROPERTIES}/{first['id']}", json={"archived": False})
    assert back.json()["errors"][0]["field"] == "label"
    renamed = await admin.patch(f"{PROPERTIES}/{first['id']}", json={"archived": False, "label": "Old lamp"})
    assert (renamed.json()["archived"], renamed.json()["key"]) == (False, "lamp")


async def test_a_property_that_is_not_there_is_not_found(admin: httpx2.AsyncClient) -> None:
    for method in ("PATCH", "DELETE"):
        assert (await admin.request(method, f"{PROPERTIES}/{uuid4()}", json={"label": "x"})).status_code == 404


async def test_conditions_may_ask_about_own_properties_too(admin: httpx2.AsyncClient) -> None:
    await made(admin)
    gone = await made(admin, label="Gone")
    await admin.delete(f"{PROPERTIES}/{gone['id']}")
    answer = await admin.get("/api/v1/condition-fields", params={"for": "routing"})
    items = {item["field"]: item for item in answer.json()["items"]}
    assert items["ticket.lamp"]["operators"][:3] == ["is", "is_not", "is_any_of"]
    assert [option["label"] for option in items["ticket.lamp"]["options"]] == ["Floor lamp", "Desk lamp"]
    assert items["ticket.status"]["options"][0]["value"] == "new"
    assert items["ticket.team"]["options"] == []
    assert [option["label"] for option in items["contact.owner"]["options"]] == ["Olle Admin"]
    assert items["message.to"]["type"] == "list"
    assert "ticket.gone" not in items


async def test_k21_what_is_told_of_a_property_has_no_words(site: Site, admin: httpx2.AsyncClient) -> None:
    property_ = await made(admin)
    async with site.db.transaction(site.account) as tx:
        data = await tx.values("select data from events where name = 'property.changed'")
    assert data == [{"property_id": property_["id"], "object": "ticket", "key": "lamp", "fields": ["created"]}]
