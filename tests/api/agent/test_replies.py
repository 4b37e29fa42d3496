"""Answering over the API: the guard against stale replies, undo, repeating, and who may not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from kanal.delivery import actions
from kanal.delivery.models import Change
from kanal.kit.ids import new_id
from tests.make.browser import signed_in
from tests.make.said import said
from tests.make.site import Site

REPLIES = "/api/v1/tickets/1/replies"


@pytest.fixture
async def lamp(site: Site) -> Site:
    """Eva's ticket, number 1."""
    await site.hear(said(external_id="first@kund.example"))
    return site


@pytest.fixture
async def browser(lamp: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with signed_in(lamp) as client:
        yield client


async def _version(client: httpx2.AsyncClient) -> int:
    return int((await client.get("/api/v1/tickets/1/timeline")).json()["version"])


async def _move(site: Site, delivery: str, change: Change) -> None:
    async with site.db.transaction(site.account) as tx:
        await tx.run("update deliveries set state = 'sending', claimed_by = 'test/1' where id = %s", (delivery,))
        await actions.move(tx, new_id().__class__(delivery), change)


async def test_a_reply_is_queued_and_stands_in_the_timeline(lamp: Site, agent: httpx2.AsyncClient) -> None:
    answer = await agent.post(REPLIES, json={"text": "Hello Eva"})
    assert answer.status_code == 202, answer.text
    assert answer.json()["delivery"]["state"] == "queued"
    (_, out) = [
        item for item in (await agent.get("/api/v1/tickets/1/timeline")).json()["items"] if item["type"] == "message"
    ]
    assert (out["id"], out["text"], out["direction"]) == (answer.json()["id"], "Hello Eva", "out")
    assert out["delivery"]["can_cancel"]
    assert out["to"] == [{"name": "Eva Ek", "address": "eva@kund.example"}]


async def test_a_program_does_not_wait_and_a_browser_can_take_back(
    agent: httpx2.AsyncClient, browser: httpx2.AsyncClient
) -> None:
    now = (await agent.post(REPLIES, json={"text": "at once"})).json()["delivery"]
    assert now["not_before"] <= now["at"]
    body = {"text": "wait", "seen_version": await _version(browser)}
    later = (await browser.post(REPLIES, json=body)).json()["delivery"]
    assert later["not_before"] > later["at"]


async def test_a_browser_has_to_say_what_it_saw(browser: httpx2.AsyncClient) -> None:
    answer = await browser.post(REPLIES, json={"text": "Hello"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/seen-version-required")


async def test_a_stale_reply_is_refused_with_what_is_new_and_keeps_the_draft(
    lamp: Site, browser: httpx2.AsyncClient
) -> None:
    seen = await _version(browser)
    await browser.put("/api/v1/tickets/1/draft", json={"html": "<p>Hello</p>", "seen_version": seen})
    await lamp.hear(said("It works again!", in_reply_to="first@kund.example"))
    answer = await browser.post(REPLIES, json={"html": "<p>Hello</p>", "seen_version": seen})
    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["version"]) == (409, "/problems/stale-reply", seen + 1)
    assert [item["text"] for item in problem["newer"]] == ["It works again!"]
    assert (await browser.get("/api/v1/tickets/1/draft")).json()["html"] == "<p>Hello</p>"
    again = await browser.post(REPLIES, json={"html": "<p>Hello</p>", "seen_version": seen + 1})
    assert again.status_code == 202
    assert (await browser.get("/api/v1/tickets/1/draft")).status_code == 204


async def test_the_same_call_twice_is_one_reply(lamp: Site, agent: httpx2.AsyncClient) -> None:
    headers = {"idempotency-key": "k1"}
    first = await agent.post(REPLIES, json={"text": "Hello"}, headers=headers)
    second = await agent.post(REPLIES, json={"text": "Hello"}, headers=headers)
    assert first.json() == second.json()
    items = (await agent.get("/api/v1/tickets/1/timeline")).json()["items"]
    assert sum(item["type"] == "message" and item["direction"] == "out" for item in items) == 1


async def test_undo_makes_a_draft_of_the_reply(browser: httpx2.AsyncClient) -> None:
    sent = await browser.post(REPLIES, json={"html": "<p>Oops</p>", "seen_version": await _version(browser)})
    assert (await browser.delete(f"/api/v1/messages/{sent.json()['id']}")).status_code == 204
    draft = (await browser.get("/api/v1/tickets/1/draft")).json()
    assert (draft["html"], draft["to"], draft["mode"]) == ("<p>Oops</p>", ["eva@kund.example"], "reply")
    assert (await browser.delete(f"/api/v1/messages/{sent.json()['id']}")).status_code == 404


async def test_what_has_left_is_not_taken_back(lamp: Site, agent: httpx2.AsyncClient) -> None:
    sent = (await agent.post(REPLIES, json={"text": "Hello"})).json()
    await _move(lamp, sent["delivery"]["id"], Change(to="sent"))
    answer = await agent.delete(f"/api/v1/messages/{sent['id']}")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/already-sent")


async def test_what_failed_is_sent_again(lamp: Site, agent: httpx2.AsyncClient) -> None:
    sent = (await agent.post(REPLIES, json={"text": "Hello"})).json()
    await _move(lamp, sent["delivery"]["id"], Change(to="failed", reason="no such user"))
    answer = await agent.post(f"/api/v1/deliveries/{sent['delivery']['id']}/retry")
    assert (answer.status_code, answer.json()["delivery"]["state"]) == (202, "queued")
    assert answer.json()["delivery"]["id"] != sent["delivery"]["id"]
    again = await agent.post(f"/api/v1/deliveries/{sent['delivery']['id']}/retry")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")


async def test_what_is_unknown_is_confirmed_and_what_is_not_is_not(lamp: Site, agent: httpx2.AsyncClient) -> None:
    sent = (await agent.post(REPLIES, json={"text": "Hello"})).json()
    confirm = f"/api/v1/deliveries/{sent['delivery']['id']}/confirm"
    assert (await agent.post(confirm)).status_code == 409
    await _move(lamp, sent["delivery"]["id"], Change(to="unknown"))
    answer = await agent.post(confirm)
    assert (answer.status_code, answer.json()["delivery"]["state"]) == (200, "sent")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": "x", "to": ["nobody"]}, "to"),
        ({"text": "x", "attachments": [str(new_id())]}, "attachments"),
        ({"text": "x", "status": "no-such"}, "status"),
        ({"text": "x", "tex": "y"}, "tex"),
        ({"text": 5}, "text"),
    ],
)
async def test_a_wrong_body_names_the_field(
    lamp: Site, agent: httpx2.AsyncClient, body: dict[str, Any], field: str
) -> None:
    answer = await agent.post(REPLIES, json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_ticket_that_cannot_be_answered_says_why(site: Site, agent: httpx2.AsyncClient) -> None:
    ticket = (await agent.post("/api/v1/tickets", json={"subject": "Note"})).json()
    answer = await agent.post(f"/api/v1/tickets/{ticket['id']}/replies", json={"text": "Hello"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")
    assert answer.json()["detail"] == "Nobody is known here who could be written to."


async def test_nobody_else_answers_takes_back_or_repeats(lamp: Site, agent: httpx2.AsyncClient) -> None:
    sent = (await agent.post(REPLIES, json={"text": "Hello"})).json()
    other = await Site(lamp.db, lamp.storage.folder / "other").open("b")  # type: ignore[operator]
    async with await lamp.program("vic", "viewer", has_seat=False) as viewer, await other.program("zoe") as stranger:
        calls = [
            ("POST", f"/api/v1/tickets/{await _ticket_id(agent)}/replies"),
            ("DELETE", f"/api/v1/messages/{sent['id']}"),
            ("POST", f"/api/v1/deliveries/{sent['delivery']['id']}/retry"),
            ("POST", f"/api/v1/deliveries/{sent['delivery']['id']}/confirm"),
        ]
        for method, path in calls:
            body = {"text": "x"} if path.endswith("replies") else None
            assert (await viewer.request(method, path, json=body)).status_code == 403
            assert (await stranger.request(method, path, json=body)).status_code == 404


async def test_k17_a_hidden_channels_ticket_is_not_answered(lamp: Site, agent: httpx2.AsyncClient) -> None:
    sent = (await agent.post(REPLIES, json={"text": "Hello"})).json()
    async with lamp.db.transaction(lamp.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
    assert (await agent.post(REPLIES, json={"text": "Hello"})).status_code == 404
    assert (await agent.delete(f"/api/v1/messages/{sent['id']}")).status_code == 404
    assert (await agent.post(f"/api/v1/deliveries/{sent['delivery']['id']}/retry")).status_code == 404


async def _ticket_id(client: httpx2.AsyncClient) -> str:
    return str((await client.get("/api/v1/tickets/1")).json()["id"])
