"""Conversations inboxes over the API: lists, who has what, answers with the guard of tickets, undo, a ticket of one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.conversations.rules import reply_token
from kanal.people import actions as people
from kanal.tickets import actions as tickets
from kanal.tickets.actions.of_conversation import Wanted
from tests.make import roles
from tests.make.browser import signed_in
from tests.make.inboxes import Office
from tests.make.inboxes import office as make_office
from tests.make.said import said
from tests.make.site import Site


@pytest.fixture
async def office(site: Site) -> Office:
    return await make_office(site.db, site.account, site.carriers, address="office@a.example")


@pytest.fixture
async def browser(site: Site, office: Office) -> AsyncIterator[httpx2.AsyncClient]:
    async with signed_in(site) as client:
        yield client


async def _listed(client: httpx2.AsyncClient, office: Office, **asked: Any) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/v1/inboxes/{office.inbox}/conversations", params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def _counts(client: httpx2.AsyncClient, office: Office) -> dict[str, int]:
    items = (await client.get("/api/v1/inboxes")).json()["items"]
    [found] = [each for each in items if each["id"] == str(office.inbox)]
    return {lane: count["n"] for lane, count in found["counts"].items()}


async def test_inboxes_are_made_and_renamed_and_a_channel_connected_into_one(site: Site) -> None:
    admin = await site.program("admin", "admin")
    made = (await admin.post("/api/v1/inboxes", json={"name": "Office"})).json()
    assert (made["kind"], made["counts"]["open"]) == ("conversations", {"n": 0, "capped": False})
    settings = {"method": "forwarding", "address": "office@a.example"}
    wanted = {"kind": "email", "name": "Office mail", "settings": settings, "inbox": made["id"]}
    channel = (await admin.post("/api/v1/channels", json=wanted)).json()
    assert channel["inbox"] == {"id": made["id"], "kind": "conversations", "name": "Office"}
    renamed = (await admin.patch(f"/api/v1/inboxes/{made['id']}", json={"name": "Reception"})).json()
    assert (renamed["name"], [each["name"] for each in renamed["channels"]]) == ("Reception", ["Office mail"])
    refused = await admin.delete(f"/api/v1/inboxes/{made['id']}")
    assert (refused.status_code, refused.json()["channels"]) == (409, ["Office mail"])
    nowhere = await admin.post("/api/v1/channels", json=wanted | {"inbox": str(site.channel)})
    assert (nowhere.status_code, nowhere.json()["errors"][0]["field"]) == (422, "inbox")


async def test_k2_a_list_shows_what_is_open_and_counts_what_is_whose(agent: httpx2.AsyncClient, office: Office) -> None:
    first, second = await office.conversation("One?"), await office.conversation("Two?", sender="bo@kund.example")
    assert [each["snippet"] for each in await _listed(agent, office)] == ["Two?", "One?"]
    assert await _counts(agent, office) == {"open": 2, "mine": 0, "unassigned": 2}
    answer = await agent.patch(f"/api/v1/conversations/{first}", json={"assignee": "me"})
    assert answer.json()["assignee"]["name"] == "Ann Agent"
    assert await _counts(agent, office) == {"open": 2, "mine": 1, "unassigned": 1}
    assert [each["id"] for each in await _listed(agent, office, assignee="me")] == [str(first)]
    assert [each["id"] for each in await _listed(agent, office, assignee="none")] == [str(second)]
    await agent.patch(f"/api/v1/conversations/{first}", json={"state": "closed"})
    assert [each["id"] for each in await _listed(agent, office, state="closed")] == [str(first)]
    assert await _counts(agent, office) == {"open": 1, "mine": 0, "unassigned": 1}
    assert (await agent.get("/api/v1/tickets")).json()["items"] == []


async def test_a_list_is_read_page_by_page(agent: httpx2.AsyncClient, office: Office) -> None:
    made = [str(await office.conversation(f"{n}", sender=f"p{n}@kund.example")) for n in range(5)]
    found: list[str] = []
    after = None
    for _ in range(3):
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = (await agent.get(f"/api/v1/inboxes/{office.inbox}/conversations", params=asked)).json()
        found += [each["id"] for each in page["items"]]
        after = page["next"]
    assert (found, after) == (made[::-1], None)
    wrong = await agent.get(f"/api/v1/inboxes/{office.inbox}/conversations", params={"state": "shut"})
    assert wrong.json()["errors"] == [{"field": "state", "message": "It is open or closed."}]


async def test_it_is_unread_until_it_is_read_and_again_when_somebody_writes(
    agent: httpx2.AsyncClient, office: Office
) -> None:
    one = await office.conversation()
    assert [each["unread"] for each in await _listed(agent, office)] == [True]
    assert (await agent.post(f"/api/v1/conversations/{one}/read")).status_code == 204
    assert [each["unread"] for each in await _listed(agent, office)] == [False]
    await office.hear(said("And?", token=reply_token(office.carriers.keyring, one), subject="Re: Meeting"))  # type: ignore[union-attr]
    assert [each["unread"] for each in await _listed(agent, office)] == [True]


async def test_an_answer_is_queued_takes_it_and_closes_it(agent: httpx2.AsyncClient, office: Office) -> None:
    one = await office.conversation()
    form = (await agent.get(f"/api/v1/conversations/{one}/reply")).json()
    assert (form["possible"], form["to"][0]["address"], form["channel"]["name"]) == (
        True,
        "eva@kund.example",
        "Office mail",
    )
    answer = await agent.post(f"/api/v1/conversations/{one}/replies", json={"text": "At nine", "status": "closed"})
    assert answer.status_code == 202, answer.text
    shown = (await agent.get(f"/api/v1/conversations/{one}")).json()
    assert (shown["state"], shown["assignee"]["name"], shown["snippet"]) == ("closed", "Ann Agent", "At nine")
    assert (shown["last_direction"], shown["waiting_since"]) == ("out", None)
    items = (await agent.get(f"/api/v1/conversations/{one}/timeline")).json()["items"]
    assert [each.get("text") for each in items if each["type"] == "message"] == ["Is the meeting on Monday?", "At nine"]
    assert [each["name"] for each in items if each["type"] == "event"] == ["conversation.changed"]


async def test_a_stale_answer_is_refused_with_what_was_said(browser: httpx2.AsyncClient, office: Office) -> None:
    one = await office.conversation()
    seen = (await browser.get(f"/api/v1/conversations/{one}")).json()["version"]
    assert office.carriers is not None
    await office.hear(said("Never mind", token=reply_token(office.carriers.keyring, one)))
    answer = await browser.post(f"/api/v1/conversations/{one}/replies", json={"text": "At nine", "seen_version": seen})
    assert answer.status_code == 409
    assert [each["text"] for each in answer.json()["newer"]] == ["Never mind"]


async def test_an_answer_taken_back_is_a_draft_again_and_nothing_else_has_changed(
    browser: httpx2.AsyncClient, office: Office
) -> None:
    one = await office.conversation()
    before = (await browser.get(f"/api/v1/conversations/{one}")).json()
    asked = {"text": "At nine", "seen_version": before["version"], "status": "closed"}
    sent = (await browser.post(f"/api/v1/conversations/{one}/replies", json=asked)).json()
    assert (await browser.delete(f"/api/v1/messages/{sent['id']}")).status_code == 204
    after = (await browser.get(f"/api/v1/conversations/{one}")).json()
    same = ("state", "assignee", "snippet", "last_direction", "waiting_since", "has_failed_reply", "last_message_at")
    assert {field: after[field] for field in same} == {field: before[field] for field in same}
    draft = (await browser.get(f"/api/v1/conversations/{one}/draft")).json()
    assert "At nine" in draft["html"]


async def test_a_message_is_handed_on_and_the_customer_waits_on(agent: httpx2.AsyncClient, office: Office) -> None:
    one = await office.conversation()
    [message] = (await agent.get(f"/api/v1/conversations/{one}/timeline")).json()["items"]
    asked = {"message": message["id"], "forward": "true"}
    assert (await agent.get(f"/api/v1/conversations/{one}/reply", params=asked)).json()["subject"] == "Fwd: Meeting"
    sent = await agent.post(f"/api/v1/messages/{message['id']}/forward", json={"to": ["bo@firm.example"]})
    assert sent.status_code == 202, sent.text
    shown = (await agent.get(f"/api/v1/conversations/{one}")).json()
    assert (shown["last_direction"], shown["assignee"], shown["waiting_since"] is None) == ("in", None, False)


async def test_drafts_and_comments_stand_beside_it(agent: httpx2.AsyncClient, office: Office) -> None:
    one = await office.conversation()
    path = f"/api/v1/conversations/{one}"
    assert (await agent.get(f"{path}/draft")).status_code == 204
    await agent.put(f"{path}/draft", json={"html": "<p>Dear Eva</p>"})
    assert (await agent.get(f"{path}/draft")).json()["html"] == "<p>Dear Eva</p>"
    await agent.delete(f"{path}/draft")
    assert (await agent.get(f"{path}/draft")).status_code == 204
    assert (await agent.post(f"{path}/comments", json={"text": ""})).status_code == 422
    await agent.post(f"{path}/comments", json={"text": "She called"})
    items = (await agent.get(f"{path}/timeline")).json()["items"]
    assert [each["text"] for each in items if each["type"] == "comment"] == ["She called"]
    assert [each["name"] for each in (await agent.get(f"{path}/mentionable")).json()["items"]] == ["Ann Agent"]
    assert (await agent.get(path)).json()["reply"]["to"] == ["eva@kund.example"]


async def test_gen_7_a_ticket_of_a_conversation_elsewhere_stays_out_of_the_help_desk(
    agent: httpx2.AsyncClient, office: Office
) -> None:
    one = await office.conversation()
    await agent.patch(f"/api/v1/conversations/{one}", json={"assignee": "me"})
    await agent.post(f"/api/v1/conversations/{one}/comments", json={"text": "She called"})
    made = (await agent.post(f"/api/v1/conversations/{one}/ticket", json={})).json()
    again = (await agent.post(f"/api/v1/conversations/{one}/ticket", json={})).json()
    assert made == again
    assert (await agent.get("/api/v1/tickets")).json()["items"] == []
    counts = (await agent.get("/api/v1/views/counts")).json()["items"]
    assert {count["n"] for count in counts.values()} == {0}
    assert (await agent.get(f"/api/v1/conversations/{one}")).json()["ticket"] == made
    async with office.db.transaction(office.account) as tx:
        [row] = await tx.dicts("select subject, source, elsewhere, is_open, assignee_id is null as free from tickets")
        assert await tx.value("select ticket_id from comments") == UUID(made["id"])
    assert (await agent.get(f"/api/v1/tickets/{made['number']}")).json()["subject"] == "Meeting"
    texts = (await agent.get(f"/api/v1/tickets/{made['number']}/timeline")).json()["items"]
    assert "Is the meeting on Monday?" in [each.get("text") for each in texts]
    assert row == {"subject": "Meeting", "source": "api", "elsewhere": True, "is_open": False, "free": False}


async def test_gen_7_a_ticket_that_is_not_tied_to_a_conversation_elsewhere_shows_by_itself(
    agent: httpx2.AsyncClient, office: Office
) -> None:
    await agent.post("/api/v1/tickets", json={"subject": "By hand"})
    await office.conversation()
    assert [each["subject"] for each in (await agent.get("/api/v1/tickets")).json()["items"]] == ["By hand"]


async def test_gen_5_a_workflows_ticket_has_neither_subject_nor_thread(
    agent: httpx2.AsyncClient, office: Office
) -> None:
    one = await office.conversation()
    async with office.db.transaction(office.account) as tx:
        made = await tickets.by_workflow(tx, one, Wanted())
    [listed] = (await agent.get("/api/v1/tickets")).json()["items"]
    assert (listed["number"], listed["subject"], listed["channel"]["name"]) == (made.number, "", "Office mail")
    timeline = (await agent.get(f"/api/v1/tickets/{made.number}/timeline")).json()["items"]
    assert [each["type"] for each in timeline] == ["event"]
    whole = (await agent.get(f"/api/v1/tickets/{made.number}")).json()
    assert whole["conversations"] == []
    assert whole["to_connect"] == {"id": str(office.channel), "kind": "email", "name": "Office mail", "deleted": False}


@pytest.mark.parametrize("sees", ["own", "teams"])
async def test_k17_who_sees_but_some_sees_but_some_here_too(site: Site, office: Office, sees: Any) -> None:
    nora, olga = await site.member("nora"), await site.member("olga")
    await roles.give(site.db, site.account, nora, sees, roles.ALL)
    client = await site.program("nora")
    one = await office.conversation()
    await office.change(one, assignee_id=olga)
    assert await _listed(client, office) == []
    assert await _counts(client, office) == {"open": 0, "mine": 0, "unassigned": 0}
    for path in ("", "/timeline", "/reply", "/draft"):
        assert (await client.get(f"/api/v1/conversations/{one}{path}")).status_code == 404, path
    await office.change(one, assignee_id=nora)
    assert [each["id"] for each in await _listed(client, office)] == [str(one)]
    assert (await client.get(f"/api/v1/conversations/{one}/timeline")).status_code == 200


async def test_k17_a_channel_of_another_team_hides_its_conversations(site: Site, office: Office) -> None:
    one = await office.conversation()
    async with site.db.transaction(site.account) as tx:
        team = await people.create_team(tx, "Insiders", [])
        await tx.run("update channels set open_to = 'teams' where id = %s", (office.channel,))
        await tx.insert("channel_teams", [{"channel_id": office.channel, "team_id": team.id}])
    client = await site.program("nora")
    assert await _listed(client, office) == []
    assert (await client.get(f"/api/v1/conversations/{one}")).status_code == 404


async def test_spam_leaves_the_inbox_and_comes_back(agent: httpx2.AsyncClient, office: Office) -> None:
    one = await office.conversation()
    await agent.post(f"/api/v1/conversations/{one}/spam", json={"spam": True})
    assert await _listed(agent, office) == []
    assert (await agent.get(f"/api/v1/spam/{one}")).status_code == 200
    back = await agent.post(f"/api/v1/conversations/{one}/spam", json={"spam": False})
    assert (back.status_code, back.json()["ticket"]) == (200, None)
    assert [each["id"] for each in await _listed(agent, office)] == [str(one)]


async def test_the_fate_names_the_inbox(site: Site, office: Office) -> None:
    one = await office.conversation()
    admin = await site.program("admin", "admin")
    [event] = (await admin.get("/api/v1/raw-events")).json()["items"]
    assert event["fate"]["state"] == "conversation"
    assert event["fate"]["conversation"] == {
        "id": str(one),
        "inbox": {"id": str(office.inbox), "name": "Office"},
    }
