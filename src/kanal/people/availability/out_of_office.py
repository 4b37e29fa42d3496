"""Out-of-office periods: entering one, and ending it before its time (ROUTE-30)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.kit.text import storable_text
from kanal.people.availability import actions
from kanal.people.availability.errors import AvailabilityInvalid
from kanal.people.availability.models import OutOfOffice, State

FURTHEST = timedelta(days=5 * 366)
LONGEST_NOTE = 500


async def add(
    tx: Transaction, member: UUID, from_: datetime, to: datetime, note: str, actor: UUID | None
) -> OutOfOffice:
    """From its begin the member is away, at its end what their hours say."""
    await actions.lock(tx)
    _check(from_, to, note)
    await _check_free(tx, member, from_, to)
    period = OutOfOffice(
        id=new_id(), member_id=member, from_at=from_, to_at=to, note=storable_text(note.strip()), made_by=actor
    )
    await tx.insert("out_of_office", [{**msgspec.structs.asdict(period), "created_at": clock.now()}])
    await actions.refresh(tx, [member], actor=actor)
    _tell(tx, member, actor)
    return period


async def find(tx: Transaction, period: UUID) -> OutOfOffice:
    """One that runs or will."""
    return await tx.one(
        OutOfOffice,
        """
        select id, member_id, from_at, to_at, note, made_by from out_of_office
        where id = %s and ended_at is null and to_at > %s
        """,
        (period, clock.now()),
    )


async def end(tx: Transaction, period: UUID, then: State | None, actor: UUID | None) -> None:
    """Take back one that has not begun; end now one that runs, `then` being how the member is from now on."""
    await actions.lock(tx)
    found, now = await find(tx, period), clock.now()
    if found.from_at > now:
        await tx.run("delete from out_of_office where id = %s", (period,))
    elif then is None:
        raise AvailabilityInvalid("then", "The period has begun: say whether they are available or away from now on.")
    else:
        await tx.run("update out_of_office set ended_at = %s where id = %s", (now, period))
    await actions.refresh(tx, [found.member_id], actor=actor)
    if then is not None and found.from_at <= now:
        await actions.set_by_hand(tx, found.member_id, then, actor)
    _tell(tx, found.member_id, actor)


def _check(from_: datetime, to: datetime, note: str) -> None:
    if to <= from_:
        raise AvailabilityInvalid("to", "The period has to end after it begins.")
    if to <= clock.now():
        raise AvailabilityInvalid("to", "The period is over already; choose an end that is still to come.")
    if to > clock.now() + FURTHEST:
        raise AvailabilityInvalid("to", "Choose an end within the next five years.")
    if len(note) > LONGEST_NOTE:
        raise AvailabilityInvalid("note", f"At most {LONGEST_NOTE} characters are possible.")


async def _check_free(tx: Transaction, member: UUID, from_: datetime, to: datetime) -> None:
    other = await tx.maybe(
        OutOfOffice,
        """
        select id, member_id, from_at, to_at, note, made_by from out_of_office
        where member_id = %s and ended_at is null and from_at < %s and to_at > %s order by from_at limit 1
        """,
        (member, to, from_),
    )
    if other is not None:
        field = "from" if other.from_at <= from_ else "to"
        raise AvailabilityInvalid(
            field,
            f"It overlaps the period from {other.from_at:%Y-%m-%d %H:%M} to {other.to_at:%Y-%m-%d %H:%M} UTC; "
            "end that one first, or choose other times.",
        )


def _tell(tx: Transaction, member: UUID, actor: UUID | None) -> None:
    data = {"member_id": str(member), "fields": ["out_of_office"]}
    emit(tx, Event(name="member.changed", actor_id=actor, data=data))
