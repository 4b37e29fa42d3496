"""What is wrong with a routing: refused where somebody writes it, marked where it became wrong later (ROUTE-17). One
walk over it for both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from kanal.kit import conditions, hours
from kanal.kit.conditions import ConditionInvalid, FieldType
from kanal.kit.db import Transaction
from kanal.properties import queries as properties
from kanal.properties.models import Catalogue
from kanal.routing.models import Routing, RoutingProblem, Rule, Targets
from kanal.routing.setting import settle
from kanal.routing.snapshot import Person, Snapshot, take
from kanal.tickets import queries as tickets
from kanal.tickets.models import Pipeline

MOST_RULES = 200
MOST_NAMED = 2_000
LONGEST_NAME = 200
MOST_HOURS = 10_000
MOST_MINUTES = 100_000


class Desk(msgspec.Struct, kw_only=True):
    """What a routing may name."""

    snapshot: Snapshot
    pipelines: dict[UUID, Pipeline]
    catalogue: Catalogue
    fields: dict[str, FieldType]


async def desk(tx: Transaction, channels: Collection[UUID] = ()) -> Desk:
    return Desk(
        snapshot=await take(tx, channels),
        pipelines=await tickets.pipelines(tx),
        catalogue=await properties.catalogue(tx),
        fields=await properties.routing_fields(tx),
    )


def find(routing: Routing, desk: Desk, channel: UUID | None = None) -> list[RoutingProblem]:
    """All that is wrong with it now; with a channel also who of those named does not see it."""
    return [
        *_numbers(routing),
        *settle(
            routing.properties,
            pipelines=desk.pipelines,
            teams=frozenset(desk.snapshot.teams),
            catalogue=desk.catalogue,
        )[1],
        *(problem for at, rule in enumerate(routing.rules) for problem in _rule(routing, rule, at, desk, channel)),
        *_targets(routing.to, "routing.to", desk, channel),
        *_targets(routing.fallback, "routing.fallback", desk, channel),
        *_nobody_named(routing),
    ]


def circular(raw: Mapping[str, Any]) -> Iterator[RoutingProblem]:
    """Behind the contact's owner stand users and teams: anything else there would lead back to the owner."""
    rules = raw.get("rules")
    places = [("routing.fallback", raw.get("fallback")), ("routing.to", raw.get("to"))]
    for at, rule in enumerate(rules if isinstance(rules, list) else []):
        places.append((f"routing.rules.{at}.to", rule.get("to") if isinstance(rule, dict) else None))
    for path, place in places:
        for key in ("assign", "contact_owner", "fallback"):
            if isinstance(place, dict) and key in place:
                message = "this would lead back to the contact's owner; name users and teams instead"
                yield RoutingProblem(field=f"{path}.{key}", message=message, code="circular")


def _numbers(routing: Routing) -> Iterator[RoutingProblem]:
    limits: list[tuple[str, float | None, float, float]] = [
        ("answer_limit_hours", routing.answer_limit_hours, 0, MOST_HOURS),
        ("owner_wait_hours", routing.owner_wait_hours, 0, MOST_HOURS),
        ("waiting_too_long_minutes", routing.waiting_too_long_minutes, 1, MOST_MINUTES),
    ]
    for name, value, least, most in limits:
        if value is not None and not least <= value <= most:
            yield _problem(f"routing.{name}", f"write a number from {least} to {most:,}", "number")
    if len(routing.rules) > MOST_RULES:
        yield _problem("routing.rules", f"there may be {MOST_RULES} rules", "number")
    try:
        hours.check_zone(routing.timezone, "routing.timezone")
    except hours.HoursInvalid as wrong:
        yield _problem(wrong.field, wrong.message, "zone")


def _rule(routing: Routing, rule: Rule, at: int, desk: Desk, channel: UUID | None) -> Iterator[RoutingProblem]:
    path = f"routing.rules.{at}"
    if len(rule.name) > LONGEST_NAME or not rule.name.isprintable():
        yield _problem(f"{path}.name", f"write one line of at most {LONGEST_NAME} characters", "name")
    if rule.fewer_skills_after is not None and not 1 <= rule.fewer_skills_after <= MOST_MINUTES:
        yield _problem(f"{path}.fewer_skills_after", f"write a number from 1 to {MOST_MINUTES:,}", "number")
    try:
        conditions.check(rule.when, desk.fields, f"{path}.when")
    except ConditionInvalid as wrong:
        yield _problem(wrong.field, wrong.message, "condition")
    if rule.to is not None:
        yield from _targets(rule.to, f"{path}.to", desk, channel)
        if not rule.to.users and not rule.to.teams:
            yield _warning(f"{path}.to", "names nobody, so what it holds for stays unassigned", "no_targets")
    elif rule.active and routing.assign == "none":
        yield _warning(f"{path}.to", "has no effect: nobody is asked, neither by it nor by the channel", "no_effect")
    yield from _skills(routing, rule, path, desk)


def _skills(routing: Routing, rule: Rule, path: str, desk: Desk) -> Iterator[RoutingProblem]:
    snapshot = desk.snapshot
    unknown = [at for at, skill in enumerate(rule.require_skills) if skill not in snapshot.skills]
    for at in unknown:
        yield _problem(f"{path}.require_skills.{at}", "there is no such skill any more; take it out", "skill")
    if unknown or not rule.require_skills:
        return
    wanted = frozenset(rule.require_skills)
    able = [person for person in snapshot.people.values() if _can_have_tickets(person) and wanted <= person.skills]
    names = " and ".join(snapshot.skills[skill] for skill in rule.require_skills)
    if not able:
        message = f"nobody with a seat has {names}; give somebody the skill, or ask for less"
        yield _problem(f"{path}.require_skills", message, "skills_nobody_has")
        return
    asked = _named(rule.to or (routing.fallback if routing.assign == "contact_owner" else routing.to), snapshot)
    able = [person for person in able if person.id in asked]
    if not able and asked:
        message = f"none of those who are asked has {names}"
        yield _warning(f"{path}.require_skills", message, "skills_none_of_the_targets_has")
    elif able and not any(_is_there_today(person, snapshot.at, routing.timezone) for person in able):
        message = f"nobody with {names} is at work today"
        yield _warning(f"{path}.require_skills", message, "nobody_with_skills_at_work")


def _targets(targets: Targets, path: str, desk: Desk, channel: UUID | None) -> Iterator[RoutingProblem]:
    if len(targets.users) + len(targets.teams) > MOST_NAMED:
        yield _problem(path, f"at most {MOST_NAMED:,} users and teams can be named", "number")
        return
    for at, member in enumerate(targets.users):
        yield from _user(desk.snapshot, member, f"{path}.users.{at}", channel)
    mains = {team for person in desk.snapshot.people.values() for team in person.main_teams}
    for at, team in enumerate(targets.teams):
        name = desk.snapshot.teams.get(team)
        if name is None:
            yield _problem(f"{path}.teams.{at}", "there is no such team any more; take it out", "team")
        elif team not in mains:
            message = f"{name} has no main members, and only these are given tickets"
            yield _warning(f"{path}.teams.{at}", message, "team_without_main_members")


def _user(snapshot: Snapshot, member: UUID, path: str, channel: UUID | None) -> Iterator[RoutingProblem]:
    person = snapshot.people.get(member)
    if person is None:
        yield _problem(path, "there is no such member; take them out", "member")
    elif not person.active:
        yield _problem(path, f"{person.name} is deactivated; take them out", "deactivated")
    elif not person.seat:
        yield _problem(path, f"{person.name} has no seat; give them one, or take them out", "no_seat")
    elif not person.may_answer:
        yield _problem(path, f"{person.name} may not answer tickets; change their role, or take them out", "role")
    elif not person.joined:
        yield _warning(path, f"{person.name} has not joined yet and is skipped until then", "not_joined")
    elif channel in snapshot.channels and not snapshot.sees(person, channel):
        message = f"{person.name} does not see the channel and is skipped; open it to one of their teams"
        yield _warning(path, message, "does_not_see_channel")


def _nobody_named(routing: Routing) -> Iterator[RoutingProblem]:
    if routing.assign == "members" and not routing.to.users and not routing.to.teams:
        message = "choose users or teams; until then what no rule gives to somebody stays unassigned"
        yield _warning("routing.to", message, "no_targets")


def _named(targets: Targets, snapshot: Snapshot) -> set[UUID]:
    teams = frozenset(targets.teams)
    return {
        person.id
        for person in snapshot.people.values()
        if person.id in targets.users or not teams.isdisjoint(person.main_teams)
    }


def _can_have_tickets(person: Person) -> bool:
    return person.active and person.seat and person.may_answer


def _is_there_today(person: Person, now: datetime, zone: str) -> bool:
    if person.state == "available":
        return True
    clock: ZoneInfo = hours.zone_of(zone)
    return person.back_at is not None and person.back_at.astimezone(clock).date() == now.astimezone(clock).date()


def _problem(field: str, message: str, code: str) -> RoutingProblem:
    return RoutingProblem(field=field, message=message, code=code)


def _warning(field: str, message: str, code: str) -> RoutingProblem:
    return RoutingProblem(field=field, message=message, code=code, warning=True)
