"""Pure decisions: which events concern whom, and what somebody hears who has not chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from kanal.events.models import Recorded
from kanal.notifications.models import KINDS, Concern, Known, Wish, Wishes
from kanal.views.models import NoticeKind

WENT_WRONG = frozenset({"failed", "bounced", "unknown"})
BY_ROUTING = frozenset({"answer", "queue"})
"""Causes for which routing takes a ticket from whoever had it."""
BY_TIME = "time"
"""Why a ticket woke: what it was snoozed until has come."""
WORTH_TELLING = 50
"""Tickets of a bulk job: whoever changes fewer waits for them."""
DEFAULTS: Wishes = {
    "assigned": Wish(app=True, desktop=True, mail=False),
    "customer_answered": Wish(app=True, desktop=True, mail=False),
    "mentioned": Wish(app=True, desktop=True, mail=True),
    "followed_activity": Wish(app=True, desktop=False, mail=False),
    "snooze_over": Wish(app=True, desktop=True, mail=False),
    "reply_failed": Wish(app=True, desktop=False, mail=False),
    "returned": Wish(app=True, desktop=True, mail=False),
    "waiting_too_long": Wish(app=True, desktop=True, mail=False),
    "contact_owner": Wish(app=True, desktop=False, mail=True),
    "bulk_done": Wish(app=True, desktop=False, mail=False),
    "channel_attention": Wish(app=True, desktop=True, mail=True),
}
"""The mail to an absent contact owner is one that the desk promises (K6); that a channel is broken is worth one, and so
is that a colleague asks for you by name. The others are a choice."""


def wishes(chosen: object) -> Wishes:
    """What a member has chosen, as it is stored; the defaults for the rest, and for what cannot be read."""
    known = chosen if isinstance(chosen, dict) else {}
    return {kind: _wish(known.get(kind), DEFAULTS[kind]) for kind in KINDS}


def _wish(chosen: object, otherwise: Wish) -> Wish:
    try:
        return msgspec.convert(chosen, Wish)
    except msgspec.ValidationError:
        return otherwise


def concerns(event: Recorded, known: Known) -> list[Concern]:
    """Whom an event concerns. Nobody is told of what they did themselves, unless it failed or is done at last; of one
    event everybody hears once, by the first kind that fits."""
    told: dict[UUID, Concern] = {}
    for kind, member in _told(event, known):
        if member is not None and (member != event.actor_id or kind in ("reply_failed", "bulk_done")):
            told.setdefault(member, _of(event, kind, member))
    return list(told.values())


Told = Iterable[tuple[NoticeKind, UUID | None]]


def _told(event: Recorded, known: Known) -> Told:
    if event.name == "bulk.progressed":
        return _bulk_done(event)
    if event.ticket_id is not None:
        return _of_ticket(event, event.ticket_id, known)
    return _of_conversation(event, event.conversation_id, known) if event.conversation_id is not None else []


def _of_ticket(event: Recorded, ticket: UUID, known: Known) -> Told:
    data = event.data
    match event.name:
        case "ticket.assigned":
            return _assigned(event)
        case "ticket.queued":
            return [("returned", _id(data.get("was_member_id"))), ("contact_owner", _id(data.get("owner_id")))]
        case "ticket.waited_too_long":
            return [("waiting_too_long", lead) for lead in known.leads]
        case "ticket.woke" if data.get("why") == BY_TIME:
            return [("snooze_over", _id(data.get("member_id"))), ("snooze_over", known.assignees.get(ticket))]
        case "message.received" if _is_answer(data):
            return [
                ("customer_answered", known.assignees.get(ticket)),
                ("contact_owner", known.owners.get(ticket)),
                *_followed(known.followers.get(ticket, [])),
            ]
        case "comment.added":
            return [*_mentioned(data), *_followed([known.assignees.get(ticket), *known.followers.get(ticket, [])])]
    return _failed(event)


def _of_conversation(event: Recorded, conversation: UUID, known: Known) -> Told:
    """Of a conversations inbox, while it is no ticket."""
    keeper = known.keepers.get(conversation)
    match event.name:
        case "conversation.changed" if event.data.get("assignee_id"):
            return [("assigned", _id(event.data["assignee_id"]))]
        case "message.received" if _is_answer(event.data):
            return [("customer_answered", keeper)]
        case "comment.added":
            return [*_mentioned(event.data), ("followed_activity", keeper)]
    return _failed(event)


def _failed(event: Recorded) -> Told:
    if event.name != "delivery.changed" or not (event.data.get("state") in WENT_WRONG or event.data.get("held")):
        return []
    return [("reply_failed", _id(event.data.get("author_id")))]


def _bulk_done(event: Recorded) -> Told:
    ended = event.data.get("state") in ("done", "failed")
    return [("bulk_done", _id(event.data.get("member_id")))] if ended and event.data["total"] >= WORTH_TELLING else []


def _mentioned(data: Mapping[str, object]) -> Told:
    named = data.get("mentions")
    return [("mentioned", _id(each)) for each in named] if isinstance(named, list) else []


def _followed(members: Sequence[UUID | None]) -> Told:
    return [("followed_activity", member) for member in members]


def _is_answer(data: Mapping[str, object]) -> bool:
    """A person wrote in a ticket that was there, and not long ago, before the channel was connected."""
    return bool(data.get("human")) and not data.get("first") and not data.get("history")


def _assigned(event: Recorded) -> Told:
    member, before = _id(event.data.get("assignee_id")), _id(event.data.get("from_assignee_id"))
    if member == before:
        return []
    # What goes back to the queue is told by `ticket.queued`.
    taken = before if member and event.data.get("cause") in BY_ROUTING else None
    return [("assigned", member), ("returned", taken)]


def _of(event: Recorded, kind: NoticeKind, member: UUID) -> Concern:
    return Concern(
        member_id=member,
        kind=kind,
        ticket_id=event.ticket_id,
        conversation_id=None if event.ticket_id else event.conversation_id,
        actor_id=event.actor_id,
        event_seq=event.seq,
        message_id=_id(event.data.get("message_id")),
        comment_id=_id(event.data.get("comment_id")),
        why=str(event.data.get("why") or event.data.get("cause") or event.data.get("state") or ""),
    )


def _id(value: object) -> UUID | None:
    return UUID(value) if isinstance(value, str) else None
