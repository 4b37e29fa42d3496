"""What is wrong with a macro's actions: refused where somebody writes them, shown where they became wrong later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.kit.db import Transaction
from kanal.macros import filling, rules, values
from kanal.macros.models import (
    Action,
    MacroAssign,
    MacroFollow,
    MacroPriority,
    MacroProblem,
    MacroProperty,
    MacroSnooze,
    MacroStatus,
    MacroTags,
)
from kanal.properties import queries as properties
from kanal.properties import rules as property_rules
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import Catalogue
from kanal.tickets import queries as tickets
from kanal.tickets.models import Pipeline, Priority
from kanal.tickets.tags import rules as tags
from kanal.tickets.tags.errors import InvalidTag

LONGEST_SNOOZE = 366 * 24 * 60
"""Minutes."""
Wrong = Iterator[tuple[str, str]]


class Colleague(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    active: bool
    may_answer: bool


class Desk(msgspec.Struct, kw_only=True):
    """What a macro may name."""

    catalogue: Catalogue
    pipelines: dict[UUID, Pipeline]
    members: dict[UUID, Colleague]
    teams: dict[UUID, str]


async def desk(tx: Transaction) -> Desk:
    members = await tx.all(
        Colleague,
        """
        select m.id, u.name, m.deactivated_at is null as active, 'answer' = any(r.permissions) as may_answer
        from members m join users u on u.id = m.user_id join roles r on r.key = m.role
        """,
    )
    teams = await tx.dicts("select id, name from teams")
    return Desk(
        catalogue=await properties.catalogue(tx),
        pipelines=await tickets.pipelines(tx),
        members={each.id: each for each in members},
        teams={row["id"]: row["name"] for row in teams},
    )


def of_actions(actions: Sequence[Action], among: Desk) -> list[MacroProblem]:
    if len(actions) > rules.MOST_ACTIONS:
        return [MacroProblem(field="actions", message=f"a macro may do {rules.MOST_ACTIONS} things")]
    return [
        MacroProblem(field=f"actions.{number}.{field}", message=message)
        for number, action in enumerate(actions)
        for field, message in _of_action(action, among)
    ]


def of_body(body: str, among: Desk) -> list[MacroProblem]:
    """Tokens that nothing is known for; they are left out when the text is used."""
    known = {each.token for each in values.known(among.catalogue)}
    return [
        MacroProblem(field="body", message=f"{{{{{token[:60]}}}}} is not known; choose another token or take it out")
        for token in filling.tokens(body)
        if token not in known
    ]


def _of_action(action: Action, among: Desk) -> Wrong:
    match action:
        case MacroStatus():
            known = [status for pipeline in among.pipelines.values() for status in pipeline.statuses]
            if not any(action.status in (each.key, str(each.id)) for each in known):
                yield "status", "there is no such status any more; choose another one"
        case MacroAssign():
            yield from _assign(action, among)
        case MacroPriority():
            if action.priority not in get_args(Priority):
                yield "priority", f"write one of {', '.join(get_args(Priority))}"
        case MacroTags():
            yield from _tags(action)
        case MacroSnooze():
            if not 1 <= action.minutes <= LONGEST_SNOOZE:
                yield "minutes", "write from one minute to a year"
        case MacroProperty():
            yield from _property(action, among)
        case MacroFollow():
            pass


def _assign(action: MacroAssign, among: Desk) -> Wrong:
    if action.member is UNSET and action.team is UNSET:
        yield "member", "choose a member or a team"
    if isinstance(action.member, str) and action.member != "me":
        person = among.members.get(_id(action.member))
        if person is None:
            yield "member", "there is no such member; choose another one"
        elif not person.active:
            yield "member", f"{person.name} is deactivated; choose another one"
        elif not person.may_answer:
            yield "member", f"{person.name} may not answer tickets; choose another one"
    if isinstance(action.team, UUID) and action.team not in among.teams:
        yield "team", "there is no such team any more; choose another one"


def _tags(action: MacroTags) -> Wrong:
    if not action.add and not action.remove:
        yield "add", "name tags to add or to remove"
    for name in action.add:
        try:
            tags.name_of(name)
        except InvalidTag as wrong:
            yield "add", wrong.message


def _property(action: MacroProperty, among: Desk) -> Wrong:
    try:
        property_rules.checked(among.catalogue, "ticket", {action.property: action.value})
    except PropertyInvalid as wrong:
        found = among.catalogue.find("ticket", action.property)
        known = found is not None and not found.builtin and not found.archived
        yield "value" if known else "property", wrong.errors[0][1]


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        return UUID(int=0)
