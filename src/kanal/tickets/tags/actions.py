"""Putting tags on tickets and taking them off. A tag that nobody has used before is made on the way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id
from kanal.tickets.tags import rules
from kanal.tickets.tags.errors import InvalidTag


class _Ticket(msgspec.Struct, kw_only=True):
    channel_id: UUID | None


async def add(tx: Transaction, ticket: UUID, name: str, actor: UUID | None) -> bool:
    """False when the ticket had the tag already. Raises InvalidTag, and NotFound where there is no such ticket."""
    on = await _ticket(tx, ticket)
    tag = await made_or_found(tx, rules.name_of(name), actor)
    on_it: list[UUID] = await tx.values("select tag_id from ticket_tags where ticket_id = %s", (ticket,))
    if tag in on_it:
        return False
    if len(on_it) >= rules.MOST_ON_A_TICKET:
        raise InvalidTag(f"a ticket has at most {rules.MOST_ON_A_TICKET} tags; take one off first")
    await tx.insert("ticket_tags", [{"ticket_id": ticket, "tag_id": tag, "created_at": clock.now()}])
    events.emit(tx, Event(name="ticket.tagged", actor_id=actor, **_about(ticket, on), data={"tag_id": str(tag)}))
    return True


async def remove(tx: Transaction, ticket: UUID, name: str, actor: UUID | None) -> bool:
    """False when the ticket did not have it. Raises NotFound where there is no such ticket."""
    on = await _ticket(tx, ticket)
    tag: UUID | None = await tx.value(
        """
        delete from ticket_tags tt using tags g
        where tt.ticket_id = %s and g.id = tt.tag_id and g.key = %s returning g.id
        """,
        (ticket, rules.key_of(name)),
    )
    if tag is None:
        return False
    events.emit(tx, Event(name="ticket.untagged", actor_id=actor, **_about(ticket, on), data={"tag_id": str(tag)}))
    return True


async def _ticket(tx: Transaction, ticket: UUID) -> _Ticket:
    """Held, so that two who add at once do not both find room for the last one."""
    found = await tx.maybe(_Ticket, "select channel_id from tickets where id = %s for no key update", (ticket,))
    if found is None:
        raise NotFound("ticket")
    return found


async def made_or_found(tx: Transaction, name: str, actor: UUID | None) -> UUID:
    """The tag of that name, as `rules.name_of` writes it."""
    made = new_id()
    inserted = await tx.run(
        """
        insert into tags (account_id, id, name, key, created_at) values (%s, %s, %s, %s, %s)
        on conflict (account_id, key) do nothing
        """,
        (tx.account, made, name, rules.key_of(name), clock.now()),
    )
    if not inserted:
        found: UUID = await tx.value("select id from tags where key = %s", (rules.key_of(name),))
        return found
    events.emit(tx, Event(name="tag.created", actor_id=actor, data={"tag_id": str(made)}))
    return made


def _about(ticket: UUID, on: _Ticket) -> dict[str, Any]:
    return {"ticket_id": ticket, "channel_id": on.channel_id}
