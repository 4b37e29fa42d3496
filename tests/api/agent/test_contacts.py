"""/contacts: one person, their name, and what is held about them."""

from __future__ import annotations

from uuid import uuid4

import httpx2

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
    for wrong in ({"name": ""}, {"name": " "}, {"name": "a\nb"}, {}):
        answer = await agent.patch(path, json=wrong)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "name")


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
