"""What a composer is told before anybody types; `composer` fills it in."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.delivery.ours import LeftOut

Code = Literal["other_channel", "not_the_teams", "reply_to_differs", "hidden_sender", "no_reply", "new_people"]


class Bounds(msgspec.Struct, kw_only=True):
    """What one message may hold; bytes, and how many files."""

    text: int
    file: int
    total: int
    files: int


class Mailbox(msgspec.Struct, kw_only=True):
    name: str
    address: str


class SendingChannel(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    kind: str
    sender: Mailbox | None = msgspec.field(name="from")
    obstacle: str
    """Why nothing can leave by it now; "" when it can."""
    limits: Bounds


class ChannelName(msgspec.Struct, kw_only=True):
    id: UUID
    name: str


class Warned(msgspec.Struct, kw_only=True):
    """What somebody should know before they send."""

    code: Code
    addresses: list[str]
    channel: ChannelName | None


class HandedFile(msgspec.Struct, kw_only=True):
    """A file of the message that would be handed on; `shown`: it stands in its words, and goes in any case."""

    id: UUID
    name: str
    content_type: str
    size: int
    shown: bool


class Composer(msgspec.Struct, kw_only=True):
    possible: bool
    reason: str
    """Why not; "" where it is possible."""
    answers: UUID | None
    """The message that is answered or handed on."""
    channel: SendingChannel | None
    channels: list[SendingChannel]
    to: list[Mailbox]
    cc: list[Mailbox]
    left_out: list[LeftOut]
    new_people: list[Mailbox]
    """Who wrote without having been asked: in the answer only when ticked, or when their own message is answered."""
    subject: str
    quotes: bool
    """Whether what follows goes below the answer unless its author says otherwise."""
    quote_text: str
    quote_html: str
    attachments: list[HandedFile]
    """Of a forward."""
    warnings: list[Warned]
    limits: Bounds | None
    answerable_until: datetime | None


class NewMailForm(msgspec.Struct, kw_only=True):
    """What it takes to write first."""

    channel: UUID | None
    """By which it leaves unless another is chosen: that of the author's team, else the oldest."""
    channels: list[SendingChannel]
