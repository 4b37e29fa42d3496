"""Pure decisions about a channel's routing: reading it whatever was stored, which rule decides, whom it names, and how
long somebody may be waited for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit import conditions, hours
from kanal.routing.models import Asked, Routing, RoutingProblem, Rule, RuleRef, Targets

RANKS = {"urgent": 0, "high": 1, "normal": 2, "low": 3}
"""Of priorities in the queue; the least comes first."""
UNREADABLE = (msgspec.ValidationError, RecursionError)
NOT_A_CONDITION = (TypeError, ValueError, KeyError, AttributeError, RecursionError)


def parse(routing: Any) -> Routing:
    """What was stored, as far as it can be read: never raises. A rule that cannot be read stands switched off, any
    other part as if it had been left out."""
    return read(routing)[0]


def read(routing: Any) -> tuple[Routing, list[RoutingProblem]]:
    """As `parse`, with what could not be read."""
    given = routing if isinstance(routing, dict) else {}
    problems: list[RoutingProblem] = []
    if not isinstance(routing, dict):
        problems.append(RoutingProblem(field="routing", message="write an object", code="unreadable"))
    try:
        whole = msgspec.convert(given, Routing)
    except UNREADABLE:
        whole = _in_parts(given, problems)
    try:
        hours.check(whole.working_hours, "routing.working_hours")
    except hours.HoursInvalid as wrong:
        whole.working_hours = None
        problems.append(RoutingProblem(field=wrong.field, message=wrong.message, code="hours"))
    return whole, problems


def _in_parts(given: Mapping[str, Any], problems: list[RoutingProblem]) -> Routing:
    parts: dict[str, Any] = {}
    for field in msgspec.structs.fields(Routing):
        if field.name not in given:
            continue
        try:
            if field.name == "rules" and isinstance(given["rules"], list):
                parts["rules"] = [_rule(each, at, problems) for at, each in enumerate(given["rules"])]
            else:
                parts[field.name] = msgspec.convert(given[field.name], field.type)
        except UNREADABLE as error:
            problems.append(_unreadable(f"routing.{field.name}", error))
    for name in sorted(map(str, given.keys() - set(Routing.__struct_fields__))):
        message = "there is no such part of a routing; take it out"
        problems.append(RoutingProblem(field=f"routing.{name[:100]}", message=message, code="unreadable"))
    return Routing(**parts)


def _rule(given: Any, at: int, problems: list[RoutingProblem]) -> Rule:
    try:
        return msgspec.convert(given, Rule)
    except UNREADABLE as error:
        problems.append(_unreadable(f"routing.rules.{at}", error))
        known = given if isinstance(given, dict) else {}
        name, id_ = (text if isinstance(text := known.get(key), str) else "" for key in ("name", "id"))
        return Rule(id=id_, name=name, active=False)


def _unreadable(field: str, error: Exception) -> RoutingProblem:
    """With the path that msgspec ends its message with, as in "Expected `str`, got `int` - at `$.users[0]`"."""
    message, _, path = str(error).partition(" - at `$")
    steps = re.findall(r"\w+", path.removesuffix("`"))
    return RoutingProblem(field=".".join([field, *steps]), message=message or "it cannot be read", code="unreadable")


def chosen_rule(routing: Routing, asked: Asked) -> tuple[RuleRef, Rule] | None:
    """The first active rule that holds; for a ticket that was asked about before, the same rule, as it is now."""
    facts = None if asked.facts is None else conditions.Facts(asked.facts)
    for number, rule in enumerate(routing.rules, start=1):
        wanted = rule.id == asked.rule_id if facts is None else holds(rule, facts)
        if rule.active and wanted and (rule.id or facts is not None):
            return RuleRef(id=rule.id, name=rule.name, number=number), rule
    return None


def holds(rule: Rule, facts: Mapping[str, Any]) -> bool:
    """A condition that nobody could have written through the API holds never."""
    try:
        return conditions.holds(rule.when, facts)
    except NOT_A_CONDITION:
        return False


def targets_of(routing: Routing, rule: Rule | None) -> Targets | None:
    """Who is asked, beside the contact's owner; None: nobody, by the admin's wish."""
    if rule is not None and rule.to is not None:
        return rule.to
    if routing.assign == "none":
        return None
    return routing.fallback if routing.assign == "contact_owner" else routing.to


def gives_to_anybody(routing: Routing) -> bool:
    """Whether any ticket of the channel may be given to somebody."""
    return routing.assign != "none" or any(rule.active and rule.to is not None for rule in routing.rules)


def skills_of(rule: Rule | None, known: Mapping[UUID, str], *, fewer: bool) -> list[UUID]:
    """The skills that a rule asks for; those that are gone cannot be asked for any more."""
    wanted = [skill for skill in (rule.require_skills if rule else []) if skill in known]
    return wanted[:1] if fewer else wanted


def after_hours(routing: Routing, at: datetime, working_hours: float) -> datetime:
    return after_minutes(routing, at, working_hours * 60)


def after_minutes(routing: Routing, at: datetime, minutes: float) -> datetime:
    """In the channel's working time."""
    return hours.after_working(at, minutes, routing.working_hours, routing.timezone)


def rank(priority: str) -> int:
    return RANKS.get(priority, RANKS["normal"])
