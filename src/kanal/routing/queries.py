"""Reading what routing decides with: the desk as it stands, in a fixed number of queries whatever the number of members
and messages, and what was decided before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.routing.models import Board, Cause, Entry, Outcome, RuleRef, Waiting
from kanal.routing.pool import Since
from kanal.tickets.models import Work


class MemberRow(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    active: bool
    joined: bool
    seat: bool
    may_answer: bool
    sees_all: bool
    capacity: dict[str, Any]
    skills: list[UUID]
    main_teams: list[UUID]
    extra_teams: list[UUID]
    last_turn: datetime | None


async def members(tx: Transaction) -> list[MemberRow]:
    return await tx.all(
        MemberRow,
        """
        select m.id, u.name, m.deactivated_at is null as active, m.joined_at is not null as joined,
               m.has_seat as seat, 'answer' = any(r.permissions) as may_answer, r.sees = 'all' as sees_all, m.capacity,
               coalesce(s.skills, '{}') as skills, coalesce(t.main_teams, '{}') as main_teams,
               coalesce(t.extra_teams, '{}') as extra_teams, l.last_turn
        from members m
        join users u on u.id = m.user_id
        join roles r on r.key = m.role
        left join (select member_id, array_agg(skill_id) as skills from member_skills group by member_id) s
          on s.member_id = m.id
        left join (
          select member_id, array_agg(team_id) filter (where is_main) as main_teams,
                 array_agg(team_id) filter (where not is_main) as extra_teams
          from team_members group by member_id) t
          on t.member_id = m.id
        left join (select member_id, max(at) as last_turn from turns group by member_id) l on l.member_id = m.id
        """,
    )


class ChannelRow(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    work: Work
    open_to: str
    team_ids: list[UUID]
    routing: Any


async def channels(tx: Transaction, wanted: Collection[UUID]) -> list[ChannelRow]:
    """A deleted one gives nothing out any more: nobody could change its rules."""
    return await tx.all(
        ChannelRow,
        """
        select c.id, c.name, c.work, c.open_to, case when c.deleted_at is null then c.routing else '{}' end as routing,
               array(select ct.team_id from channel_teams ct where ct.channel_id = c.id) as team_ids
        from channels c where c.id = any(%s)
        """,
        (list(wanted),),
    )


class Named(msgspec.Struct, kw_only=True):
    what: str
    id: UUID
    name: str


async def names(tx: Transaction) -> dict[str, dict[UUID, str]]:
    """Of the account's teams and skills, under `team` and `skill`."""
    rows = await tx.all(
        Named, "select 'team' as what, id, name from teams union all select 'skill', id, name from skills"
    )
    found: dict[str, dict[UUID, str]] = {"team": {}, "skill": {}}
    for row in rows:
        found[row.what][row.id] = row.name
    return found


class Turn(msgspec.Struct, kw_only=True):
    member_id: UUID
    channel_id: UUID
    at: datetime


async def turns(tx: Transaction, channels: Collection[UUID]) -> list[Turn]:
    """When who was last given something on these channels."""
    return await tx.all(
        Turn, "select member_id, channel_id, at from turns where channel_id = any(%s)", (list(channels),)
    )


async def unopened(tx: Transaction) -> dict[UUID, int]:
    """How many tickets that count members have not yet looked at."""
    rows = await tx.dicts(
        """
        select w.member_id, count(*) as n
        from work_spans w
        left join ticket_reads r on r.ticket_id = w.ticket_id and r.member_id = w.member_id
        where w.to_at is null and r.ticket_id is null
        group by w.member_id
        """
    )
    return {row["member_id"]: row["n"] for row in rows}


async def waiting(tx: Transaction, most: int = 1_000) -> list[Waiting]:
    """The queue in its order, held until the end of the transaction; tickets that somebody is changing just now are
    left out, and come when that is done."""
    return await tx.all(
        Waiting,
        """
        select q.ticket_id, q.channel_id, q.rank, q.arrived_at, q.queued_at, q.why, q.rule_id, q.was_member_id,
               q.owner_id, q.owner_until, q.fewer_skills_at, q.too_long_at, t.team_id, t.contact_id
        from queue q join tickets t on t.id = q.ticket_id
        order by q.rank, q.arrived_at, q.ticket_id
        limit %s
        for no key update of t skip locked
        """,
        (most,),
    )


class DecisionRow(msgspec.Struct, kw_only=True):
    id: UUID
    at: datetime
    cause: Cause
    outcome: Outcome
    why: str
    rule: RuleRef | None
    assignee_id: UUID | None
    was_member_id: UUID | None
    actor_id: UUID | None
    board_id: UUID | None
    since_board: Since
    owner: Entry | None


async def decisions(tx: Transaction, ticket: UUID, most: int) -> list[DecisionRow]:
    """What was decided on a ticket, newest first."""
    rows = await tx.dicts(
        """
        select id, at, cause, outcome, why, rule, assignee_id, was_member_id, actor_id, board_id, since_board, owner
        from routing_decisions where ticket_id = %s order by at desc, id desc limit %s
        """,
        (ticket, most),
    )
    return msgspec.convert(rows, list[DecisionRow])


async def boards(tx: Transaction, wanted: Collection[UUID]) -> dict[UUID, Board]:
    rows = await tx.dicts("select id, candidates from routing_boards where id = any(%s)", (list(wanted),))
    return {row["id"]: msgspec.convert(row["candidates"], Board) for row in rows}


class Place(msgspec.Struct, kw_only=True):
    """Where a ticket stands in the queue."""

    position: int
    """From 1, in the whole account's queue."""
    why: str
    was_member_id: UUID | None
    owner_id: UUID | None
    owner_until: datetime | None


async def place(tx: Transaction, ticket: UUID) -> Place | None:
    return await tx.maybe(
        Place,
        """
        select q.why, q.was_member_id, q.owner_id, q.owner_until, (
          select count(*) from queue o
          where (o.rank, o.arrived_at, o.ticket_id) <= (q.rank, q.arrived_at, q.ticket_id)) as position
        from queue q where q.ticket_id = %s
        """,
        (ticket,),
    )
