"""Comments that name members: who is told, who cannot be, and that nobody outside ever is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx2

from kanal.kit.ids import new_id
from tests.make import roles
from tests.make.said import said
from tests.make.site import Site

COMMENTS = "/api/v1/tickets/1/comments"


async def test_ws_6_a_mention_is_kept_shown_and_told(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    bea = str(await site.member("bea"))
    words = f'<p><span data-mention="{bea}" data-x="1">@Bea Agent</span> look</p>'
    answer = await agent.post(COMMENTS, json={"html": words, "mentions": [bea, bea]})
    assert answer.status_code == 201, answer.text
    comment = answer.json()
    assert comment["html"] == f'<p><span data-mention="{bea}">@Bea Agent</span> look</p>'
    assert comment["mentions"] == [{"member_id": bea, "name": "Bea Agent"}]
    assert (await agent.get("/api/v1/tickets/1/timeline")).json()["items"][-1]["mentions"] == comment["mentions"]
    [data] = await _told(site)
    assert data == {"comment_id": comment["id"], "mentions": [bea]}
    assert await _mentions(site) == [(UUID(comment["id"]), UUID(bea))]


async def test_who_does_not_see_the_ticket_is_named_in_the_answer(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    cia = await site.member("cia")
    await roles.give(site.db, site.account, cia, "own")
    answer = await agent.post(COMMENTS, json={"text": "@Cia", "mentions": [str(cia)]})
    assert answer.status_code == 201, answer.text
    assert answer.json()["mentions"] == []
    assert [each["member_id"] for each in answer.json()["not_told"]] == [str(cia)]
    assert "mentions" not in (await _told(site))[0]
    offered = (await agent.get("/api/v1/tickets/1/mentionable")).json()["items"]
    assert [each["name"] for each in offered] == ["Ann Agent"]


async def test_a_stranger_cannot_be_mentioned(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    answer = await agent.post(COMMENTS, json={"text": "@Nobody", "mentions": [str(new_id())]})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "mentions")


async def test_k14_a_mention_adds_no_recipient(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    bea = str(await site.member("bea"))
    before = (await agent.get("/api/v1/tickets/1/reply")).json()
    words = {"html": f'<p><span data-mention="{bea}">@Bea</span> and @eva@kund.example</p>', "mentions": [bea]}
    assert (await agent.post(COMMENTS, json=words)).status_code == 201
    after = (await agent.get("/api/v1/tickets/1/reply")).json()
    assert [after[field] for field in ("to", "cc")] == [before[field] for field in ("to", "cc")]
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select count(*) from participants") == 1
        assert await tx.value("select count(*) from deliveries") == 0


async def test_a_mention_pasted_into_a_reply_is_words(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    bea = str(await site.member("bea"))
    words = f'<p><span data-mention="{bea}">@Bea</span></p>'
    answer = await agent.post("/api/v1/tickets/1/replies", json={"html": words, "seen_version": 1})
    assert answer.status_code == 202, answer.text
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select body_html from messages where direction = 'out'") == "<p><span>@Bea</span></p>"
        assert await tx.value("select count(*) from mentions") == 0


async def _told(site: Site) -> list[dict[str, Any]]:
    async with site.db.transaction(site.account) as tx:
        rows = await tx.dicts("select data from events where name = 'comment.added' order by seq")
    return [row["data"] for row in rows]


async def _mentions(site: Site) -> list[tuple[UUID, UUID]]:
    async with site.db.transaction(site.account) as tx:
        rows = await tx.dicts("select comment_id, member_id from mentions")
    return [(row["comment_id"], row["member_id"]) for row in rows]
