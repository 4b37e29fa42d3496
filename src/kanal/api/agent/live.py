"""The live socket: one a browser, with a cursor, so that nothing is missed and nothing doubled after a reconnect.
Events come from the realtime hub; here is decided who may hear which."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException

from kanal.api.http.given import Db, Given
from kanal.api.http.signin import Caller, require
from kanal.events import queries as events
from kanal.events.models import Recorded
from kanal.kit.db import Database, Transaction
from kanal.people import signed_in
from kanal.realtime.feed import Feed
from kanal.realtime.hub import Hub
from kanal.views import visible
from kanal.views.visible import Viewer

SIGNED_OUT = 4401
UNREADABLE = 4422
OWN = frozenset({"bulk.progressed", "draft.changed", "notice.created"})
"""Only for the member they name."""
OF_SUBMISSIONS = ("form.submitted", "submission.")
"""Beginnings of the names of events of what was sent with forms."""
AUDIT = frozenset(
    {
        "member.signed_in",
        "member.signed_out",
        "member.added",
        "member_mail.failed",
        "member_mail.retried",
        "token.created",
        "account.created",
    }
)


class Looking(msgspec.Struct, tag_field="type", tag="looking"):
    """What a browser says of itself: which ticket is on its screen, and whether somebody writes there."""

    ticket_id: UUID | None
    typing: bool = False


class Standing(msgspec.Struct, kw_only=True, frozen=True):
    """Where a ticket, or a conversation that is none, stands, as far as it decides who may see it."""

    id: UUID
    channel_id: UUID | None
    team_id: UUID | None
    assignee_id: UUID | None


class Sight:
    """What one caller may hear of."""

    __slots__ = ("hidden", "manages_forms", "member", "sees_raw", "tickets", "viewer")

    def __init__(self, caller: Caller, viewer: Viewer) -> None:
        self.member = caller.member
        self.sees_raw = caller.may("see_raw")
        self.manages_forms = caller.may("manage_forms")
        self.viewer = viewer
        self.hidden = frozenset(viewer.hidden)
        self.tickets: Mapping[UUID, Standing] = {}
        """Those of the events that come next; only a viewer who sees but some tickets is asked about them."""

    def __call__(self, event: Recorded) -> bool | Recorded:
        if event.name in OWN:
            return event.data.get("member_id") == str(self.member)
        if event.channel_id is not None and event.channel_id in self.hidden:
            return False
        if event.name in AUDIT:
            return self.sees_raw or event.actor_id == self.member
        if event.name.startswith("raw_event.") and not self.sees_raw:
            return False
        if event.name.startswith(OF_SUBMISSIONS) and not self.manages_forms:
            return self._sees_submissions(event)
        about = event.ticket_id or event.conversation_id
        return self._of_ticket(event, about) if about and self.viewer.is_narrow else True

    def _sees_submissions(self, event: Recorded) -> bool:
        """As on a contact's timeline; what led to a ticket is told by that ticket's own events."""
        return self.viewer.sees == "all" or (event.channel_id is not None and not self.viewer.is_narrow)

    def _of_ticket(self, event: Recorded, ticket: UUID) -> bool | Recorded:
        """Whoever loses sight of a ticket has to learn that it left their lists, and no more."""
        now = self.tickets.get(ticket)
        if now is None:
            return False
        if self.viewer.may_see(now.channel_id, now.team_id, now.assignee_id):
            return True
        if event.name not in ("ticket.assigned", "conversation.changed"):
            return False
        before = (_id(event.data.get(f"from_{field}")) for field in ("team_id", "assignee_id"))
        return _departure(event) if self.viewer.may_see(now.channel_id, *before) else False


class Doorkeeper:
    """Looks again, for many sockets at once, who is still signed in and what they may see now."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def check(self, account: int, feeds: Sequence[Feed]) -> None:
        callers: list[Caller] = [feed.who for feed in feeds]
        async with self._db.transaction(account) as tx:
            members = await signed_in.members_of(tx, [caller.id for caller in callers])
            viewers = await visible.viewers(tx, {caller.member for caller in callers})
        for feed, caller in zip(feeds, callers, strict=True):
            member = members.get(caller.id)
            if member is None:
                feed.end(SIGNED_OUT)
                continue
            now = msgspec.structs.replace(
                caller, role=member.role, has_seat=member.has_seat, permissions=tuple(member.permissions)
            )
            feed.who, feed.sees = now, Sight(now, viewers[caller.member])

    async def look(self, account: int, feeds: Sequence[Feed], events: Sequence[Recorded]) -> None:
        """How the tickets of these events stand now, for those who see but some of them."""
        narrow = [feed.sees for feed in feeds if isinstance(feed.sees, Sight) and feed.sees.viewer.is_narrow]
        wanted = {about for event in events if (about := event.ticket_id or event.conversation_id) is not None}
        if not narrow or not wanted:
            return
        async with self._db.transaction(account) as tx:
            tickets = await _standings(tx, wanted)
        for sight in narrow:
            sight.tickets = tickets

    async def may(self, account: int, looking: Collection[tuple[Feed, UUID]]) -> Collection[Feed]:
        """Those who still may see the ticket they look at."""
        async with self._db.transaction(account) as tx:
            viewers = await visible.viewers(tx, {feed.who.member for feed, _ in looking})
            tickets = await _standings(tx, {ticket for _, ticket in looking})
        return {
            feed
            for feed, ticket in looking
            if (now := tickets.get(ticket)) is not None
            and viewers[feed.who.member].may_see(now.channel_id, now.team_id, now.assignee_id)
        }


@websocket("/live", guards=[require("read")])
async def live(socket: WebSocket[Caller, Any, Any], db: Db, hub: Given[Hub]) -> None:
    caller = socket.user
    cursor = _cursor(socket.query_params.get("cursor"))
    async with db.transaction(caller.account) as tx:
        sight = Sight(caller, await visible.viewer(tx, caller.member))
        start = await events.last(tx) if cursor is None else cursor
    await socket.accept()
    await socket.send_text(f'{{"type":"hello","cursor":{start}}}')
    feed = Feed(caller.account, start, caller, sight, socket.send_text, socket.close)
    keeper = Doorkeeper(db)
    hub.join(feed, keeper.check, keeper.look)
    try:
        async for message in _messages(socket):
            await _look(message, feed, hub, keeper, db)
    finally:
        hub.leave(feed)


async def _standings(tx: Transaction, wanted: Collection[UUID]) -> dict[UUID, Standing]:
    rows = await tx.all(
        Standing,
        """
        select id, channel_id, team_id, assignee_id from tickets where id = any(%(ids)s)
        union all
        select id, channel_id, team_id, assignee_id from conversations where id = any(%(ids)s)
        """,
        {"ids": list(wanted)},
    )
    return {row.id: row for row in rows}


def _departure(event: Recorded) -> Recorded:
    """What is left of an event for whom its ticket has gone."""
    return Recorded(
        seq=event.seq,
        name=event.name,
        version=event.version,
        at=event.at,
        actor_id=None,
        ticket_id=event.ticket_id,
        conversation_id=None if event.ticket_id else event.conversation_id,
        channel_id=None,
        contact_id=None,
        data={},
    )


def _id(value: object) -> UUID | None:
    return UUID(value) if isinstance(value, str) else None


def _cursor(given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise WebSocketException(code=UNREADABLE, detail="cursor is a whole number")
    return int(given)


async def _messages(socket: WebSocket[Caller, Any, Any]) -> AsyncIterator[Looking]:
    """What a browser says of itself, until it leaves; all else (`pong`) only shows that it is there."""
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            said = await socket.receive_data(mode="text")
            with contextlib.suppress(msgspec.DecodeError):
                yield _LOOKING.decode(said)


_LOOKING = msgspec.json.Decoder(Looking)


async def _look(said: Looking, feed: Feed, hub: Hub, keeper: Doorkeeper, db: Database) -> None:
    ticket = said.ticket_id
    if ticket is not None and ticket != hub.presence.looks_at(feed):
        async with db.transaction(feed.account) as tx:
            ticket = await visible.ticket_id(tx, feed.who.member, ticket)
    hub.presence.look(feed, feed.who.member, ticket, typing=said.typing, may=keeper.may)
