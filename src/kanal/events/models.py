"""What an event is, and the catalogue of their names."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

import msgspec

Name = Literal[
    "account.created",
    "address.proved",
    "automation.changed",
    "automation.ran",
    "bulk.progressed",
    "channel.authorized",
    "channel.changed",
    "channel.created",
    "channel.deleted",
    "channel.health_changed",
    "channel.routing_changed",
    "comment.added",
    "contact.changed",
    "contact.created",
    "conversation.changed",
    "conversation.spam_changed",
    "delivery.changed",
    "desk.changed",
    "draft.changed",
    "form.changed",
    "form.created",
    "form.deleted",
    "form.submitted",
    "hand_over.made",
    "hand_over.undone",
    "inbox.changed",
    "ledger.changed",
    "macro.changed",
    "member.added",
    "member.availability_changed",
    "member.changed",
    "member.deactivated",
    "member.joined",
    "member.password_changed",
    "member.reactivated",
    "member.removed",
    "member.second_factor_changed",
    "member.signed_in",
    "member.signed_out",
    "member_mail.failed",
    "member_mail.retried",
    "message.acknowledged",
    "message.cancelled",
    "message.not_confirmed",
    "message.queued",
    "message.received",
    "message.sender_changed",
    "message.sent_elsewhere",
    "notice.created",
    "pipeline.changed",
    "property.changed",
    "raw_event.settled",
    "raw_event.stored",
    "role.changed",
    "sender.changed",
    "simulation.progressed",
    "skill.changed",
    "submission.deleted",
    "submission.released",
    "tag.created",
    "team.changed",
    "ticket.assigned",
    "ticket.changed",
    "ticket.created",
    "ticket.deleted",
    "ticket.dequeued",
    "ticket.followed",
    "ticket.linked",
    "ticket.merged",
    "ticket.priority_changed",
    "ticket.queued",
    "ticket.reopened",
    "ticket.restored",
    "ticket.routed",
    "ticket.snoozed",
    "ticket.split",
    "ticket.status_changed",
    "ticket.tagged",
    "ticket.unfollowed",
    "ticket.unlinked",
    "ticket.unmerged",
    "ticket.untagged",
    "ticket.waited_too_long",
    "ticket.woke",
    "token.created",
    "view.changed",
]
NAMES: frozenset[str] = frozenset(get_args(Name))


class Event(msgspec.Struct, kw_only=True):
    """One fact. `data` holds ids, field names, keys and counts; never an address, a name, a subject or a text."""

    name: Name
    actor_id: UUID | None = None
    ticket_id: UUID | None = None
    conversation_id: UUID | None = None
    channel_id: UUID | None = None
    contact_id: UUID | None = None
    data: dict[str, Any] = {}
    version: int = 1


class Recorded(msgspec.Struct, kw_only=True):
    """An event as it stands in the table."""

    seq: int
    name: str
    version: int
    at: datetime
    actor_id: UUID | None
    ticket_id: UUID | None
    conversation_id: UUID | None
    channel_id: UUID | None
    contact_id: UUID | None
    data: dict[str, Any]
