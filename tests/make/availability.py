"""What people's availability is made of, set as the API does, and time that passes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Database, document
from kanal.kit.hours import DAYS, WeeklyHours
from kanal.people.availability import actions, queries
from kanal.people.availability import out_of_office as periods
from kanal.people.availability.models import OutOfOffice, Standing

ALWAYS: WeeklyHours = {day: [["00:00", "24:00"]] for day in DAYS}
NEVER: WeeklyHours = {}


class People:
    """The members of one account."""

    def __init__(self, db: Database, account: int) -> None:
        self.db, self.account = db, account

    async def plan(self, member: UUID, hours: WeeklyHours | None = None, zone: str = "UTC", country: str = "") -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(
                "update members set working_hours = %s, timezone = %s, country = %s where id = %s",
                (None if hours is None else document(hours), zone, country, member),
            )
            await actions.refresh(tx, [member])

    async def set(self, member: UUID, state: Any, actor: UUID | None = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await actions.set_by_hand(tx, member, state, actor)

    async def out(self, member: UUID, from_: float, to: float, note: str = "") -> OutOfOffice:
        """Out of office from and to so many minutes from now."""
        async with self.db.transaction(self.account) as tx:
            return await periods.add(tx, member, soon(from_), soon(to), note, member)

    async def end(self, period: UUID, then: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await periods.end(tx, period, then, None)

    async def refresh(self, *members: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await actions.refresh(tx, members)

    async def standing(self, member: UUID) -> Standing:
        async with self.db.transaction(self.account) as tx:
            return (await queries.standings(tx, [member]))[member]

    async def rows(self, member: UUID) -> Sequence[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts("select * from availability where member_id = %s order by from_at", (member,))

    async def told(self, member: UUID, name: str = "member.availability_changed") -> list[dict[str, Any]]:
        """What events of that name carry about a member since they were added, oldest first."""
        async with self.db.transaction(self.account) as tx:
            return await tx.values(
                """
                select data from events where name = %(name)s and data->>'member_id' = %(member)s and seq > (
                  select max(seq) from events where name = 'member.added' and data->>'member_id' = %(member)s)
                order by seq
                """,
                {"name": name, "member": str(member)},
            )

    async def pass_time(self, minutes: float) -> None:
        """All that is written of availability lies so much further back."""
        step = {"by": timedelta(minutes=minutes)}
        async with self.db.transaction(self.account) as tx:
            await tx.run(
                """
                update availability set from_at = from_at - %(by)s, to_at = to_at - %(by)s,
                       next_change_at = next_change_at - %(by)s
                """,
                step,
            )
            await tx.run(
                """
                update out_of_office set from_at = from_at - %(by)s, to_at = to_at - %(by)s,
                       created_at = created_at - %(by)s, ended_at = ended_at - %(by)s
                """,
                step,
            )


def soon(minutes: float) -> datetime:
    return clock.now() + timedelta(minutes=minutes)
