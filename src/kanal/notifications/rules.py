"""Pure decisions: which events concern whom, and what somebody hears who has not chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from kanal.events.models import Recorded
from kanal.notifications.models import KINDS, Concern, Wish, Wishes
from kanal.views.models import NoticeKind

WENT_WRONG = frozenset({"failed", "bounced", "unknown"})
BY_ROUTING = frozenset({"answer", "queue"})
"""Causes for which routing takes a ticket from whoever had it."""
DEFAULTS: Wishes = {
    "assigned": Wish(app=True, desktop=True, mail=False),
    "customer_answered": Wish(app=True, desktop=True, mail=False),
    "reply_failed": Wish(app=True, desktop=False, mail=False),
    "returned": Wish(app=True, desktop=True, mail=False),
    "waiting_too_long": Wish(app=True, desktop=True, mail=False),
    "contact_owner": Wish(app=True, desktop=False, mail=True),
    "channel_attention": Wish(app=True, desktop=True, mail=True),
}
"""The mail to an absent contact owner is one that the desk promises (K6), and that a channel is broken is worth one;
the others are a choice."""


def wishes(chosen: object) -> Wishes:
    """What a member has chosen, as it is stored; the defaults for the rest, and for what cannot be read."""
    known = chosen if isinstance(chosen, dict) else {}
    return {kind: _wish(known.get(kind), DEFAULTS[kind]) for kind in KINDS}


def _wish(chosen: object, otherwise: Wish) -> Wish:
    try:
        return msgspec.convert(chosen, Wish)
    except msgspec.ValidationError:
        return otherwise


def concerns(
    event: Recorded, assignees: Mapping[UUID, UUID], leads: Sequence[UUID], owners: Mapping[UUID, UUID]
) -> list[Concern]:
    """Whom an event concerns; `assignees` says who has which ticket, `owners` which contact owner it waits for. Nobody
    is told of what they did themselves."""
    if event.ticket_id is None:
        return []
    told = [_of(event, kind, member) for kind, member in _told(event, assignees, leads, owners) if member is not None]
    return [each for each in told if each.member_id != each.actor_id or each.kind == "reply_failed"]


def _told(
    event: Recorded, assignees: Mapping[UUID, UUID], leads: Sequence[UUID], owners: Mapping[UUID, UUID]
) -> list[tuple[NoticeKind, UUID | None]]:
    data = event.data
    match event.name:
        case "ticket.assigned":
            return _assigned(event)
        case "ticket.queued":
            return [("returned", _id(data.get("was_member_id"))), ("contact_owner", _id(data.get("owner_id")))]
        case "ticket.waited_too_long":
            return [("waiting_too_long", lead) for lead in leads]
        case "message.received" if _is_answer(data) and event.ticket_id:
            return [
                ("customer_answered", assignees.get(event.ticket_id)),
                ("contact_owner", owners.get(event.ticket_id)),
            ]
        case "delivery.changed" if data.get("state") in WENT_WRONG or data.get("held"):
            return [("reply_failed", _id(data.get("author_id")))]
    return []


def _is_answer(data: Mapping[str, object]) -> bool:
    """A person wrote in a ticket that was there, and not long ago, before the channel was connected."""
    return bool(data.get("human")) and not data.get("first") and not data.get("history")


def _assigned(event: Recorded) -> list[tuple[NoticeKind, UUID | None]]:
    member, before = _id(event.data.get("assignee_id")), _id(event.data.get("from_assignee_id"))
    if member == before:
        return []
    # What goes back to the queue is told by `ticket.queued`.
    taken = before if member and event.data.get("cause") in BY_ROUTING else None
    return [("assigned", member), ("returned", taken)]


def _of(event: Recorded, kind: NoticeKind, member: UUID) -> Concern:
    assert event.ticket_id is not None
    return Concern(
        member_id=member,
        kind=kind,
        ticket_id=event.ticket_id,
        actor_id=event.actor_id,
        event_seq=event.seq,
        message_id=_id(event.data.get("message_id")),
        why=str(event.data.get("why") or event.data.get("cause") or ""),
    )


def _id(value: object) -> UUID | None:
    return UUID(value) if isinstance(value, str) else None
