"""A desk with a past, and changed rules to try on it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import pytest

from kanal.kit.db import Database, document
from kanal.people import spans
from kanal.people.availability import actions as availability
from kanal.routing import history
from kanal.routing.simulation import actions, queries
from kanal.routing.simulation.jobs import Simulator
from kanal.routing.simulation.models import Simulation
from tests.make.said import said
from tests.make.site import Site


class Past:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.tickets: list[UUID] = []

    async def rules(self, *names: str, **more: Any) -> dict[str, Any]:
        """These people get what comes in from now on."""
        routing = self.to(*names, **more)
        async with self.site.db.transaction(self.site.account) as tx:
            await history.store(tx, self.site.channel, routing, actor=None)
        return routing

    def to(self, *names: str, **more: Any) -> dict[str, Any]:
        targets = {"users": [str(self.site.members[name]) for name in names], "teams": []}
        return {"assign": "members", "to": targets, **more}

    async def hear(self, count: int = 1, text: str = "Hello", sender: str = "") -> None:
        for number in range(count):
            who = sender or f"k{len(self.tickets)}@kund.example"
            [fate] = await self.site.hear(said(f"{text} {number}", who, subject=f"{text} {len(self.tickets)}"))
            assert fate.ticket_id
            self.tickets.append(fate.ticket_id)

    async def set(self, name: str, state: Literal["available", "away"]) -> None:
        async with self.site.db.transaction(self.site.account) as tx:
            await availability.set_by_hand(tx, self.site.members[name], state, None)

    async def change(self, name: str, sql: Any, *params: Any) -> None:
        """Something about a member; `%s` at the end is theirs."""
        async with self.site.db.transaction(self.site.account) as tx:
            await tx.run(sql, (*params, self.site.members[name]))
            await spans.follow(tx, [self.site.members[name]])

    async def limit(self, name: str, total: int) -> None:
        await self.change(name, "update members set capacity = %s where id = %s", document({"total": total}))

    async def ask(self, routing: dict[str, Any]) -> UUID:
        async with self.site.db.transaction(self.site.account) as tx:
            return await actions.ask(tx, self.site.channel, routing, actor=None)

    async def found(self, simulation: UUID) -> Simulation:
        async with self.site.db.transaction(self.site.account) as tx:
            return await queries.one(tx, simulation)

    async def simulate(self, routing: dict[str, Any]) -> dict[str, Any]:
        """What the simulator finds; members by name."""
        simulation = await self.ask(routing)
        await Simulator(self.site.db).run_once()
        found = await self.found(simulation)
        assert (found.state, found.reason) == ("done", "")
        result = dict(found.result or {})
        names = {str(member): name for name, member in self.site.members.items()}
        result["by_member"] = {names[each["id"]]: (each["before"], each["after"]) for each in result["by_member"]}
        result["changes"] = [
            (self.tickets.index(UUID(each["ticket_id"])), names.get(each["before"]), names.get(each["after"]))
            for each in result["changes"]
        ]
        return result

    async def age(self, days: float) -> None:
        """All that has happened up to now happened so many days ago."""
        by = timedelta(days=days)
        columns = {
            "tickets": ("created_at", "closed_at"),
            "messages": ("created_at",),
            "routing_decisions": ("at",),
            "turns": ("at",),
            "availability": ("from_at", "to_at"),
            "member_spans": ("from_at", "to_at"),
            "work_spans": ("from_at", "to_at", "ticket_created_at"),
            "routing_versions": ("from_at", "to_at"),
        }
        async with self.site.db.transaction(self.site.account) as tx:
            for table, times in columns.items():
                moved = ", ".join(f"{column} = {column} - %(by)s" for column in times)
                await tx.run(f"update {table} set {moved}", {"by": by})


@pytest.fixture
async def past(db: Database, tmp_path: Path) -> Past:
    """Ana and Bo are available."""
    site = await Site(db, tmp_path).open()
    await site.member("ana")
    await site.member("bo")
    return Past(site)
