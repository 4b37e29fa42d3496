"""Finding tickets for whoever sees their teams' (`teams`): no index serves a condition with three alternatives, so each
mate's, each team's and nobody's tickets are walked on an index of their own. `tickets` asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, LiteralString

from kanal.views.visible import OPEN_CHANNEL, OWN, Viewer

Queue = Literal["open", "mine", "unassigned", "team", "failed", "closed"]
NOBODYS: LiteralString = "t.assignee_id is null and t.team_id is null"
CLOSED: LiteralString = "t.is_open is not true"
"""In the words of no partial index: all closed tickets are not walked where a lane is meant."""


def merged(
    asked: Sequence[LiteralString], order: LiteralString, *, is_open: bool | None, unassigned: bool
) -> LiteralString:
    """The newest `%(most)s` tickets of all lanes, by time of the last message: of each lane the newest are enough, and
    one that stands in two is taken once."""
    rest = " and ".join((OPEN_CHANNEL, *(CLOSED if each == "not t.is_open" else each for each in asked)))
    walked: LiteralString = f"{rest} order by {order.format(t='t')} limit %(most)s"
    lanes: list[LiteralString] = [] if unassigned else [_of_each("mates", "assignee_id", walked)]
    lanes.append(_of_each("viewer_teams", "team_id", walked))
    lanes += [_nobodys(side, walked) for side in _sides(is_open)]
    return f"""
      select t.* from (
        select distinct f.id, f.last_message_at from ({" union all ".join(lanes)}) f
        order by {order.format(t="f")} limit %(most)s
      ) f join tickets t on t.id = f.id
    """  # noqa: S608 - our own fragments


def own(asked: Sequence[LiteralString], order: LiteralString) -> LiteralString:
    """The newest `%(most)s` of the viewer's own tickets, found in the index alone: whoever has many of which few are
    closed need not look at all of them."""
    rest = " and ".join((OPEN_CHANNEL, *(CLOSED if each == "not t.is_open" else each for each in asked)))
    return f"""
      select t.* from (
        select t.id, t.last_message_at from tickets t where {OWN} and {rest}
        order by {order.format(t="t")} limit %(most)s
      ) f join tickets t on t.id = f.id
    """  # noqa: S608 - our own fragments


def counted(who: Viewer, queue: Queue, which: LiteralString) -> LiteralString:
    """Rows to count up to `%(most)s`, one a ticket that the viewer may see. The mates' lanes come first: where they
    do not reach the cap, a team's lane passes few of theirs."""
    if who.sees == "own" and queue == "unassigned":
        return "select where false"
    if who.sees != "teams" or queue == "failed":
        return f"select from tickets t where {which} and {who.visible}"
    if queue in ("mine", "team"):
        return f"select from tickets t where {which} and {OPEN_CHANNEL}"
    walked: LiteralString = f"{CLOSED if queue == 'closed' else which} and {OPEN_CHANNEL} limit %(most)s"
    others: LiteralString = f"(t.assignee_id is null or t.assignee_id <> all (%(mates)s)) and {walked}"
    mates: list[LiteralString] = [] if queue == "unassigned" else [_count_each("mates", "assignee_id", walked)]
    nobodys: LiteralString = f"(select from tickets t where {NOBODYS} and {which} and {walked})"
    return " union all ".join((*mates, nobodys, _count_each("viewer_teams", "team_id", others)))


def _of_each(lanes: LiteralString, column: LiteralString, walked: LiteralString) -> LiteralString:
    return f"""
      (select f.id, f.last_message_at from unnest(%({lanes})s::uuid[]) as lane (id) cross join lateral (
        select t.id, t.last_message_at from tickets t where t.{column} = lane.id and {walked}
      ) f)
    """  # noqa: S608 - our own fragments


def _nobodys(side: LiteralString, walked: LiteralString) -> LiteralString:
    return f"(select t.id, t.last_message_at from tickets t where {NOBODYS} and {side} and {walked})"  # noqa: S608 - our own


def _count_each(lanes: LiteralString, column: LiteralString, walked: LiteralString) -> LiteralString:
    return f"""
      (select from unnest(%({lanes})s::uuid[]) as lane (id) cross join lateral (
        select from tickets t where t.{column} = lane.id and {walked}
      ) f)
    """  # noqa: S608 - our own fragments


def _sides(is_open: bool | None) -> list[LiteralString]:
    """The index of what belongs to nobody begins with whether it is open."""
    sides: dict[bool | None, list[LiteralString]] = {
        True: ["t.is_open and t.is_active"],
        False: ["not t.is_open"],
        None: ["t.is_open", "not t.is_open"],
    }
    return sides[is_open]
