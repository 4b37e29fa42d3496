"""Answers as members see them: tickets in lists and alone, and what stands in a timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

import msgspec

from kanal.tickets.models import Priority, Source

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], kw_only=True):
    items: list[T]
    next: str | None


class Named(msgspec.Struct, kw_only=True):
    id: UUID
    name: str


class ShownStatus(msgspec.Struct, kw_only=True):
    id: UUID
    key: str
    name: str
    is_closed: bool


class ShownContact(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    email: str | None


class ShownChannel(msgspec.Struct, kw_only=True):
    id: UUID
    kind: str
    name: str
    deleted: bool


class MergedInto(msgspec.Struct, kw_only=True):
    id: UUID
    number: int


class Ticket(msgspec.Struct, kw_only=True):
    """One ticket in a list."""

    id: UUID
    number: int
    subject: str
    pipeline: Named
    status: ShownStatus
    priority: Priority
    team: Named | None
    assignee: Named | None
    contact: ShownContact | None
    channel: ShownChannel | None
    version: int
    created_at: datetime
    last_message_at: datetime
    closed_at: datetime | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    deleted_at: datetime | None
    last_direction: Literal["in", "out"] | None
    snippet: str
    has_failed_reply: bool
    custom: dict[str, Any]
    """Values of custom properties by key; those of archived ones too."""
    tags: list[str]
    unread: bool
    following: bool
    """The member wants to hear of it."""
    merged_into: MergedInto | None
    """The ticket that it is part of now."""


class Count(msgspec.Struct, kw_only=True):
    n: int
    capped: bool
    """There are more than `n`."""
    unknown: bool | msgspec.UnsetType = msgspec.UNSET
    """True where counting would take too long: there are `n` at least."""


class Participant(msgspec.Struct, kw_only=True):
    name: str
    address: str
    role: Literal["contact", "cc", "new_person"]


class TicketConversation(msgspec.Struct, kw_only=True):
    id: UUID
    channel: ShownChannel
    state: Literal["open", "closed"]
    participants: list[Participant]


class Linked(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str
    status: ShownStatus
    why: Literal["after_closed", "unproved_reference", "by_hand", "split"]


class MergedHere(msgspec.Struct, kw_only=True):
    """A ticket that became part of this one; `id` is the merge, by which it is taken back."""

    id: UUID
    ticket: NoticeTicket
    at: datetime
    by: ShownMember | None


class AlsoIn(msgspec.Struct, kw_only=True):
    """The same message reached another channel and became a ticket there."""

    ticket_id: UUID
    number: int
    channel_name: str


class ShownAddress(msgspec.Struct, kw_only=True):
    name: str
    address: str


class ReplyForm(msgspec.Struct, kw_only=True):
    """Whether the ticket can be answered, how, and what the composer starts with."""

    possible: bool
    reason: str | None
    """Why not, or, where it is possible, why the answer would have to wait."""
    how: str | None
    """The kind of channel that carries the answer."""
    sender: ShownAddress | None = msgspec.field(name="from")
    to: list[str]
    cc: list[str]
    new_people: list[str]
    suggested_subject: str


class WholeTicket(Ticket, kw_only=True):
    description: str
    conversations: list[TicketConversation]
    to_connect: ShownChannel | None
    """A workflow made it of a conversation on this channel outside of the help desk: its subject and its messages are
    there (K18)."""
    linked: list[Linked]
    also_in: list[AlsoIn]
    followers: list[ShownMember]
    merged: list[MergedHere]
    """What was merged into it, the last first."""
    source: Source
    restore_until: datetime | None
    """Of a deleted one: until when it is kept."""
    reply: ReplyForm


class Person(msgspec.Struct, kw_only=True):
    """Who wrote a message."""

    name: str
    address: str
    member_id: UUID | None
    contact_id: UUID | None


class Quoted(msgspec.Struct, kw_only=True):
    text: str
    html: str


class ShownAttachment(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str
    url: str
    is_image: bool


class Trust(msgspec.Struct, kw_only=True):
    spf: str
    dkim: str
    dmarc: str
    verdict: Literal["pass", "fail", "none"]


class ShownAnswer(msgspec.Struct, kw_only=True):
    """One answered field of a form."""

    label: str
    value: str


class HandedOn(msgspec.Struct, kw_only=True):
    """Whose message somebody handed on, as their program wrote it down. `applied`: it counts as the original sender's;
    `claimed`: nobody vouches for it, and one may choose; `refused`: it is the forwarder's."""

    state: Literal["applied", "claimed", "refused"]
    name: str
    address: str
    sent: str
    subject: str
    by: ShownAddress


class SenderSignals(msgspec.Struct, kw_only=True):
    """What a reader should know of who says to have sent a message."""

    first_time: bool
    """Nothing came from this address before."""
    reply_to: str
    """Answers would go to this other address; "" for none."""
    hidden_behind: str
    """A group or relay put this address in the place of the sender's, and nothing vouches for who it was."""
    looks_like: str
    """The domain of a known contact that the sender's domain is easily taken for."""


class ShownInvitation(msgspec.Struct, kw_only=True):
    """A meeting. Of one that takes whole days the times are midnights in UTC that stand for days."""

    method: Literal["request", "cancel", "reply"]
    uid: str
    sequence: int
    summary: str
    location: str
    organizer: str
    attendee: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    timezone: str
    repeats: bool
    answer: Literal["", "accepted", "tentative", "declined"]


class ShownMessage(msgspec.Struct, kw_only=True, tag="message"):
    """What became of one that went out is told by `delivery`; the API lays it beside."""

    id: UUID
    conversation_id: UUID
    direction: Literal["in", "out"]
    at: datetime
    text: str
    html: str | None
    quoted: Quoted | None
    sender: Person = msgspec.field(name="from")
    to: list[ShownAddress]
    cc: list[ShownAddress]
    bcc: list[ShownAddress]
    subject: str
    channel: Named
    attachments: list[ShownAttachment]
    auto: Literal["auto_reply", "machine", "list", "bounce"] | None
    trust: Trust
    new_person: bool
    remote_images: int
    raw_event_id: UUID | None
    raw_only: bool
    flags: list[str]
    answers: list[ShownAnswer]
    forwarded: HandedOn | None
    signals: SenderSignals
    invitation: ShownInvitation | None
    receipt_to: str
    """At which address its sender asks to be told that it was read; "" where nobody asks."""
    receipt_sent_at: datetime | None
    sent_elsewhere: bool
    """One of us wrote it in another program: it left from there."""
    about_id: UUID | None
    """The message that it answers or hands on."""
    is_forward: bool


class ShownMember(msgspec.Struct, kw_only=True):
    member_id: UUID
    name: str


class ShownComment(msgspec.Struct, kw_only=True, tag="comment"):
    id: UUID
    at: datetime
    text: str
    html: str | None
    author: ShownMember | None
    attachments: list[ShownAttachment]
    mentions: list[ShownMember]
    """Whom it names, of our own people."""


class EventText(msgspec.Struct, kw_only=True):
    """What the ids in an event's data are called now; null where there is nothing to name."""

    before: str | None = msgspec.field(name="from")
    after: str | None = msgspec.field(name="to")


class ShownEvent(msgspec.Struct, kw_only=True, tag="event"):
    id: str
    at: datetime
    name: str
    actor: ShownMember | None
    rule: Named | None
    """The rule of the ticket automation that did it."""
    data: dict[str, Any]
    text: EventText


Item = ShownMessage | ShownComment | ShownEvent


class Timeline(msgspec.Struct, kw_only=True):
    version: int
    items: list[Item]
    next: str | None
    """Older items stand behind this; null at the beginning of the ticket."""


class ContactHandle(msgspec.Struct, kw_only=True):
    id: UUID
    kind: str
    address: str


class ContactTicket(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str
    status: ShownStatus
    created_at: datetime


class Contact(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    handles: list[ContactHandle]
    owner_id: UUID | None
    custom: dict[str, Any]
    """Values of custom properties by key; those of archived ones too."""
    created_at: datetime
    tickets: list[ContactTicket]


class Held(msgspec.Struct, kw_only=True):
    """One thing that holds a contact's data."""

    table: str
    id: str
    what: str
    at: datetime | None


NoticeKind = Literal[
    "assigned",
    "customer_answered",
    "mentioned",
    "followed_activity",
    "snooze_over",
    "reply_failed",
    "returned",
    "waiting_too_long",
    "contact_owner",
    "bulk_done",
    "channel_attention",
]


class NoticeTicket(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str


class NoticeConversation(msgspec.Struct, kw_only=True):
    id: UUID
    inbox_id: UUID
    subject: str


class NoticeBulk(msgspec.Struct, kw_only=True):
    """A job that changed many tickets."""

    id: UUID
    done: int
    total: int


class Notice(msgspec.Struct, kw_only=True):
    """About a ticket or about a channel."""

    id: UUID
    kind: NoticeKind
    ticket: NoticeTicket | None
    conversation: NoticeConversation | None
    """Of a conversations inbox, where it is no ticket."""
    bulk: NoticeBulk | None
    channel: Named | None
    actor: ShownMember | None
    why: str
    """Where routing did it: its code, or what made it decide (`queue`, `hand_over`, …); `hand` for people. Of a
    channel `broken` or `works`."""
    at: datetime
    read: bool
