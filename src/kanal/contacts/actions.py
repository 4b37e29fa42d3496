"""Finding and making contacts. `resolve` is the pipeline's first step: from many messages' parties to contacts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from kanal.channelkit.messages import Handle, Party
from kanal.contacts.models import KnownHandle
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id

HandleKey = tuple[str, str]


async def resolve(tx: Transaction, parties: Sequence[Party]) -> dict[HandleKey, UUID]:
    """The contact of every known party by handle (EML-20, CON-1): found by any of its handles, else made."""
    parties = [party for party in parties if party.known]
    found = await _find(tx, parties)
    if all(_key(handle) in found for party in parties for handle in (party.handle, *party.also)):
        return {key: handle.contact_id for key, handle in found.items()}
    await tx.lock(f"contacts/{tx.account}")
    found = await _find(tx, parties)
    contacts = {key: handle.contact_id for key, handle in found.items()}
    await _make_missing(tx, parties, contacts)
    return contacts


async def rename(tx: Transaction, contact: UUID, name: str, actor: UUID | None) -> None:
    changed = await tx.run(
        "update contacts set name = %s, updated_at = %s where id = %s", (name.strip(), clock.now(), contact)
    )
    if not changed:
        raise NotFound("contact")
    events.emit(tx, Event(name="contact.changed", actor_id=actor, contact_id=contact, data={"fields": ["name"]}))


async def _find(tx: Transaction, parties: Iterable[Party]) -> dict[HandleKey, KnownHandle]:
    handles = [handle for party in parties for handle in (party.handle, *party.also)]
    rows = await tx.all(
        KnownHandle,
        """
        select h.space, h.key, h.address, h.contact_id, c.name
        from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join handles h on h.space = wanted.space and h.key = wanted.key
        join contacts c on c.id = h.contact_id
        """,
        ([h.kind for h in handles], [h.key for h in handles]),
    )
    return {(row.space, row.key): row for row in rows}


async def _make_missing(tx: Transaction, parties: Sequence[Party], contacts: dict[HandleKey, UUID]) -> None:
    now = clock.now()
    people: list[dict[str, object]] = []
    handles: list[dict[str, object]] = []
    for party in parties:
        own = {_key(handle): handle for handle in (party.handle, *party.also)}
        contact = next((contacts[key] for key in own if key in contacts), None)
        if contact is None:
            contact = new_id()
            name = party.name or party.handle.address
            people.append({"id": contact, "name": name, "created_at": now, "updated_at": now})
            events.emit(tx, Event(name="contact.created", contact_id=contact))
        for key, handle in own.items():
            if key not in contacts:
                contacts[key] = contact
                handles.append(_handle_row(contact, handle, now))
    await tx.insert("contacts", people)
    await tx.insert("handles", handles)


def _handle_row(contact: UUID, handle: Handle, now: object) -> dict[str, object]:
    return {
        "id": new_id(),
        "contact_id": contact,
        "space": handle.kind,
        "key": handle.key,
        "address": handle.address,
        "created_at": now,
    }


def _key(handle: Handle) -> HandleKey:
    return (handle.kind, handle.key)
