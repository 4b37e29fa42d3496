"""Writing over the API: new mail, one message answered or handed on, what leaves later, what a composer starts with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from kanal.kit import clock
from tests.make import channels
from tests.make.browser import signed_in
from tests.make.said import said
from tests.make.site import Site

TICKETS = "/api/v1/tickets"
REPLY = f"{TICKETS}/1/reply"


@pytest.fixture
async def lamp(site: Site) -> Site:
    """Eva's ticket, number 1, with Bo and our shop in copy."""
    await site.hear(said(external_id="first@kund.example", cc=("bo@kund.example", "no-reply@shop.example")))
    return site


@pytest.fixture
async def browser(lamp: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with signed_in(lamp) as client:
        yield client


async def _messages(client: httpx2.AsyncClient, ticket: str = "1") -> list[dict[str, Any]]:
    items = (await client.get(f"{TICKETS}/{ticket}/timeline")).json()["items"]
    return [item for item in items if item["type"] == "message"]


def _addresses(people: list[dict[str, str]]) -> list[str]:
    return [each["address"] for each in people]


async def test_one_answer_tells_a_composer_all_it_needs(lamp: Site, agent: httpx2.AsyncClient) -> None:
    form = (await agent.get(REPLY)).json()
    [first] = await _messages(agent)
    assert (form["possible"], form["reason"], form["answers"]) == (True, "", first["id"])
    assert form["channel"]["from"] == {"name": "Ann Agent", "address": "support@a.example"}
    assert [each["id"] for each in form["channels"]] == [str(lamp.channel)]
    assert (_addresses(form["to"]), _addresses(form["cc"])) == (["eva@kund.example"], ["bo@kund.example"])
    assert form["left_out"] == [{"address": "no-reply@shop.example", "why": "no_reply"}]
    assert form["subject"] == "Re: Lamp"
    assert "The lamp is broken" in form["quote_html"]
    assert (form["quotes"], form["warnings"], form["answerable_until"]) == (True, [], None)
    assert form["limits"] == {"text": 1_000_000, "file": 25_000_000, "total": 25_000_000, "files": 50}


async def test_the_composer_says_what_the_sending_does(lamp: Site, agent: httpx2.AsyncClient) -> None:
    [first] = await _messages(agent)
    form = (await agent.get(REPLY, params={"message": first["id"], "all": "true"})).json()
    sent = await agent.post(f"{TICKETS}/1/replies", json={"text": "Hello", "answers": first["id"], "all": True})
    assert sent.status_code == 202, sent.text
    out = (await _messages(agent))[-1]
    assert (_addresses(out["to"]), _addresses(out["cc"])) == (_addresses(form["to"]), _addresses(form["cc"]))
    assert (out["quoted"]["html"], out["about_id"]) == (form["quote_html"], first["id"])


async def test_eml_25_who_leaves_the_threads_address_or_the_teams_is_warned(
    lamp: Site, agent: httpx2.AsyncClient
) -> None:
    sales = await channels.email_channel(lamp.db, lamp.account, "sales@a.example", name="Sales")
    async with await lamp.program("chief", "super_admin") as chief:
        team = (await chief.post("/api/v1/teams", json={"name": "Sellers"})).json()["id"]
        wanted = {"sends_by": str(sales), "members": [{"id": str(lamp.members["ann"]), "is_main": True}]}
        changed = await chief.patch(f"/api/v1/teams/{team}", json=wanted)
    assert (changed.status_code, changed.json()["sends_by"]) == (200, str(sales))
    thread = (await agent.get(REPLY)).json()
    other = (await agent.get(REPLY, params={"channel": str(sales)})).json()
    assert [(w["code"], w["channel"]["name"]) for w in thread["warnings"]] == [("not_the_teams", "Sales")]
    assert [(w["code"], w["channel"]["name"]) for w in other["warnings"]] == [("other_channel", "Support")]
    assert (await agent.get("/api/v1/new-mail")).json()["channel"] == str(sales)


async def test_a_team_writes_only_by_what_can_write(lamp: Site) -> None:
    async with await lamp.program("chief", "super_admin") as chief:
        team = (await chief.post("/api/v1/teams", json={"name": "Sellers"})).json()["id"]
        answer = await chief.patch(f"/api/v1/teams/{team}", json={"sends_by": team})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "sends_by")


async def test_a_ticket_with_a_channel_to_and_text_is_a_mail(lamp: Site, agent: httpx2.AsyncClient) -> None:
    body = {"channel": str(lamp.channel), "to": ["li@kund.example"], "text": "Your lamp is ready"}
    made = await agent.post(TICKETS, json=body)
    assert made.status_code == 201, made.text
    ticket = made.json()
    assert (ticket["subject"], ticket["contact"]["email"]) == ("Your lamp is ready", "li@kund.example")
    assert ticket["message"]["delivery"]["state"] == "queued"
    assert (ticket["assignee"]["id"], ticket["status"]["key"]) == (str(lamp.members["ann"]), "waiting_on_contact")
    [out] = await _messages(agent, str(ticket["number"]))
    assert (out["id"], out["direction"], out["text"]) == (ticket["message"]["id"], "out", "Your lamp is ready")


async def test_a_mail_to_one_address_needs_no_list(lamp: Site, agent: httpx2.AsyncClient) -> None:
    made = await agent.post(TICKETS, json={"channel": str(lamp.channel), "to": "li@kund.example", "text": "Ready"})
    assert made.status_code == 201, made.text
    [out] = await _messages(agent, str(made.json()["number"]))
    assert _addresses(out["to"]) == ["li@kund.example"]
    wrong = await agent.post(TICKETS, json={"channel": str(lamp.channel), "to": "li", "text": "Ready"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "to")


async def test_a_mail_to_a_contact_needs_no_address(lamp: Site, agent: httpx2.AsyncClient) -> None:
    contact = (await agent.get(f"{TICKETS}/1")).json()["contact"]["id"]
    body = {"channel": str(lamp.channel), "contact": contact, "subject": "Again", "text": "Hello", "status": "closed"}
    made = (await agent.post(TICKETS, json=body)).json()
    assert (made["contact"]["id"], made["status"]["key"]) == (contact, "closed")


async def test_a_ticket_without_a_mail_still_needs_a_subject(agent: httpx2.AsyncClient) -> None:
    refused, made = await agent.post(TICKETS, json={}), await agent.post(TICKETS, json={"subject": "Note"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "subject")
    assert (made.status_code, made.json()["message"]) == (201, None)


async def test_a_message_is_handed_on_with_what_its_form_says(lamp: Site, agent: httpx2.AsyncClient) -> None:
    [first] = await _messages(agent)
    form = (await agent.get(REPLY, params={"message": first["id"], "forward": "true"})).json()
    assert (form["subject"], form["to"], form["quotes"]) == ("Fwd: Lamp", [], True)
    sent = await agent.post(f"/api/v1/messages/{first['id']}/forward", json={"to": ["lamps@supplier.example"]})
    assert sent.status_code == 202, sent.text
    out = (await _messages(agent))[-1]
    assert (out["id"], out["is_forward"], out["about_id"]) == (sent.json()["id"], True, first["id"])
    assert out["quoted"]["html"] == form["quote_html"]


async def test_a_reply_is_sent_later_moved_and_taken_back(lamp: Site, browser: httpx2.AsyncClient) -> None:
    seen = (await browser.get(f"{TICKETS}/1/timeline")).json()["version"]
    at = (clock.now() + timedelta(hours=2)).isoformat()
    sent = await browser.post(f"{TICKETS}/1/replies", json={"text": "Later", "seen_version": seen, "send_at": at})
    assert sent.json()["delivery"]["send_at"] is not None, sent.text
    message = f"/api/v1/messages/{sent.json()['id']}"
    moved = await browser.patch(message, json={"send_at": (clock.now() + timedelta(hours=5)).isoformat()})
    assert (moved.status_code, moved.json()["send_at"] > sent.json()["delivery"]["send_at"]) == (200, True)
    past = await browser.patch(message, json={"send_at": (clock.now() - timedelta(hours=5)).isoformat()})
    assert (past.status_code, past.json()["errors"][0]["field"]) == (422, "send_at")
    assert (await browser.delete(message)).status_code == 204
    assert (await browser.patch(message, json={"send_at": at})).status_code == 404


async def test_a_draft_keeps_how_and_of_what_it_is(lamp: Site, agent: httpx2.AsyncClient) -> None:
    [first] = await _messages(agent)
    draft = {"html": "<p>x</p>", "mode": "forward", "about": first["id"], "channel": str(lamp.channel)}
    await agent.put(f"{TICKETS}/1/draft", json=draft)
    kept = (await agent.get(f"{TICKETS}/1/draft")).json()
    assert {name: kept[name] for name in draft} == draft
    await lamp.hear(said("Another", "li@kund.example", subject="Chair"))
    [other] = await _messages(agent, "2")
    refused = await agent.put(f"{TICKETS}/1/draft", json=draft | {"about": other["id"]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "about")


async def test_eml_55_a_file_that_no_channel_carries_is_refused_before_it_is_read(agent: httpx2.AsyncClient) -> None:
    limit = (await agent.get("/api/v1/new-mail")).json()["channels"][0]["limits"]["file"]
    size = str(limit + 200_000)
    headers = {"content-length": size, "content-type": "multipart/form-data; boundary=x"}
    refused = await agent.post("/api/v1/attachments", content=b"--x\r\n", headers=headers)
    assert refused.status_code == 413


async def test_a_ticket_that_cannot_be_answered_says_why_and_by_what_else(
    lamp: Site, agent: httpx2.AsyncClient
) -> None:
    sales = await channels.email_channel(lamp.db, lamp.account, "sales@a.example", name="Sales")
    async with lamp.db.transaction(lamp.account) as tx:
        await tx.run("update channels set deleted_at = now(), active = false where id = %s", (lamp.channel,))
    form = (await agent.get(REPLY)).json()
    assert (form["possible"], form["reason"]) == (False, "The channel was deleted.")
    assert [each["id"] for each in form["channels"]] == [str(sales)]
    sent = await agent.post(f"{TICKETS}/1/replies", json={"text": "Hello", "channel": str(sales)})
    assert sent.status_code == 202
