"""Which channels can answer what came in by one that only takes messages in: the one chosen for it, the account's
fallback, any other that may write first. Answers (prospect), confirmations and the list of channels ask here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kanal.channelkit.contract import Kind, reach, referring
from kanal.channelkit.messages import Handle
from kanal.delivery.models import Carriers
from kanal.inboxes import queries as channels
from kanal.inboxes.models import ChannelRow
from kanal.kit.db import Transaction


@dataclass(frozen=True)
class Answering:
    """A channel that may carry an answer."""

    channel: ChannelRow
    kind: Kind
    chosen: bool
    """It was chosen for the channel that is answered."""


@dataclass(frozen=True)
class Desk:
    """What the choice depends on, looked up once for many."""

    fallback: UUID | None
    channels: Sequence[tuple[ChannelRow, Kind]]
    """Those that may write first, oldest first."""

    def answering(self, channel: ChannelRow, kind: Kind) -> list[Answering]:
        """The best first."""
        setting = referring(kind, "channel")
        chosen = str(channel.settings.get(setting) or "") if setting else ""

        def rank(row: ChannelRow) -> int:
            return 0 if str(row.id) == chosen else 1 if row.id == self.fallback else 2

        found = [Answering(row, own, rank(row) == 0) for row, own in self.channels]
        return sorted(found, key=lambda each: rank(each.channel))


async def desk(tx: Transaction, carriers: Carriers) -> Desk:
    return Desk(
        fallback=await channels.fallback(tx),
        channels=[
            (row, kind)
            for row in await channels.channels(tx)
            if row.active and (kind := carriers.kinds.get(row.kind)) is not None and kind.capabilities.starts
        ],
    )


def reaching(found: Sequence[Answering], handles: Sequence[Handle]) -> tuple[Answering, Handle] | None:
    """The best that can write to a person, and at which of their handles."""
    for each in found:
        if handle := reach(each.kind.capabilities, handles):
            return each, handle
    return None
