"""How a person is shown wherever one stands: in lists, on tickets, on Team now. Two queries for any number of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.people import queries
from kanal.people.models import Person

Why = Literal["start", "hours", "hand", "out_of_office", "holiday", "deactivated"]
VERSION_DIGITS = 12


class AvailabilityOut(msgspec.Struct):
    """`since` and `why` tell of the state as it is; `back_at` when somebody who is away is expected, where known."""

    state: Literal["available", "away"]
    why: Why
    since: datetime
    set_by: UUID | None
    back_at: datetime | None


class PersonOut(msgspec.Struct, kw_only=True):
    """`chat_name` is empty where customers read the name; the photo's address changes with the photo."""

    id: UUID
    name: str
    chat_name: str
    photo_url: str | None
    active: bool
    has_seat: bool
    availability: AvailabilityOut


async def people_out(tx: Transaction, members: Collection[UUID] | None = None) -> dict[UUID, PersonOut]:
    """These members as they are shown, or all; ids that are no member's are left out."""
    availability = await _availability(tx, members)
    return {person.id: shown(person, availability[person.id]) for person in await queries.persons(tx, members)}


def shown(person: Person, availability: AvailabilityOut) -> PersonOut:
    return PersonOut(
        id=person.id,
        name=person.name,
        chat_name=person.chat_name,
        photo_url=photo_url(person.id, person.photo),
        active=person.active,
        has_seat=person.has_seat,
        availability=availability,
    )


def photo_url(member: UUID, photo: str | None) -> str | None:
    """With a version, so that a browser may keep what it got for ever."""
    return photo and f"/api/v1/members/{member}/photo?version={photo[:VERSION_DIGITS]}"


class _Open(msgspec.Struct):
    member_id: UUID
    state: Literal["available", "away"]
    why: Why
    since: datetime
    set_by: UUID | None


async def _availability(tx: Transaction, members: Collection[UUID] | None) -> dict[UUID, AvailabilityOut]:
    rows = await tx.all(
        _Open,
        """
        select member_id, state, why, from_at as since, set_by from availability
        where to_at is null and (%(members)s::uuid[] is null or member_id = any(%(members)s))
        """,
        {"members": None if members is None else list(members)},
    )
    return {row.member_id: AvailabilityOut(row.state, row.why, row.since, row.set_by, None) for row in rows}
