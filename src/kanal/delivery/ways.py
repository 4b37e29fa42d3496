"""A way that an answer can take, and what was asked when it was looked for. `prospect` finds it, `send` goes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Kind
from kanal.conversations.models import Conversation
from kanal.delivery.answered import Answered
from kanal.delivery.models import Addressee, Carriers
from kanal.delivery.ours import LeftOut
from kanal.inboxes.models import ChannelRow
from kanal.kit.db import Transaction


@dataclass(frozen=True)
class WayOut:
    """A channel that can carry an answer, and the people it would go to."""

    channel: ChannelRow
    kind: Kind
    conversation: Conversation | None
    """None: one has to be started."""
    people: list[Addressee]
    new_people: list[Addressee]
    contact_id: UUID | None
    subject: str
    own_keys: frozenset[str]
    """The channel's own addresses."""
    sender: Addressee | None
    contact_keys: frozenset[str] = frozenset()
    """Whose conversation it is."""
    about: Answered | None = None
    """The message that is answered."""
    left_out: list[LeftOut] = field(default_factory=list)
    thread: ChannelRow | None = None
    """By which channel the thread goes; None: there is none yet."""


class Asked(msgspec.Struct, kw_only=True, frozen=True):
    """What its author has chosen of an answer, as far as they have."""

    answers: UUID | None = None
    everybody: bool | None = None
    channel: UUID | None = None
    author: UUID | None = None


UNSAID = Asked()


class TicketRow(msgspec.Struct, kw_only=True):
    id: UUID
    subject: str
    contact_id: UUID | None
    channel_id: UUID | None


@dataclass(frozen=True)
class Asking:
    """Who asks about which ticket, or about a conversation that is none."""

    tx: Transaction
    carriers: Carriers
    ticket: TicketRow | None
    hidden: Collection[UUID]
    asked: Asked
