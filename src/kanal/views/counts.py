"""How many tickets stand in each view, counted up to a cap: those of default views in one round trip, of saved ones as
far as that is cheap."""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID

from kanal.kit.db import Transaction
from kanal.views.lanes import State, counted
from kanal.views.models import Count
from kanal.views.questions import Question, ask
from kanal.views.saved import defaults, queries
from kanal.views.saved.models import Who
from kanal.views.tickets import MARKS, WATCHED, conditions, visible
from kanal.views.visible import OWN, Viewer, viewer

CAP = 10_000
LOOKED = 12_000
"""Tickets, for the count of a saved view."""
WHICH: dict[str, LiteralString] = {
    "unassigned": "t.is_active and t.assignee_id is null",
    "mine": "t.is_active and t.assignee_id = %(viewer)s",
    "teams": "t.is_active and t.team_id in (select team_id from team_members where member_id = %(viewer)s)",
    "open": "t.is_active",
    "mentions": MARKS["mentions"],
    "following": MARKS["following"],
    "waiting": f"t.is_active and {MARKS['waiting']}",
    "failed": "t.has_failed_reply",
    "snoozed": MARKS["snoozed"],
    "closed": "not t.is_open",
    "deleted": MARKS["deleted"],
}
LANES: dict[str, State] = {"unassigned": "active", "open": "active", "closed": "closed", "waiting": "active"}
"""Those of which there may be many, with their state."""
ACTIVE = frozenset({"unassigned", "mine", "teams", "open", "waiting"})


async def of_views(tx: Transaction, who: Who) -> dict[str, Count]:
    """Of each view that the member has, by its key; saved ones that are hidden or broken are left out."""
    found = await counts(tx, who.member)
    if not who.may_restore:
        found = {key: count for key, count in found.items() if key not in defaults.RESTORERS_ONLY}
    for view in await queries.listed(tx, who):
        if not view.is_default and not view.hidden and not view.problems:
            question = await ask(tx, who.member, view=view.key)
            found[view.key] = await of_question(tx, who.member, question)
    return found


async def of_question(tx: Transaction, member: UUID | None, question: Question) -> Count:
    """Looks at so many tickets at most; where there are more to look at, how many there are is not known."""
    who = await viewer(tx, member)
    asked, params = conditions(question)
    kept = OWN if who.sees == "own" else "true"
    hit = " and ".join((visible(question, who), question.where or "true"))
    [row] = await tx.dicts(
        f"""
        select count(*) filter (where hit) as n, count(*) as looked
        from (select {hit} as hit from tickets t where {" and ".join((kept, *asked))} limit %(most)s) c
        """,  # noqa: S608 - our own fragments
        {**who.params, **params, **question.params, "most": LOOKED + 1},
    )
    count = shown(row["n"])
    if row["looked"] > LOOKED and not count.capped:
        count.unknown = True
    return count


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
    if table := {"mentions": WATCHED["mentions"], "following": WATCHED["following"]}.get(key):
        return f"""
          select from (select distinct ticket_id from {table} where member_id = %(viewer)s) w
          cross join lateral (select from tickets t where t.id = w.ticket_id and {who.visible} limit 1) t
        """  # noqa: S608 - our own fragments
    if who.sees == "teams" and key in LANES:
        return counted(who, which, state=LANES[key], unassigned=key == "unassigned")
    if who.sees == "teams" and key in ("mine", "teams"):
        return f"select from tickets t where {which} and {who.any_channel}"
    return f"select from tickets t where {which} and {who.visible_active if key in ACTIVE else who.visible}"


def _spam(who: Viewer) -> LiteralString:
    """Conversations, as they are listed."""
    return f"""
      select from conversations v left join tickets t on t.id = v.ticket_id
      where v.spam_at is not null and v.channel_id <> all (%(hidden)s) and {who.visible_or_spam}
    """
