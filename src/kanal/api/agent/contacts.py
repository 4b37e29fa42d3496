"""/contacts: a person who writes to us, and everything that is held about them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, patch

from kanal.api.http.given import Db, FromPath, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest, require
from kanal.contacts import actions
from kanal.views import contacts, held
from kanal.views.models import Contact, Held, Page


class ContactPatch(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


@get("/contacts/{contact_id:uuid}", guards=[require("read")])
async def get_contact(request: DeskRequest, db: Db, contact_id: FromPath[UUID]) -> Contact:
    """A contact, with the tickets of theirs that the caller may see."""
    async with db.transaction(request.user.account) as tx:
        return await contacts.one(tx, request.user.member, contact_id)


@patch("/contacts/{contact_id:uuid}")
async def change_contact(
    request: DeskRequest, data: JSONBody[ContactPatch], db: Db, contact_id: FromPath[UUID]
) -> Contact:
    name = data.name.strip()
    if not name or not name.isprintable():
        raise Invalid("name", "write one line")
    async with db.transaction(request.user.account) as tx:
        await actions.rename(tx, contact_id, name, request.user.member)
        return await contacts.one(tx, request.user.member, contact_id)


@get("/contacts/{contact_id:uuid}/data", guards=[require("see_raw")])
async def list_held(request: DeskRequest, db: Db, contact_id: FromPath[UUID]) -> Page[Held]:
    """Every row and file that holds this person's data."""
    async with db.transaction(request.user.account) as tx:
        return Page(items=await held.of_contact(tx, contact_id), next=None)
