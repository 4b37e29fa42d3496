"""The desk as it stood at a moment of the past, moved forward change by change: once as it was, and once as it would
have been had some tickets gone elsewhere. Deciding on it is the same as on the desk of now (routing/deciding.py)."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.routing.models import Board, Routing, Targets
from kanal.routing.pool import Choice, Pool
from kanal.routing.simulation.models import Shift
from kanal.routing.snapshot import ChannelSeen, Person, Snapshot, capacity
from kanal.tickets.models import Work

Candidate = tuple[Person, UUID | None]
"""With the team through which they are one."""
Candidates = list[Candidate]


class Then(Snapshot):
    """A desk that is moved through time (`move`). A ticket that was `taken` counts for whom it is said to count, and
    what really became of it is left out."""

    def __init__(
        self, at: datetime, people: Mapping[UUID, Person], channel: ChannelSeen, skills: Mapping[UUID, str]
    ) -> None:
        super().__init__(at, people, {channel.id: channel}, skills=skills)
        self._channel, self._work = channel.id, channel.work
        self._candidates: dict[Any, Candidates] = {}
        self._taken: dict[UUID, UUID | None] = {}
        self._early: set[UUID] = set()
        self._ends: list[tuple[datetime, UUID]] = []

    def move(self, shift: Shift) -> None:
        person = self.people.get(shift.member_id)
        if person is None:
            return
        match shift.kind:
            case "state":
                person.state = "available" if shift.value == "available" else "away"
                person.since = shift.at
                person.back_at = shift.until if person.state == "away" else None
            case "work":
                self._move_work(person, shift)
            case "turn":
                if shift.ticket_id not in self._taken:
                    self._turn(person, shift.at)
            case "capacity":
                person.capacity = capacity(msgspec.json.decode(shift.value) if shift.begins else None)
            case _:
                self._move_fact(person, shift)
                self._candidates.clear()
                self.changed()

    def until(self, at: datetime) -> None:
        """It is later now; what ended by itself meanwhile no longer counts."""
        self.at = at
        while self._ends and self._ends[0][0] <= at:
            _, ticket = heapq.heappop(self._ends)
            if member := self._taken.get(ticket):
                self.people[member].load.add(self._work, -1)

    def count_early(self, ticket: UUID, member: UUID) -> None:
        """It went to the member just now, as it really did; the row that says so comes in a moment."""
        self._early.add(ticket)
        self.give(member, self._channel)

    def take(self, ticket: UUID, member: UUID | None, ends_at: datetime | None = None) -> None:
        """It goes to this member instead of whom it went to, and counts as long as it did there. Of one that never
        counted, `ends_at` says how long."""
        self._taken[ticket] = member
        if member is None:
            return
        self._early.add(ticket)
        self.give(member, self._channel)
        if ends_at is not None:
            heapq.heappush(self._ends, (ends_at, ticket))

    def pool(
        self, channel: UUID, routing: Routing, targets: Targets, skills: Sequence[UUID] = (), work: Work | None = None
    ) -> Pool:
        """As that of a snapshot, without reasons: nobody reads them, and between two arrivals anything may change."""
        key = (frozenset(targets.users), frozenset(targets.teams), frozenset(skills))
        candidates = self._candidates.get(key)
        if candidates is None:
            candidates = self._candidates[key] = self._able(channel, targets, skills)
        return _Pool(self, channel, routing, candidates, work or self.channels[channel].work)

    def next_of(self, candidates: Candidates, channel: UUID, routing: Routing, work: Work) -> Candidate | None:
        """Whose turn it is."""
        here = [
            each
            for each in candidates
            if (each[0].state == "available" or not routing.only_available) and self.fullness(each[0], work) is None
        ]
        return min(here, key=lambda each: self._key(each[0].id, channel, routing.distribution), default=None)

    def _able(self, channel: UUID, targets: Targets, skills: Sequence[UUID]) -> Candidates:
        mains, _ = self._by_team()
        through: dict[UUID, UUID | None] = dict.fromkeys(targets.users)
        for team in targets.teams:
            for member in mains.get(team, ()):
                through.setdefault(member, team)
        found = ((self.people[member], team) for member, team in through.items() if member in self.people)
        return [each for each in found if not self.obstacles(each[0], channel, skills, only_available=False)]

    def _move_work(self, person: Person, shift: Shift) -> None:
        work = shift.work or self._work
        if shift.ticket_id in self._taken:
            holder = self._taken[shift.ticket_id]
            if holder is None:
                return
            person, work = self.people[holder], self._work
        if shift.begins and shift.ticket_id in self._early:
            self._early.discard(shift.ticket_id)
            return
        person.load.add(work, 1 if shift.begins else -1)

    def _move_fact(self, person: Person, shift: Shift) -> None:
        if shift.kind == "seat":
            person.seat = shift.begins
            return
        fact = frozenset({UUID(shift.value)})
        if shift.kind == "team":
            person.main_teams = person.main_teams | fact if shift.begins else person.main_teams - fact
        else:
            person.skills = person.skills | fact if shift.begins else person.skills - fact

    def _turn(self, person: Person, at: datetime) -> None:
        person.last_turn = max(at, person.last_turn or at)
        self.turns[person.id, self._channel] = person.last_turn


NO_BOARD = Board(distribution="fewest_open", work="email", entries=[])


class _Pool(Pool):
    """Looks at everybody each time."""

    def __init__(self, desk: Then, channel: UUID, routing: Routing, candidates: Candidates, work: Work) -> None:
        self._desk, self._asked = desk, (candidates, channel, routing, work)

    def choose(self) -> Choice:
        found = self._desk.next_of(*self._asked)
        if found is None:
            return Choice(member=None, why="nobody", board=NO_BOARD, since={})
        return Choice(member=found[0].id, why="chosen", team=found[1], board=NO_BOARD, since={})
