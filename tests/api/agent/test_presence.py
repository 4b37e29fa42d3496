"""Who else looks at a ticket and who writes there (WS-12): told to those who look at it and may see it, across
processes, and never stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from websockets.asyncio.client import ClientConnection

from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make import roles
from tests.make.live import Live, served
from tests.make.said import said
from tests.make.site import Site

Members = list[dict[str, Any]]


@pytest.fixture
async def ticket(site: Site) -> UUID:
    await site.member("ann")
    await site.member("bea")
    [fate] = await site.hear(said())
    assert fate.ticket_id is not None
    return fate.ticket_id


@pytest.fixture
async def live(site: Site) -> AsyncIterator[Live]:
    async with served(site) as live:
        yield live


async def token(site: Site, name: str) -> str:
    return await site.token(site.members[name])


async def look(socket: ClientConnection, ticket: UUID | None, *, typing: bool = False) -> None:
    shown = str(ticket) if ticket else None
    await socket.send(json.dumps({"type": "looking", "ticket_id": shown, "typing": typing}))


async def until(socket: ClientConnection, wanted: Callable[[Members], bool]) -> Members:
    """Who is there, as soon as it is as wanted."""
    async with asyncio.timeout(30):
        while True:
            message = json.loads(await socket.recv())
            if message["type"] == "presence" and wanted(message["members"]):
                return list(message["members"])


def nobody(members: Members) -> bool:
    return members == []


def somebody(members: Members) -> bool:
    return members != []


async def test_ws_12_others_who_look_and_type_are_told(site: Site, live: Live, ticket: UUID) -> None:
    async with live.socket(await token(site, "ann")) as ann, live.socket(await token(site, "bea")) as bea:
        await look(ann, ticket)
        assert await until(ann, lambda _: True) == []
        await look(bea, ticket)
        me = {"member_id": str(site.members["ann"]), "name": "Ann Agent", "typing": False}
        assert await until(bea, somebody) == [me]
        assert [each["name"] for each in await until(ann, somebody)] == ["Bea Agent"]
        await look(bea, ticket, typing=True)
        await until(ann, lambda members: members[0]["typing"])
        await look(bea, None)
        await until(ann, nobody)


async def test_who_closes_the_browser_is_gone_and_two_tabs_are_one(site: Site, live: Live, ticket: UUID) -> None:
    async with live.socket(await token(site, "ann")) as ann:
        await look(ann, ticket)
        async with live.socket(await token(site, "bea")) as bea, live.socket(await token(site, "bea")) as tab:
            await look(bea, ticket)
            await look(tab, ticket, typing=True)
            assert len(await until(ann, lambda members: any(each["typing"] for each in members))) == 1
        await until(ann, nobody)


async def test_it_is_told_across_processes(db: Database, tmp_path: Path, site: Site, live: Live, ticket: UUID) -> None:
    other = Site(db, tmp_path / "other")
    async with (
        served(other) as second,
        live.socket(await token(site, "ann")) as ann,
        second.socket(await token(site, "bea")) as bea,
    ):
        await look(ann, ticket)
        await look(bea, ticket)
        assert [each["name"] for each in await until(ann, somebody)] == ["Bea Agent"]
        assert [each["name"] for each in await until(bea, somebody)] == ["Ann Agent"]


async def test_who_may_not_see_the_ticket_is_neither_told_nor_shown(site: Site, live: Live, ticket: UUID) -> None:
    bea = site.members["bea"]
    await roles.give(site.db, site.account, bea, "own")
    [fate] = await site.hear(said("Another", subject="Another"))
    assert fate.ticket_id is not None
    await give(site, fate.ticket_id, bea)
    async with live.socket(await token(site, "ann")) as ann, live.socket(await token(site, "bea")) as socket:
        await look(ann, ticket)
        await until(ann, nobody)
        for wanted in (ticket, new_id(), fate.ticket_id):
            await look(socket, wanted, typing=True)
        # Told of the last, the only one she sees: the others are behind her.
        assert await until(socket, lambda _: True) == []
        await look(ann, fate.ticket_id)
        assert [each["name"] for each in await until(ann, somebody)] == ["Bea Agent"]
        await look(ann, ticket)
        assert await until(ann, lambda _: True) == []


async def test_who_loses_sight_of_the_ticket_is_gone_at_the_next_beat(site: Site, live: Live, ticket: UUID) -> None:
    bea = site.members["bea"]
    await roles.give(site.db, site.account, bea, "own")
    await give(site, ticket, bea)
    async with live.socket(await token(site, "ann")) as ann, live.socket(await token(site, "bea")) as socket:
        await look(ann, ticket)
        await look(socket, ticket)
        await until(ann, somebody)
        await give(site, ticket, site.members["ann"])
        await site.hub.presence.beat()
        await until(ann, nobody)


async def test_who_falls_silent_is_forgotten(site: Site, live: Live, ticket: UUID) -> None:
    async with live.socket(await token(site, "ann")) as ann:
        await look(ann, ticket)
        await until(ann, nobody)
        # A process that was killed says no more.
        site.hub.tell(f"presence:{site.account}:{ticket}:{site.members['bea']}:{new_id()}:looking")
        await until(ann, somebody)
        site.hub.presence.kept = 0
        await site.hub.presence.beat()
        await until(ann, nobody)


async def test_nonsense_is_passed_over_and_nothing_is_stored(site: Site, live: Live, ticket: UUID) -> None:
    key = await token(site, "ann")
    async with site.db.transaction(site.account) as tx:
        before = await tx.value("select max(seq) from events")
    async with live.socket(key) as ann:
        for words in ("", "[]", "{}", '{"type":"looking"}', '{"type":"looking","ticket_id":7}', '{"type":"pong"}'):
            await ann.send(words)
        await look(ann, ticket, typing=True)
        await until(ann, nobody)
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select max(seq) from events") == before


async def give(site: Site, ticket: UUID, member: UUID) -> None:
    async with site.db.transaction(site.account) as tx:
        await tickets.change(tx, ticket, TicketChange(assignee_id=member), None)
