"""Where the routing of an account's channels names a member, a team, a skill or a property: asked before one of them
goes, and shown beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.kit.conditions import fields_of
from kanal.kit.db import Transaction

Where = Literal["properties", "to", "fallback", "rule_when", "rule_skills", "rule_to"]


class Use(msgspec.Struct, kw_only=True):
    """One place; the last two are of the rule, and None outside of the rules."""

    channel_id: UUID
    channel_name: str
    where: Where
    rule_number: int | None
    rule_name: str | None


class _Channel(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    routing: dict[str, Any]


async def uses(
    tx: Transaction,
    *,
    member: UUID | None = None,
    team: UUID | None = None,
    skill: UUID | None = None,
    property: str | None = None,
) -> list[Use]:
    """All places, channel by channel, that name any of these; `property` is a field such as `ticket.priority` or
    `contact.tier`. Inactive rules count: they can be switched on."""
    ids = frozenset(str(each) for each in (member, team, skill) if each is not None)
    channels = await tx.all(
        _Channel, "select id, name, routing from channels where deleted_at is null order by created_at, id"
    )
    return [
        Use(channel_id=channel.id, channel_name=channel.name, where=where, rule_number=number, rule_name=name)
        for channel in channels
        for where, number, name, part in _parts(channel.routing)
        if _names(part, ids) or (property is not None and _holds_field(where, part, property))
    ]


async def skills_required(tx: Transaction) -> Counter[str]:
    """How many rules require each skill, by its id, for all of them at once."""
    routings = await tx.values("select routing from channels where deleted_at is null")
    return Counter(
        str(skill).lower()
        for routing in routings
        for where, _, _, part in _parts(routing)
        if where == "rule_skills"
        for skill in set(map(str, part if isinstance(part, list) else []))
    )


def _parts(routing: dict[str, Any]) -> Iterator[tuple[Where, int | None, str | None, Any]]:
    """What of it may name something. It is read as it is stored, whole or broken."""
    yield "properties", None, None, routing.get("properties")
    rules = routing.get("rules")
    for number, rule in enumerate(rules if isinstance(rules, list) else [], start=1):
        if isinstance(rule, dict):
            name = str(rule.get("name") or "")
            yield "rule_when", number, name, rule.get("when")
            yield "rule_skills", number, name, rule.get("require_skills")
            yield "rule_to", number, name, rule.get("to")
    yield "to", None, None, routing.get("to")
    yield "fallback", None, None, routing.get("fallback")


def _names(part: Any, ids: frozenset[str]) -> bool:
    """Whether one of the ids stands anywhere in it as a value."""
    if isinstance(part, str):
        return part.lower() in ids
    if isinstance(part, dict):
        return any(_names(value, ids) for value in part.values())
    return isinstance(part, list) and any(_names(value, ids) for value in part)


def _holds_field(where: Where, part: Any, field: str) -> bool:
    if where == "properties":
        return isinstance(part, dict) and field.removeprefix("ticket.") in part
    return where == "rule_when" and field in fields_of(part)
