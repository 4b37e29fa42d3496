"""The last step of a batch: what came of it is handed to routing, with what rules may ask of each message."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.intake.models import ChannelRow, Item
from kanal.intake.placing import Placed
from kanal.kit.db import Transaction
from kanal.routing import actions, rules
from kanal.routing.facts import AboutMessage, NewTicketRow, facts, new_tickets
from kanal.routing.models import Asked, Routing


async def route(tx: Transaction, channel: ChannelRow, routing: Routing, placed: Sequence[Placed]) -> None:
    """New tickets are given out; answers are looked at where somebody has the ticket. Never fails for a rule."""
    new = {each.ticket_id: each.item for each in placed if each.is_new and each.ticket_id}
    if new:
        async with actions.never_in_the_way(tx, channel.id, list(new), "arrival"):
            await actions.arrived(tx, channel.id, routing, await _asked(tx, routing, new))
    answers = {
        each.ticket_id: each.item.message_id
        for each in placed
        if each.ticket_id and each.ticket_id not in new and each.item.human and each.item.message_id
    }
    await actions.answered(tx, channel.id, routing, answers)


async def _asked(tx: Transaction, routing: Routing, new: dict[UUID, Item]) -> list[Asked]:
    """In the order in which they came."""
    messages = {ticket: item.message_id for ticket, item in new.items() if item.message_id}
    known = await new_tickets(tx, messages) if messages and rules.gives_to_anybody(routing) else {}
    return [_one(ticket, item, known.get(ticket)) for ticket, item in new.items()]


def _one(ticket: UUID, item: Item, known: NewTicketRow | None) -> Asked:
    at = item.received_at
    if known is None:
        return Asked(ticket_id=ticket, at=at, since=at, message_id=item.message_id)
    return Asked(
        ticket_id=ticket,
        at=at,
        since=at,
        priority=known.priority,
        team_id=known.team_id,
        contact_id=known.contact_id,
        owner_id=known.owner_id,
        message_id=item.message_id,
        facts=facts(known.ticket, known.contact, _message(item)),
    )


def _message(item: Item) -> AboutMessage:
    said = item.said
    named = [recipient.party.handle.key for recipient in said.recipients if recipient.field in ("to", "cc")]
    return AboutMessage(
        subject=said.subject,
        text=said.text,
        sender=item.handle.address,
        to=list(dict.fromkeys([*named, *item.door.rcpt_to])),
        has_attachments=any(not file.inline for file in item.files),
        proved=said.trust == "pass",
    )
