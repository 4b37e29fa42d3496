"""What is wrong with a rule: refused where somebody writes it, shown where it became wrong later. One walk for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.automation.models import (
    Action,
    AddTag,
    Assign,
    MailTo,
    RemoveTag,
    RuleProblem,
    SendMail,
    SetProperty,
    SetStatus,
)
from kanal.delivery import tokens
from kanal.kit import conditions, mail
from kanal.kit.conditions import ConditionInvalid, FieldType
from kanal.kit.db import Transaction
from kanal.properties import queries as properties
from kanal.properties import rules as property_rules
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import Catalogue
from kanal.tickets import queries as tickets
from kanal.tickets.models import Pipeline, Priority
from kanal.tickets.tags import rules as tags
from kanal.tickets.tags.errors import InvalidTag

MOST_RULES = 100
"""Of a channel."""
MOST_ACTIONS = 20
LONGEST_NAME = 200
LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 300
TOKENS = ("ticket.number", "ticket.subject", "contact.name", "contact.first_name", "assignee.name")


class Desk(msgspec.Struct, kw_only=True):
    """What a rule may name."""

    fields: dict[str, FieldType]
    catalogue: Catalogue
    pipelines: dict[UUID, Pipeline]
    members: dict[UUID, Person]
    teams: dict[UUID, str]


class Person(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    active: bool
    seat: bool
    may_answer: bool


async def desk(tx: Transaction) -> Desk:
    people = await tx.all(
        Person,
        """
        select m.id, u.name, m.deactivated_at is null as active, m.has_seat as seat,
               'answer' = any(r.permissions) as may_answer
        from members m join users u on u.id = m.user_id join roles r on r.key = m.role
        """,
    )
    teams = await tx.dicts("select id, name from teams")
    return Desk(
        fields=await properties.automation_fields(tx),
        catalogue=await properties.catalogue(tx),
        pipelines=await tickets.pipelines(tx),
        members={person.id: person for person in people},
        teams={row["id"]: row["name"] for row in teams},
    )


def find(condition: Any, actions: Sequence[Action], desk: Desk) -> list[RuleProblem]:
    """All that is wrong with it now."""
    return [*of_condition(condition, desk), *of_actions(actions, desk)]


def of_condition(condition: Any, desk: Desk) -> list[RuleProblem]:
    try:
        conditions.check(condition, desk.fields, "condition")
    except ConditionInvalid as wrong:
        return [RuleProblem(field=wrong.field, message=wrong.message)]
    return []


def of_actions(actions: Sequence[Action], desk: Desk) -> list[RuleProblem]:
    if not actions:
        return [RuleProblem(field="actions", message="add what the rule does")]
    if len(actions) > MOST_ACTIONS:
        return [RuleProblem(field="actions", message=f"a rule may do {MOST_ACTIONS} things")]
    return [
        RuleProblem(field=f"actions.{number}.{field}", message=message)
        for number, action in enumerate(actions)
        for field, message in _of_action(action, desk)
    ]


def of_name(name: str) -> list[RuleProblem]:
    if name and len(name) <= LONGEST_NAME and name.isprintable():
        return []
    return [RuleProblem(field="name", message=f"write one line of at most {LONGEST_NAME} characters")]


def line(name: str) -> str:
    """As it is kept."""
    return " ".join(name.split())


Wrong = Iterator[tuple[str, str]]


def _of_action(action: Action, desk: Desk) -> Wrong:
    match action:
        case SetProperty():
            yield from _property(action, desk)
        case SetStatus():
            if not any(action.status in (s.key, str(s.id)) for p in desk.pipelines.values() for s in p.statuses):
                yield "status", "there is no such status any more; choose another one"
        case Assign():
            yield from _assign(action, desk)
        case AddTag() | RemoveTag():
            try:
                tags.name_of(action.name)
            except InvalidTag as wrong:
                yield "name", wrong.message
        case SendMail():
            yield from _mail(action, desk)


def _property(action: SetProperty, desk: Desk) -> Wrong:
    match action.property:
        case "priority":
            if action.value not in get_args(Priority):
                yield "value", f"write one of {', '.join(get_args(Priority))}"
        case "pipeline":
            if not any(action.value == str(pipeline) for pipeline in desk.pipelines):
                yield "value", "there is no such pipeline any more; choose another one"
        case key:
            try:
                property_rules.checked(desk.catalogue, "ticket", {key: action.value})
            except PropertyInvalid as wrong:
                known = (found := desk.catalogue.find("ticket", key)) and not found.builtin and not found.archived
                yield "value" if known else "property", wrong.errors[0][1]


def _assign(action: Assign, desk: Desk) -> Wrong:
    if action.member is UNSET and action.team is UNSET:
        yield "member", "choose a member or a team"
    if isinstance(action.member, UUID):
        person = desk.members.get(action.member)
        if person is None:
            yield "member", "there is no such member; choose another one"
        elif not person.active:
            yield "member", f"{person.name} is deactivated; choose another one"
        elif not person.seat:
            yield "member", f"{person.name} has no seat; give them one, or choose another one"
        elif not person.may_answer:
            yield "member", f"{person.name} may not answer tickets; change their role, or choose another one"
    if isinstance(action.team, UUID) and action.team not in desk.teams:
        yield "team", "there is no such team any more; choose another one"


def _mail(action: SendMail, desk: Desk) -> Wrong:
    yield from _recipient(action.to, desk)
    if len(action.subject) > LONGEST_SUBJECT:
        yield "subject", f"write at most {LONGEST_SUBJECT} characters"
    if not action.text.strip():
        yield "text", "write what the mail says"
    if len(action.text) > LONGEST_TEXT:
        yield "text", f"write at most {LONGEST_TEXT} characters"
    for field in ("subject", "text"):
        if strange := tokens.unknown(getattr(action, field), TOKENS):
            known = ", ".join(f"{{{{{each}}}}}" for each in TOKENS)
            yield field, f"{{{{{strange[0][:60]}}}}} is not known; there are {known}"


def _recipient(to: str, desk: Desk) -> Wrong:
    if to in get_args(MailTo):
        return
    member = member_of(to)
    if member is None:
        if not mail.normalise(to):
            yield "to", "write contact, assignee, a member's id or an email address"
    elif member not in desk.members:
        yield "to", "there is no such member; choose another one"
    elif not desk.members[member].active:
        yield "to", f"{desk.members[member].name} is deactivated; choose another one"


def member_of(to: str) -> UUID | None:
    """The member that a mail is for, where an id is given."""
    try:
        return UUID(to)
    except ValueError:
        return None
