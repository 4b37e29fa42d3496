"""The history of a channel's routing: what each change changed, and undo."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.kit import clock
from kanal.kit.db import NotFound
from kanal.kit.ids import new_id
from kanal.routing import history
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket
from tests.make.site import Site

VIP = {"id": "1", "name": "VIP", "when": {"field": "contact.email_domain", "operator": "is", "value": "vip.example"}}
FINNISH = {"id": "2", "name": "Finnish", "require_skills": [str(new_id())]}


async def _store(site: Site, routing: dict[str, Any], actor: UUID | None = None) -> int:
    async with site.db.transaction(site.account) as tx:
        return await history.store(tx, site.channel, routing, actor=actor)


async def _restore(site: Site, version: int) -> int:
    async with site.db.transaction(site.account) as tx:
        return await history.restore(tx, site.channel, version, actor=None)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({}, {}, []),
        ({}, {"assign": "none", "only_available": True}, []),
        ({"assign": "members"}, {"assign": "contact_owner", "only_available": False}, ["assign", "only_available"]),
        ({"properties": {"priority": "low"}}, {"properties": {"priority": "high"}}, ["properties.priority"]),
        ({"properties": {"vip": True}}, {"properties": {}}, ["properties.vip"]),
        ({"to": {"users": []}}, {"to": {"users": [str(new_id())]}}, ["to.users"]),
        ({"rules": [VIP]}, {"rules": [VIP, FINNISH]}, ["rules"]),
        ({"rules": [VIP, FINNISH]}, {"rules": [FINNISH, VIP | {"name": "Gold"}]}, ["rules", "rules.1.name"]),
        ({"rules": [VIP]}, {"rules": [VIP | {"when": {}}]}, ["rules.0.when"]),
        ({"rules": "broken"}, {"rules": [], "working_hours": {}}, ["working_hours"]),
    ],
)  # fmt: skip
def test_what_a_change_changed(before: dict[str, Any], after: dict[str, Any], changes: list[str]) -> None:
    assert history.changes(before, after) == changes


async def test_each_version_stands_from_when_to_when(site: Site) -> None:
    ann = await site.member("ann", "admin")
    assert await _store(site, {"rules": [VIP]}, ann) == 2
    assert await _store(site, {"rules": [VIP]}, ann) == 2
    assert await _store(site, {"rules": [VIP], "assign": "members"}) == 3
    async with site.db.transaction(site.account) as tx:
        newest, middle, first = await history.versions(tx, site.channel)
        assert await history.current(tx, site.channel) == 3
    assert [each.changes for each in (newest, middle, first)] == [["assign"], ["rules"], []]
    assert (first.to_at, middle.to_at, newest.to_at) == (middle.from_at, newest.from_at, None)
    assert (first.routing, middle.set_by, newest.set_by) == ({}, ann, None)


async def test_an_earlier_version_comes_back_as_a_new_one(site: Site) -> None:
    gone = {"assign": "members", "to": {"users": [str(new_id())], "teams": []}}
    await _store(site, gone)
    await _store(site, {"assign": "none"})
    assert await _restore(site, 2) == 4
    async with site.db.transaction(site.account) as tx:
        [newest, *_] = await history.versions(tx, site.channel)
        assert await tx.value("select routing from channels") == gone
        [event] = await tx.dicts(
            "select data from events where name = 'channel.routing_changed' and data->>'version' = '4'"
        )
    assert (newest.restored_from, newest.routing, event["data"]["restored_from"]) == (2, gone, 2)
    with pytest.raises(NotFound):
        await _restore(site, 99)


async def test_the_history_is_read_and_undone_by_the_api(site: Site) -> None:
    admin = await site.program("ann", "admin")
    await _store(site, {"rules": [VIP]}, site.members["ann"])
    path = f"/api/v1/channels/{site.channel}/routing/history"
    [newest, first] = (await admin.get(path)).json()["items"]
    assert (newest["set_by"]["name"], newest["changes"], newest["to"]) == ("Ann Admin", ["rules"], None)
    assert (first["version"], first["set_by"], first["to"]) == (1, None, newest["from"])
    assert (await admin.post(f"{path}/1/restore")).json() == {"version": 3}
    assert await _status(admin, f"{path}/9/restore") == 404
    assert await _status(await site.program("bo"), f"{path}/1/restore") == 403


async def _status(client: httpx2.AsyncClient, path: str) -> int:
    return (await client.post(path)).status_code


async def test_rules_are_saved_while_messages_come_in(site: Site) -> None:
    async with site.db.transaction(site.account) as tx, asyncio.timeout(10):
        new = NewTicket(subject="Lamp", source="message", at=clock.now(), channel_id=site.channel)
        await tickets.open_many(tx, [new])
        async with await site.program("cia", "super_admin") as chief:
            answer = await chief.patch(f"/api/v1/channels/{site.channel}", json={"name": "Lamps", "routing": {}})
            assert answer.status_code == 200, answer.text
