"""Drafts: kept on the server, seen by their owner alone."""

from __future__ import annotations

import httpx2
import pytest

from kanal.delivery import files
from tests.make.said import said
from tests.make.site import Site

DRAFT = "/api/v1/tickets/1/draft"


@pytest.fixture(autouse=True)
async def lamp(site: Site) -> Site:
    await site.hear(said())
    return site


async def test_a_draft_is_kept_as_the_editor_left_it(site: Site, agent: httpx2.AsyncClient) -> None:
    assert (await agent.get(DRAFT)).status_code == 204
    async with site.db.transaction(site.account) as tx:
        file = await files.add(tx, site.members["ann"], blob="0" * 64, name="a.pdf", head=b"%PDF-", size=5)
    body = {"html": "<p>He</p>", "to": ["a@x.example"], "cc": [], "bcc": [], "mode": "comment", "seen_version": 1}
    saved = await agent.put(DRAFT, json=body | {"attachments": [str(file.id)]})
    assert saved.status_code == 200
    kept = (await agent.get(DRAFT)).json()
    assert kept == saved.json()
    assert {name: kept[name] for name in body} == body
    assert [each["name"] for each in kept["attachments"]] == ["a.pdf"]


async def test_the_last_state_stands_and_only_begin_and_end_are_told(site: Site, agent: httpx2.AsyncClient) -> None:
    for text in ("a", "ab", "abc"):
        await agent.put(DRAFT, json={"html": text})
    assert (await agent.get(DRAFT)).json()["html"] == "abc"
    assert (await agent.delete(DRAFT)).status_code == 204
    assert (await agent.get(DRAFT)).status_code == 204
    async with site.db.transaction(site.account) as tx:
        told = await tx.values("select data from events where name = 'draft.changed'")
    assert told == [{"member_id": str(site.members["ann"])}] * 2


async def test_nobody_else_sees_it(site: Site, agent: httpx2.AsyncClient) -> None:
    await agent.put(DRAFT, json={"html": "mine"})
    async with await site.program("bo") as other:
        assert (await other.get(DRAFT)).status_code == 204
        await other.delete(DRAFT)
    assert (await agent.get(DRAFT)).json()["html"] == "mine"
    async with await site.program("vic", "viewer", has_seat=False) as viewer:
        assert (await viewer.put(DRAFT, json={"html": "x"})).status_code == 403
