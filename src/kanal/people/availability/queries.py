"""Reading availability: how members stand, how they stood, and their out-of-office periods. However many members are
asked for, the statements are as many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.hours import HORIZON, WeeklyHours
from kanal.people.availability import calendars, rules
from kanal.people.availability.models import OutOfOffice, PastSpan, Period, Plan, Span, Standing, State, Why

Planned = tuple[Plan, Span | None]
"""What is configured, and the open row where there is one."""


async def standings(tx: Transaction, members: Collection[UUID] | None = None) -> dict[UUID, Standing]:
    """How these members stand now, or all; ids that are no member's are left out. Right also where the clock runs late:
    what is due is worked out here."""
    now = clock.now()
    rows = await _rows(tx, members, now)
    periods = await _periods(tx, [row.id for row in rows if row.asks_plan])
    return {row.id: _standing(row, periods[row.id], now) for row in rows}


async def plans(tx: Transaction, members: Collection[UUID]) -> dict[UUID, Planned]:
    """What the standing of these members is made of."""
    rows = await _rows(tx, members, now=None)
    periods = await _periods(tx, [row.id for row in rows])
    return {row.id: (_plan(row, periods[row.id]), row.span()) for row in rows}


async def history(tx: Transaction, member: UUID, from_: datetime, to: datetime) -> list[PastSpan]:
    """How a member stood between two moments, in order; the first and last row reach beyond them."""
    past = await tx.all(
        PastSpan,
        """
        select from_at, to_at, state, why, set_by from availability
        where member_id = %(member)s and to_at > %(from)s and from_at < %(to)s order by from_at
        """,
        {"member": member, "from": from_, "to": to},
    )
    current = [span for planned in (await plans(tx, [member])).values() for span in _up_to_now(*planned)]
    return past + [span for span in current if _touches(span, from_, to)]


async def out_of_office(tx: Transaction, member: UUID) -> list[OutOfOffice]:
    """A member's periods that run or will, in order."""
    return await tx.all(
        OutOfOffice,
        """
        select id, member_id, from_at, to_at, note, made_by from out_of_office
        where member_id = %s and ended_at is null and to_at > %s order by from_at
        """,
        (member, clock.now()),
    )


class _Row(msgspec.Struct, kw_only=True):
    id: UUID
    asks_plan: bool
    """The open row alone does not tell how they stand, or when they will be back."""
    deactivated: bool
    joined: bool
    working_hours: str | None
    timezone: str
    country: str
    state: State | None
    why: Why | None
    from_at: datetime | None
    set_by: UUID | None
    next_change_at: datetime | None

    def span(self) -> Span | None:
        if self.state is None or self.why is None or self.from_at is None:
            return None
        return Span(
            state=self.state,
            why=self.why,
            from_at=self.from_at,
            set_by=self.set_by,
            next_change_at=self.next_change_at,
        )


class _Period(Period, kw_only=True, frozen=True):
    member_id: UUID


async def _rows(tx: Transaction, members: Collection[UUID] | None, now: datetime | None) -> list[_Row]:
    """With a `now`, hours are fetched only for those whose plan is asked."""
    rows = await tx.all(
        _Row,
        """
        select m.id, asks_plan, m.deactivated_at is not null as deactivated, m.joined_at is not null as joined,
               case when asks_plan then m.working_hours::text end as working_hours, m.timezone, m.country,
               a.state, a.why, a.from_at, a.set_by, a.next_change_at
        from members m
        left join availability a on a.member_id = m.id and a.to_at is null
        cross join lateral (
          select %(now)s::timestamptz is null or a.state is null or a.state = 'away' or a.next_change_at <= %(now)s
        ) as asked (asks_plan)
        where %(members)s::uuid[] is null or m.id = any(%(members)s)
        """,
        {"now": now, "members": None if members is None else list(members)},
    )
    if any(row.country for row in rows):
        await calendars.ready()
    return rows


async def _periods(tx: Transaction, members: Collection[UUID]) -> defaultdict[UUID, list[Period]]:
    """Periods that run, will, or ended not too long ago for a late clock to have missed them."""
    periods: defaultdict[UUID, list[Period]] = defaultdict(list)
    if members:
        rows = await tx.all(
            _Period,
            """
            select member_id, from_at, least(to_at, ended_at) as to_at, made_by, created_at from out_of_office
            where member_id = any(%s) and to_at > %s and (ended_at is null or ended_at > from_at) order by from_at
            """,
            (list(members), clock.now() - HORIZON),
        )
        for row in rows:
            periods[row.member_id].append(row)
    return periods


def _standing(row: _Row, periods: list[Period], now: datetime) -> Standing:
    span = row.span()
    if span is not None and not row.asks_plan:
        return Standing(state=span.state, why=span.why, since=span.from_at, set_by=span.set_by, back_at=None)
    plan = _plan(row, periods)
    span = rules.planned(plan, now) if span is None else rules.settled(plan, span, now)[-1]
    back_at = rules.back_at(plan, span, now)
    return Standing(state=span.state, why=span.why, since=span.from_at, set_by=span.set_by, back_at=back_at)


def _plan(row: _Row, periods: list[Period]) -> Plan:
    return Plan(
        hours=None if row.working_hours is None else _hours(row.working_hours),
        zone=row.timezone,
        country=row.country,
        periods=tuple(periods),
        joined=row.joined,
        deactivated=row.deactivated,
    )


@lru_cache(maxsize=1024)
def _hours(text: str) -> WeeklyHours:
    """Most people of an account keep the same few hours."""
    return msgspec.json.decode(text, type=WeeklyHours)


def _up_to_now(plan: Plan, open_: Span | None) -> Iterable[PastSpan]:
    if open_ is None:
        return
    spans = rules.settled(plan, open_, clock.now())
    ends = [span.from_at for span in spans[1:]]
    for span, end in zip(spans, [*ends, None], strict=True):
        yield PastSpan(from_at=span.from_at, to_at=end, state=span.state, why=span.why, set_by=span.set_by)


def _touches(span: PastSpan, from_: datetime, to: datetime) -> bool:
    return span.from_at < to and (span.to_at is None or span.to_at > from_)
