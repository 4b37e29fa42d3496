"""/tickets as programs and browsers meet it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from kanal.people import actions as people
from tests.make import accounts, channels, roles
from tests.make.said import said
from tests.make.site import Site

TICKETS = "/api/v1/tickets"


async def test_a_mail_is_in_the_list_with_all_that_callers_from_outside_rely_on(
    site: Site, agent: httpx2.AsyncClient
) -> None:
    await site.hear(said("It does not light up"))
    body = (await agent.get(TICKETS)).json()
    assert body["next"] is None
    [ticket] = body["items"]
    assert ticket["number"] == 1
    assert ticket["status"]["key"] == "new"
    assert ticket["contact"]["email"] == "eva@kund.example"
    assert ticket["channel"]["kind"] == "email"
    fixed = {"id", "number", "subject", "status", "priority", "team", "assignee", "contact", "channel", "version"}
    assert fixed | {"created_at", "last_message_at"} <= set(ticket)
    assert ticket["created_at"].endswith("Z")


async def test_pages_follow_the_cursor(site: Site, agent: httpx2.AsyncClient) -> None:
    for number in range(5):
        await agent.post(TICKETS, json={"subject": f"Nr {number}"})
    seen: list[str] = []
    after: str | None = None
    while after is not None or not seen:
        page = (await agent.get(TICKETS, params={"limit": 2, **({"after": after} if after else {})})).json()
        seen += [item["subject"] for item in page["items"]]
        after = page["next"]
    assert seen == [f"Nr {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "nonsense"}, "status"),
        ({"assignee": "nobody"}, "assignee"),
        ({"team": "x"}, "team"),
        ({"channel": "x"}, "channel"),
        ({"sort": "colour"}, "sort"),
        ({"after": "rubbish"}, "after"),
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
    ],
)
async def test_a_wrong_parameter_gets_a_problem_that_names_it(
    agent: httpx2.AsyncClient, query: dict[str, Any], field: str
) -> None:
    answer = await agent.get(TICKETS, params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_filters_may_be_repeated_and_me_is_the_caller(site: Site, agent: httpx2.AsyncClient) -> None:
    for subject in ("one", "two"):
        made = (await agent.post(TICKETS, json={"subject": subject})).json()
    await agent.patch(f"{TICKETS}/{made['id']}", json={"assignee": "me", "status": "closed"})
    mine = await agent.get(TICKETS, params={"assignee": "me", "status": ["new", "closed"]})
    assert [item["subject"] for item in mine.json()["items"]] == ["two"]
    counts = (await agent.get("/api/v1/views/counts")).json()["items"]
    assert counts["open"] == {"n": 1, "capped": False}
    assert (counts["closed"]["n"], counts["unassigned"]["n"], counts["mine"]["n"]) == (1, 1, 0)


async def test_a_ticket_is_found_by_id_and_by_number(site: Site, agent: httpx2.AsyncClient) -> None:
    [fate] = await site.hear(said())
    by_id = (await agent.get(f"{TICKETS}/{fate.ticket_id}")).json()
    assert by_id == (await agent.get(f"{TICKETS}/1")).json()
    for unknown in ("2", str(uuid4()), "x", "1.5", "-1", "9" * 30):
        assert (await agent.get(f"{TICKETS}/{unknown}")).status_code == 404


async def test_before_anybody_types_it_says_how_an_answer_would_leave(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said(cc=("olle@kund.example",)))
    reply = (await agent.get(f"{TICKETS}/1")).json()["reply"]
    assert reply == {
        "possible": True,
        "reason": "outgoing mail is not set up",
        "how": "email",
        "from": {"name": "Ann Agent", "address": "support@a.example"},
        "to": ["eva@kund.example"],
        "cc": ["olle@kund.example"],
        "new_people": [],
        "suggested_subject": "Re: Lamp",
    }


async def test_a_ticket_of_a_deleted_channel_says_why_it_cannot_be_answered(
    site: Site, agent: httpx2.AsyncClient
) -> None:
    await site.hear(said())
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set deleted_at = created_at")
    ticket = (await agent.get(f"{TICKETS}/1")).json()
    assert ticket["channel"]["deleted"]
    assert (ticket["reply"]["possible"], ticket["reply"]["reason"]) == (False, "The channel was deleted.")


async def test_a_ticket_is_made_by_hand(agent: httpx2.AsyncClient) -> None:
    contact = {"name": "Olle Ok", "email": "Olle@kund.example"}
    given = {"subject": " Order\npaper ", "description": "For the printer", "contact": contact, "priority": "high"}
    answer = await agent.post(TICKETS, json={**given, "status": "waiting_on_us"})
    assert answer.status_code == 201, answer.text
    ticket = answer.json()
    assert (ticket["subject"], ticket["priority"], ticket["status"]["key"]) == ("Order paper", "high", "waiting_on_us")
    assert ticket["contact"]["email"] == "Olle@kund.example"
    again = (await agent.post(TICKETS, json={"subject": "More", "contact": ticket["contact"]["id"]})).json()
    assert again["contact"] == ticket["contact"]
    whole = (await agent.get(f"{TICKETS}/{ticket['number']}")).json()
    assert (whole["description"], whole["conversations"]) == ("For the printer", [])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "subject"),
        ({"subject": ""}, "subject"),
        ({"subject": "x", "colour": "red"}, "colour"),
        ({"subject": "x", "priority": "max"}, "priority"),
        ({"subject": "x", "status": "nonsense"}, "status"),
        ({"subject": "x", "pipeline": str(uuid4())}, "pipeline"),
        ({"subject": "x", "contact": str(uuid4())}, "contact"),
        ({"subject": "x", "contact": {"email": "no address"}}, "contact.email"),
    ],
)
async def test_what_is_wrong_with_a_new_ticket_is_named(
    agent: httpx2.AsyncClient, body: dict[str, Any], field: str
) -> None:
    answer = await agent.post(TICKETS, json=body)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_ticket_is_changed_and_null_takes_it_away_again(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    async with site.db.transaction(site.account) as tx:
        team = await people.create_team(tx, "Lamps", [])
    change = {"status": "waiting_on_us", "priority": "urgent", "team": str(team.id), "assignee": "me"}
    changed = (await agent.patch(f"{TICKETS}/1", json=change)).json()
    assert (changed["status"]["key"], changed["priority"]) == ("waiting_on_us", "urgent")
    assert (changed["team"]["name"], changed["assignee"]["name"]) == ("Lamps", "Ann Agent")
    by_id = {"status": changed["status"]["id"], "team": None, "assignee": None}
    emptied = (await agent.patch(f"{TICKETS}/1", json=by_id)).json()
    assert (emptied["team"], emptied["assignee"], emptied["priority"]) == (None, None, "urgent")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"status": "nonsense"}, "status"),
        ({"status": str(uuid4())}, "status"),
        ({"priority": "max"}, "priority"),
        ({"team": str(uuid4())}, "team"),
        ({"assignee": str(uuid4())}, "assignee"),
        ({"assignee": "somebody"}, "assignee"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_is_wrong_with_a_change_is_named(
    site: Site, agent: httpx2.AsyncClient, body: dict[str, Any], field: str
) -> None:
    await site.hear(said())
    answer = await agent.patch(f"{TICKETS}/1", json=body)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_nobody_is_given_a_ticket_whose_role_may_not_answer(site: Site, agent: httpx2.AsyncClient) -> None:
    reader = await site.member("nora")
    await roles.give(site.db, site.account, reader, "all", ["read"])
    await site.hear(said())
    answer = await agent.patch(f"{TICKETS}/1", json={"assignee": str(reader)})
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["assignee"]


async def test_unread_until_seen_and_again_when_the_customer_writes(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said(external_id="a@k.example"))

    async def unread() -> bool:
        return bool((await agent.get(f"{TICKETS}/1")).json()["unread"])

    assert await unread()
    assert (await agent.post(f"{TICKETS}/1/read")).status_code == 204
    assert not await unread()
    await site.hear(said("more", in_reply_to="a@k.example"))
    assert await unread()


async def test_k17_tickets_of_hidden_channels_are_nowhere(site: Site, agent: httpx2.AsyncClient) -> None:
    site.channel = await channels.email_channel(site.db, site.account, "board@a.example")
    await site.hear(said())
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams' where id = %s", (site.channel,))
    assert (await agent.get(TICKETS)).json()["items"] == []
    for path in ("1", "1/timeline"):
        assert (await agent.get(f"{TICKETS}/{path}")).status_code == 404
    for method, path, body in [("PATCH", "1", {"priority": "low"}), ("POST", "1/comments", {"text": "x"})]:
        assert (await agent.request(method, f"{TICKETS}/{path}", json=body)).status_code == 404


async def test_another_account_has_tickets_of_its_own(site: Site, agent: httpx2.AsyncClient) -> None:
    [fate] = await site.hear(said())
    other = await accounts.account(site.db, "b")
    member = await accounts.member(site.db, other, "eve@b.example", "super_admin")
    token = await accounts.token(site.db, other, member)
    headers = {"authorization": f"Bearer {token}"}
    assert (await agent.get(TICKETS, headers=headers)).json()["items"] == []
    assert (await agent.get(f"{TICKETS}/{fate.ticket_id}", headers=headers)).status_code == 404
