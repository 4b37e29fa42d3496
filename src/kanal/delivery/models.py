"""What a person asks to be sent, and what is known of each attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Kind
from kanal.channelkit.messages import Field, Invitation
from kanal.kit.crypto import Keyring

State = Literal["queued", "sending", "data_sent", "sent", "failed", "unknown", "bounced", "cancelled"]
ShownState = Literal["queued", "sending", "sent", "failed", "unknown", "bounced"]


@dataclass(frozen=True)
class Carriers:
    """What it takes to see a channel as its kind does."""

    kinds: Mapping[str, Kind]
    keyring: Keyring
    mail_domain: str


class Addressee(msgspec.Struct, kw_only=True, frozen=True):
    """One recipient of a message, as `messages.recipients` holds it."""

    field: Field
    space: str
    key: str
    address: str
    name: str = ""


class Answer(msgspec.Struct, kw_only=True):
    """An answer as its author gave it; what is left out is decided by `recipients`."""

    author_id: UUID
    text: str = ""
    html: str = ""
    to: list[str] | None = None
    cc: list[str] | None = None
    bcc: list[str] | None = None
    include_new_people: list[str] = []
    attachments: list[UUID] = []
    seen_version: int | None = None
    status: str | None = None
    undoable: bool = False
    """Held back for a few seconds, so that it can still be taken back."""
    answers: UUID | None = None
    """The message that it answers; None: the last one of those who take part."""
    all: bool | None = None
    """Without recipients: True writes to everybody whom the answered message names, False to its sender and those in
    copy; None to all who take part, unless `answers` names a message."""
    channel: UUID | None = None
    """By which it leaves; None: the one by which the thread goes."""
    quote: bool | None = None
    """Whether it carries what it answers; None: as the channel has it."""
    send_at: datetime | None = None
    """When it leaves; None: at once."""
    invitation: Invitation | None = None
    """It is the answer to one; `source` is what the other calendar reads."""


class Reply(Answer, kw_only=True):
    """In a ticket."""

    ticket_id: UUID


class ReplyApart(Answer, kw_only=True):
    """In a conversation of a conversations inbox; its `status` is the state of the conversation afterwards."""

    conversation_id: UUID


class Forward(msgspec.Struct, kw_only=True):
    """A message to hand on, as whoever does it gave it."""

    message_id: UUID
    author_id: UUID
    to: list[str]
    cc: list[str] = []
    bcc: list[str] = []
    subject: str | None = None
    text: str = ""
    html: str = ""
    attachments: list[UUID] | None = None
    """Of the message, or uploaded; None: all of the message's. Pictures that its words show go with it in any case."""
    channel: UUID | None = None
    send_at: datetime | None = None
    undoable: bool = False


class NewMail(msgspec.Struct, kw_only=True):
    """The first message of a conversation that we open."""

    author_id: UUID
    to: list[str]
    cc: list[str] = []
    bcc: list[str] = []
    text: str = ""
    html: str = ""
    attachments: list[UUID] = []
    send_at: datetime | None = None
    undoable: bool = False


class Queued(msgspec.Struct, kw_only=True):
    message_id: UUID
    delivery_id: UUID
    version: int


class ShownDelivery(msgspec.Struct, kw_only=True):
    """The newest attempt to deliver a message, as people see it."""

    id: UUID
    message_id: UUID
    state: ShownState
    reason: str | None
    at: datetime
    not_before: datetime | None
    send_at: datetime | None
    """When its author wants it to leave; null: at once, or it has left."""
    held: bool
    """The customer wrote before it left: it waits until somebody sends it all the same, or takes it back."""
    can_retry: bool
    can_confirm: bool
    can_cancel: bool


class Change(msgspec.Struct, kw_only=True, frozen=True):
    """The state that a delivery goes to, and what is remembered of it."""

    to: State
    reason: str = ""
    said: str = ""
    refused: dict[str, str] = {}
    next_try_at: datetime | None = None
    tries: int | None = None
    """None: stays as it is."""
    external_id: str = ""
    """The provider's id, where it names messages."""
    somebody_must_act: bool = False
    signed_out: bool = False
    """The provider refused the channel's credentials."""


class Row(msgspec.Struct, kw_only=True):
    """A delivery with what hangs on it."""

    id: UUID
    message_id: UUID
    channel_id: UUID
    conversation_id: UUID
    ticket_id: UUID | None
    author_id: UUID | None


class Ahead(msgspec.Struct, kw_only=True):
    """The delivery of the same conversation that has to leave first."""

    state: State
    next_try_at: datetime | None


class Claim(msgspec.Struct, kw_only=True, frozen=True):
    """An attempt that this process alone makes. `mark` is written on the row, and whoever takes the row over changes
    it: nothing is handed to a provider under an old mark."""

    account_id: int
    row: Row
    token: str
    tries: int
    mark: str
