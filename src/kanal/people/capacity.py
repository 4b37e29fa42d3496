"""Which tickets count against what members may have at once, for the whole account. What one member may have is
`members.capacity`; what counts at all stands in the statuses of pipelines."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit.db import Transaction
from kanal.people.errors import NotAccepted

LONGEST_AGE = 3650


class DeskSettings(msgspec.Struct, kw_only=True):
    capacity_max_age_days: int | None
    """Tickets made longer ago do not count. None: all do."""


async def settings(tx: Transaction) -> DeskSettings:
    found = await tx.maybe(DeskSettings, "select capacity_max_age_days from desk_settings")
    return found or DeskSettings(capacity_max_age_days=None)


async def set_max_age(tx: Transaction, days: int | None, actor: UUID | None) -> None:
    """Somebody who was full may have room after it."""
    if days is not None and not 1 <= days <= LONGEST_AGE:
        raise NotAccepted("capacity_max_age_days", f"Choose from 1 to {LONGEST_AGE:,} days, or none for no limit.")
    await tx.run(
        """
        insert into desk_settings (account_id, capacity_max_age_days) values (%s, %s)
        on conflict (account_id) do update set capacity_max_age_days = excluded.capacity_max_age_days
        """,
        (tx.account, days),
    )
    emit(tx, Event(name="desk.changed", actor_id=actor, data={"fields": ["capacity_max_age_days"]}))
    tx.wake(f"queue:{tx.account}")
