"""The straight line from what was said to tickets, many messages at a time: duplicates → members' comments → contacts →
tickets → conversations → messages → fates. One transaction under the channel's lock, opened by intake/drain.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Party, Said
from kanal.contacts import actions as contacts
from kanal.conversations import actions as conversations
from kanal.conversations import queries as reading
from kanal.conversations import rules
from kanal.conversations.models import Candidate, Placement, Role
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake import waves
from kanal.intake.models import ChannelRow, Fate, Item
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket, Touch
from kanal.tickets.rules import snippet

NO_SUBJECT = "(no subject)"


class Placed(msgspec.Struct, kw_only=True):
    """An item with the conversation it goes into, which may be a new one."""

    item: Item
    conversation_id: UUID
    ticket_id: UUID | None
    is_new: bool
    placement: Placement


async def ingest(tx: Transaction, keyring: Keyring, channel: ChannelRow, items: Sequence[Item]) -> list[Fate]:
    """Make contacts, conversations and tickets of what was said on one channel; returns each raw event's fate."""
    fates: list[Fate] = []
    for wave in waves.cut(items):
        fates += await _ingest_wave(tx, keyring, channel, wave)
    return fates


async def _ingest_wave(tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]) -> list[Fate]:
    fates, fresh = await _set_duplicates_aside(tx, channel, wave)
    more, fresh = await _set_comments_aside(tx, keyring, channel, fresh)
    fates += more
    if not fresh:
        return fates
    found = await contacts.resolve(tx, [item.said.sender for item in fresh])
    for item in fresh:
        item.contact_id = found.get((item.handle.kind, item.handle.key))
    placed = await _place(tx, keyring, channel, fresh)
    await _open_tickets(tx, channel, placed)
    await _open_conversations(tx, channel, placed)
    await _identify(tx, placed)
    await _append(tx, channel, placed)
    await _touch_tickets(tx, placed)
    _tell(tx, channel, placed)
    return fates + [_fate(each) for each in placed]


async def _set_duplicates_aside(
    tx: Transaction, channel: ChannelRow, wave: list[Item]
) -> tuple[list[Fate], list[Item]]:
    """A second copy of a message is recognised by its id, sender, date and body together; a message of ours that came
    back by its id, which nobody else can know."""
    heard = await reading.heard_before(tx, channel.id, [(i.said.external_id, i.said.digest) for i in wave])
    sent = await reading.known_messages(tx, channel.id, [i.said.external_id for i in wave])
    fates, fresh = [], []
    for item in wave:
        copy = heard.get((item.said.external_id, item.said.digest))
        if copy is not None:
            fates.append(Fate(raw_id=item.raw_id, state="duplicate", reason="the same message again", message_id=copy))
        elif any(known.ours for known in sent.get(item.said.external_id, [])):
            fates.append(Fate(raw_id=item.raw_id, state="quarantined", reason="our own message came back"))
        else:
            fresh.append(item)
    return fates, fresh


async def _set_comments_aside(
    tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]
) -> tuple[list[Fate], list[Item]]:
    """Mail from a member's own proved address with a valid token is an internal comment (K19)."""
    by_token = await _candidates_by_token(tx, keyring, channel, wave)
    authors = await _members_by_handle(tx, [item for item in wave if item.raw_id in by_token])
    fates, others = [], []
    for item in wave:
        author = authors.get((item.handle.kind, item.handle.key))
        ticket = by_token[item.raw_id].ticket_id if item.raw_id in by_token else None
        if author is None or ticket is None:
            others.append(item)
        elif item.said.trust == "fail":
            reason = "it claims to be from a member, but did not pass authentication"
            fates.append(Fate(raw_id=item.raw_id, state="quarantined", reason=reason, ticket_id=ticket))
        elif not item.human:
            fates.append(Fate(raw_id=item.raw_id, state="quarantined", reason="automatic mail from a member"))
        else:
            said = item.said
            await tickets.comment(tx, ticket, author=author, text=said.text, html=said.html, raw_event=item.raw_id)
            fates.append(Fate(raw_id=item.raw_id, state="comment", ticket_id=ticket))
    return fates, others


async def _candidates_by_token(
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


async def _members_by_handle(tx: Transaction, items: list[Item]) -> dict[tuple[str, str], UUID]:
    if not items:
        return {}

    class Row(msgspec.Struct):
        space: str
        key: str
        member_id: UUID

    rows = await tx.all(
        Row,
        """
        select a.space, a.key, a.member_id
        from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join addresses a on a.space = wanted.space and a.key = wanted.key
        join members m on m.id = a.member_id and m.deactivated_at is null
        where a.account_id = %s and a.proved_at is not null
        """,
        ([i.handle.kind for i in items], [i.handle.key for i in items], tx.account),
    )
    return {(row.space, row.key): row.member_id for row in rows}


async def _place(tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]) -> list[Placed]:
    now = max(item.received_at for item in wave)
    handles = [(item.handle.kind, item.handle.key) for item in wave]
    by_token = await _candidates_by_token(tx, keyring, channel, wave)
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
                automatic=not item.human,
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


async def _open_tickets(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    """Before their conversations, which are then written once and whole."""
    new = [each for each in placed if each.is_new and channel.makes_tickets]
    refs = await tickets.open_many(tx, [_new_ticket(channel, each) for each in new])
    for each, ref in zip(new, refs, strict=True):
        each.ticket_id = ref.id


def _new_ticket(channel: ChannelRow, each: Placed) -> NewTicket:
    said = each.item.said
    return NewTicket(
        subject=said.subject.strip() or snippet(said.text)[:80] or NO_SUBJECT,
        source="message",
        at=each.item.received_at,
        snippet=snippet(said.text),
        contact_id=each.item.contact_id,
        channel_id=channel.id,
        waiting=each.item.human,
        linked_to=each.placement.linked_to,
        link_why=each.placement.why,
        conversation_id=each.conversation_id,
    )


async def _open_conversations(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    new = [each for each in placed if each.is_new]
    await conversations.open_many(
        tx,
        [
            conversations.NewConversation(
                id=each.conversation_id,
                inbox_id=channel.inbox_id,
                channel_id=channel.id,
                contact_id=each.item.contact_id,
                subject=each.item.said.subject,
                subject_key=each.item.said.evidence.subject_key,
                thread_key=each.item.said.evidence.thread_key,
                at=each.item.received_at,
                ticket_id=each.ticket_id,
                last_in_at=each.item.received_at,
            )
            for each in new
        ],
    )
    await conversations.join(tx, [joining for each in placed for joining in _joining(each)])


async def _identify(tx: Transaction, placed: list[Placed]) -> None:
    """Whoever was an unknown visitor until now, and says who they are (CHT-23)."""
    known: dict[UUID, UUID] = {}
    for each in placed:
        conversation, contact = each.placement.conversation, each.item.contact_id
        if conversation and conversation.contact_id is None and contact and not each.placement.joins:
            known[conversation.id] = contact
    await conversations.identify(tx, known)


def _joining(each: Placed) -> list[conversations.Joining]:
    """The sender comes in as the contact of a new conversation, or as a new person of one that goes on (K19); whom
    somebody in the conversation names beside us is in copy."""
    said = each.item.said
    at = each.item.received_at

    def joining(party: Party, role: Role) -> conversations.Joining:
        return conversations.Joining(conversation_id=each.conversation_id, party=party, role=role, at=at)

    copied = [joining(party, "cc") for party in _copied(each.item)] if each.item.human else []
    if each.placement.joins:
        return [joining(said.sender, "new_person")]
    if not each.is_new:
        return copied
    answer_at = [joining(said.answer_at, "contact")] if said.answer_at else []
    return [joining(said.sender, "contact"), *answer_at, *copied]


def _copied(item: Item) -> list[Party]:
    ours = {*item.door.account_addresses, *item.door.rcpt_to, item.handle.key}
    named = {r.party.handle.key: r.party for r in item.said.recipients if r.field in ("to", "cc")}
    return [party for key, party in named.items() if key not in ours]


async def _append(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    for each in placed:
        each.item.message_id = new_id()
    await tx.insert("messages", [_message_row(channel, each) for each in placed])
    await tx.insert(
        "attachments", [row for each in placed for row in _attachment_rows(each.item, each.item.received_at)]
    )
    await conversations.hear(
        tx,
        [
            conversations.Heard(
                conversation_id=each.conversation_id,
                at=each.item.received_at,
                direction="in",
                human=each.item.human,
            )
            for each in placed
            if not each.is_new
        ],
    )


def _message_row(channel: ChannelRow, each: Placed) -> dict[str, Any]:
    item, said = each.item, each.item.said
    return {
        "id": item.message_id,
        "conversation_id": each.conversation_id,
        "channel_id": channel.id,
        "direction": "in",
        "contact_id": item.contact_id,
        "space": item.handle.kind,
        "from_key": item.handle.key,
        "from_address": item.handle.address,
        "from_name": said.sender.name,
        "recipients": [
            {"field": r.field, "name": r.party.name, "address": r.party.handle.address, "key": r.party.handle.key}
            for r in said.recipients
        ],
        "subject": said.subject,
        "body_text": said.text,
        "body_html": said.html,
        "quoted_text": said.quoted_text,
        "quoted_html": said.quoted_html,
        "external_id": said.external_id,
        "digest": said.digest,
        "in_reply_to": said.evidence.in_reply_to[0] if said.evidence.in_reply_to else "",
        "refs": said.evidence.references,
        "automatic": _automatic(said),
        "new_person": each.placement.joins,
        "raw_only": said.raw_only,
        "trust": said.trust,
        "door_auth": item.door.auth,
        "remote_images": said.remote_images,
        "flags": said.flags,
        "answers": msgspec.to_builtins(said.answers),
        "raw_event_id": item.raw_id,
        "claimed_at": said.claimed_at,
        "created_at": item.received_at,
    }


def _automatic(said: Said) -> str | None:
    return said.automatic or ("machine" if said.loop else None)


def _attachment_rows(item: Item, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "message_id": item.message_id,
            "position": position,
            "blob": file.blob,
            "name": file.name,
            "content_type": file.content_type,
            "size": file.size,
            "inline": file.inline,
            "content_id": file.content_id,
            "created_at": at,
        }
        for position, file in enumerate(item.files)
    ]


async def _touch_tickets(tx: Transaction, placed: list[Placed]) -> None:
    await tickets.touch_many(
        tx,
        [
            Touch(
                ticket_id=each.ticket_id,
                conversation_id=each.conversation_id,
                at=each.item.received_at,
                human=each.item.human,
                snippet=snippet(each.item.said.text),
            )
            for each in placed
            if each.ticket_id and not each.is_new
        ],
    )


def _tell(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    for each in placed:
        events.emit(
            tx,
            Event(
                name="message.received",
                ticket_id=each.ticket_id,
                conversation_id=each.conversation_id,
                channel_id=channel.id,
                contact_id=each.item.contact_id,
                data={
                    "message_id": str(each.item.message_id),
                    "raw_event_id": str(each.item.raw_id),
                    "human": each.item.human,
                    "first": each.is_new,
                },
            ),
        )


def _fate(each: Placed) -> Fate:
    return Fate(
        raw_id=each.item.raw_id,
        state="ticket" if each.is_new else "reply",
        ticket_id=each.ticket_id,
        message_id=each.item.message_id,
    )
