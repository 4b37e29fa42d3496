"""Whose turn it is within one batch, where everything happens at the same moment."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from kanal.routing.models import Distribution, Routing, Targets
from kanal.routing.snapshot import ChannelSeen, Person, Snapshot


@pytest.mark.parametrize("distribution", ["fewest_open", "round_robin"])
def test_a_batch_is_spread_as_single_tickets_would_be(distribution: Distribution) -> None:
    people = {id_: Person(id=id_, name="") for id_ in (uuid4() for _ in range(7))}
    channel = uuid4()
    routing = Routing(assign="members", to=Targets(users=list(people)), distribution=distribution)
    snapshot = Snapshot(datetime.now(UTC), people, {channel: ChannelSeen(id=channel, routing=routing)})
    given: Counter[UUID | None] = Counter()
    for _ in range(70):
        chosen = snapshot.pool(channel, routing, routing.to).choose().member
        assert chosen
        snapshot.give(chosen, channel)
        given[chosen] += 1
    assert set(given.values()) == {10}
