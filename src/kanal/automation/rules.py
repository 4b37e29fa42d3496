"""Pure decisions: which events set rules off, by whom they were set off before, and when a rule must not run again."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kanal.automation.models import Chain, Happened, Trigger
from kanal.events.models import Recorded

BY_RULES = "by_rules"
"""In an event's data: the rules that led to it, the last one made it."""
DEEPEST = 3
"""So many rules may set each other off, one after the other."""
MOST_A_MINUTE = 10
"""Events of one ticket on which rules do something; how many rules do so on each is for the channel to say."""
ITSELF = "it would set itself off again"
TOO_DEEP = f"more than {DEEPEST} rules set each other off"
TOO_OFTEN = f"rules acted {MOST_A_MINUTE} times on this ticket within a minute"
TOLD_BY_TRIGGER: dict[str, Trigger] = {
    "ticket.created": "created",
    "message.received": "customer_answered",
    "delivery.changed": "agent_answered",
    "message.sent_elsewhere": "agent_answered",
    "ticket.status_changed": "status_changed",
    "ticket.reopened": "status_changed",
}


def trigger_of(event: Recorded) -> Trigger | None:
    """What the event is to rules. What was taken over from before (history) and what no person wrote is nothing."""
    data = event.data
    trigger = TOLD_BY_TRIGGER.get(event.name)
    if trigger is None or event.ticket_id is None or data.get("history"):
        return None
    if trigger == "created":
        return None if data.get("source") == "import" else trigger
    if trigger == "customer_answered":
        return trigger if data.get("human") and not data.get("first") else None
    if event.name == "delivery.changed":
        # When it leaves, and not when it was written: until then it can be taken back.
        return trigger if data.get("answers") else None
    if trigger == "agent_answered":
        return None if data.get("automatic") or data.get("aside") else trigger
    return trigger


def happened(event: Recorded, trigger: Trigger, channel: UUID) -> Happened:
    assert event.ticket_id is not None
    return Happened(
        seq=event.seq,
        at=event.at,
        trigger=trigger,
        ticket_id=event.ticket_id,
        channel_id=channel,
        message_id=_id(event.data.get("message_id")),
        chain=chain_of(event.data.get(BY_RULES)),
    )


def chain_of(told: object) -> Chain:
    return Chain(rules=tuple(UUID(str(each)) for each in told)) if isinstance(told, list) else Chain()


def told(chain: Chain) -> list[str]:
    """The chain as it stands in an event's data."""
    return [str(each) for each in chain.rules]


def obstacle(rule: UUID, chain: Chain, acted_lately: int) -> str:
    """Why the rule must not run, "" when it may."""
    if rule in chain.rules:
        return ITSELF
    if chain.depth >= DEEPEST:
        return TOO_DEEP
    return TOO_OFTEN if acted_lately >= MOST_A_MINUTE else ""


def reordered(now: Iterable[UUID], wanted: Iterable[UUID]) -> list[UUID]:
    """The order that somebody asked for; what they did not know of stays behind, in its order."""
    there = list(now)
    first = [each for each in dict.fromkeys(wanted) if each in there]
    return [*first, *(each for each in there if each not in first)]


def _id(value: object) -> UUID | None:
    return UUID(value) if isinstance(value, str) else None
