"""Somebody edits a channel's routing: what they write is checked whole, and what is wrong is refused by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.routing import checking
from kanal.routing.errors import InvalidRouting
from kanal.routing.models import Routing, RoutingProblem
from kanal.routing.rules import parse, read

LONGEST_ID = 64
STAYS_LISTED = frozenset({"deactivated", "no_seat", "role", "team"})
"""ROUTE-17: who could have tickets when they were named, and no longer can, is marked and skipped, and does not stand
in the way of other changes."""


async def checked(tx: Transaction, routing: Any, *, before: Any = None, channel: UUID | None = None) -> Routing:
    """The routing as it may be stored, each rule with an id. Raises InvalidRouting. `before` is what is stored now:
    people and teams in it that became invalid are no reason to refuse another change."""
    raw = routing if isinstance(routing, dict) else {}
    circular = list(checking.circular(raw))
    wanted, unreadable = read(routing)
    if circular or unreadable:
        known = {problem.field for problem in circular}
        raise InvalidRouting([*circular, *(each for each in unreadable if not _is_circular(each, known))])
    _name_rules(wanted)
    desk = await checking.desk(tx, [channel] if channel else [])
    named = _named(parse(before)) if before else frozenset()
    wrong = [
        problem
        for problem in checking.find(wanted, desk, channel)
        if not problem.warning and not (problem.code in STAYS_LISTED and _at(wanted, problem.field) in named)
    ]
    if wrong:
        raise InvalidRouting(wrong)
    return wanted


async def problems(tx: Transaction, stored: Mapping[UUID, Any]) -> dict[UUID, list[RoutingProblem]]:
    """What is wrong by now with the routing of these channels, by channel. As many queries for one as for all."""
    if all(raw == {} for raw in stored.values()):
        return {channel: [] for channel in stored}
    desk = await checking.desk(tx, list(stored))
    found = {}
    for channel, raw in stored.items():
        routing, unreadable = read(raw)
        found[channel] = [*unreadable, *checking.find(routing, desk, channel)]
    return found


def _is_circular(problem: RoutingProblem, known: set[str]) -> bool:
    """The same said twice: the part that leads in a circle is also one that should not be there."""
    return any(field.startswith(problem.field) for field in known)


def _name_rules(routing: Routing) -> None:
    seen: set[str] = set()
    for rule in routing.rules:
        rule.name = " ".join(rule.name.split())
        if not 0 < len(rule.id) <= LONGEST_ID or rule.id in seen:
            rule.id = str(new_id())
        seen.add(rule.id)


def _named(routing: Routing) -> frozenset[UUID]:
    targets = [routing.to, routing.fallback, *(rule.to for rule in routing.rules if rule.to)]
    return frozenset(each for target in targets for each in (*target.users, *target.teams))


def _at(routing: Routing, field: str) -> Any:
    """What stands at a path such as `routing.rules.2.to.users.0`."""
    place: Any = routing
    for step in field.split(".")[1:]:
        place = place[int(step)] if isinstance(place, list) else getattr(place, step, None)
    return place
