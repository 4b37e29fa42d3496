"""A member in the list of members, and on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.api.agent.out_of_office import OutOfOfficeOut, period_out
from kanal.api.agent.people_out import LoadOut, PersonOut, load_out, people_out
from kanal.kit.db import Transaction
from kanal.people import queries
from kanal.people.availability import queries as availability
from kanal.people.models import Member, Role, TeamOf
from kanal.people.skills import queries as skills
from kanal.people.skills.models import MemberSkill
from kanal.routing.uses import Use, Where, uses
from kanal.tickets.queries import loads
from kanal.views.visible import hidden_channels


class MemberOut(PersonOut, kw_only=True):
    """`joined_at` is null while an invitation waits; `load` counts tickets whose last word is the customer's."""

    email: str
    role: Role
    title: str
    team_ids: list[UUID]
    invited_at: datetime | None
    joined_at: datetime | None
    load: LoadOut
    capacity: dict[str, int]


class RuleOut(msgspec.Struct):
    number: int
    name: str


class UseOut(msgspec.Struct):
    """A place in a channel's routing; `rule` is null outside of its rules."""

    channel_id: UUID
    channel_name: str
    where: Where
    rule: RuleOut | None


class WholeMember(MemberOut, kw_only=True):
    seat: bool
    teams: list[TeamOf]
    skills: list[MemberSkill]
    working_hours: dict[str, list[list[str]]] | None
    timezone: str
    country: str
    out_of_office: list[OutOfOfficeOut]
    uses: list[UseOut]


async def members_out(tx: Transaction, members: Sequence[Member]) -> list[MemberOut]:
    return [MemberOut(**fields) for fields in await _fields(tx, members)]


async def whole(tx: Transaction, member: Member, viewer: UUID) -> WholeMember:
    """`uses` leaves out channels that the viewer may not see."""
    [fields] = await _fields(tx, [member])
    return WholeMember(
        **fields,
        seat=member.has_seat,
        teams=await queries.teams_of(tx, member.id),
        skills=(await skills.of_members(tx, [member.id]))[member.id],
        working_hours=member.working_hours,
        timezone=member.timezone,
        country=member.country,
        out_of_office=[period_out(period) for period in await availability.out_of_office(tx, member.id)],
        uses=await _uses(tx, member.id, viewer),
    )


async def _fields(tx: Transaction, members: Sequence[Member]) -> list[dict[str, Any]]:
    """What both show, for any number by the same queries."""
    ids = [member.id for member in members]
    people = await people_out(tx, ids)
    load = await loads(tx, ids)
    return [
        {
            **msgspec.structs.asdict(people[member.id]),
            "email": member.email,
            "role": member.role,
            "title": member.title,
            "team_ids": member.team_ids,
            "invited_at": member.invited_at,
            "joined_at": member.joined_at,
            "load": load_out(load.get(member.id)),
            "capacity": member.capacity,
        }
        for member in members
    ]


async def _uses(tx: Transaction, member: UUID, viewer: UUID) -> list[UseOut]:
    hidden = set(await hidden_channels(tx, viewer))
    return [_use(use) for use in await uses(tx, member=member) if use.channel_id not in hidden]


def _use(use: Use) -> UseOut:
    rule = None if use.rule_number is None else RuleOut(use.rule_number, use.rule_name or "")
    return UseOut(use.channel_id, use.channel_name, use.where, rule)
