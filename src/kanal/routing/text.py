"""Reasons as English sentences, for readers of the API; the app makes its own of the codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from kanal.routing.models import Reason

WORK = {"calling": " calls", "messaging": " chats", "email": " emails"}
NOBODY = {
    "assign_none": "The channel gives its tickets to nobody by itself.",
    "no_targets": "Nobody is named who could have it.",
    "no_candidates": "There is nobody among those who are named.",
    "only_extra_members": "The team has no main members, and only these are given tickets.",
    "nobody_has_a_seat": "None of those who are named is active, has a seat and may answer.",
    "nobody_sees_channel": "None of those who are named sees the channel.",
    "nobody_with_skills": "Nobody who is there has the skills that the rule asks for.",
    "nobody_available": "Nobody who could have it is available.",
    "all_full": "Everybody who could have it has enough to do.",
    "no_owner": "The contact has no owner, and nobody is named in their place.",
    "owner_cannot": "The contact's owner cannot have it, and nobody is named in their place.",
    "owner_full": "The contact's owner has enough to do, and nobody is named in their place.",
    "owner_away": "The contact's owner is away.",
    "routing_failed": "Routing failed; the message was kept.",
    "no_longer_given_out": "The channel no longer gives out what waits.",
    "by_hand": "Taken from everybody by hand.",
    "by_rule": "Taken from everybody by a rule of the ticket automation.",
    "handed_over": "Given back.",
    "was_away": "Whoever had it is away.",
}
"""By code, where nobody was given the ticket."""


def reason(given: Reason) -> str:
    """Why a candidate was chosen, or was not."""
    return _REASONS[given.code](given)


def decision(outcome: str, why: str, assignee: str | None, was: str | None, rule: str | None) -> str:
    """What was decided; `assignee` and `was` are names, `rule` is the name of one or its number."""
    by = f" by the rule {rule}" if rule else ""
    before = f" It was {was}'s." if was and was != assignee else ""
    if outcome == "assigned" and assignee:
        return f"{_given(why, assignee)}{by}.{before}"
    if outcome == "kept" and assignee:
        return f"{assignee} keeps it: {_KEPT.get(why, why)}."
    waits = " It waits in the queue." if outcome == "waiting" else ""
    return f"{nobody(why)}{waits}{before}"


def nobody(why: str) -> str:
    """Why nobody has it."""
    return NOBODY.get(why, "Nobody has it.")


def _given(why: str, assignee: str) -> str:
    return {
        "owner": f"Given to {assignee}, who is the contact's owner",
        "by_hand": f"Given to {assignee} by hand",
        "by_rule": f"Given to {assignee} by a rule of the ticket automation",
        "handed_over": f"Handed over to {assignee}",
    }.get(why, f"Given to {assignee}")


_KEPT = {
    "back_soon": "they are away, but back soon enough",
    "routing_failed": "routing failed when the customer answered",
}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _away(given: Reason) -> str:
    since = f" since {_moment(given.since)}" if given.since else ""
    back = f", back at {_moment(given.back_at)}" if given.back_at else ""
    return f"away{since}{back}"


def _later(given: Reason) -> str:
    at = f", at {_moment(given.since)}" if given.since else ""
    return f"had {given.open} open as well, and was given one more recently{at}"


def _turn(given: Reason) -> str:
    return f"had a turn at {_moment(given.since)}" if given.since else "comes later in the round"


def _extra(given: Reason) -> str:
    return f"is in {given.team} beside their main team"


_REASONS: dict[str, Callable[[Reason], str]] = {
    "chosen": lambda given: f"chosen, with {given.open} open",
    "owner": lambda given: f"owns the contact, and had {given.open} open",
    "has_more_open": lambda given: f"had {given.open} open, whoever was chosen {given.than}",
    "had_one_later": _later,
    "not_their_turn": _turn,
    "away": _away,
    "full": lambda given: f"full, {given.open} of {given.limit}{WORK[given.work] if given.work else ''}",
    "unopened": lambda given: f"has {given.open} not yet opened",
    "lacks_skills": lambda given: f"lacks {' and '.join(given.skills)}",
    "no_seat": lambda _: "has no seat",
    "may_not_answer": lambda _: "may not answer tickets",
    "does_not_see_channel": lambda _: "does not see the channel",
    "not_joined": lambda _: "has not joined yet",
    "deactivated": lambda _: "is deactivated",
    "extra_member": _extra,
}
