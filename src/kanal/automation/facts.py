"""What the conditions of a rule may ask: what routing rules ask of a message that opens a ticket, asked of the ticket
as it stands now, with its assignee and its tags. The fields are `properties.queries.automation_fields`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.conditions import Facts
from kanal.kit.db import Transaction
from kanal.routing.came_in import came_in
from kanal.routing.facts import Words, Writer, facts
from kanal.routing.setting import Settable
from kanal.tickets import queries as tickets
from kanal.tickets.models import Priority
from kanal.tickets.tags import queries as tags


class Subject(msgspec.Struct, kw_only=True):
    """The ticket that a rule runs on, with its contact."""

    id: UUID
    number: int
    subject: str
    channel_id: UUID | None
    pipeline_id: UUID
    status_id: UUID
    priority: Priority
    team_id: UUID | None
    assignee_id: UUID | None
    assignee_name: str | None
    custom: dict[str, Any]
    contact_id: UUID | None
    contact_name: str
    contact_owner: UUID | None
    contact_custom: dict[str, Any]
    contact_email: str | None
    contact_is_new: bool
    last_in: UUID | None
    """What the customer's side wrote last."""


async def subject(tx: Transaction, ticket: UUID) -> Subject | None:
    """None for a ticket that is gone, or that is spam."""
    return await tx.maybe(
        Subject,
        """
        select t.id, t.number, t.subject, t.channel_id, t.pipeline_id, t.status_id, t.priority, t.team_id,
               t.assignee_id, u.name as assignee_name, t.custom, t.contact_id, coalesce(c.name, '') as contact_name,
               c.owner_id as contact_owner, coalesce(c.custom, '{}') as contact_custom,
               (select h.address from handles h where h.contact_id = c.id and h.space = 'email'
                order by h.created_at, h.id limit 1) as contact_email,
               not exists (
                 select from tickets o where o.contact_id = t.contact_id and o.number < t.number) as contact_is_new,
               (select m.id from messages m join conversations v on v.id = m.conversation_id
                where v.ticket_id = t.id and m.direction = 'in'
                order by m.created_at desc, m.id desc limit 1) as last_in
        from tickets t
        left join contacts c on c.id = t.contact_id
        left join members a on a.id = t.assignee_id
        left join users u on u.id = a.user_id
        where t.id = %s and t.spam_at is null
        """,
        (ticket,),
    )


async def facts_of(tx: Transaction, ticket: Subject, message: UUID | None) -> Facts:
    """`message` is the one that set the rule off; without one the customer's last word is asked about."""
    asked = message or ticket.last_in
    found = (await came_in(tx, [asked])).get(asked) if asked else None
    pipelines = await tickets.pipelines(tx)
    settable = Settable(
        pipeline_id=ticket.pipeline_id,
        status_id=ticket.status_id,
        priority=ticket.priority,
        team_id=ticket.team_id,
        custom=ticket.custom,
    )
    known = facts(
        found.words if found else Words(sender=""), _writer(ticket), settable, pipelines, subject=ticket.subject
    )
    return Facts(
        {
            **known,
            "ticket.assignee": ticket.assignee_id and str(ticket.assignee_id),
            "ticket.tags": (await tags.of_tickets(tx, [ticket.id])).get(ticket.id, []),
        }
    )


def _writer(ticket: Subject) -> Writer:
    return Writer(
        id=ticket.contact_id,
        name=ticket.contact_name,
        email=ticket.contact_email,
        owner_id=ticket.contact_owner,
        custom=ticket.contact_custom,
        is_new=ticket.contact_is_new,
    )
