"""A channel whose tickets are routed, the people who can take them, and the queue of what nobody could take."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from kanal.people import spans
from kanal.people.availability import actions as availability
from kanal.routing import actions, rules
from kanal.routing.models import Asked, Routing, Rule, Targets
from kanal.routing.queue import Queue
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket, Priority, TicketChange
from kanal.views import reads
from tests.make import accounts, channels


class Shop:
    def __init__(self, db: Database, account: int, channel: UUID) -> None:
        self.db, self.account, self.channel = db, account, channel
        self.people: dict[str, UUID] = {}
        self.routing = Routing()

    async def member(self, name: str, state: Literal["available", "away"] = "available", **more: Any) -> UUID:
        """`capacity` limits them; `skills` are ids."""
        capacity, skills = more.pop("capacity", {}), more.pop("skills", [])
        member = await accounts.member(self.db, self.account, f"{name}@example.com", name=name.title(), **more)
        self.people[name] = member
        async with self.db.transaction(self.account) as tx:
            await tx.run("update members set capacity = %s where id = %s", (document(capacity), member))
            rows = [{"member_id": member, "skill_id": skill, "level": "main"} for skill in skills]
            await tx.insert("member_skills", rows)
            await spans.follow(tx, [member])
        if state == "away":
            await self.set(name, "away")
        return member

    async def skill(self, name: str) -> UUID:
        async with self.db.transaction(self.account) as tx:
            category, skill = new_id(), new_id()
            common = {"name": name, "created_at": clock.now()}
            await tx.insert("skill_categories", [common | {"id": category, "position": 0}])
            key = {"name_key": name.lower()}
            await tx.insert("skills", [common | {"id": skill, "category_id": category} | key])
        return skill

    async def route(self, *names: str, **more: Any) -> None:
        """To these people; whatever else the routing says."""
        to = Targets(users=[self.people[name] for name in names])
        said: dict[str, Any] = {"assign": "members", "to": to} | more
        self.routing = Routing(**said)
        async with self.db.transaction(self.account) as tx:
            await tx.run("update channels set routing = %s where id = %s", (document(self.routing), self.channel))

    async def set(self, name: str, state: Literal["available", "away"]) -> None:
        async with self.db.transaction(self.account) as tx:
            await availability.set_by_hand(tx, self.people[name], state, None)

    async def arrive(
        self,
        count: int = 1,
        *,
        priority: Priority = "normal",
        owner: UUID | None = None,
        ago: timedelta = timedelta(),
        facts: dict[str, Any] | None = None,
    ) -> list[UUID]:
        """Customers write."""
        at = clock.now() - ago
        async with self.db.transaction(self.account) as tx:
            new = [
                NewTicket(subject="Lamp", source="message", at=at, channel_id=self.channel, waiting=True)
                for _ in range(count)
            ]
            for ticket in new:
                ticket.priority = priority
            refs = await tickets.open_many(tx, new)
            asked = [
                Asked(ticket_id=ref.id, at=at, since=at, priority=priority, owner_id=owner, facts=facts or {})
                for ref in refs
            ]
            await actions.arrived(tx, self.channel, self.routing, asked)
        return [ref.id for ref in refs]

    async def look(self) -> None:
        """The queue hears of what happened, and gives out what it can."""
        await Queue(self.db).run_once(self.account)

    async def answer(self, ticket: UUID) -> None:
        """Its agent answers, which frees their hands."""
        async with self.db.transaction(self.account) as tx:
            await tickets.touch_out(tx, ticket, author=None, at=clock.now(), text="Done")

    async def close(self, ticket: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await tickets.change(tx, ticket, TicketChange(status_key="closed"), None)

    async def open(self, name: str, ticket: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await reads.mark(tx, self.people[name], ticket)

    async def given(self) -> dict[UUID, str | None]:
        """Who has what."""
        names = {member: name for name, member in self.people.items()}
        rows = await self.rows("select id, assignee_id from tickets order by number")
        return {row["id"]: names.get(row["assignee_id"]) for row in rows}

    async def whose(self, *wanted: UUID) -> list[str | None]:
        given = await self.given()
        return [given[ticket] for ticket in wanted]

    async def waiting(self) -> dict[UUID, str]:
        """What waits, in its order, and why."""
        rows = await self.rows("select ticket_id, why from queue order by rank, arrived_at, ticket_id")
        return {row["ticket_id"]: row["why"] for row in rows}

    async def decisions(self, ticket: UUID) -> list[tuple[str, str, str]]:
        rows = await self.rows(
            "select cause, outcome, why from routing_decisions where ticket_id = %s order by at, id", (ticket,)
        )
        return [(row["cause"], row["outcome"], row["why"]) for row in rows]

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def run(self, sql: Any, params: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def events(self, name: str) -> list[dict[str, Any]]:
        return await self.rows("select ticket_id, data from events where name = %s order by seq", (name,))


async def shop(db: Database, slug: str = "a") -> Shop:
    account = await accounts.account(db, slug)
    return Shop(db, account, await channels.email_channel(db, account, f"support@{slug}.example"))


def requiring(*skills: UUID, **more: Any) -> Rule:
    return Rule(id=str(new_id()), name="Skilled", require_skills=list(skills), **more)


def rank_of(priority: Priority) -> int:
    return rules.rank(priority)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def ago(count: float) -> datetime:
    return clock.now() - minutes(count)
