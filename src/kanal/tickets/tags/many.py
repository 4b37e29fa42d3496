"""Tags on many tickets at once, by as many statements as for one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event, Name
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets.tags import rules
from kanal.tickets.tags.actions import made_or_found


class Tagging(msgspec.Struct, kw_only=True):
    """What one ticket gets and loses, by name."""

    add: Sequence[str] = ()
    remove: Sequence[str] = ()


class _Tag(msgspec.Struct, kw_only=True):
    id: UUID
    key: str


class _On(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID | None
    tags: list[UUID]


async def change_many(tx: Transaction, wanted: Mapping[UUID, Tagging], actor: UUID | None) -> list[UUID]:
    """Returns the tickets that have no room for more, and were left as they are. A tag that nobody has used before is
    made. Raises InvalidTag."""
    known = await _tags(tx, wanted.values(), actor)
    full: list[UUID] = []
    added: list[dict[str, Any]] = []
    removed: list[tuple[UUID, UUID]] = []
    for ticket in await _held(tx, wanted):
        add, remove = _of(ticket, wanted[ticket.id], known)
        if _is_full(ticket, add, remove):
            full.append(ticket.id)
            continue
        added += [{"ticket_id": ticket.id, "tag_id": tag, "created_at": clock.now()} for tag in add]
        removed += [(ticket.id, tag) for tag in remove]
        _tell(tx, "ticket.tagged", ticket, add, actor)
        _tell(tx, "ticket.untagged", ticket, remove, actor)
    await tx.insert("ticket_tags", added)
    await tx.run(
        """
        delete from ticket_tags tt using unnest(%s::uuid[], %s::uuid[]) as n (ticket, tag)
        where tt.ticket_id = n.ticket and tt.tag_id = n.tag
        """,
        ([ticket for ticket, _ in removed], [tag for _, tag in removed]),
    )
    return full


async def without_room(tx: Transaction, wanted: Mapping[UUID, Tagging]) -> list[UUID]:
    """The tickets that `change_many` would leave as they are."""
    if not any(each.add for each in wanted.values()):
        return []
    keys = {rules.key_of(name) for each in wanted.values() for name in (*each.add, *each.remove)}
    # One that nobody has used before is on no ticket.
    known = {key: UUID(int=n) for n, key in enumerate(keys)} | await _known(tx, keys)
    return [each.id for each in await _held(tx, wanted) if _is_full(each, *_of(each, wanted[each.id], known))]


def _is_full(ticket: _On, add: Collection[UUID], remove: Collection[UUID]) -> bool:
    return bool(add) and len(ticket.tags) - len(remove) + len(add) > rules.MOST_ON_A_TICKET


def _of(ticket: _On, wanted: Tagging, known: Mapping[str, UUID]) -> tuple[list[UUID], list[UUID]]:
    """Which tags it gets and loses."""
    add, remove = (
        dict.fromkeys(known[key] for name in names if (key := rules.key_of(name)) in known)
        for names in (wanted.add, wanted.remove)
    )
    return [tag for tag in add if tag not in ticket.tags], [tag for tag in remove if tag in ticket.tags]


async def _tags(tx: Transaction, wanted: Collection[Tagging], actor: UUID | None) -> dict[str, UUID]:
    """By key; what is only taken off need not be there."""
    for name in {rules.key_of(name): name for each in wanted for name in each.add}.values():
        await made_or_found(tx, rules.name_of(name), actor)
    keys = {rules.key_of(name) for each in wanted for name in (*each.add, *each.remove)}
    return await _known(tx, keys)


async def _known(tx: Transaction, keys: Collection[str]) -> dict[str, UUID]:
    rows = await tx.all(_Tag, "select id, key from tags where key = any(%s)", (list(keys),))
    return {row.key: row.id for row in rows}


async def _held(tx: Transaction, tickets: Collection[UUID]) -> list[_On]:
    """Locked, so that two who add at once do not both find room for the last one."""
    await tx.run("select from tickets where id = any(%s) order by id for no key update", (list(tickets),))
    return await tx.all(
        _On,
        """
        select t.id, t.channel_id, array(select tt.tag_id from ticket_tags tt where tt.ticket_id = t.id) as tags
        from tickets t where t.id = any(%s)
        """,
        (list(tickets),),
    )


def _tell(tx: Transaction, name: Name, ticket: _On, tags: Collection[UUID], actor: UUID | None) -> None:
    for tag in tags:
        data = {"tag_id": str(tag)}
        event = Event(name=name, actor_id=actor, ticket_id=ticket.id, channel_id=ticket.channel_id, data=data)
        events.emit(tx, event)
