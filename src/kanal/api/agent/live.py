"""The live socket: one a browser, with a cursor, so that nothing is missed and nothing doubled after a reconnect.
Events come from the realtime hub; here is decided who may hear which."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException

from kanal.api.http.given import Db, Given
from kanal.api.http.signin import Caller, require
from kanal.events import queries as events
from kanal.events.models import Recorded
from kanal.kit.db import Database
from kanal.people import signed_in
from kanal.realtime.feed import Feed
from kanal.realtime.hub import Hub
from kanal.views.visible import hidden_channels, hidden_from

SIGNED_OUT = 4401
UNREADABLE = 4422
OWN = frozenset({"draft.changed", "notice.created"})
"""Only for the member they name."""
AUDIT = frozenset({"member.signed_in", "member.signed_out", "member.added", "token.created", "account.created"})


class Sight:
    """What one caller may hear of."""

    __slots__ = ("hidden", "member", "sees_raw")

    def __init__(self, caller: Caller, hidden: frozenset[UUID]) -> None:
        self.member = caller.member
        self.sees_raw = caller.may("see_raw")
        self.hidden = hidden

    def __call__(self, event: Recorded) -> bool:
        if event.name in OWN:
            return event.data.get("member_id") == str(self.member)
        if event.channel_id is not None and event.channel_id in self.hidden:
            return False
        if event.name in AUDIT:
            return self.sees_raw or event.actor_id == self.member
        return self.sees_raw or not event.name.startswith("raw_event.")


class Doorkeeper:
    """Looks again, for many sockets at once, who is still signed in and what they may see now."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def check(self, account: int, feeds: Sequence[Feed]) -> None:
        callers: list[Caller] = [feed.who for feed in feeds]
        async with self._db.transaction(account) as tx:
            members = await signed_in.members_of(tx, [caller.id for caller in callers])
            hidden = await hidden_from(tx, list({caller.member for caller in callers}))
        for feed, caller in zip(feeds, callers, strict=True):
            member = members.get(caller.id)
            if member is None:
                feed.end(SIGNED_OUT)
                continue
            now = msgspec.structs.replace(
                caller, role=member.role, has_seat=member.has_seat, permissions=tuple(member.permissions)
            )
            feed.who, feed.sees = now, Sight(now, hidden[caller.member])


@websocket("/live", guards=[require("read")])
async def live(socket: WebSocket[Caller, Any, Any], db: Db, hub: Given[Hub]) -> None:
    caller = socket.user
    cursor = _cursor(socket.query_params.get("cursor"))
    async with db.transaction(caller.account) as tx:
        sight = Sight(caller, frozenset(await hidden_channels(tx, caller.member)))
        start = await events.last(tx) if cursor is None else cursor
    await socket.accept()
    await socket.send_text(f'{{"type":"hello","cursor":{start}}}')
    feed = Feed(caller.account, start, caller, sight, socket.send_text, socket.close)
    hub.join(feed, Doorkeeper(db).check)
    try:
        await _listen(socket)
    finally:
        hub.leave(feed)


def _cursor(given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise WebSocketException(code=UNREADABLE, detail="cursor is a whole number")
    return int(given)


async def _listen(socket: WebSocket[Caller, Any, Any]) -> None:
    """What a browser says (`pong`) only shows that it is there; until it leaves."""
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.receive_data(mode="text")
