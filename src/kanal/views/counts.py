"""How many tickets stand in each view, counted up to a cap, in one round trip."""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID

from kanal.kit.db import Transaction
from kanal.views.lanes import State, counted
from kanal.views.models import Count
from kanal.views.tickets import MARKS
from kanal.views.visible import ANY_OPEN_CHANNEL, Viewer, viewer

CAP = 10_000
WHICH: dict[str, LiteralString] = {
    "unassigned": "t.is_active and t.assignee_id is null",
    "mine": "t.is_active and t.assignee_id = %(viewer)s",
    "teams": "t.is_active and t.team_id in (select team_id from team_members where member_id = %(viewer)s)",
    "open": "t.is_active",
    "mentions": MARKS["mentions"],
    "following": MARKS["following"],
    "waiting": "t.is_active and t.waiting_since is not null",
    "failed": "t.has_failed_reply",
    "snoozed": "t.snoozed_until is not null",
    "closed": "not t.is_open",
    "deleted": MARKS["deleted"],
}
LANES: dict[str, State] = {"unassigned": "active", "open": "active", "closed": "closed", "waiting": "active"}
"""Those of which there may be many, with their state."""
ACTIVE = frozenset({"unassigned", "mine", "teams", "open", "waiting"})


async def counts(tx: Transaction, member: UUID | None) -> dict[str, Count]:
    """Of each default view, by its key."""
    who = await viewer(tx, member)
    selects = {key: rows(who, key) for key in WHICH} | {"spam": _spam(who)}
    columns = ", ".join(
        f"(select count(*) from ({rows} limit %(most)s) c) as {key}"  # noqa: S608 - our own fragments
        for key, rows in selects.items()
    )
    [row] = await tx.dicts(f"select {columns}", {**who.params, "most": CAP + 1})
    return {key: shown(n) for key, n in row.items()}


def shown(n: int) -> Count:
    return Count(n=min(n, CAP), capped=n > CAP)


def rows(who: Viewer, key: str) -> LiteralString:
    which = WHICH[key]
    if who.sees == "own" and key == "unassigned":
        return "select where false"
    if key == "deleted":
        return f"select from tickets t where {which} and {who.visible_deleted}"
    if who.sees == "teams" and key in LANES:
        return counted(who, which, state=LANES[key], unassigned=key == "unassigned")
    if who.sees == "teams" and key in ("mine", "teams"):
        return f"select from tickets t where {which} and {ANY_OPEN_CHANNEL}"
    return f"select from tickets t where {which} and {who.visible_active if key in ACTIVE else who.visible}"


def _spam(who: Viewer) -> LiteralString:
    """Conversations, as they are listed."""
    return f"""
      select from conversations v left join tickets t on t.id = v.ticket_id
      where v.spam_at is not null and v.channel_id <> all (%(hidden)s) and {who.visible_or_spam}
    """
