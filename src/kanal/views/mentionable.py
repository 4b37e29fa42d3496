"""Who may be named in a comment: those of our people who see the ticket."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.people import queries as people
from kanal.views import visible
from kanal.views.models import ShownMember


class _Standing(msgspec.Struct, kw_only=True):
    channel_id: UUID | None
    team_id: UUID | None
    assignee_id: UUID | None


async def of_ticket(tx: Transaction, ticket: UUID) -> list[ShownMember]:
    """Members who work here now and see the ticket, by name."""
    row = await tx.one(_Standing, "select channel_id, team_id, assignee_id from tickets where id = %s", (ticket,))
    return await _seeing(tx, row)


async def of_conversation(tx: Transaction, conversation: UUID) -> list[ShownMember]:
    """The same of a conversation of a conversations inbox."""
    row = await tx.one(
        _Standing, "select channel_id, team_id, assignee_id from conversations where id = %s", (conversation,)
    )
    return await _seeing(tx, row)


async def _seeing(tx: Transaction, row: _Standing) -> list[ShownMember]:
    active = [person for person in await people.persons(tx) if person.active]
    viewers = await visible.viewers(tx, [person.id for person in active])
    seeing = [
        ShownMember(member_id=person.id, name=person.name)
        for person in active
        if viewers[person.id].may_see(row.channel_id, row.team_id, row.assignee_id)
    ]
    return sorted(seeing, key=lambda member: member.name.casefold())
