"""Pure decisions: which events concern whom."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kanal.events.models import Recorded
from kanal.notifications.models import Concern, NoticeKind

WENT_WRONG = frozenset({"failed", "bounced", "unknown"})


def concern(event: Recorded, assignees: Mapping[UUID, UUID]) -> Concern | None:
    """Whom an event concerns; `assignees` says who has which ticket. Nobody is told of what they did themselves."""
    if event.ticket_id is None:
        return None
    match event.name:
        case "ticket.assigned":
            member = _id(event.data.get("assignee_id"))
            news = member != _id(event.data.get("from_assignee_id"))
            return _of(event, "assigned", member) if news and member != event.actor_id else None
        case "message.received":
            answered = event.data.get("human") and not event.data.get("first")
            return _of(event, "customer_answered", assignees.get(event.ticket_id)) if answered else None
        case "delivery.changed":
            went_wrong = event.data.get("state") in WENT_WRONG
            return _of(event, "reply_failed", _id(event.data.get("author_id"))) if went_wrong else None
    return None


def _of(event: Recorded, kind: NoticeKind, member: UUID | None) -> Concern | None:
    if member is None or event.ticket_id is None:
        return None
    return Concern(
        member_id=member,
        kind=kind,
        ticket_id=event.ticket_id,
        actor_id=event.actor_id,
        event_seq=event.seq,
        channel_id=event.channel_id,
    )


def _id(value: object) -> UUID | None:
    return UUID(value) if isinstance(value, str) else None
