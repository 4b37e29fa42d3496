"""/notices and /pipelines."""

from __future__ import annotations

import httpx2

from kanal.notifications.consumer import Notifier
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from tests.make.said import said
from tests.make.site import Site

NOTICES = "/api/v1/notices"


async def _assign(site: Site, times: int) -> None:
    fates = await site.hear(*(said(f"nr {number}") for number in range(times)))
    for fate in fates:
        assert fate.ticket_id is not None
        async with site.db.transaction(site.account) as tx:
            await actions.change(tx, fate.ticket_id, TicketChange(assignee_id=site.members["ann"]), None)
    while await Notifier(site.db).run_once(site.account):
        pass


async def test_notices_come_newest_first_in_pages(site: Site, agent: httpx2.AsyncClient) -> None:
    await _assign(site, 3)
    first = (await agent.get(NOTICES, params={"limit": 2})).json()
    second = (await agent.get(NOTICES, params={"limit": 2, "after": first["next"]})).json()
    assert [item["ticket"]["number"] for item in first["items"] + second["items"]] == [3, 2, 1]
    assert second["next"] is None
    assert {item["kind"] for item in first["items"]} == {"assigned"}


async def test_notices_are_marked_as_read(site: Site, agent: httpx2.AsyncClient) -> None:
    await _assign(site, 2)
    [newest, _] = (await agent.get(NOTICES)).json()["items"]
    assert (await agent.post(f"{NOTICES}/read", json={"ids": [newest["id"]]})).status_code == 204
    assert [item["read"] for item in (await agent.get(NOTICES)).json()["items"]] == [True, False]
    assert (await agent.get("/api/v1/me")).json()["unread_notices"] == 1
    assert (await agent.post(f"{NOTICES}/read", json={"all": True})).status_code == 204
    assert (await agent.get("/api/v1/me")).json()["unread_notices"] == 0
    assert (await agent.post(f"{NOTICES}/read", json={})).status_code == 422


async def test_the_default_pipeline_has_its_four_statuses(agent: httpx2.AsyncClient) -> None:
    [pipeline] = (await agent.get("/api/v1/pipelines")).json()["items"]
    assert pipeline["is_default"]
    assert [(s["key"], s["is_closed"]) for s in pipeline["statuses"]] == [
        ("new", False),
        ("waiting_on_contact", False),
        ("waiting_on_us", False),
        ("closed", True),
    ]
