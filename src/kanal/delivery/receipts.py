"""What became of something that we sent: bounces, delivery and read receipts, in whatever order they come. They never
reopen a ticket. intake hands them over, and makes a ticket of what fits nothing."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.channelkit.messages import Receipt
from kanal.delivery import actions
from kanal.delivery.models import Change, State
from kanal.kit.db import Transaction


class Outcome(msgspec.Struct, kw_only=True):
    """What the receipt spoke of; empty when it fits nothing that this account sent."""

    message_id: UUID | None = None
    ticket_id: UUID | None = None


async def apply(tx: Transaction, channel: UUID, receipt: Receipt) -> Outcome:
    """Note a receipt that came in by this channel."""
    about = await _by_token(tx, receipt.tokens) or await _by_message(tx, channel, receipt.external_ids)
    if about is None:
        return Outcome()
    match receipt.state:
        case "bounced":
            await actions.move(tx, about.id, _change("bounced", receipt))
        case "failed":
            await actions.move(tx, about.id, _change("failed", receipt))
        case "delayed":
            await _remember(tx, about.id, "delayed")
        case "delivered" | "read":
            await _remember(tx, about.id, receipt.state)
            if about.state == "unknown":
                await actions.move(tx, about.id, Change(to="sent"))
    return Outcome(message_id=about.message_id, ticket_id=about.ticket_id)


class _About(msgspec.Struct, kw_only=True):
    id: UUID
    message_id: UUID
    ticket_id: UUID | None
    state: str


async def _by_token(tx: Transaction, tokens: list[str]) -> _About | None:
    return await tx.maybe(
        _About,
        """
        select d.id, d.message_id, c.ticket_id, d.state
        from deliveries d
        join messages m on m.id = d.message_id
        join conversations c on c.id = m.conversation_id
        where d.token = any(%s)
        order by array_position(%s, d.token) limit 1
        """,
        ([token.lower() for token in tokens], [token.lower() for token in tokens]),
    )


async def _by_message(tx: Transaction, channel: UUID, external_ids: list[str]) -> _About | None:
    """By an id that we made, which nobody can guess, at whichever of our channels the receipt arrives; the newest
    attempt that left is meant."""
    return await tx.maybe(
        _About,
        """
        select d.id, d.message_id, c.ticket_id, d.state
        from messages m
        join deliveries d on d.message_id = m.id
        join conversations c on c.id = m.conversation_id
        where m.external_id = any(%(ids)s) and m.external_id <> '' and m.direction = 'out'
        order by array_position(%(ids)s, m.external_id), m.channel_id = %(channel)s desc,
                 d.state in ('queued', 'failed'), d.created_at desc, d.id desc
        limit 1
        """,
        {"ids": external_ids, "channel": channel},
    )


def _change(to: State, receipt: Receipt) -> Change:
    refused = {receipt.recipient.address: receipt.reason} if receipt.recipient else {}
    return Change(to=to, reason=receipt.reason or "The provider gave no reason.", refused=refused)


async def _remember(tx: Transaction, delivery: UUID, word: str) -> None:
    """A set that only grows, so that receipts may come twice and in any order."""
    await tx.run(
        "update deliveries set receipts = receipts || %(word)s where id = %(id)s and not %(word)s = any(receipts)",
        {"id": delivery, "word": word},
    )
