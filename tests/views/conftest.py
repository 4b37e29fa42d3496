"""An account with a mailbox, an agent and an admin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.intake.models import Fate
from kanal.kit.db import Database
from kanal.people import actions as people
from kanal.views import tickets
from kanal.views.models import Ticket
from kanal.views.questions import ask
from tests.make import accounts, channels
from tests.make.said import hear


class Desk:
    def __init__(self, db: Database, url: str, account: int, channel: UUID, agent: UUID, admin: UUID) -> None:
        self.db, self.url, self.account = db, url, account
        self.channel, self.agent, self.admin = channel, agent, admin

    async def hear(self, *things: Any, channel: UUID | None = None, **how: Any) -> list[Fate]:
        return await hear(self.db, self.account, channel or self.channel, *things, **how)

    async def list(self, member: UUID | None = None, **question: Any) -> list[Ticket]:
        async with self.db.transaction(self.account) as tx:
            member = member or self.agent
            return (await tickets.page(tx, member, await ask(tx, member, **question))).items

    async def team(self, name: str, *members: UUID) -> UUID:
        async with self.db.transaction(self.account) as tx:
            return (await people.create_team(tx, name, members)).id

    async def open_to(self, channel: UUID, *teams: UUID) -> None:
        """Let only these teams see a channel."""
        async with self.db.transaction(self.account) as tx:
            await tx.run("update channels set open_to = 'teams' where id = %s", (channel,))
            await tx.insert("channel_teams", [{"channel_id": channel, "team_id": team} for team in teams])


@pytest.fixture
async def desk(db: Database, database_url: str) -> Desk:
    account = await accounts.account(db)
    return Desk(
        db,
        database_url,
        account,
        await channels.email_channel(db, account),
        await accounts.member(db, account),
        await accounts.member(db, account, "adam@example.com", "admin", name="Adam Admin"),
    )
