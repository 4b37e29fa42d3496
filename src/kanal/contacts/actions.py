"""Finding and making contacts. `resolve` is the pipeline's first step: from many messages' parties to contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.channelkit.messages import Handle, Party
from kanal.contacts.errors import InvalidContact
from kanal.contacts.models import Changeable, ContactChange, KnownHandle, Wanted
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.kit.ids import new_id
from kanal.kit.looks import look, looks
from kanal.properties import rules as properties
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import Catalogue
from kanal.properties.queries import catalogue

HandleKey = tuple[str, str]
OWN_FIELDS = (("name", "name"), ("owner", "owner_id"))


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


async def change(tx: Transaction, contact: UUID, wanted: ContactChange, actor: UUID | None) -> None:
    """Change what is given; what is the same already causes no event. Raises InvalidContact and PropertyInvalid."""
    was = await _locked(tx, contact)
    became = Changeable(name=was.name, owner_id=was.owner_id, custom=was.custom)
    if wanted.name is not UNSET:
        became.name = _line(wanted.name)
    if wanted.owner_id is not UNSET:
        await _check_owner(tx, wanted.owner_id)
        became.owner_id = wanted.owner_id
    if wanted.custom is not UNSET and wanted.custom:
        given = properties.checked(await catalogue(tx), "contact", wanted.custom)
        became.custom = properties.merged(was.custom, given)
    fields = _changed(was, became)
    if not fields:
        return
    await tx.run(
        """
        update contacts set name = %s, name_look = %s, owner_id = %s, custom = %s, custom_looks = %s::jsonb,
          updated_at = %s where id = %s
        """,
        (*_name(became), became.owner_id, *_custom(became), clock.now(), contact),
    )
    events.emit(tx, Event(name="contact.changed", actor_id=actor, contact_id=contact, data={"fields": fields}))


async def fill(tx: Transaction, wanted: Mapping[UUID, Wanted]) -> None:
    """Fill in what is empty, and change nothing that is there: anybody may have typed it. A name that is only an
    address counts as empty. What does not fit its property is left out."""
    found = await tx.all(_Fillable, _FILLABLE, (list(wanted),))
    if not any(_would_change(each, wanted[each.id]) for each in found):
        return
    found = await tx.all(_Fillable, f"{_FILLABLE} for no key update of c", (list(wanted),))
    known = await catalogue(tx) if any(each.custom for each in wanted.values()) else None
    changed = [(each, filled) for each in found if (filled := _filled(each, wanted[each.id], known)) is not None]
    await tx.run(
        """
        update contacts c set name = n.name, name_look = n.name_look, custom = n.custom::jsonb,
          custom_looks = n.custom_looks::jsonb, updated_at = %s
        from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[])
          as n (id, name, name_look, custom, custom_looks)
        where c.id = n.id
        """,
        (
            clock.now(),
            [each.id for each, _ in changed],
            *(list(column) for column in zip(*((*_name(f), *_custom(f)) for _, f in changed), strict=True)),
        ),
    )
    for each, filled in changed:
        fields = _changed(Changeable(name=each.name, owner_id=filled.owner_id, custom=each.custom), filled)
        events.emit(tx, Event(name="contact.changed", contact_id=each.id, data={"fields": fields}))


def _name(each: Changeable) -> tuple[str, str | None]:
    """With what it looks like."""
    return each.name, look(each.name)


def _custom(each: Changeable) -> tuple[str, str | None]:
    found = looks(each.custom)
    return document(each.custom), document(found) if found else None


class _Fillable(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    custom: dict[str, Any]
    addresses: list[str]


_FILLABLE = """
select c.id, c.name, c.custom, array(select h.address from handles h where h.contact_id = c.id) as addresses
from contacts c where c.id = any(%s) order by c.id
"""


def _would_change(found: _Fillable, wanted: Wanted) -> bool:
    return bool(wanted.name and found.name in found.addresses) or any(key not in found.custom for key in wanted.custom)


def _filled(found: _Fillable, wanted: Wanted, known: Catalogue | None) -> Changeable | None:
    """As it becomes; None when nothing changes."""
    custom = dict(found.custom)
    for key, value in wanted.custom.items():
        if key not in custom and known is not None:
            with suppress(PropertyInvalid):
                custom = properties.merged(custom, properties.checked(known, "contact", {key: value}))
    name = wanted.name if wanted.name and found.name in found.addresses else found.name
    if (name, custom) == (found.name, found.custom):
        return None
    return Changeable(name=name, owner_id=None, custom=custom)


async def _locked(tx: Transaction, contact: UUID) -> Changeable:
    found = await tx.maybe(
        Changeable, "select name, owner_id, custom from contacts where id = %s for no key update", (contact,)
    )
    if found is None:
        raise NotFound("contact")
    return found


def _line(given: str) -> str:
    name = given.strip()
    if not name or not name.isprintable():
        raise InvalidContact("name", "write one line")
    return name


async def _check_owner(tx: Transaction, owner: UUID | None) -> None:
    if owner and not await tx.value("select true from members where id = %s and deactivated_at is null", (owner,)):
        raise InvalidContact("owner", "there is no such active member")


def _changed(was: Changeable, became: Changeable) -> list[str]:
    """Names of fields: `name`, `owner`, `custom.<key>`."""
    fields = [name for name, attribute in OWN_FIELDS if getattr(was, attribute) != getattr(became, attribute)]
    keys = sorted({*was.custom, *became.custom})
    return fields + [f"custom.{key}" for key in keys if was.custom.get(key) != became.custom.get(key)]


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
            people.append({"id": contact, "name": name, "name_look": look(name), "created_at": now, "updated_at": now})
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
        "address_look": look(handle.address),
        "created_at": now,
    }


def _key(handle: Handle) -> HandleKey:
    return (handle.kind, handle.key)
