"""Automatic messages: what the desk says by itself in a conversation, to confirm what came, to acknowledge it, because
a rule says so. Never to ourselves, never often to one address. `dispatch` sends them, marked as what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Kind
from kanal.channelkit.messages import Confirmation, Handle, Party
from kanal.conversations import actions as conversations
from kanal.conversations.actions import Heard
from kanal.delivery import actions, answering
from kanal.delivery.answering import Answering
from kanal.delivery.models import Addressee, Carriers
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes import queries as channels
from kanal.inboxes.models import ChannelRow
from kanal.inboxes.rules import as_kind_sees
from kanal.kit import clock, html
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people import limits
from kanal.people.limits import Limit

TO_ONE_ADDRESS = Limit("confirmation", 5, timedelta(hours=1))
"""Anybody may type anybody's address: nobody's mailbox is filled by us, and no two machines talk for ever."""
Why = Literal["no_way_out", "too_many", "our_own_address"]
AUTOMATIC = "auto_reply"


class Wanted(msgspec.Struct, kw_only=True, frozen=True):
    """Somebody in a conversation, and what they are to be told."""

    conversation_id: UUID
    ticket_id: UUID | None
    contact_id: UUID | None
    to: Party
    confirmation: Confirmation
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    """Of the message that it follows, where that can be referred to."""


@dataclass(frozen=True)
class _Way:
    wanted: Wanted
    answering: Answering
    handle: Handle


Refused = list[tuple[Wanted, Why]]


async def say(tx: Transaction, carriers: Carriers, channel_id: UUID, wanted: Sequence[Wanted]) -> Refused:
    """Queue what is to be said in conversations of one channel; returns what cannot be said, with the reason."""
    refused: Refused = []
    if not wanted:
        return refused
    found = await _ways(tx, carriers, channel_id, wanted, refused)
    found = await _without_our_own(tx, found, refused)
    found = await _without_too_many(tx, found, refused)
    if found:
        await _queue(tx, carriers, found, clock.now())
    return refused


async def _ways(
    tx: Transaction, carriers: Carriers, channel_id: UUID, wanted: Sequence[Wanted], refused: Refused
) -> list[_Way]:
    channel = await channels.channel(tx, channel_id)
    kind = carriers.kinds.get(channel.kind)
    able = await _able(tx, carriers, channel, kind) if kind else []
    ways = []
    for each in wanted:
        found = answering.reaching(able, [each.to.handle, *each.to.also])
        if found is None:
            refused.append((each, "no_way_out"))
        else:
            ways.append(_Way(each, *found))
    return ways


async def _able(tx: Transaction, carriers: Carriers, channel: ChannelRow, kind: Kind) -> list[Answering]:
    if kind.capabilities.replies:
        return [Answering(channel, kind, chosen=False)]
    return (await answering.desk(tx, carriers)).answering(channel, kind)


async def _without_our_own(tx: Transaction, ways: list[_Way], refused: Refused) -> list[_Way]:
    """A mail to ourselves would come back in."""
    ours = await tx.dicts(
        """
        select a.space, a.key from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join addresses a on a.space = wanted.space and a.key = wanted.key
        where a.account_id = %s and a.channel_id is not null
        """,
        ([way.handle.kind for way in ways], [way.handle.key for way in ways], tx.account),
    )
    keys = {(row["space"], row["key"]) for row in ours}
    refused += [(way.wanted, "our_own_address") for way in ways if (way.handle.kind, way.handle.key) in keys]
    return [way for way in ways if (way.handle.kind, way.handle.key) not in keys]


async def _without_too_many(tx: Transaction, ways: list[_Way], refused: Refused) -> list[_Way]:
    if not ways:
        return []
    to = [(str(tx.account), way.handle.kind, way.handle.key) for way in ways]
    tried = list(zip(ways, await limits.tries_of(tx, TO_ONE_ADDRESS, to), strict=True))
    refused += [(way.wanted, "too_many") for way, tries in tried if tries > TO_ONE_ADDRESS.most]
    return [way for way, tries in tried if tries <= TO_ONE_ADDRESS.most]


async def _queue(tx: Transaction, carriers: Carriers, ways: list[_Way], at: datetime) -> None:
    rows = [_message(carriers, way, at) for way in ways]
    await tx.insert("messages", rows)
    heard = [Heard(conversation_id=way.wanted.conversation_id, at=at, direction="out", human=False) for way in ways]
    await conversations.hear(tx, heard)
    sent = [(row["id"], way.answering.channel.id) for row, way in zip(rows, ways, strict=True)]
    deliveries = await actions.queue_many(tx, sent, at)
    for (message, channel), way, delivery in zip(sent, ways, deliveries, strict=True):
        data = {"message_id": str(message), "delivery_id": str(delivery), "automatic": True}
        about = {field: getattr(way.wanted, field) for field in ("ticket_id", "conversation_id", "contact_id")}
        events.emit(tx, Event(name="message.queued", channel_id=channel, **about, data=data))


def _message(carriers: Carriers, way: _Way, at: datetime) -> dict[str, Any]:
    row, kind = way.answering.channel, way.answering.kind
    channel = as_kind_sees(row, carriers.keyring, carriers.mail_domain)
    sender = next(iter(kind.claims(channel.settings)), None)
    said = way.wanted.confirmation
    to = Addressee(
        field="to", space=way.handle.kind, key=way.handle.key, address=way.handle.address, name=way.wanted.to.name
    )
    return {
        "id": new_id(),
        "conversation_id": way.wanted.conversation_id,
        "channel_id": row.id,
        "direction": "out",
        "space": sender.space if sender else "",
        "from_key": sender.key if sender else "",
        "from_address": sender.key if sender else "",
        "from_name": "",
        "recipients": [msgspec.to_builtins(to)],
        "subject": said.subject if kind.capabilities.subject else "",
        "body_text": said.text,
        "body_html": html.sanitise(said.html).html if kind.capabilities.rich_text else "",
        "external_id": kind.name_message(channel),
        "in_reply_to": way.wanted.in_reply_to,
        "refs": list(way.wanted.references),
        "automatic": AUTOMATIC,
        "created_at": at,
    }
