"""Whom an event concerns, before it is a notice."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec

NoticeKind = Literal["assigned", "customer_answered", "reply_failed"]


class Concern(msgspec.Struct, kw_only=True, frozen=True):
    """A member has to hear of an event. The database makes it one notice, however often the event is read."""

    member_id: UUID
    kind: NoticeKind
    ticket_id: UUID
    actor_id: UUID | None
    event_seq: int
    channel_id: UUID | None
