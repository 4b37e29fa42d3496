"""Whom an event concerns, before it is a notice; and how each kind of news is to reach somebody."""

from __future__ import annotations

from typing import Literal, get_args
from uuid import UUID

import msgspec

from kanal.views.models import NoticeKind

State = Literal["broken", "works"]
"""What is told of a channel."""
KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)


class Concern(msgspec.Struct, kw_only=True, frozen=True):
    """A member has to hear of an event, about a ticket or about a channel. The database makes it one notice, however
    often the event is read."""

    member_id: UUID
    kind: NoticeKind
    ticket_id: UUID | None = None
    channel_id: UUID | None = None
    actor_id: UUID | None
    event_seq: int
    message_id: UUID | None = None
    why: str = ""
    """As in `views.models.Notice`."""


class Wish(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """How news of a kind reaches a member. The desktop is told by the open app, so without `app` it is silent too."""

    app: bool
    desktop: bool
    mail: bool


Wishes = dict[NoticeKind, Wish]
