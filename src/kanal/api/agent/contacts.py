"""/contacts: a person who writes to us, and everything that is held about them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, patch

from kanal.api.agent.people_out import PersonOut, people_out
from kanal.api.http.given import Db, FromPath, FromQuery, JSONBody, Limit
from kanal.api.http.signin import DeskRequest, require
from kanal.contacts import actions
from kanal.contacts.models import ContactChange
from kanal.kit.db import Transaction
from kanal.views import contacts, held
from kanal.views.contacts import FoundContact
from kanal.views.models import ContactHandle, ContactTicket, Held, Page


class ContactPatch(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=300)] | msgspec.UnsetType = msgspec.UNSET
    owner: UUID | msgspec.UnsetType | None = msgspec.UNSET
    """A member; null takes the owner away."""
    custom: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    """Custom properties by key; those left out stay, null empties."""


class ContactOut(msgspec.Struct):
    id: UUID
    name: str
    handles: list[ContactHandle]
    owner: PersonOut | None
    custom: dict[str, Any]
    """Values of custom properties by key; those of archived ones too."""
    created_at: datetime
    tickets: list[ContactTicket]


@get("/contacts", guards=[require("answer")])
async def find_contacts(request: DeskRequest, db: Db, q: FromQuery[str], limit: Limit = 10) -> Page[FoundContact]:
    """Whose email address begins with `q`: for choosing whom a ticket is about."""
    async with db.transaction(request.user.account) as tx:
        return Page(items=await contacts.beginning(tx, q, limit) if q.strip() else [], next=None)


@get("/contacts/{contact_id:uuid}", guards=[require("read")])
async def get_contact(request: DeskRequest, db: Db, contact_id: FromPath[UUID]) -> ContactOut:
    """A contact, with the tickets of theirs that the caller may see."""
    async with db.transaction(request.user.account) as tx:
        return await _out(tx, request.user.member, contact_id)


@patch("/contacts/{contact_id:uuid}")
async def change_contact(
    request: DeskRequest, data: JSONBody[ContactPatch], db: Db, contact_id: FromPath[UUID]
) -> ContactOut:
    """Change name, owner or custom properties."""
    wanted = ContactChange(name=data.name, owner_id=data.owner, custom=data.custom)
    async with db.transaction(request.user.account) as tx:
        await actions.change(tx, contact_id, wanted, request.user.member)
        return await _out(tx, request.user.member, contact_id)


@get("/contacts/{contact_id:uuid}/data", guards=[require("see_raw")])
async def list_held(request: DeskRequest, db: Db, contact_id: FromPath[UUID]) -> Page[Held]:
    """Every row and file that holds this person's data."""
    async with db.transaction(request.user.account) as tx:
        return Page(items=await held.of_contact(tx, contact_id), next=None)


async def _out(tx: Transaction, member: UUID, contact: UUID) -> ContactOut:
    found = await contacts.one(tx, member, contact)
    owner = (await people_out(tx, [found.owner_id])).get(found.owner_id) if found.owner_id else None
    return ContactOut(found.id, found.name, found.handles, owner, found.custom, found.created_at, found.tickets)
