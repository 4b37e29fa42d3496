"""Making, changing and archiving custom properties. Values stay with the tickets and contacts that have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id
from kanal.properties import queries, rules
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import NewProperty, Object, Option, Property, PropertyChange


async def create(tx: Transaction, new: NewProperty, actor: UUID | None) -> Property:
    """Add a property at the end of its object's; raises PropertyInvalid."""
    others = await _locked(tx, new.object)
    if len(others) >= rules.MOST_PROPERTIES:
        raise PropertyInvalid(("object", f"there may be {rules.MOST_PROPERTIES} of them, archived ones included"))
    label = rules.label(new.label, others)
    made = Property(
        id=new_id(),
        object=new.object,
        key=rules.key_for(new.key, label, {each.key for each in others}),
        label=label,
        help=rules.help_text(new.help),
        type=new.type,
        builtin=False,
        options=rules.options_for(new.type, new.options),
        limits=rules.limits_for(new.type, new.limits),
        position=len(others),
        archived=False,
    )
    await tx.insert("properties", [_row(made)])
    _tell(tx, made, ["created"], actor)
    return made


async def change(tx: Transaction, property_: UUID, wanted: PropertyChange, actor: UUID | None) -> Property:
    """Change what is given; raises PropertyInvalid. What is the same already causes no event."""
    was = await queries.one(tx, property_)
    others = await _locked(tx, was.object)
    was = next(each for each in others if each.id == property_)
    became = msgspec.structs.replace(was)
    if wanted.label is not UNSET:
        became.label = rules.label(wanted.label, [each for each in others if each is not was])
    if wanted.help is not UNSET:
        became.help = rules.help_text(wanted.help)
    if wanted.limits is not UNSET:
        became.limits = rules.limits_for(was.type, wanted.limits)
    if wanted.options is not UNSET:
        became.options = rules.options_for(was.type, await _kept(tx, was, wanted.options))
    if wanted.archived is not UNSET:
        became.archived = wanted.archived
    if was.archived and not became.archived:
        rules.label(became.label, [each for each in others if each is not was])
    if wanted.position is not UNSET:
        await _place(tx, others, was, wanted.position)
        became.position = wanted.position
    fields = [name for name in Property.__struct_fields__ if getattr(was, name) != getattr(became, name)]
    if fields:
        await _save(tx, became)
        _tell(tx, became, fields, actor)
    return await queries.one(tx, property_)


async def archive(tx: Transaction, property_: UUID, actor: UUID | None) -> int:
    """Offer a property no more; returns how many tickets or contacts keep a value, counted to ten thousand."""
    archived = await change(tx, property_, PropertyChange(archived=True), actor)
    return await queries.filled(tx, archived.object, archived.key)


async def _locked(tx: Transaction, object_: Object) -> list[Property]:
    """The custom properties of an object; nobody else changes them until the end."""
    await tx.lock(f"properties/{tx.account}/{object_}")
    return [each for each in (await queries.catalogue(tx)).of(object_) if not each.builtin]


async def _kept(tx: Transaction, was: Property, wanted: Sequence[Option]) -> list[Option]:
    """The wanted options, and at the end, archived, those left out that something still has."""
    given = {option.value for option in wanted}
    left_out = [option for option in was.options if option.value not in given]
    used = await queries.chosen(tx, was, [option.value for option in left_out])
    still = [Option(value=each.value, label=each.label, archived=True) for each in left_out if each.value in used]
    return [*wanted, *still]


async def _place(tx: Transaction, others: list[Property], moved: Property, position: int) -> None:
    if not 0 <= position < len(others):
        raise PropertyInvalid(("position", f"write a number from 0 to {len(others) - 1}"))
    order = [each for each in others if each.id != moved.id]
    order.insert(position, moved)
    await tx.run(
        """
        update properties p set position = n.position - 1
        from unnest(%s::uuid[]) with ordinality as n (id, position) where p.id = n.id
        """,
        ([each.id for each in order],),
    )


async def _save(tx: Transaction, became: Property) -> None:
    await tx.run(
        """
        update properties set label = %(label)s, help = %(help)s, options = %(options)s, limits = %(limits)s,
          archived_at = case when %(archived)s then coalesce(archived_at, %(now)s) end
        where id = %(id)s
        """,
        {
            "id": became.id,
            "label": became.label,
            "help": became.help,
            "options": document(became.options),
            "limits": document(became.limits),
            "archived": became.archived,
            "now": clock.now(),
        },
    )


def _row(made: Property) -> dict[str, Any]:
    return {
        "id": made.id,
        "object": made.object,
        "key": made.key,
        "label": made.label,
        "help": made.help,
        "type": made.type,
        "options": msgspec.to_builtins(made.options),
        "limits": msgspec.to_builtins(made.limits),
        "position": made.position,
        "created_at": clock.now(),
    }


def _tell(tx: Transaction, each: Property, fields: list[str], actor: UUID | None) -> None:
    data = {"property_id": str(each.id), "object": each.object, "key": each.key, "fields": fields}
    events.emit(tx, Event(name="property.changed", actor_id=actor, data=data))
