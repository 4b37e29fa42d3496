"""How the team stands at this moment, for those who lead: what each person has to do, and what waits in each channel's
and each team's queue, and why. A fixed number of queries, whatever the number of people, tickets and queues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.routing import rules as routing
from kanal.routing.models import Routing
from kanal.tickets import queries as tickets
from kanal.tickets.models import Load
from kanal.views import counts
from kanal.views.visible import Viewer, viewer

CAP = 10_000


class OldestUnanswered(msgspec.Struct, kw_only=True):
    ticket_id: UUID
    number: int
    since: datetime


class Work(msgspec.Struct, kw_only=True):
    """What one person has to do."""

    load: Load
    capacity: dict[str, int]
    oldest_unanswered: OldestUnanswered | None
    """Of those that the viewer may see."""


class WaitingWhy(msgspec.Struct, kw_only=True):
    code: str
    text: str
    """In English; the app says it in the reader's language."""
    skills: list[str]
    count: int


class QueueNow(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    kind: str | None
    """Of a channel."""
    waiting: int
    oldest_at: datetime | None
    why: list[WaitingWhy]


class Queues(msgspec.Struct, kw_only=True):
    channels: list[QueueNow]
    teams: list[QueueNow]
    unassigned: int
    """Open tickets that nobody has, in a queue or not; counted up to 10,000."""


async def people(tx: Transaction, lead: UUID | None) -> dict[UUID, Work]:
    """Those who are given tickets, and whoever else has some to do."""
    loads = await tickets.loads(tx)
    rows = await tx.dicts(
        """
        select id, capacity from members
        where deactivated_at is null and joined_at is not null and has_seat or id = any(%s) order by id
        """,
        (list(loads),),
    )
    oldest = await _oldest(tx, await viewer(tx, lead), [row["id"] for row in rows])
    return {
        row["id"]: Work(
            load=loads.get(row["id"], Load()),
            capacity=row["capacity"],
            oldest_unanswered=oldest.get(row["id"]),
        )
        for row in rows
    }


async def queues(tx: Transaction, lead: UUID | None) -> Queues:
    who = await viewer(tx, lead)
    channels = await tx.all(
        _Channel,
        "select id, name, kind, routing from channels where deleted_at is null and id <> all (%s) order by name, id",
        (who.hidden,),
    )
    names = await tx.dicts(
        "select 'team' as what, id, name from teams union all select 'skill', id, name from skills order by name, id"
    )
    teams = {row["id"]: row["name"] for row in names if row["what"] == "team"}
    skills = {row["id"]: row["name"] for row in names if row["what"] == "skill"}
    groups = await _groups(tx, who)
    routings = {channel.id: routing.parse(channel.routing) for channel in channels}
    told = [(group, _why(group, routings.get(group.channel_id), skills)) for group in groups]
    return Queues(
        channels=[
            _queue(channel.id, channel.name, channel.kind, [each for each in told if each[0].channel_id == channel.id])
            for channel in channels
        ],
        teams=_by_team(told, routings, teams),
        unassigned=await _unassigned(tx, who),
    )


class _Channel(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    kind: str
    routing: Any


class _Group(msgspec.Struct, kw_only=True):
    """Rows of the queue that wait alike."""

    channel_id: UUID
    team_id: UUID | None
    rule_id: str | None
    why: str
    waiting: int
    oldest_at: datetime


Told = tuple[_Group, WaitingWhy]


async def _groups(tx: Transaction, who: Viewer) -> list[_Group]:
    return await tx.all(
        _Group,
        f"""
        select q.channel_id, t.team_id, q.rule_id, q.why, count(*) as waiting, min(q.arrived_at) as oldest_at
        from queue q join tickets t on t.id = q.ticket_id
        where {who.visible} group by q.channel_id, t.team_id, q.rule_id, q.why
        """,  # noqa: S608 - our own fragment
        who.params,
    )


async def _oldest(tx: Transaction, who: Viewer, members: Collection[UUID]) -> dict[UUID, OldestUnanswered]:
    """One step on an index for each member."""
    rows = await tx.dicts(
        f"""
        select m.id as member_id, o.id, o.number, o.waiting_since
        from unnest(%(members)s::uuid[]) as m (id) cross join lateral (
          select t.id, t.number, t.waiting_since from tickets t
          where t.assignee_id = m.id and t.is_open and t.waiting_since is not null and {who.visible}
          order by t.waiting_since, t.id limit 1
        ) o
        """,  # noqa: S608 - our own fragment
        {**who.params, "members": list(members)},
    )
    return {
        row["member_id"]: OldestUnanswered(ticket_id=row["id"], number=row["number"], since=row["waiting_since"])
        for row in rows
    }


async def _unassigned(tx: Transaction, who: Viewer) -> int:
    nobodys = counts.rows(who, "unassigned")
    return int(
        await tx.value(
            f"select count(*) from ({nobodys} limit %(most)s) c",  # noqa: S608 - our own fragment
            {**who.params, "most": CAP},
        )
    )


def _why(group: _Group, known: Routing | None, skills: Mapping[UUID, str]) -> WaitingWhy:
    """ "Nobody with Finnish" says more than that nobody has the skills."""
    wanted: list[str] = []
    if group.why == "nobody_with_skills" and known is not None and group.rule_id:
        rule = next((rule for rule in known.rules if rule.id == group.rule_id), None)
        wanted = [skills[id_] for id_ in rule.require_skills if id_ in skills] if rule else []
    text = f"nobody with {' and '.join(wanted)}" if wanted else TEXTS.get(group.why, group.why.replace("_", " "))
    return WaitingWhy(code=group.why, text=text, skills=wanted, count=group.waiting)


TEXTS = {
    "all_full": "everybody is at their limit",
    "nobody_with_skills": "nobody with the skills",
    "nobody_has_a_seat": "nobody has a seat",
    "nobody_sees_channel": "nobody sees the channel",
    "no_candidates": "nobody was named",
    "no_targets": "nobody was named",
    "only_extra_members": "only extra members",
    "owner_away": "the contact owner is away",
}


def _by_team(told: Iterable[Told], routings: Mapping[UUID, Routing], names: Mapping[UUID, str]) -> list[QueueNow]:
    """A ticket waits in the queue of the team that has it, else of each team that its channel or rule would ask."""
    found: dict[UUID, list[Told]] = defaultdict(list)
    for group, why in told:
        for team in {group.team_id} if group.team_id else _asked(group, routings.get(group.channel_id)):
            found[team].append((group, why))
    return [_queue(team, name, None, found[team]) for team, name in names.items()]


def _asked(group: _Group, known: Routing | None) -> set[UUID]:
    if known is None:
        return set()
    rule = next((rule for rule in known.rules if rule.id and rule.id == group.rule_id), None)
    targets = routing.targets_of(known, rule)
    return set(targets.teams) if targets else set()


def _queue(id_: UUID, name: str, kind: str | None, told: list[Told]) -> QueueNow:
    causes: dict[tuple[str, tuple[str, ...]], WaitingWhy] = {}
    for _, why in told:
        same = causes.setdefault((why.code, tuple(why.skills)), msgspec.structs.replace(why, count=0))
        same.count += why.count
    return QueueNow(
        id=id_,
        name=name,
        kind=kind,
        waiting=sum(group.waiting for group, _ in told),
        oldest_at=min((group.oldest_at for group, _ in told), default=None),
        why=sorted(causes.values(), key=lambda why: (-why.count, why.code, why.skills)),
    )
