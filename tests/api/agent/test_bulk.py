"""/bulk: a job from asking to taking back, as a program sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanal.bulk.jobs import Bulk
from kanal.kit.db import Database
from tests.make.live import everything, says, served
from tests.make.site import Site
from tests.make.tickets import ticket


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    site = await Site(db, tmp_path).open()
    for subject in ("Lamp", "Chair"):
        await ticket(db, site.account, subject)
    return site


async def test_ws_16_a_job_is_asked_for_watched_and_taken_back(site: Site) -> None:
    ann = await site.program()
    shown = {each["id"]: each["version"] for each in (await ann.get("/api/v1/tickets")).json()["items"]}
    which = {"tickets": list(shown), "versions": shown}
    asked = await ann.post("/api/v1/bulk", json={"which": which, "action": {"priority": "high"}})
    assert (asked.status_code, asked.json()["state"], asked.json()["total"]) == (202, "waiting", 2)
    await Bulk(site.db).run_once()
    job = (await ann.get(f"/api/v1/bulk/{asked.json()['id']}")).json()
    assert (job["state"], job["changed"], job["failed"], job["can_undo"]) == ("done", 2, [], True)
    back = await ann.post(f"/api/v1/bulk/{job['id']}/undo")
    assert (back.status_code, back.json()["undoes"]) == (202, job["id"])
    await Bulk(site.db).run_once()
    listed = (await ann.get("/api/v1/bulk")).json()["items"]
    assert [(each["id"], each["can_undo"]) for each in listed] == [(back.json()["id"], False), (job["id"], False)]
    assert {each["priority"] for each in (await ann.get("/api/v1/tickets")).json()["items"]} == {"normal"}
    again = await ann.post(f"/api/v1/bulk/{job['id']}/undo")
    assert (again.status_code, again.json()["type"].rsplit("/", 1)[-1]) == (409, "conflict")


async def test_what_is_wrong_is_named(site: Site) -> None:
    ann = await site.program()
    refused = await ann.post("/api/v1/bulk", json={"which": {"view": "open"}, "action": {"assign": {}}})
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {"field": "action.assign", "message": "choose an assignee, a team, or both"},
    ]


async def test_the_same_request_sent_again_is_one_job(site: Site) -> None:
    ann = await site.program()
    body = {"which": {"view": "open"}, "action": {"priority": "high"}}
    first, second = [await ann.post("/api/v1/bulk", json=body, headers={"idempotency-key": "once"}) for _ in range(2)]
    assert first.json()["id"] == second.json()["id"]
    assert len((await ann.get("/api/v1/bulk")).json()["items"]) == 1


async def test_a_job_stopped_before_it_began_did_nothing(site: Site) -> None:
    ann = await site.program()
    asked = await ann.post("/api/v1/bulk", json={"which": {"view": "open"}, "action": {"priority": "high"}})
    stopped = await ann.post(f"/api/v1/bulk/{asked.json()['id']}/stop")
    await Bulk(site.db).run_once()
    assert (stopped.json()["state"], stopped.json()["can_undo"]) == ("stopped", False)
    assert {each["priority"] for each in (await ann.get("/api/v1/tickets")).json()["items"]} == {"normal"}


async def test_how_far_it_is_is_told_to_whoever_asked_and_nobody_else(site: Site) -> None:
    ann, chief = await site.program(), await site.member("chief", "super_admin")
    heard = {}
    async with served(site) as live:
        for member in (site.members["ann"], chief):
            start = await site.hub.start_of(site.account)
            async with live.socket(await site.token(member), cursor=start) as socket:
                await says(socket)
                await ann.post("/api/v1/bulk", json={"which": {"view": "open"}, "action": {"tags": {"add": ["x"]}}})
                await Bulk(site.db).run_once()
                await ann.post("/api/v1/tickets", json={"subject": "After"})
                heard[member] = await everything(socket, "ticket.created")
    assert "bulk.progressed" in heard[site.members["ann"]]
    assert "bulk.progressed" not in heard[chief]
