"""The port by which a kind speaks to the desk. server/desk.py binds it; tests hand a kind one of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

import msgspec

from kanal.channelkit.channel import Channel
from kanal.channelkit.channel import ChannelRef as ChannelRef
from kanal.channelkit.ledger import Entry, Listed, Wanted
from kanal.channelkit.messages import Door


class Arrival(msgspec.Struct, kw_only=True):
    """One delivery for one channel, not yet stored."""

    channel: ChannelRef
    body: bytes
    door: Door
    external_id: str = ""
    """The provider's id of this delivery; "" lets the SHA-256 of the bytes and the envelope stand for it."""
    entry: Entry | None = None
    """Where it lies on the server; explained in the same commit."""


class Desk(Protocol):
    """What a kind may ask of the desk."""

    mail_domain: str

    async def receive(self, arrivals: Sequence[Arrival], state: dict[str, Any] | None = None) -> None:
        """Store the deliveries in one commit, `state` (the channel's cursor) with them. When it returns, they are safe;
        when it raises, none is stored and the provider must not be told otherwise."""

    async def find(self, space: str, keys: Sequence[str]) -> dict[str, ChannelRef]:
        """Which channel answers for which of these addresses; unknown ones are left out."""

    async def channel(self, ref: ChannelRef) -> Channel: ...

    async def channels(self, kind: str) -> Sequence[Channel]:
        """All connected channels of a kind, over all accounts."""

    async def state(self, ref: ChannelRef) -> dict[str, Any]:
        """The cursor that `receive` or `remember` stored last."""

    async def remember(self, ref: ChannelRef, state: dict[str, Any]) -> None:
        """Store the channel's cursor by itself."""

    def on_change(self, wake: Callable[[], None]) -> None:
        """Have `wake` called whenever a channel was connected, changed, switched, authorized or deleted."""

    async def lease(self, ref: ChannelRef) -> bool:
        """Whether this process alone may fetch for the channel now; held until `let_go`, or until the process or its
        connection to the database ends. To be asked again before each round of work: a lease can be lost."""

    async def let_go(self, ref: ChannelRef) -> None: ...

    async def list_entries(self, ref: ChannelRef, folder: str, listed: Sequence[Listed], at: datetime) -> None:
        """Write down what the server lists: new entries as the kind means them, known ones as still there."""

    async def end_listing(self, ref: ChannelRef, folder: str, began: datetime) -> None:
        """The whole folder has been listed since `began`: what was not among it is on the server no more."""

    async def reads_only(self, ref: ChannelRef, folders: Sequence[str]) -> None:
        """No other folder is listed any more: the balance is of these."""

    async def forget_entries(self, ref: ChannelRef) -> datetime | None:
        """Another mailbox is read from now on: what was written down of the one before explains nothing in it. Says
        when a folder of that was last gone through."""

    async def wanted(self, ref: ChannelRef, folder: str, most: int) -> Sequence[Wanted]:
        """Entries that are due to be fetched, the newest mail before history, then in the order of their keys."""

    async def not_fetched(self, ref: ChannelRef, entries: Sequence[Entry], why: str, *, skip: bool = False) -> None:
        """They could not be fetched and are tried again later; with `skip` they will not be, by the rule `why`."""

    async def want_history(self, ref: ChannelRef, since: datetime | None) -> None:
        """Fetch also what was there before the channel was connected, from then on; None: no more of it."""

    async def authorized(self, ref: ChannelRef, granted: bool, why: str = "") -> None:
        """The provider took our credentials, or refuses them: then everything queued waits, and people are told."""

    async def health(self, ref: ChannelRef, state: Literal["ok", "waiting", "attention"], why: str = "") -> None:
        """Say how the channel is; shown beside it, and to its admins when it needs attention."""

    async def availability(self, ref: ChannelRef) -> bool:
        """Whether somebody can take work of this channel now."""

    async def who_rings(self, ref: ChannelRef, caller: str) -> Sequence[UUID]:
        """The members whose phones ring for this call."""
