"""The live socket on a real server: who gets in, what they hear, and that nothing is missed or doubled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from kanal.events import actions as events
from kanal.events import queries
from kanal.events.models import Event
from kanal.people import queries as people
from kanal.people import sessions
from tests.make import accounts, channels
from tests.make.live import Live, closes, everything, hears, says, served
from tests.make.said import said
from tests.make.site import Site


@pytest.fixture
async def live(site: Site) -> AsyncIterator[Live]:
    await site.member("ann")
    async with served(site) as live:
        yield live


async def token(site: Site, name: str = "ann") -> str:
    return await site.token(site.members[name])


async def emit(site: Site, *happened: Event) -> None:
    async with site.db.transaction(site.account) as tx:
        for event in happened:
            events.emit(tx, event)


async def last(site: Site) -> int:
    async with site.db.transaction(site.account) as tx:
        return await queries.last(tx)


async def signed_in(site: Site) -> tuple[str, Any]:
    """A cookie of Ann's, and her session."""
    async with site.db.transaction(site.account) as tx:
        user = (await people.member(tx, site.members["ann"])).user_id
    async with site.db.transaction(None) as tx:
        secret = await sessions.start(tx, user, "203.0.113.7", "Browser")
        [session] = await sessions.of_user(tx, user)
    return f"__Host-kanal_session={secret}", session


async def test_a_mail_is_heard_of_at_once(site: Site, live: Live) -> None:
    async with live.socket(await token(site)) as socket:
        assert await says(socket) == {"type": "hello", "cursor": await last(site)}
        [fate] = await site.hear(said())
        event = await hears(socket, "ticket.created")
    assert event["ticket_id"] == str(fate.ticket_id)
    assert set(event) == {
        *("seq", "name", "at", "actor_member_id", "ticket_id", "conversation_id", "channel_id", "contact_id", "data")
    }


async def test_after_a_reconnect_with_the_cursor_nothing_is_missed_and_nothing_doubled(site: Site, live: Live) -> None:
    seqs: list[int] = []
    bearer = await token(site)
    cursor = start = await last(site)
    for _ in range(4):
        await emit(site, *(Event(name="contact.created") for _ in range(5)))
        async with live.socket(bearer, cursor=cursor) as socket:
            await emit(site, *(Event(name="contact.created") for _ in range(5)))
            while len(seqs) % 10 or not seqs or seqs[-1] < await last(site):
                message = await says(socket)
                seqs += [item["seq"] for item in message.get("items", [])]
                cursor = message["cursor"]
    assert seqs == list(range(start + 1, start + 41))


async def test_a_gap_too_large_says_to_start_anew(site: Site, live: Live) -> None:
    await emit(site, *(Event(name="contact.created") for _ in range(2_100)))
    async with live.socket(await token(site), cursor=1) as socket:
        await says(socket)
        assert await says(socket) == {"type": "resync", "cursor": await last(site)}


async def test_a_browser_comes_in_by_cookie_from_our_own_pages_only(site: Site, live: Live) -> None:
    cookie, _ = await signed_in(site)
    async with live.socket(cookie=cookie) as socket:
        assert (await says(socket))["type"] == "hello"
    foreign = {"cookie": cookie, "origin": "https://evil.example"}
    attempts: list[dict[str, Any]] = [foreign, {"cookie": "x=y"}, {"token": "wrong"}]
    for wrong in attempts:
        with pytest.raises((InvalidStatus, ConnectionClosed)):
            async with live.socket(**wrong) as socket:
                await socket.recv()


async def test_another_account_is_not_there(site: Site, live: Live) -> None:
    await accounts.account(site.db, "b")
    cookie, _ = await signed_in(site)
    ways: list[dict[str, Any]] = [{"cookie": cookie}, {"token": await token(site)}]
    for how in ways:
        with pytest.raises((InvalidStatus, ConnectionClosed)):
            async with live.socket(**how, slug="b") as socket:
                await socket.recv()


@pytest.mark.parametrize("cursor", ["x", "-1", "1" * 40])
async def test_a_cursor_that_is_none_is_refused(site: Site, live: Live, cursor: Any) -> None:
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        async with live.socket(await token(site), cursor=cursor) as socket:
            await socket.recv()


async def test_a_session_that_ends_hears_nothing_more(site: Site, live: Live) -> None:
    cookie, session = await signed_in(site)
    async with live.socket(cookie=cookie) as socket:
        await says(socket)
        async with site.db.transaction(None) as tx:
            assert await sessions.end(tx, session.user_id, session.id)
        await emit(site, Event(name="contact.created"))
        assert await closes(socket) == 4401


async def test_a_deactivated_member_hears_nothing_more_after_a_beat(site: Site) -> None:
    site.hub._beat = 0.1
    await site.member("ann")
    async with served(site) as live, live.socket(await token(site)) as socket:
        await says(socket)
        async with site.db.transaction(site.account) as tx:
            await tx.run("update members set deactivated_at = created_at where id = %s", (site.members["ann"],))
        assert await closes(socket) == 4401


async def test_k17_events_of_hidden_channels_are_not_heard(site: Site, live: Live) -> None:
    board = await channels.email_channel(site.db, site.account, "board@a.example")
    support, site.channel = site.channel, board
    async with live.socket(await token(site)) as socket:
        async with site.db.transaction(site.account) as tx:
            await tx.run("update channels set open_to = 'teams' where id = %s", (board,))
            events.emit(tx, Event(name="channel.changed", channel_id=board))
        await site.hear(said("For the board", "boss@kund.example"))
        site.channel = support
        await site.hear(said())
        names = await everything(socket, "ticket.created")
        assert names.count("ticket.created") == names.count("message.received") == 1


async def test_what_is_only_for_its_member_or_for_admins_is_not_heard_by_others(site: Site, live: Live) -> None:
    await site.member("adam", "admin")
    private = [
        Event(name="notice.created", data={"member_id": str(site.members[name]), "notice_id": "x", "kind": "assigned"})
        for name in ("ann", "adam")
    ]
    agent, admin = await token(site), await token(site, "adam")
    async with live.socket(agent) as hers, live.socket(admin) as his:
        await emit(site, *private, Event(name="raw_event.stored"), Event(name="account.created"))
        await emit(site, Event(name="contact.changed"))
        assert await everything(hers, "contact.changed") == ["notice.created", "contact.changed"]
        heard = await everything(his, "contact.changed")
    assert heard == ["notice.created", "raw_event.stored", "account.created", "contact.changed"]


async def test_whatever_a_browser_says_is_taken_in_peace(site: Site, live: Live) -> None:
    async with live.socket(await token(site)) as socket:
        await says(socket)
        for text in ('{"type":"pong"}', "rubbish", b"\xff"):
            await socket.send(text)
        await emit(site, Event(name="contact.created"))
        await hears(socket, "contact.created")


async def test_a_message_larger_than_any_of_ours_closes_the_socket(site: Site, live: Live) -> None:
    async with live.socket(await token(site)) as socket:
        await socket.send("x" * 70_000)
        assert await closes(socket) == 1009


async def test_k17_submissions_are_heard_of_by_those_who_may_read_them(site: Site, live: Live) -> None:
    """An agent hears of those on channels open to them, who manages forms of all."""
    await site.member("adam", "admin")
    loose = Event(name="form.submitted", data={"submission_id": "loose"})
    carried = Event(name="form.submitted", channel_id=site.channel, data={"submission_id": "carried"})
    heard = []
    for name in ("ann", "adam"):
        async with live.socket(await token(site, name)) as socket:
            await says(socket)
            await emit(site, loose, carried)
            heard.append((await hears(socket, "form.submitted"))["data"]["submission_id"])
    assert heard == ["carried", "loose"]
