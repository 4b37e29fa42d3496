"""Whom an event concerns, before it is a notice; and how each kind of news is to reach somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, get_args
from uuid import UUID

import msgspec

from kanal.views.models import NoticeKind

State = Literal["broken", "works"]
"""What is told of a channel."""
Clock = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, `08:00`."""
KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)


class Concern(msgspec.Struct, kw_only=True, frozen=True):
    """A member has to hear of an event, about a ticket, a conversation that is none, a channel, or a job of theirs. The
    database makes it one notice, however often the event is read."""

    member_id: UUID
    kind: NoticeKind
    ticket_id: UUID | None = None
    conversation_id: UUID | None = None
    channel_id: UUID | None = None
    actor_id: UUID | None
    event_seq: int
    message_id: UUID | None = None
    comment_id: UUID | None = None
    why: str = ""
    """As in `views.models.Notice`."""


class Wish(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """How news of a kind reaches a member. The desktop is told by the open app, so without `app` it is silent too."""

    app: bool
    desktop: bool
    mail: bool
    digest: bool = False
    """The mail comes with others, of what is still unread then; it takes `app`."""


class Known(msgspec.Struct, kw_only=True, frozen=True):
    """What events do not say of the tickets and conversations that they name."""

    assignees: Mapping[UUID, UUID] = {}
    """Who has which ticket."""
    owners: Mapping[UUID, UUID] = {}
    """Which contact owner a ticket waits for."""
    followers: Mapping[UUID, Sequence[UUID]] = {}
    keepers: Mapping[UUID, UUID] = {}
    """Who has which conversation of a conversations inbox."""
    leads: Sequence[UUID] = ()


class QuietHours(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Hours of the member's day without mails and pop-ups; `until` may lie before `since`, over midnight."""

    since: Clock
    until: Clock


class NoticeTimes(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """When a member is told of what comes in a digest, in their own time zone."""

    every: Literal["hour", "day"] = "day"
    at: Clock = "08:00"
    """Of the day."""
    quiet: QuietHours | None = None


Wishes = dict[NoticeKind, Wish]
