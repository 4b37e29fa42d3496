"""What one of us sent from the same mailbox in another program: it joins its thread as an outgoing message, changes the
ticket as an answer does, and is never sent again. Our own copies are known by the ids that we gave them, and by our
mark where a provider gave them others. Called by pipeline.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.conversations import actions as conversations
from kanal.conversations import apart, rules
from kanal.conversations import queries as reading
from kanal.conversations.models import Candidate
from kanal.delivery import actions as deliveries
from kanal.delivery.models import Change
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake import history
from kanal.intake.appending import attachment_rows
from kanal.intake.models import ChannelRow, Fate, Item
from kanal.intake.placing import candidates_by_token
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people import queries as people
from kanal.people.models import Member
from kanal.tickets import actions as tickets
from kanal.tickets.rules import snippet

SEEN = "seen in the mailbox, among what was sent"
NOWHERE = "it belongs to no conversation here"
NOT_YET = "what it answers is not here yet"
PATIENCE = 3
"""Tries for an answer whose question is not here: within four minutes."""
LAST_TRY = 9
"""While mail is still to come: within a day. What does not come for so long may never."""


async def set_outgoing_aside(
    tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]
) -> tuple[list[Fate], list[Item]]:
    """The fates of what we sent, and what others did."""
    ours = [item for item in wave if item.said.outgoing]
    if not ours:
        return [], wave
    copies = await _copies(tx, ours)
    fates = [await _own_copy(tx, item, copies[item.raw_id]) for item in ours if item.raw_id in copies]
    new = [item for item in ours if item.raw_id not in copies]
    threads = await _threads(tx, keyring, channel, new) if new else {}
    members = await _Members.load(tx) if threads else None
    for item in new:
        thread = threads.get(item.raw_id)
        if thread is not None and members is not None:
            fates.append(await _join(tx, channel, item, thread, members.author(item)))
    lost = [item for item in new if item.raw_id not in threads]
    fates += await _without_thread(tx, channel, lost) if lost else []
    return fates, [item for item in wave if not item.said.outgoing]


class _Copy(msgspec.Struct, kw_only=True):
    """A message of ours, and the newest attempt to send it."""

    external_id: str
    id: UUID
    sent_elsewhere: bool
    ticket_id: UUID | None
    delivery_id: UUID | None
    state: str | None


async def _copies(tx: Transaction, items: list[Item]) -> dict[UUID, _Copy]:
    """By raw event."""
    rows = await tx.all(
        _Copy,
        """
        select distinct on (m.id) m.external_id, m.id, m.sent_elsewhere, c.ticket_id, d.id as delivery_id,
               d.state
        from messages m
        join conversations c on c.id = m.conversation_id
        left join deliveries d on d.message_id = m.id
        where m.direction = 'out'
          and (m.id = any(%(marks)s) or (m.external_id = any(%(ids)s) and m.external_id <> ''))
        order by m.id, d.created_at desc, d.id desc
        """,
        {
            "ids": [item.said.external_id for item in items],
            "marks": [item.said.own_message for item in items if item.said.own_message],
        },
    )
    by_id = {row.external_id: row for row in rows if row.external_id}
    by_mark: dict[UUID | None, _Copy] = {row.id: row for row in rows}
    found = {i.raw_id: by_mark.get(i.said.own_message) or by_id.get(i.said.external_id) for i in items}
    return {raw_id: copy for raw_id, copy in found.items() if copy is not None}


async def _own_copy(tx: Transaction, item: Item, copy: _Copy) -> Fate:
    """That it stands among what was sent settles whether it was: it was."""
    if copy.delivery_id is not None and copy.state == "unknown":
        await deliveries.move(tx, copy.delivery_id, Change(to="sent", said=SEEN))
    if copy.sent_elsewhere:
        return Fate(raw_id=item.raw_id, state="duplicate", reason="the same message again", message_id=copy.id)
    return Fate(
        raw_id=item.raw_id, state="outgoing", reason="our own copy", ticket_id=copy.ticket_id, message_id=copy.id
    )


async def _threads(tx: Transaction, keyring: Keyring, channel: ChannelRow, items: list[Item]) -> dict[UUID, Candidate]:
    """The conversation of this channel that each of these goes on with, by raw event. Whoever can write from the
    mailbox is believed: nothing is asked of the sender."""
    by_token = await candidates_by_token(tx, keyring, channel, items)
    references = {r for i in items for r in (*i.said.evidence.in_reply_to, *i.said.evidence.references)}
    known = await reading.known_messages(tx, channel.id, references)
    wanted = {each.conversation_id for found in known.values() for each in found}
    candidates = await reading.candidates(tx, channel.id, wanted, max(item.received_at for item in items))
    found = {}
    for item in items:
        placement = rules.place(
            item.said.evidence,
            "references",
            by_token=by_token.get(item.raw_id),
            known=known,
            candidates=candidates,
            latest=None,
            takes_part=lambda _: True,
            automatic=True,  # it goes into a closed one too
        )
        if placement.conversation is not None:
            found[item.raw_id] = placement.conversation
    return found


async def _without_thread(tx: Transaction, channel: ChannelRow, lost: list[Item]) -> list[Fate]:
    """What was answered may come after its answer: folders are read side by side, and after an outage one is done
    before the other. So an answer is looked at again for a few minutes, for a day while mail is still to come."""
    rows = await tx.dicts("select id, tries from raw_events where id = any(%s)", ([item.raw_id for item in lost],))
    tries = {row["id"]: row["tries"] for row in rows}
    more_to_come = await tx.value(
        """
        select exists (select from ledger where channel_id = %(channel)s and state = 'wanted' and not history
                                            and gone_at is null)
        """,
        {"channel": channel.id},
    )
    return [
        Fate(raw_id=item.raw_id, state="failed", reason=NOT_YET, tries=tries[item.raw_id])
        if _answers(item) and not item.door.history and tries[item.raw_id] < (LAST_TRY if more_to_come else PATIENCE)
        else Fate(raw_id=item.raw_id, state="outgoing", reason=NOWHERE)
        for item in lost
    ]


def _answers(item: Item) -> bool:
    evidence = item.said.evidence
    return bool(evidence.in_reply_to or evidence.references)


class _Members:
    """Who of us may have written from the mailbox."""

    def __init__(self, members: list[Member], addresses: Mapping[str, UUID]) -> None:
        self._by_id = {member.id: member for member in members if member.active}
        self._by_address = {member.email.lower(): member.id for member in self._by_id.values()} | dict(addresses)
        self._names = [" ".join(member.name.split()).casefold() for member in self._by_id.values()]
        self._by_name = dict(zip(self._names, self._by_id, strict=True))

    @classmethod
    async def load(cls, tx: Transaction) -> _Members:
        rows = await tx.dicts(
            """
            select key, member_id from addresses
            where account_id = %s and space = 'email' and member_id is not null and proved_at is not null
            """,
            (tx.account,),
        )
        return cls(await people.members(tx), {row["key"]: row["member_id"] for row in rows})

    def author(self, item: Item) -> Member | None:
        """By an address of theirs, else by a name that nobody else here has."""
        name = " ".join(item.said.sender.name.split()).casefold()
        found = self._by_address.get(item.handle.key)
        if found is None and name and self._names.count(name) == 1:
            found = self._by_name[name]
        return self._by_id.get(found) if found else None


async def _join(tx: Transaction, channel: ChannelRow, item: Item, thread: Candidate, author: Member | None) -> Fate:
    item.message_id = new_id()
    await tx.insert("messages", [_message(channel, item, thread, author)])
    await tx.insert("attachments", attachment_rows(item, item.received_at))
    await conversations.hear(
        tx,
        [conversations.Heard(conversation_id=thread.id, at=item.received_at, direction="out", human=False)],
    )
    await conversations.join(tx, _named(item, thread))
    if not item.door.history and await _is_the_last_word(tx, item, thread):
        takes_it = author.id if author and author.has_seat else None
        if thread.ticket_id:
            await tickets.touch_out(tx, thread.ticket_id, author=takes_it, at=item.received_at, text=item.said.text)
        if thread.apart:
            standing = await apart.locked(tx, thread.id)
            said = snippet(item.said.text)
            await apart.answered(tx, standing, author=takes_it, at=item.received_at, snippet=said, state=None)
    _tell(tx, channel, item, thread, author)
    return Fate(raw_id=item.raw_id, state="outgoing", ticket_id=thread.ticket_id, message_id=item.message_id)


def _message(channel: ChannelRow, item: Item, thread: Candidate, author: Member | None) -> dict[str, Any]:
    said = item.said
    return {
        "id": item.message_id,
        "conversation_id": thread.id,
        "channel_id": channel.id,
        "direction": "out",
        "author_id": author.id if author else None,
        "space": item.handle.kind,
        "from_key": item.handle.key,
        "from_address": item.handle.address,
        "from_name": author.name if author else said.sender.name,
        "recipients": [
            {
                "field": each.field,
                "name": each.party.name,
                "space": each.party.handle.kind,
                "address": each.party.handle.address,
                "key": each.party.handle.key,
            }
            for each in said.recipients
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
        "remote_images": said.remote_images,
        "flags": said.flags,
        "sent_elsewhere": True,
        "raw_event_id": item.raw_id,
        "claimed_at": said.claimed_at,
        "created_at": item.received_at,
    }


def _named(item: Item, thread: Candidate) -> list[conversations.Joining]:
    """Whom it was openly sent to takes part from now on."""
    ours = {*item.door.account_addresses, *item.door.rcpt_to, item.handle.key}
    return [
        conversations.Joining(conversation_id=thread.id, party=each.party, role="cc", at=item.received_at)
        for each in item.said.recipients
        if each.field != "bcc" and each.party.handle.key not in ours
    ]


async def _is_the_last_word(tx: Transaction, item: Item, thread: Candidate) -> bool:
    """Whether the customer has not written since; after an outage things come in another order."""
    written = min(item.said.claimed_at or item.received_at, item.received_at)
    since: datetime | None = await tx.value(
        """
        select max(least(claimed_at, created_at)) from messages
        where conversation_id = %s and direction = 'in' and automatic is null
        """,
        (thread.id,),
    )
    return since is None or written >= since


def _tell(tx: Transaction, channel: ChannelRow, item: Item, thread: Candidate, author: Member | None) -> None:
    data = {"message_id": str(item.message_id), "raw_event_id": str(item.raw_id)}
    events.emit(
        tx,
        Event(
            name="message.sent_elsewhere",
            actor_id=author.id if author else None,
            ticket_id=thread.ticket_id,
            conversation_id=thread.id,
            channel_id=channel.id,
            contact_id=thread.contact_id,
            data=data | history.mark(item),
        ),
    )
