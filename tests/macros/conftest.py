"""A desk with a customer's ticket, and people who keep and share macros."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.kit.db import Database
from kanal.people import actions as people
from tests.make.said import said
from tests.make.site import Site


class Place:
    def __init__(self, site: Site, ticket: UUID) -> None:
        self.site, self.ticket = site, ticket

    async def program(self, name: str = "ann", role: Any = "agent") -> httpx2.AsyncClient:
        return await self.site.program(name, role)

    async def team(self, name: str, *members: str) -> UUID:
        async with self.site.db.transaction(self.site.account) as tx:
            return (await people.create_team(tx, name, [self.site.members[each] for each in members])).id

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.site.db.transaction(self.site.account) as tx:
            return await tx.dicts(sql, params)

    async def stands(self) -> dict[str, Any]:
        [row] = await self.rows(
            """
            select s.key as status, t.priority, t.assignee_id, t.team_id, t.snoozed_until is not null as rests,
                   array(select g.name from ticket_tags x join tags g on g.id = x.tag_id where x.ticket_id = t.id
                         order by g.key) as tags,
                   array(select f.member_id from ticket_followers f where f.ticket_id = t.id) as followers
            from tickets t join statuses s on s.id = t.status_id where t.id = %s
            """,
            (self.ticket,),
        )
        return row


@pytest.fixture
async def place(db: Database, tmp_path: Path) -> Place:
    site = await Site(db, tmp_path).open()
    [fate] = await site.hear(said("It does not light up", subject="Lamp <1>", name="Eva Ek"))
    assert fate.ticket_id is not None
    return Place(site, fate.ticket_id)
