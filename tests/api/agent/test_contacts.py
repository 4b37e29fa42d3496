"""/contacts: one person, their name, and what is held about them."""

from __future__ import annotations

from uuid import uuid4

import httpx2

from kanal.properties import actions as properties
from kanal.properties.models import NewProperty
from tests.make.said import said
from tests.make.site import Site

CONTACTS = "/api/v1/contacts"


async def _contact(agent: httpx2.AsyncClient) -> str:
    return str((await agent.get("/api/v1/tickets/1")).json()["contact"]["id"])


async def test_a_contact_shows_handles_and_tickets(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said(), said("more", subject="Shade"))
    contact = (await agent.get(f"{CONTACTS}/{await _contact(agent)}")).json()
    assert contact["name"] == "Eva Ek"
    assert [(h["kind"], h["address"]) for h in contact["handles"]] == [("email", "eva@kund.example")]
    assert {t["subject"] for t in contact["tickets"]} == {"Lamp", "Shade"}


async def test_a_contact_is_renamed(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    path = f"{CONTACTS}/{await _contact(agent)}"
    assert (await agent.patch(path, json={"name": " Eva Ekström "})).json()["name"] == "Eva Ekström"
    for wrong in ({"name": ""}, {"name": " "}, {"name": "a\nb"}):
        answer = await agent.patch(path, json=wrong)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "name")


async def test_a_contact_has_an_owner_who_may_be_taken_away(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    path = f"{CONTACTS}/{await _contact(agent)}"
    olle = await site.member("olle")
    owner = (await agent.patch(path, json={"owner": str(olle)})).json()["owner"]
    assert (owner["id"], owner["name"], owner["availability"]["state"]) == (str(olle), "Olle Agent", "available")
    assert (await agent.patch(path, json={"name": "Eva"})).json()["owner"] == owner
    assert (await agent.patch(path, json={"owner": None})).json()["owner"] is None
    answer = await agent.patch(path, json={"owner": str(uuid4())})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "owner")


async def test_a_contact_has_properties_of_its_own(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    async with site.db.transaction(site.account) as tx:
        for label in ("Customer no", "City"):
            await properties.create(tx, NewProperty(object="contact", label=label, type="text"), None)
    path = f"{CONTACTS}/{await _contact(agent)}"
    await agent.patch(path, json={"custom": {"city": "Lund"}})
    changed = (await agent.patch(path, json={"custom": {"customer_no": " 12 "}})).json()
    assert changed["custom"] == {"city": "Lund", "customer_no": "12"}
    assert (await agent.patch(path, json={"custom": {"city": None}})).json()["custom"] == {"customer_no": "12"}
    answer = await agent.patch(path, json={"custom": {"city": 5, "country": "SE"}})
    assert [error["field"] for error in answer.json()["errors"]] == ["custom.city", "custom.country"]


async def test_k21_what_changed_on_a_contact_is_told_by_field(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    async with site.db.transaction(site.account) as tx:
        await properties.create(tx, NewProperty(object="contact", label="City", type="text"), None)
    path = f"{CONTACTS}/{await _contact(agent)}"
    wanted = {"name": "Eva", "owner": str(site.members["ann"]), "custom": {"city": "Lund"}}
    for _ in range(2):
        await agent.patch(path, json=wanted)
    async with site.db.transaction(site.account) as tx:
        told = await tx.values("select data from events where name = 'contact.changed'")
    assert told == [{"fields": ["name", "owner", "custom.city"]}]


async def test_nobody_is_not_found(agent: httpx2.AsyncClient) -> None:
    assert (await agent.get(f"{CONTACTS}/{uuid4()}")).status_code == 404
    assert (await agent.patch(f"{CONTACTS}/{uuid4()}", json={"name": "x"})).status_code == 404


async def test_k21_what_is_held_is_for_admins(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    path = f"{CONTACTS}/{await _contact(agent)}/data"
    assert (await agent.get(path)).status_code == 403
    async with await site.program("adam", "admin") as admin:
        items = (await admin.get(path)).json()["items"]
    assert {"contacts", "handles", "tickets", "messages", "raw_events", "events"} <= {item["table"] for item in items}
    assert "eva" not in str(items).replace("eva@kund.example", "").lower()
