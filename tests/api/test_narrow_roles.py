"""Roles that show their own or their teams' tickets only: whatever belongs to another's ticket is not there, by any
route and on the live socket, and who loses sight of a ticket hears that it left, and no more."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.delivery import send
from kanal.delivery.models import Reply
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake.spam import marking
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.people import actions as people
from kanal.people.models import Sees
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make import roles
from tests.make.live import Live, hears, says, served
from tests.make.said import said
from tests.make.site import Site

SECRET = "Xylophon"


@dataclass
class World:
    """Olga has a ticket with something of everything; Nora may see but some tickets, and has none."""

    site: Site
    nora: UUID
    olga: UUID
    ticket: UUID
    ids: dict[str, str]

    async def sees(self, sees: Sees) -> httpx2.AsyncClient:
        await roles.give(self.site.db, self.site.account, self.nora, sees, roles.ALL)
        return await self.site.program("nora")

    async def give(self, assignee: UUID | None, team: UUID | None = None) -> None:
        async with self.site.db.transaction(self.site.account) as tx:
            await tickets.change(tx, self.ticket, TicketChange(assignee_id=assignee, team_id=team), None)


@pytest.fixture
async def world(db: Database, tmp_path: Path) -> World:
    site = await Site(db, tmp_path).open()
    nora, olga = await site.member("nora"), await site.member("olga")
    [fate] = await site.hear(said(f"The {SECRET} is broken", subject=SECRET, name="Kim"))
    assert fate.ticket_id is not None
    async with db.transaction(site.account) as tx:
        asked = Reply(ticket_id=fate.ticket_id, author_id=olga, text=f"A new {SECRET} comes.")
        queued = await send.reply(tx, site.carriers, asked)
        await tickets.comment(tx, fate.ticket_id, author=olga, text=SECRET, html="")
        await tx.run("update raw_events set body = %s", (SECRET.encode(),))
        file = {
            "id": new_id(),
            "message_id": queued.message_id,
            "blob": await site.storage.put(SECRET.encode()),
            "name": f"{SECRET}.txt",
            "content_type": "text/plain",
            "size": len(SECRET),
            "created_at": clock.now(),
        }
        await tx.insert("attachments", [file])
        notice = {"id": new_id(), "member_id": nora, "kind": "assigned", "ticket_id": fate.ticket_id}
        await tx.insert("notices", [{**notice, "event_seq": 1, "created_at": clock.now()}])
        ids = {
            "contact": str(await tx.value("select contact_id from tickets")),
            "raw": str(fate.raw_id),
            "message": str(queued.message_id),
            "delivery": str(queued.delivery_id),
            "file": str(file["id"]),
        }
    world = World(site, nora, olga, fate.ticket_id, ids)
    await world.give(olga)
    return world


def _reads(world: World) -> list[str]:
    return [
        *("/tickets", "/views", "/views/counts", "/notices", "/raw-events", "/raw-events/counts"),
        *(
            f"/contacts/{world.ids['contact']}",
            f"/attachments/{world.ids['file']}",
            f"/raw-events/{world.ids['raw']}/raw",
        ),
        *(f"/tickets/{world.ticket}{part}" for part in ("", "/timeline", "/draft", "/reply", "/mentionable", "/times")),
        f"/tickets/{world.ticket}/reply?message={world.ids['message']}&forward=true",
        f"/messages/{world.ids['message']}/remote-image",
        f"/search?q={SECRET}",
        f"/search?q=is:open+{SECRET}",
        "/search?q=is:open",
        "/tickets/1",
        "/tickets?sort=created_at",
        "/tickets?status=open&status=closed",
        f"/tickets?assignee={world.olga}",
        f"/tickets?contact={world.ids['contact']}",
        f"/tickets?channel={world.site.channel}",
    ]


def _writes(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    ticket, ids = f"/tickets/{world.ticket}", world.ids
    return [
        ("PATCH", ticket, {"priority": "low"}),
        ("POST", f"{ticket}/read", {}),
        ("POST", f"{ticket}/follow", {}),
        ("DELETE", f"{ticket}/follow", {}),
        ("POST", f"{ticket}/snooze", {"until": "2100-01-01T08:00:00Z"}),
        ("DELETE", f"{ticket}/snooze", {}),
        ("POST", f"{ticket}/links", {"other": 1}),
        ("POST", f"{ticket}/merge", {"into": 1}),
        ("POST", f"{ticket}/split", {"messages": [ids["message"]]}),
        ("DELETE", ticket, {}),
        ("POST", f"{ticket}/restore", {}),
        ("POST", f"{ticket}/comments", {"text": "x"}),
        ("POST", f"{ticket}/replies", {"text": "x", "seen_version": 1}),
        ("PUT", f"{ticket}/draft", {"html": "x"}),
        ("DELETE", f"{ticket}/draft", {}),
        ("DELETE", f"/messages/{ids['message']}", {}),
        ("PATCH", f"/messages/{ids['message']}", {"send_at": None}),
        ("POST", f"/messages/{ids['message']}/forward", {"to": ["x@y.example"]}),
        ("POST", f"/messages/{ids['message']}/invitation", {"answer": "accepted"}),
        ("POST", f"/messages/{ids['message']}/receipt", {}),
        ("POST", f"/deliveries/{ids['delivery']}/retry", {}),
        ("POST", f"/raw-events/{ids['raw']}/replay", {}),
    ]


@pytest.mark.parametrize("sees", ["own", "teams"])
async def test_spam_that_was_anothers_ticket_is_not_there_either(world: World, sees: Sees) -> None:
    async with world.site.db.transaction(world.site.account) as tx:
        conversation = await tx.value("select id from conversations where ticket_id = %s", (world.ticket,))
        await marking.mark(tx, conversation, None)
    nora, olga = await world.sees(sees), await world.site.program("olga")
    assert SECRET in (await olga.get("/api/v1/spam")).text
    listed = await nora.get("/api/v1/spam")
    assert (listed.status_code, listed.json()["items"]) == (200, [])
    assert (await nora.get(f"/api/v1/spam/{conversation}")).status_code == 404
    answer = await nora.post(f"/api/v1/conversations/{conversation}/spam", json={"spam": False})
    assert answer.status_code == 404


@pytest.mark.parametrize("sees", ["own", "teams"])
async def test_anothers_ticket_is_not_there_by_any_route(world: World, sees: Sees) -> None:
    nora = await world.sees(sees)
    for path in _reads(world):
        answer = await nora.get(f"/api/v1{path}")
        assert answer.status_code in (200, 404), path
        assert SECRET not in answer.text, path
        assert path.startswith("/tickets?") or str(world.ticket) not in answer.text, path
        if str(world.ticket) in path or path == "/tickets/1":
            assert answer.status_code == 404, path
    for method, path, body in _writes(world):
        answer = await nora.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == 404, (path, answer.text)
    counts = (await nora.get("/api/v1/views/counts")).json()["items"]
    assert {count["n"] for count in counts.values()} == {0}
    assert set((await nora.get("/api/v1/raw-events/counts")).json().values()) == {0}


@pytest.mark.parametrize("sees", ["own", "teams", "channels"])
async def test_ones_own_is_there(world: World, sees: Sees) -> None:
    """Against vacuous truth."""
    nora = await world.sees(sees)
    await world.give(world.nora)
    hidden = [p for p in _reads(world) if SECRET not in (await nora.get(f"/api/v1{p}")).text]
    counts = {f"{part}/counts" for part in ("/views", "/raw-events")}
    own = {f"/tickets/{world.ticket}{part}" for part in ("/draft", "/mentionable", "/times")}
    without_words = {*counts, *own, "/views", "/raw-events"}
    no_picture = f"/messages/{world.ids['message']}/remote-image"
    assert set(hidden) == {*without_words, no_picture, f"/tickets?assignee={world.olga}"}
    assert len((await nora.get("/api/v1/raw-events")).json()["items"]) == 1


async def test_who_hands_a_ticket_on_is_shown_how_it_stands_and_then_no_more(world: World) -> None:
    nora = await world.sees("own")
    await world.give(world.nora)
    answer = await nora.patch(f"/api/v1/tickets/{world.ticket}", json={"assignee": str(world.olga)})
    assert (answer.status_code, answer.json()["assignee"]["id"]) == (200, str(world.olga))
    assert (await nora.get(f"/api/v1/tickets/{world.ticket}")).status_code == 404


async def test_who_sees_only_their_own_has_what_they_make(world: World) -> None:
    nora = await world.sees("own")
    made = (await nora.post("/api/v1/tickets", json={"subject": "By hand"})).json()
    assert made["assignee"]["id"] == str(world.nora)
    assert [t["id"] for t in (await nora.get("/api/v1/tickets")).json()["items"]] == [made["id"]]


@pytest.fixture
async def live(world: World) -> AsyncIterator[Live]:
    async with served(world.site) as live:
        yield live


@pytest.mark.parametrize("sees", ["own", "teams"])
async def test_the_live_socket_tells_of_ones_own_and_of_what_left(world: World, live: Live, sees: Sees) -> None:
    site = world.site
    await world.sees(sees)
    async with live.socket(await site.token(world.nora)) as socket:
        await says(socket)
        await world.give(world.nora)
        came = await hears(socket, "ticket.assigned")
        assert came["data"]["assignee_id"] == str(world.nora)
        await world.give(world.olga)
        left = await hears(socket, "ticket.assigned")
        assert (left["ticket_id"], left["data"], left["actor_member_id"]) == (str(world.ticket), {}, None)
        async with site.db.transaction(site.account) as tx:
            events.emit(tx, Event(name="comment.added", ticket_id=world.ticket, channel_id=site.channel))
            await tickets.change(tx, world.ticket, TicketChange(assignee_id=None, priority="low"), world.olga)
            await tickets.change(tx, world.ticket, TicketChange(assignee_id=world.olga), world.olga)
        async with site.db.transaction(site.account) as tx:
            events.emit(tx, Event(name="contact.changed"))
        heard = await _until(socket, "contact.changed")
    told = {event["name"] for event in heard}
    assert told == ({"contact.changed", "ticket.assigned"} if sees == "teams" else {"contact.changed"})
    assert all(event["data"] == {} for event in heard)


async def _until(socket: Any, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while not any(event["name"] == name for event in found):
        found += json.loads(await socket.recv()).get("items", [])
    return found


async def test_a_member_of_the_team_loses_sight_with_the_team(world: World, live: Live) -> None:
    site = world.site
    async with site.db.transaction(site.account) as tx:
        team = await people.create_team(tx, "Lamps", [world.nora])
    await world.give(None, team.id)
    nora = await world.sees("teams")
    assert (await nora.get(f"/api/v1/tickets/{world.ticket}")).status_code == 200
    async with live.socket(await site.token(world.nora)) as socket:
        await says(socket)
        async with site.db.transaction(site.account) as tx:
            await tx.run("delete from team_members")
            events.emit(tx, Event(name="team.changed"))
            events.emit(tx, Event(name="comment.added", ticket_id=world.ticket, channel_id=site.channel))
            events.emit(tx, Event(name="contact.changed"))
        assert [event["name"] for event in await _until(socket, "contact.changed")] == [
            "team.changed",
            "contact.changed",
        ]
    assert (await nora.get(f"/api/v1/tickets/{world.ticket}")).status_code == 404
