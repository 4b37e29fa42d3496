"""How a person is shown wherever one stands: in lists, on tickets, on Team now. Two queries for any number of them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.people import queries
from kanal.people.availability.models import Standing
from kanal.people.availability.queries import standings
from kanal.people.models import Person
from kanal.tickets.models import Load

VERSION_DIGITS = 12


class PersonOut(msgspec.Struct, kw_only=True):
    """`chat_name` is empty where customers read the name; the photo's address changes with the photo;
    `availability` has `back_at` when somebody is away and it is known when they are expected."""

    id: UUID
    name: str
    chat_name: str
    photo_url: str | None
    active: bool
    has_seat: bool
    availability: Standing


class LoadOut(msgspec.Struct, kw_only=True):
    """How many of somebody's tickets wait for them; see `tickets.models.Load`."""

    total: int
    calling: int
    messaging: int
    email: int


async def people_out(tx: Transaction, members: Collection[UUID] | None = None) -> dict[UUID, PersonOut]:
    """These members as they are shown, or all; ids that are no member's are left out."""
    availability = await standings(tx, members)
    return {person.id: shown(person, availability[person.id]) for person in await queries.persons(tx, members)}


def shown(person: Person, availability: Standing) -> PersonOut:
    return PersonOut(
        id=person.id,
        name=person.name,
        chat_name=person.chat_name,
        photo_url=photo_url(person.id, person.photo),
        active=person.active,
        has_seat=person.has_seat,
        availability=availability,
    )


def load_out(load: Load | None) -> LoadOut:
    return LoadOut(**msgspec.structs.asdict(load or Load()))


def photo_url(member: UUID, photo: str | None) -> str | None:
    """With a version, so that a browser may keep what it got for ever."""
    return photo and f"/api/v1/members/{member}/photo?version={photo[:VERSION_DIGITS]}"
