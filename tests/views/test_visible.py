"""K17: a channel is open to the whole account or to chosen teams, and everything that reads tickets keeps to it."""

from __future__ import annotations

from uuid import UUID

import pytest

from kanal.kit.db import NotFound
from kanal.views import contacts, ticket, timeline, visible
from kanal.views.counts import counts
from tests.make import accounts, channels
from tests.make import tickets as make
from tests.make.said import said
from tests.views.conftest import Desk
from tests.views.test_ticket import NO_REPLY


@pytest.fixture
async def secret(desk: Desk) -> UUID:
    """A ticket of a channel that is open to a team in which the agent is not."""
    channel = await channels.email_channel(desk.db, desk.account, "boss@demo.example", name="Board")
    [fate] = await desk.hear(said("For the board"), channel=channel)
    await desk.open_to(channel, await desk.team("Board"))
    assert fate.ticket_id is not None
    return fate.ticket_id


async def test_k17_lists_and_counts_leave_hidden_channels_out(desk: Desk, secret: UUID) -> None:
    await make.ticket(desk.db, desk.account, "open to all")
    assert [t.subject for t in await desk.list()] == ["open to all"]
    assert {t.id for t in await desk.list(desk.admin)} > {secret}
    async with desk.db.transaction(desk.account) as tx:
        assert (await counts(tx, desk.agent))["open"].n == 1
        assert (await counts(tx, desk.admin))["open"].n == 2
        assert (await counts(tx, None))["open"].n == 2


async def test_k17_a_hidden_ticket_is_not_there(desk: Desk, secret: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        assert await visible.ticket_id(tx, desk.agent, secret) is None
        assert await visible.ticket_id(tx, desk.agent, 1) is None
        with pytest.raises(NotFound):
            await ticket.whole(tx, desk.agent, secret, NO_REPLY)
        with pytest.raises(NotFound):
            await timeline.read(tx, desk.agent, secret)
        [contact] = await tx.values("select contact_id from tickets where id = %s", (secret,))
        assert (await contacts.one(tx, desk.agent, contact)).tickets == []
        assert len((await contacts.one(tx, desk.admin, contact)).tickets) == 1


async def test_k17_a_member_of_the_team_sees_it(desk: Desk, secret: UUID) -> None:
    insider = await accounts.member(desk.db, desk.account, "ida@example.com")
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("insert into team_members select account_id, id, %s from teams", (insider,))
        assert await visible.ticket_id(tx, insider, secret) == secret
        seen = await visible.viewers(tx, [insider, desk.agent, desk.admin])
        assert [len(seen[each].hidden) for each in (insider, desk.agent, desk.admin)] == [0, 1, 0]
        assert await visible.hidden_channels(tx, desk.agent) == list(seen[desk.agent].hidden)
