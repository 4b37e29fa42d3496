"""Reading properties: the whole catalogue, and what conditions may ask about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.conditions import FieldType
from kanal.kit.db import NotFound, Transaction
from kanal.properties import rules
from kanal.properties.builtin import AUTOMATION_FIELDS, BUILTIN, ROUTING_FIELDS
from kanal.properties.models import Catalogue, Limits, Object, Option, Property

MOST_COUNTED = 10_000


async def catalogue(tx: Transaction) -> Catalogue:
    """Built-in and custom properties of tickets and contacts, archived ones too."""
    custom = await _custom(tx)
    members: list[UUID] = []
    if any(each.type == "member" for each in custom):
        members = await tx.values("select id from members where deactivated_at is null")
    return Catalogue(properties=[*BUILTIN, *custom], members=frozenset(members))


async def shown(tx: Transaction, object_: Object | None = None) -> list[Property]:
    """As people see them: the built-in choices, too, have the options that there are now."""
    choices = await _choices(tx)
    found = (await catalogue(tx)).properties
    return [
        msgspec.structs.replace(each, options=choices.get(f"{each.object}.{each.key}", each.options))
        if each.builtin
        else each
        for each in found
        if object_ in (None, each.object)
    ]


async def one(tx: Transaction, property_: UUID) -> Property:
    """A custom property, held until the end of the transaction."""
    found = next((each for each in await _custom(tx) if each.id == property_), None)
    if found is None:
        raise NotFound("property")
    return found


async def filled(tx: Transaction, object_: Object, key: str) -> int:
    """How many tickets or contacts have a value, counted to ten thousand."""
    sql = {
        "ticket": "select count(*) from (select from tickets where custom ? %(key)s limit %(most)s) c",
        "contact": "select count(*) from (select from contacts where custom ? %(key)s limit %(most)s) c",
    }
    return int(await tx.value(sql[object_], {"key": key, "most": MOST_COUNTED}))


async def chosen(tx: Transaction, each: Property, values: list[str]) -> set[str]:
    """Which of these options something has."""
    sql = {
        "ticket": "select exists (select from tickets where jsonb_exists(custom -> %(key)s, %(value)s))",
        "contact": "select exists (select from contacts where jsonb_exists(custom -> %(key)s, %(value)s))",
    }
    return {value for value in values if await tx.value(sql[each.object], {"key": each.key, "value": value})}


async def routing_fields(tx: Transaction) -> dict[str, FieldType]:
    """What a routing rule may ask about in this account, with the choices there are now."""
    choices = await _choices(tx)
    fields = {
        name: msgspec.structs.replace(field, options=choices.get(name, field.options))
        for name, field in ROUTING_FIELDS.items()
    }
    for each in await _custom(tx):
        if not each.archived:
            fields[f"{each.object}.{each.key}"] = rules.field_of(each)
    return fields


async def automation_fields(tx: Transaction) -> dict[str, FieldType]:
    """What a rule of the ticket automation may ask about: the same of the ticket as it stands, and who has it."""
    fields = await routing_fields(tx)
    assignee = msgspec.structs.replace(AUTOMATION_FIELDS["ticket.assignee"], options=fields["contact.owner"].options)
    return _beside_team(fields, {**AUTOMATION_FIELDS, "ticket.assignee": assignee})


def _beside_team(fields: dict[str, FieldType], more: dict[str, FieldType]) -> dict[str, FieldType]:
    found: dict[str, FieldType] = {}
    for name, field in fields.items():
        found[name] = field
        if name == "ticket.team":
            found |= more
    return {**found, **more}


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    object: Object
    key: str
    label: str
    help: str
    type: str
    options: list[Any]
    limits: dict[str, Any]
    position: int
    archived: bool


async def _custom(tx: Transaction) -> list[Property]:
    rows = await tx.all(
        _Row,
        """
        select id, object, key, label, help, type, options, limits, position, archived_at is not null as archived
        from properties order by object desc, position, created_at, id
        """,
    )
    return [
        Property(
            id=row.id,
            object=row.object,
            key=row.key,
            label=row.label,
            help=row.help,
            type=row.type,  # type: ignore[arg-type]  # the table's check knows the same types
            builtin=False,
            options=msgspec.convert(row.options, list[Option]),
            limits=msgspec.convert(row.limits, Limits),
            position=row.position,
            archived=row.archived,
        )
        for row in rows
    ]


class _Choice(msgspec.Struct, kw_only=True):
    field: str
    value: str
    label: str


async def _choices(tx: Transaction) -> dict[str, list[Option]]:
    """Statuses by key: those of several pipelines that share one are one choice."""
    rows = await tx.all(
        _Choice,
        """
        select field, value, label from (
          select 'ticket.pipeline' as field, id::text as value, name as label, 0 as rank, position, id::text as last
          from pipelines
          union all
          select 'ticket.status', key, string_agg(distinct name, ' / '), 1, min(position), key
          from statuses group by key
          union all
          select 'ticket.team', id::text, name, 2, 0, name from teams
          union all
          select 'contact.owner', m.id::text, u.name, 3, 0, u.name
          from members m join users u on u.id = m.user_id where m.deactivated_at is null
        ) c order by rank, position, last
        """,
    )
    found: dict[str, list[Option]] = {name: [] for name in ("ticket.pipeline", "ticket.status", "ticket.team")}
    for row in rows:
        found.setdefault(row.field, []).append(Option(value=row.value, label=row.label))
    return found
