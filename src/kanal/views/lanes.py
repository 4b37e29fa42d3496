"""Finding tickets for whoever sees their teams' (`teams`): no index serves a condition with three alternatives, so each
mate's, each team's and nobody's tickets are walked on an index of their own. `tickets` asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, LiteralString

from kanal.views.orders import Order
from kanal.views.visible import OWN, Viewer

State = Literal["active", "closed"] | None
NOBODYS: LiteralString = "t.assignee_id is null and t.team_id is null and t.listed"
CLOSED: LiteralString = "t.is_open is not true"
"""In the words of no partial index: all closed tickets are not walked where a lane is meant."""


def merged(
    who: Viewer, asked: Sequence[LiteralString], order: Order, *, state: State, unassigned: bool
) -> LiteralString:
    """The first `%(most)s` tickets of all lanes: of each lane the first are enough, and one that stands in two is taken
    once."""
    keys = order.keys.format(t="t")
    rest = " and ".join((_channel(who, state), *asked))
    walked: LiteralString = f"{rest} order by {order.by.format(t='t')} limit %(most)s"
    lanes: list[LiteralString] = [] if unassigned else [_of_each("mates", "assignee_id", keys, walked)]
    lanes.append(_of_each("viewer_teams", "team_id", keys, walked))
    lanes += [_nobodys(side, keys, walked) for side in _sides(state)]
    return f"""
      select t.* from (
        select distinct f.id, {order.keys.format(t="f")} from ({" union all ".join(lanes)}) f
        order by {order.by.format(t="f")} limit %(most)s
      ) f join tickets t on t.id = f.id
    """  # noqa: S608 - our own fragments


def own(who: Viewer, asked: Sequence[LiteralString], order: Order, *, state: State) -> LiteralString:
    """The first `%(most)s` of the viewer's own tickets, found in the index alone: whoever has many of which few are
    closed need not look at all of them."""
    rest = " and ".join((_channel(who, state), *(CLOSED if each == "not t.is_open" else each for each in asked)))
    return f"""
      select t.* from (
        select t.id, {order.keys.format(t="t")} from tickets t where {OWN} and {rest}
        order by {order.by.format(t="t")} limit %(most)s
      ) f join tickets t on t.id = f.id
    """  # noqa: S608 - our own fragments


def few(wanted: Sequence[LiteralString], order: Order, *, behind: bool) -> LiteralString:
    """The first `%(most)s` of what one person has to do: all of it is found by whose it is, then sorted."""
    return f"""
      select t.* from (select t.* from tickets t where {" and ".join(wanted)} offset 0) t
      where {order.beyond if behind else "true"} order by {order.by.format(t="t")} limit %(most)s
    """  # noqa: S608 - our own fragments


def of_each(table: LiteralString, wanted: Sequence[LiteralString], order: Order) -> LiteralString:
    """The first `%(most)s` of the tickets that the viewer has something to do with by a table: each is found by its
    id."""
    return f"""
      select t.* from (select distinct ticket_id as id from {table} where member_id = %(viewer)s) w
      cross join lateral (select t.* from tickets t where t.id = w.id and {" and ".join(wanted)} limit 1) t
      order by {order.by.format(t="t")} limit %(most)s
    """  # noqa: S608 - our own fragments


def counted(who: Viewer, which: LiteralString, *, state: State, unassigned: bool) -> LiteralString:
    """Rows to count up to `%(most)s`, one a ticket that the viewer may see, for whoever sees their teams'. The mates'
    lanes come first: where they do not reach the cap, a team's lane passes few of theirs."""
    walked: LiteralString = f"{CLOSED if state == 'closed' else which} and {_channel(who, state)} limit %(most)s"
    others: LiteralString = f"(t.assignee_id is null or t.assignee_id <> all (%(mates)s)) and {walked}"
    mates: list[LiteralString] = [] if unassigned else [_count_each("mates", "assignee_id", walked)]
    nobodys: LiteralString = f"(select from tickets t where {NOBODYS} and {which} and {walked})"
    return " union all ".join((*mates, nobodys, _count_each("viewer_teams", "team_id", others)))


def _channel(who: Viewer, state: State) -> LiteralString:
    """What is active stands in the help desk."""
    return who.any_channel if state == "active" else who.channel


def _of_each(lanes: LiteralString, column: LiteralString, keys: LiteralString, walked: LiteralString) -> LiteralString:
    return f"""
      (select f.* from unnest(%({lanes})s::uuid[]) as lane (id) cross join lateral (
        select t.id, {keys} from tickets t where t.{column} = lane.id and {walked}
      ) f)
    """  # noqa: S608 - our own fragments


def _nobodys(side: LiteralString, keys: LiteralString, walked: LiteralString) -> LiteralString:
    return f"(select t.id, {keys} from tickets t where {NOBODYS} and {side} and {walked})"  # noqa: S608 - our own


def _count_each(lanes: LiteralString, column: LiteralString, walked: LiteralString) -> LiteralString:
    return f"""
      (select from unnest(%({lanes})s::uuid[]) as lane (id) cross join lateral (
        select from tickets t where t.{column} = lane.id and {walked}
      ) f)
    """  # noqa: S608 - our own fragments


def _sides(state: State) -> list[LiteralString]:
    """The index of what belongs to nobody begins with whether it is open."""
    sides: dict[State, list[LiteralString]] = {
        "active": ["t.is_open and t.is_active"],
        "closed": ["not t.is_open"],
        None: ["t.is_open", "not t.is_open"],
    }
    return sides[state]
