"""Everything that deciding needs, as it stood at one moment: pure data, read by `take` for now and by the simulator for
earlier. Who may have a ticket is asked of it here; whose turn it is, of the pools that it makes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.people.availability.models import Standing
from kanal.people.availability.queries import standings
from kanal.routing import queries, rules
from kanal.routing.models import Board, Distribution, Entry, Reason, Routing, Targets
from kanal.routing.pool import Key, Pool
from kanal.tickets import queries as tickets
from kanal.tickets.models import Load, Work

NEVER = datetime.min.replace(tzinfo=UTC)
JUST_AFTER = timedelta(microseconds=1)
MOST_UNOPENED = 3
"""K9: of what the queue gives out, to members without a capacity."""


class Capacity(msgspec.Struct, kw_only=True):
    """The most that a member is given; None: no limit."""

    total: int | None = None
    calling: int | None = None
    messaging: int | None = None
    email: int | None = None

    def of(self, work: Work) -> int | None:
        match work:
            case "calling":
                return self.calling
            case "messaging":
                return self.messaging
            case "email":
                return self.email


class Person(msgspec.Struct, kw_only=True):
    """A member as routing sees them."""

    id: UUID
    name: str
    active: bool = True
    joined: bool = True
    seat: bool = True
    may_answer: bool = True
    sees_all: bool = False
    state: Literal["available", "away"] = "available"
    since: datetime | None = None
    """Since when they are available or away."""
    back_at: datetime | None = None
    """When somebody who is away is expected, where that is known."""
    skills: frozenset[UUID] = frozenset()
    main_teams: frozenset[UUID] = frozenset()
    extra_teams: frozenset[UUID] = frozenset()
    capacity: Capacity = msgspec.field(default_factory=Capacity)
    load: Load = msgspec.field(default_factory=Load)
    unopened: int = 0
    """Assigned to them and not yet opened; counted where the snapshot limits it."""
    last_turn: datetime | None = None
    """When they were last given something, on any channel."""


class ChannelSeen(msgspec.Struct, kw_only=True):
    """A channel as routing sees it."""

    id: UUID
    name: str = ""
    work: Work = "email"
    open_to: frozenset[UUID] | None = None
    """The teams it is open to; None: to the whole account."""
    routing: Routing = msgspec.field(default_factory=Routing)


async def take(
    tx: Transaction, channels: Collection[UUID], *, limit_unopened: bool = False, now: datetime | None = None
) -> Snapshot:
    """The desk as it stands, with these channels. To act on it, hold `tx.lock(f"routing/{account}")` before.
    `limit_unopened` is for what the queue gives out (K9)."""
    at = now or clock.now()
    seen = {row.id: _channel(row) for row in await queries.channels(tx, channels)}
    there = await standings(tx, None)
    loads = await tickets.loads(tx, None, at)
    unopened = await queries.unopened(tx) if limit_unopened else {}
    names = await queries.names(tx)
    by_turns = [row.id for row in seen.values() if row.routing.distribution == "round_robin"]
    turns = await queries.turns(tx, by_turns) if by_turns else []
    people = [
        _person(row, there.get(row.id), loads.get(row.id), unopened.get(row.id, 0)) for row in await queries.members(tx)
    ]
    return Snapshot(
        at,
        {person.id: person for person in people},
        seen,
        teams=names["team"],
        skills=names["skill"],
        turns={(turn.member_id, turn.channel_id): turn.at for turn in turns},
        limit_unopened=limit_unopened,
    )


def _channel(row: queries.ChannelRow) -> ChannelSeen:
    return ChannelSeen(
        id=row.id,
        name=row.name,
        work=row.work,
        open_to=None if row.open_to == "account" else frozenset(row.team_ids),
        routing=rules.parse(row.routing),
    )


def _person(row: queries.MemberRow, there: Standing | None, load: Load | None, unopened: int) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        active=row.active,
        joined=row.joined,
        seat=row.seat,
        may_answer=row.may_answer,
        sees_all=row.sees_all,
        state=there.state if there else "available",
        since=there.since if there else None,
        back_at=there.back_at if there else None,
        skills=frozenset(row.skills),
        main_teams=frozenset(row.main_teams),
        extra_teams=frozenset(row.extra_teams),
        capacity=capacity(row.capacity),
        load=load or Load(),
        unopened=unopened,
        last_turn=row.last_turn,
    )


def capacity(given: Any) -> Capacity:
    """Limits as they are stored; what is no limit limits nothing."""
    limits = given if isinstance(given, dict) else {}
    return Capacity(**{name: limits[name] for name in Capacity.__struct_fields__ if type(limits.get(name)) is int})


class Snapshot:
    """Loads and turns grow with what is given out (`give`), so that a batch is spread as single tickets would be."""

    def __init__(
        self,
        at: datetime,
        people: Mapping[UUID, Person],
        channels: Mapping[UUID, ChannelSeen],
        *,
        teams: Mapping[UUID, str] | None = None,
        skills: Mapping[UUID, str] | None = None,
        turns: Mapping[tuple[UUID, UUID], datetime] | None = None,
        limit_unopened: bool = False,
    ) -> None:
        """`teams` and `skills` are the names of those there are; `turns` when who (first) was last given something on
        which channel (second)."""
        self.at = at
        self.people = dict(people)
        self.channels = dict(channels)
        self.teams = dict(teams or {})
        self.skills = dict(skills or {})
        self.turns = dict(turns or {})
        self.limit_unopened = limit_unopened
        self.everybody = Targets(users=list(self.people))
        self._latest = at
        self._wanted: dict[int, tuple[Targets, frozenset[UUID], frozenset[UUID]]] = {}
        self._pools: dict[Any, Pool] = {}
        self._obstacles: dict[tuple[UUID, bool], dict[UUID, list[Reason]]] = {}
        self._members_of: dict[UUID, list[UUID]] | None = None
        self._extras_of: dict[UUID, list[UUID]] | None = None

    def pool(
        self, channel: UUID, routing: Routing, targets: Targets, skills: Sequence[UUID] = (), work: Work | None = None
    ) -> Pool:
        """Those among the targets who can have a ticket of the channel, and whose turn it is. Made once for all
        tickets that ask the same; costs as much as there are targets."""
        kind = work or self.channels[channel].work
        if id(targets) not in self._wanted:
            self._wanted[id(targets)] = (targets, frozenset(targets.users), frozenset(targets.teams))
        _, users, teams = self._wanted[id(targets)]
        key = (channel, users, teams, frozenset(skills), kind, routing.only_available, routing.distribution)
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = self._make_pool(channel, routing, targets, skills, kind)
        return pool

    def give(self, member: UUID, channel: UUID, work: Work | None = None, at: datetime | None = None) -> None:
        """Note that a ticket of the channel went to a member; `at` defaults to the snapshot's moment."""
        kind = work or self.channels[channel].work
        person = self.people[member]
        person.load.add(kind, 1)
        person.unopened += 1
        self._latest = max(at or self.at, self._latest + JUST_AFTER)  # no two turns at once: one of them was first
        person.last_turn = self.turns[member, channel] = self._latest
        for pool in self._pools.values():
            pool.gave(member, kind)

    def let_go(self, member: UUID, work: Work, *, opened: bool = True) -> None:
        """Note that a ticket of theirs no longer counts: the next may come to them."""
        person = self.people[member]
        person.load.add(work, -1)
        person.unopened -= 0 if opened else 1
        for pool in self._pools.values():
            pool.gave(member, work, -1)

    def changed(self) -> None:
        """People or channels are no longer what they were: pools are made anew."""
        self._pools.clear()
        self._obstacles.clear()
        self._members_of = self._extras_of = None

    def sees(self, person: Person, channel: UUID) -> bool:
        """K17."""
        open_to = self.channels[channel].open_to
        if open_to is None or person.sees_all:
            return True
        return not open_to.isdisjoint(person.main_teams) or not open_to.isdisjoint(person.extra_teams)

    def obstacles(
        self, person: Person, channel: UUID, skills: Collection[UUID], *, only_available: bool
    ) -> list[Reason]:
        """All that keeps a member from a ticket of the channel, however few they have."""
        known = self._obstacles.setdefault((channel, only_available), {})
        found = known.get(person.id)
        if found is None:
            found = known[person.id] = self._lasting_obstacles(person, channel, only_available=only_available)
        lacking = [skill for skill in skills if skill not in person.skills] if skills and person.active else []
        if not lacking:
            return found
        return [*found, Reason(code="lacks_skills", skills=[self.skills.get(each, "?") for each in lacking])]

    def _lasting_obstacles(self, person: Person, channel: UUID, *, only_available: bool) -> list[Reason]:
        """Those that are the same for every ticket of the channel."""
        if not person.active:
            return [Reason(code="deactivated")]
        found = []
        if not person.joined:
            found.append(Reason(code="not_joined"))
        if not person.seat:
            found.append(Reason(code="no_seat"))
        if not person.may_answer:
            found.append(Reason(code="may_not_answer"))
        if not self.sees(person, channel):
            found.append(Reason(code="does_not_see_channel"))
        if only_available and person.state == "away":
            found.append(Reason(code="away", since=person.since, back_at=person.back_at))
        return found

    def fullness(self, person: Person, work: Work) -> Reason | None:
        """Why a member has enough to do; None while they can be given more."""
        capacity, load = person.capacity, person.load
        if capacity.total is not None and load.total >= capacity.total:
            return Reason(code="full", open=load.total, limit=capacity.total)
        limit = capacity.of(work)
        if limit is not None and load.of(work) >= limit:
            return Reason(code="full", open=load.of(work), limit=limit, work=work)
        unlimited = capacity.total is None and limit is None
        if self.limit_unopened and unlimited and person.unopened >= MOST_UNOPENED:
            return Reason(code="unopened", open=person.unopened)
        return None

    def entry(
        self,
        person: Person,
        channel: UUID,
        routing: Routing,
        skills: Collection[UUID],
        work: Work,
        team: UUID | None = None,
    ) -> Entry:
        last = self.turns.get((person.id, channel)) if routing.distribution == "round_robin" else person.last_turn
        return Entry(
            member=person.id,
            reasons=self.obstacles(person, channel, skills, only_available=routing.only_available),
            open=person.load.total,
            of_work=person.load.of(work),
            unopened=person.unopened if self.limit_unopened else 0,
            limit=person.capacity.total,
            work_limit=person.capacity.of(work),
            last=last,
            team=team,
        )

    def _make_pool(self, channel: UUID, routing: Routing, targets: Targets, skills: Sequence[UUID], work: Work) -> Pool:
        board = Board(
            distribution=routing.distribution,
            work=work,
            limits_unopened=self.limit_unopened,
            entries=self._entries(channel, routing, targets, skills, work),
        )
        return Pool(
            board,
            key=lambda member: self._key(member, channel, routing.distribution),
            full=lambda member: self.fullness(self.people[member], work) is not None,
            asks_skills=bool(skills),
        )

    def _key(self, member: UUID, channel: UUID, distribution: Distribution) -> Key:
        """Whose is the least has the next turn."""
        if distribution == "round_robin":
            return (self.turns.get((member, channel), NEVER), member.bytes)
        person = self.people[member]
        return (person.load.total, person.last_turn or NEVER, member.bytes)

    def _entries(
        self, channel: UUID, routing: Routing, targets: Targets, skills: Sequence[UUID], work: Work
    ) -> list[Entry]:
        """Users named themselves, then main members of the teams, then who is in the teams beside their main one."""
        mains, extras = self._by_team()
        through: dict[UUID, UUID | None] = dict.fromkeys(targets.users)
        for team in targets.teams:
            for member in mains.get(team, ()):
                through.setdefault(member, team)
        found = [
            self.entry(person, channel, routing, skills, work, team)
            for member, team in through.items()
            if (person := self.people.get(member))
        ]
        for team in targets.teams:
            for member in extras.get(team, ()):
                if member not in through:
                    through[member] = None
                    name = self.teams.get(team, "?")
                    found.append(Entry(member=member, reasons=[Reason(code="extra_member", team=name)]))
        return sorted(found, key=lambda entry: entry.member.bytes)

    def _by_team(self) -> tuple[dict[UUID, list[UUID]], dict[UUID, list[UUID]]]:
        if self._members_of is None or self._extras_of is None:
            self._members_of, self._extras_of = {}, {}
            for person in self.people.values():
                for team in person.main_teams:
                    self._members_of.setdefault(team, []).append(person.id)
                for team in person.extra_teams:
                    self._extras_of.setdefault(team, []).append(person.id)
        return self._members_of, self._extras_of
