"""Tells people at once that what they sent has arrived, where their kind asks for it: an automatic message in the new
conversation, so that an answer to it lands there. intake calls it with a whole batch; `dispatch` sends."""

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
"""Anybody may type anybody's address: nobody's mailbox is filled by us."""
Why = Literal["no_way_out", "too_many", "our_own_address"]
AUTOMATIC = "auto_reply"


class Wanted(msgspec.Struct, kw_only=True, frozen=True):
    """A conversation that somebody has just opened, and what they are to be told."""

    conversation_id: UUID
    ticket_id: UUID | None
    contact_id: UUID | None
    to: Party
    confirmation: Confirmation
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    """Of the message that is confirmed, where it can be referred to."""


@dataclass(frozen=True)
class _Way:
    wanted: Wanted
    answering: Answering
    handle: Handle


async def confirm(tx: Transaction, carriers: Carriers, channel_id: UUID, wanted: Sequence[Wanted]) -> list[Wanted]:
    """Queue the confirmations of what came in by one channel; returns those that were. What cannot be confirmed is told
    on its ticket."""
    if not wanted:
        return []
    found = await _ways(tx, carriers, channel_id, wanted)
    found = await _without_our_own(tx, channel_id, found)
    found = await _without_too_many(tx, channel_id, found)
    if found:
        await _queue(tx, carriers, found, clock.now())
    return [way.wanted for way in found]


async def _ways(tx: Transaction, carriers: Carriers, channel_id: UUID, wanted: Sequence[Wanted]) -> list[_Way]:
    channel = await channels.channel(tx, channel_id)
    kind = carriers.kinds.get(channel.kind)
    able = await _able(tx, carriers, channel, kind) if kind else []
    ways = []
    for each in wanted:
        found = answering.reaching(able, [each.to.handle, *each.to.also])
        if found is None:
            _tell(tx, channel_id, each, "no_way_out")
        else:
            ways.append(_Way(each, *found))
    return ways


async def _able(tx: Transaction, carriers: Carriers, channel: ChannelRow, kind: Kind) -> list[Answering]:
    if kind.capabilities.replies:
        return [Answering(channel, kind, chosen=False)]
    return (await answering.desk(tx, carriers)).answering(channel, kind)


async def _without_our_own(tx: Transaction, channel_id: UUID, ways: list[_Way]) -> list[_Way]:
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
    for way in ways:
        if (way.handle.kind, way.handle.key) in keys:
            _tell(tx, channel_id, way.wanted, "our_own_address")
    return [way for way in ways if (way.handle.kind, way.handle.key) not in keys]


async def _without_too_many(tx: Transaction, channel_id: UUID, ways: list[_Way]) -> list[_Way]:
    if not ways:
        return []
    to = [(str(tx.account), way.handle.kind, way.handle.key) for way in ways]
    few = []
    for way, tries in zip(ways, await limits.tries_of(tx, TO_ONE_ADDRESS, to), strict=True):
        if tries > TO_ONE_ADDRESS.most:
            _tell(tx, channel_id, way.wanted, "too_many")
        else:
            few.append(way)
    return few


async def _queue(tx: Transaction, carriers: Carriers, ways: list[_Way], at: datetime) -> None:
    rows = [_message(carriers, way, at) for way in ways]
    await tx.insert("messages", rows)
    heard = [Heard(conversation_id=way.wanted.conversation_id, at=at, direction="out", human=False) for way in ways]
    await conversations.hear(tx, heard)
    sent = [(row["id"], way.answering.channel.id) for row, way in zip(rows, ways, strict=True)]
    deliveries = await actions.queue_many(tx, sent, at)
    for (message, channel), way, delivery in zip(sent, ways, deliveries, strict=True):
        data = {"message_id": str(message), "delivery_id": str(delivery), "automatic": True}
        events.emit(tx, _event(way.wanted, "message.queued", channel, data))


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


def _tell(tx: Transaction, channel_id: UUID, wanted: Wanted, why: Why) -> None:
    events.emit(tx, _event(wanted, "message.not_confirmed", channel_id, {"why": why}))


def _event(
    wanted: Wanted,
    name: Literal["message.queued", "message.not_confirmed"],
    channel_id: UUID,
    data: dict[str, Any],
) -> Event:
    return Event(
        name=name,
        ticket_id=wanted.ticket_id,
        conversation_id=wanted.conversation_id,
        channel_id=channel_id,
        contact_id=wanted.contact_id,
        data=data,
    )
