"""The last step of a batch: what came of it is handed to routing, with what rules may ask of each message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from kanal.intake import queries
from kanal.intake.models import ChannelRow, Item
from kanal.intake.placing import Placed
from kanal.kit.db import Transaction
from kanal.routing import actions, rules
from kanal.routing.facts import Words, Writer, facts
from kanal.routing.models import Asked, Routing
from kanal.tickets import queries as tickets


async def route(tx: Transaction, channel: ChannelRow, routing: Routing, placed: Sequence[Placed]) -> None:
    """New tickets are given out; answers are looked at where somebody has the ticket. Never fails for a rule."""
    new = {each.ticket_id: each for each in placed if each.is_new and each.ticket_id}
    if new:
        async with actions.never_in_the_way(tx, channel.id, list(new), "arrival"):
            await actions.arrived(tx, channel.id, routing, await _asked(tx, routing, new))
    reopened = {each.ticket_id for each in placed if each.reopened and each.ticket_id}
    for began_at, answers in _answers(placed, new).items():
        its_own = routing if began_at == channel.id else await queries.routing_of(tx, began_at)
        await actions.answered(tx, began_at, its_own, answers, reopened=reopened)


def _answers(placed: Sequence[Placed], new: Collection[UUID]) -> dict[UUID, dict[UUID, UUID]]:
    """The customers' words by ticket, by the channel on which it began: whatever carried them, its routing holds."""
    found: dict[UUID, dict[UUID, UUID]] = defaultdict(dict)
    for each in placed:
        goes_on = each.placement.conversation
        if goes_on and each.ticket_id and each.ticket_id not in new and each.item.human and each.item.message_id:
            found[goes_on.channel_id][each.ticket_id] = each.item.message_id
    return found


async def _asked(tx: Transaction, routing: Routing, new: dict[UUID, Placed]) -> list[Asked]:
    """In the order in which they came."""
    found = [_one(ticket, each.item) for ticket, each in new.items()]
    if not rules.gives_to_anybody(routing):
        return found
    writers = await queries.writers(tx, {ticket: each.item.message_id for ticket, each in new.items()})
    pipelines = await tickets.pipelines(tx)
    for asked in found:
        placed = new[asked.ticket_id]
        writer = writers.get(asked.ticket_id) or Writer(is_new=True)
        asked.owner_id = writer.owner_id
        asked.facts = facts(_words(placed.item), writer, placed.item.setting, pipelines, subject=placed.subject)
    return found


def _one(ticket: UUID, item: Item) -> Asked:
    return Asked(
        ticket_id=ticket,
        at=item.received_at,
        since=item.received_at,
        priority=item.setting.priority,
        team_id=item.setting.team_id,
        contact_id=item.contact_id,
        message_id=item.message_id,
    )


def _words(item: Item) -> Words:
    said = item.said
    named = [recipient.party.handle.key for recipient in said.recipients if recipient.field in ("to", "cc")]
    return Words(
        sender=item.handle.address,
        subject=said.subject,
        text=said.text,
        to=list(dict.fromkeys([*named, *item.door.rcpt_to])),
        has_attachments=any(not file.inline for file in item.files),
        proved=said.trust == "pass",
    )
