"""A person says whose a message is that somebody handed on: its original sender's or the forwarder's. The conversation
and its ticket go over with it where the message is what they began with."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Handle, Party, Signals, Verdict
from kanal.contacts import actions as contacts
from kanal.contacts.senders import actions as senders
from kanal.contacts.senders import queries as listed
from kanal.contacts.senders.models import NewSenderRule
from kanal.conversations.senders import change_sender
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake.errors import InvalidChoice
from kanal.intake.models import Claim
from kanal.intake.signals import look_at
from kanal.kit.db import Transaction, document
from kanal.tickets import actions as tickets
from kanal.tickets import queries as reading

Choice = Literal["original", "forwarder"]
STATES = {"original": "applied", "forwarder": "refused"}


async def choose(tx: Transaction, message: UUID, choice: Choice, actor: UUID | None) -> UUID | None:
    """Returns the message's ticket. What was chosen already changes nothing. Raises NotFound and InvalidChoice."""
    found = await _locked(tx, message)
    if found.is_spam:
        raise InvalidChoice("choice", "it is spam; say first that it is none")
    claim = _claim(found)
    if claim.state == "claimed" and choice == "forwarder":
        await _note_state(tx, message, STATES[choice])
    elif claim.state != STATES[choice]:
        await _give(tx, found, claim, choice, actor)
    return found.ticket_id


async def believe_always(tx: Transaction, message: UUID, actor: UUID | None) -> None:
    """What this forwarder hands on belongs to its original sender from now on. Raises NotFound and InvalidChoice."""
    by = _claim(await _locked(tx, message)).by
    if (await listed.verdict_of(tx, [(by.space, by.key)])).get((by.space, by.key)) != "allow":
        await senders.put(tx, NewSenderRule(verdict="allow", entry=by.key, space=by.space, why="forwarder"), actor)


class _Found(msgspec.Struct, kw_only=True):
    id: UUID
    conversation_id: UUID
    channel_id: UUID
    ticket_id: UUID | None
    contact_id: UUID | None
    space: str
    key: str
    forwarded: dict[str, Any] | None
    leads: bool
    """The conversation began with it, and is its sender's."""
    is_spam: bool


class _Chosen(msgspec.Struct, kw_only=True):
    party: Party
    contact_id: UUID
    trust: Verdict
    signals: Signals


async def _locked(tx: Transaction, message: UUID) -> _Found:
    """The ticket first, as everybody who changes one does."""
    ticket = await tx.value(
        "select c.ticket_id from messages m join conversations c on c.id = m.conversation_id where m.id = %s",
        (message,),
    )
    await reading.locked(tx, [ticket] if ticket else [])
    return await tx.one(
        _Found,
        """
        select m.id, m.conversation_id, m.channel_id, c.ticket_id, m.contact_id, m.space, m.from_key as key,
               m.forwarded, c.contact_id is not distinct from m.contact_id and not exists (
                 select from messages e
                 where e.conversation_id = m.conversation_id and e.direction = 'in'
                   and (e.created_at, e.id) < (m.created_at, m.id)) as leads,
               c.spam_at is not null as is_spam
        from messages m join conversations c on c.id = m.conversation_id
        where m.id = %s and m.direction = 'in' for update of m, c
        """,
        (message,),
    )


def _claim(found: _Found) -> Claim:
    if found.forwarded is None:
        raise InvalidChoice("choice", "nobody handed this message on")
    return msgspec.convert(found.forwarded, Claim)


async def _give(tx: Transaction, found: _Found, claim: Claim, choice: Choice, actor: UUID | None) -> None:
    chosen = await _chosen(tx, claim, choice)
    await _write(tx, found, chosen, STATES[choice])
    await change_sender(
        tx,
        found.conversation_id,
        was=(found.space, found.key),
        party=chosen.party,
        contact=chosen.contact_id if found.leads else None,
    )
    if found.leads and found.ticket_id:
        await tickets.change_contact(tx, found.ticket_id, chosen.contact_id, was=found.contact_id)
    events.emit(
        tx,
        Event(
            name="message.sender_changed",
            actor_id=actor,
            ticket_id=found.ticket_id,
            conversation_id=found.conversation_id,
            channel_id=found.channel_id,
            contact_id=chosen.contact_id,
            data={
                "message_id": str(found.id),
                "choice": choice,
                "contact_id": str(chosen.contact_id),
                "from_contact_id": str(found.contact_id) if found.contact_id else None,
            },
        ),
    )


async def _chosen(tx: Transaction, claim: Claim, choice: Choice) -> _Chosen:
    one = claim if choice == "original" else claim.by
    party = Party(handle=Handle(kind=one.space, key=one.key, address=one.address), name=one.name)
    sender = (one.space, one.key)
    signals = (await look_at(tx, [sender])).get(sender, Signals())
    contact = (await contacts.resolve(tx, [party]))[sender]
    # Nothing proves the original sender: the mail is the forwarder's.
    trust: Verdict = "none" if choice == "original" else claim.by.trust
    return _Chosen(party=party, contact_id=contact, trust=trust, signals=signals)


async def _write(tx: Transaction, found: _Found, chosen: _Chosen, state: str) -> None:
    await tx.run(
        """
        update messages set space = %s, from_key = %s, from_address = %s, from_name = %s, contact_id = %s, trust = %s,
               signals = %s::jsonb, new_person = %s
        where id = %s
        """,
        (
            chosen.party.handle.kind,
            chosen.party.handle.key,
            chosen.party.handle.address,
            chosen.party.name,
            chosen.contact_id,
            chosen.trust,
            document(chosen.signals),
            not found.leads,
            found.id,
        ),
    )
    await _note_state(tx, found.id, state)


async def _note_state(tx: Transaction, message: UUID, state: str) -> None:
    await tx.run(
        "update messages set forwarded = jsonb_set(forwarded, '{state}', to_jsonb(%s::text)) where id = %s",
        (state, message),
    )
