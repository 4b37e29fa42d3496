"""Whoever's turn it is by the desk of then is who has it by a snapshot of the same moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from kanal.routing.models import Routing, Targets
from kanal.routing.simulation.then import Then
from kanal.routing.snapshot import Capacity, ChannelSeen, Person, Snapshot
from kanal.tickets.models import Load

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128))


def _people(chance: Random, teams: list[UUID], skills: list[UUID]) -> dict[UUID, Person]:
    found = {}
    for _ in range(chance.randrange(1, 12)):
        email = chance.randrange(4)
        person = Person(
            id=_id(chance),
            name="",
            seat=chance.random() > 0.2,
            may_answer=chance.random() > 0.1,
            state="available" if chance.random() > 0.3 else "away",
            skills=frozenset(each for each in skills if chance.random() > 0.4),
            main_teams=frozenset(each for each in teams if chance.random() > 0.5),
            capacity=Capacity(total=chance.choice([None, 2, 4]), email=chance.choice([None, 3])),
            load=Load(total=email, email=email),
            last_turn=chance.choice([None, NOW - timedelta(minutes=chance.randrange(3))]),
        )
        found[person.id] = person
    return found


@pytest.mark.parametrize("seed", range(60))
def test_the_turns_are_the_same(seed: int) -> None:
    chance = Random(seed)
    teams, skills = [_id(chance) for _ in range(2)], [_id(chance) for _ in range(2)]
    targets = Targets(users=[], teams=chance.sample(teams, chance.randrange(1, 3)))
    state = chance.getstate()
    desks = []
    for kind in (Snapshot, Then):
        chance.setstate(state)
        people = _people(chance, teams, skills)
        channel = ChannelSeen(id=UUID(int=1), open_to=chance.choice([None, frozenset(teams[:1])]))
        names = dict.fromkeys(skills, "")
        desks.append(
            Then(NOW, people, channel, names) if kind is Then else Snapshot(NOW, people, {channel.id: channel})
        )
    routing = Routing(distribution=chance.choice(["fewest_open", "round_robin"]), only_available=chance.random() > 0.3)
    wanted = skills[: chance.randrange(3)]
    for _ in range(12):
        chosen = {desk.pool(UUID(int=1), routing, targets, wanted).choose().member for desk in desks}
        assert len(chosen) == 1
        [member] = chosen
        if member:
            for desk in desks:
                desk.give(member, UUID(int=1))
