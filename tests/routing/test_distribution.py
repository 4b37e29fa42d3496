"""Work is spread evenly, whatever comes and goes: 10,000 tickets among people who come, go and answer."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from kanal.routing.models import Distribution, Routing, Targets
from kanal.routing.snapshot import ChannelSeen, Person, Snapshot

TICKETS = 10_000


@pytest.mark.parametrize("distribution", ["fewest_open", "round_robin"])
@pytest.mark.parametrize("answered_after", [None, 40])
def test_ten_thousand_tickets_are_spread_within_one_per_cent(
    distribution: Distribution, answered_after: int | None
) -> None:
    people = {id_: Person(id=id_, name="") for id_ in (uuid4() for _ in range(20))}
    channel = uuid4()
    routing = Routing(assign="members", to=Targets(users=list(people)), distribution=distribution)
    snapshot = Snapshot(datetime.now(UTC), people, {channel: ChannelSeen(id=channel, routing=routing)})
    given: list[UUID] = []
    for number in range(TICKETS):
        chosen = snapshot.pool(channel, routing, routing.to).choose().member
        assert chosen
        snapshot.give(chosen, channel)
        given.append(chosen)
        if answered_after is not None and number >= answered_after:
            snapshot.let_go(given[number - answered_after], "email")
    even = TICKETS / len(people)
    assert max(abs(count - even) for count in Counter(given).values()) <= even * 0.01
