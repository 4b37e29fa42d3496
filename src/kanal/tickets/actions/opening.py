"""Making tickets, many at a time for the pipeline, one at a time for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.kit.looks import look, looks
from kanal.properties import rules as properties
from kanal.properties.queries import catalogue
from kanal.tickets import queries, rules
from kanal.tickets.actions.state import is_bound
from kanal.tickets.errors import MoveRefused, UnknownReference
from kanal.tickets.models import NewTicket, Pipeline, Status, TicketRef


async def create(tx: Transaction, new: NewTicket) -> TicketRef:
    """Make one ticket, by hand or through the API (GEN-4, WS-5), where the pipeline lets its maker begin (PIPE-2)."""
    if new.custom:
        checked = properties.checked(await catalogue(tx), "ticket", new.custom)
        new = msgspec.structs.replace(new, custom=properties.merged({}, checked))
    if new.status_id is not None:
        pipeline, status = _start(new, await queries.pipelines(tx))
        refused = rules.entry_refusal(pipeline, status)
        if refused and await is_bound(tx, new.actor_id):
            raise MoveRefused(refused)
    return (await open_many(tx, [new]))[0]


async def open_many(tx: Transaction, new: Sequence[NewTicket]) -> list[TicketRef]:
    """Make tickets, in this order numbered one after the other."""
    if not new:
        return []
    pipelines = await queries.pipelines(tx)
    last = await tx.value("update ticket_numbers set last = last + %s returning last", (len(new),))
    refs = [TicketRef(id=new_id(), number=last - len(new) + position) for position in range(1, len(new) + 1)]
    await tx.insert("tickets", [_row(ref, ticket, pipelines) for ref, ticket in zip(refs, new, strict=True)])
    await _link(tx, refs, new)
    for ref, ticket in zip(refs, new, strict=True):
        events.emit(tx, _created(ref, ticket))
    return refs


def _start(new: NewTicket, pipelines: dict[UUID, Pipeline]) -> tuple[Pipeline, Status]:
    """Where it begins: without pipeline and status in the default one's first (PIPE-6)."""
    pipeline = pipelines.get(new.pipeline_id) if new.pipeline_id else queries.default_of(pipelines)
    if pipeline is None:
        raise UnknownReference("pipeline", "there is no such pipeline")
    status = pipeline.by_id(new.status_id)
    if new.status_id is not None and status is None:
        raise UnknownReference("status", "the pipeline has no such status")
    return pipeline, status or pipeline.first_status


def _row(ref: TicketRef, new: NewTicket, pipelines: dict[UUID, Pipeline]) -> dict[str, Any]:
    pipeline, status = _start(new, pipelines)
    return {
        "id": ref.id,
        "number": ref.number,
        "subject": new.subject,
        "subject_look": look(new.subject),
        "description": new.description,
        "snippet": new.snippet,
        "contact_id": new.contact_id,
        "channel_id": new.channel_id,
        "pipeline_id": pipeline.id,
        "status_id": status.id,
        "is_open": not status.is_closed and not new.elsewhere,
        "elsewhere": new.elsewhere,
        "priority": new.priority,
        "team_id": new.team_id,
        "custom": new.custom,
        "custom_looks": looks(new.custom),
        "source": new.source,
        "version": 1,
        "last_direction": "in" if new.source == "message" else None,
        "has_failed_reply": False,
        "created_at": new.at,
        "updated_at": new.at,
        "last_message_at": new.at,
        "waiting_since": new.at if new.waiting and not status.is_closed else None,
        "closed_at": new.at if status.is_closed else None,
    }


async def _link(tx: Transaction, refs: Sequence[TicketRef], new: Sequence[NewTicket]) -> None:
    linked = [(ref, ticket) for ref, ticket in zip(refs, new, strict=True) if ticket.linked_to]
    await tx.insert(
        "ticket_links",
        [
            {"ticket_id": ref.id, "other_id": ticket.linked_to, "why": ticket.link_why, "created_at": ticket.at}
            for ref, ticket in linked
        ],
    )
    for ref, ticket in linked:
        data = {"other_id": str(ticket.linked_to), "why": ticket.link_why}
        events.emit(tx, Event(name="ticket.linked", ticket_id=ref.id, channel_id=ticket.channel_id, data=data))


def _created(ref: TicketRef, new: NewTicket) -> Event:
    return Event(
        name="ticket.created",
        actor_id=new.actor_id,
        ticket_id=ref.id,
        conversation_id=new.conversation_id,
        channel_id=new.channel_id,
        contact_id=new.contact_id,
        data={"number": ref.number, "source": new.source} | ({"history": True} if new.source == "import" else {}),
    )
