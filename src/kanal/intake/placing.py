"""To which conversation each message of a wave belongs; `conversations.rules` decides, here it gets what it needs."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.contacts.senders.models import SenderKey
from kanal.conversations import queries as reading
from kanal.conversations import rules
from kanal.conversations.models import Candidate, Placement
from kanal.intake.models import ChannelRow, Item
from kanal.intake.spam.models import Why
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.tickets.rules import called


class Placed(msgspec.Struct, kw_only=True):
    """An item with the conversation it goes into, which may be a new one."""

    item: Item
    conversation_id: UUID
    ticket_id: UUID | None
    is_new: bool
    placement: Placement
    reopened: bool = False
    """Its ticket was closed until it came."""
    spam: Why | None = None
    """It goes into a conversation that is spam, or becomes one."""

    @property
    def sender(self) -> SenderKey:
        return (self.item.handle.kind, self.item.handle.key)

    @property
    def subject(self) -> str:
        """What a ticket that is made of it is called."""
        return called(self.item.said.subject, self.item.said.text)


async def place(tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]) -> list[Placed]:
    now = max(item.received_at for item in wave)
    handles = [(item.handle.kind, item.handle.key) for item in wave]
    by_token = await candidates_by_token(tx, keyring, channel, wave)
    references = {r for i in wave for r in (*i.said.evidence.in_reply_to, *i.said.evidence.references)}
    known = await reading.known_messages(tx, channel.id, references) if references else {}
    latest = await _latest(tx, channel, wave, handles)
    wanted = {k.conversation_id for each in known.values() for k in each} | set(latest.values())
    candidates = await reading.candidates(tx, channel.id, wanted, now) if wanted else {}
    involved = set(candidates) | {candidate.id for candidate in by_token.values()}
    taking_part = await reading.taking_part(tx, involved, handles) if involved else set()
    placed = []
    for item in wave:
        placement = (
            Placement()
            if channel.one_shot
            else rules.place(
                item.said.evidence,
                channel.threading,
                by_token=by_token.get(item.raw_id),
                known=known,
                candidates=candidates,
                latest=candidates.get(latest[item.raw_id]) if item.raw_id in latest else None,
                takes_part=lambda id_, i=item: (id_, i.handle.kind, i.handle.key) in taking_part,  # type: ignore[misc]
                automatic=not item.human or item.door.history,
            )
        )
        conversation = placement.conversation
        placed.append(
            Placed(
                item=item,
                conversation_id=conversation.id if conversation else new_id(),
                ticket_id=conversation.ticket_id if conversation else None,
                is_new=conversation is None,
                placement=placement,
            )
        )
    return placed


def apart(each: Placed) -> None:
    """Into a conversation of its own after all."""
    each.placement, each.conversation_id, each.ticket_id, each.is_new = Placement(), new_id(), None, True


async def _latest(
    tx: Transaction, channel: ChannelRow, wave: list[Item], handles: list[tuple[str, str]]
) -> dict[UUID, UUID]:
    """Where kinds without references go on: the provider's thread, or the conversation the sender last had."""
    if channel.threading == "thread_key":
        by_key = await reading.latest_by_thread(tx, channel.id, [i.said.evidence.thread_key for i in wave])
        found = {item.raw_id: by_key.get(item.said.evidence.thread_key) for item in wave}
    elif channel.threading == "participants":
        by_handle = await reading.latest_by_participant(tx, channel.id, handles)
        found = {item.raw_id: by_handle.get((item.handle.kind, item.handle.key)) for item in wave}
    else:
        found = {}
    return {raw: conversation for raw, conversation in found.items() if conversation}


async def candidates_by_token(
    tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]
) -> dict[UUID, Candidate]:
    """The conversation of this channel that each item's reply token proves, by raw event."""
    named: dict[UUID, list[UUID]] = {}
    for item in wave:
        tokens = (rules.read_token(keyring, token) for token in item.said.evidence.tokens)
        named[item.raw_id] = [conversation for conversation in tokens if conversation]
    wanted = {conversation for each in named.values() for conversation in each}
    if not wanted:
        return {}
    known = await reading.candidates(tx, channel.id, wanted, max(item.received_at for item in wave))
    return {raw: known[first] for raw, each in named.items() if (first := next((c for c in each if c in known), None))}
