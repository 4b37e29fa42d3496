"""The port by which a kind speaks to the desk. server/desk.py binds it; tests hand a kind one of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol
from uuid import UUID

import msgspec

from kanal.channelkit.channel import Channel
from kanal.channelkit.channel import ChannelRef as ChannelRef
from kanal.channelkit.messages import Door


class Arrival(msgspec.Struct, kw_only=True):
    """One delivery for one channel, not yet stored."""

    channel: ChannelRef
    body: bytes
    door: Door
    external_id: str = ""
    """The provider's id of this delivery; "" lets the SHA-256 of the bytes and the envelope stand for it."""


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
        """The cursor that `receive` stored last."""

    async def health(self, ref: ChannelRef, state: Literal["ok", "waiting", "attention"], why: str = "") -> None:
        """Say how the channel is; shown beside it, and to its admins when it needs attention."""

    async def availability(self, ref: ChannelRef) -> bool:
        """Whether somebody can take work of this channel now."""

    async def who_rings(self, ref: ChannelRef, caller: str) -> Sequence[UUID]:
        """The members whose phones ring for this call."""
