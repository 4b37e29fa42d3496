"""An account with a mailbox and tickets of several customers, to be merged, split, snoozed and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from kanal.channelkit.messages import Said
from kanal.conversations.rules import reply_token
from kanal.intake.models import Fate
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from tests.make import accounts, channels
from tests.make.said import KEYRING, hear, said


@dataclass
class Office:
    db: Database
    account: int
    channel: UUID
    ann: UUID

    async def hear(self, *things: Said, **more: Any) -> list[Fate]:
        return await hear(self.db, self.account, self.channel, *things, **more)

    async def wrote(self, text: str = "The lamp is broken", sender: str = "eva@kund.example", **more: Any) -> UUID:
        """A customer's mail; the ticket that it opened or is in."""
        [fate] = await self.hear(said(text, sender, **more))
        assert fate.ticket_id is not None, fate
        return fate.ticket_id

    async def answered(self, ticket: UUID, text: str = "We send a new one.") -> None:
        """An agent's answer, as far as the ticket goes."""
        async with self.db.transaction(self.account) as tx:
            await actions.touch_out(tx, ticket, author=self.ann, at=clock.now(), text=text)

    async def change(self, ticket: UUID, **wanted: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            await actions.change(tx, ticket, TicketChange(**wanted), self.ann)

    async def merge(self, ticket: UUID, into: UUID) -> UUID:
        async with self.db.transaction(self.account) as tx:
            return await actions.merge(tx, ticket, into, self.ann)

    async def unmerge(self, merge: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await actions.unmerge(tx, merge, self.ann)

    async def split(self, ticket: UUID, *messages: UUID, subject: str = "") -> UUID:
        async with self.db.transaction(self.account) as tx:
            return (await actions.split(tx, ticket, messages, self.ann, subject)).id

    async def token(self, ticket: UUID) -> str:
        """What stands in the address at which the customer answers."""
        [row] = await self.rows("select id from conversations where ticket_id = %s order by created_at limit 1", ticket)
        return reply_token(KEYRING, row["id"])

    async def snooze(self, ticket: UUID, hours: int = 3) -> None:
        async with self.db.transaction(self.account) as tx:
            await actions.snooze(tx, [ticket], clock.now() + timedelta(hours=hours), self.ann)

    async def delete(self, *tickets: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await actions.delete(tx, tickets, self.ann)

    async def rows(self, sql: Any, *params: Any) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def row(self, sql: Any, *params: Any) -> dict[str, Any]:
        [row] = await self.rows(sql, *params)
        return row

    async def run(self, sql: Any, *params: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def ticket(self, ticket: UUID) -> dict[str, Any]:
        return await self.row(
            """
            select t.subject, t.priority, t.is_open, t.listed, t.is_active, t.merged_into, t.created_at, t.snippet,
                   t.waiting_since, t.last_direction, t.last_message_at, t.snoozed_until, t.deleted_at, t.assignee_id,
                   t.contact_id, t.version, s.key as status
            from tickets t join statuses s on s.id = t.status_id where t.id = %s
            """,
            ticket,
        )

    async def told(self, name: str) -> list[dict[str, Any]]:
        return await self.rows("select ticket_id, actor_id, data from events where name = %s order by seq", name)


async def office(db: Database) -> Office:
    account = await accounts.account(db)
    channel = await channels.email_channel(db, account, "support@a.example")
    return Office(db, account, channel, await accounts.member(db, account, "ann@a.example"))


TABLES = {
    "tickets": "version, updated_at, events",
    "conversations": "",
    "participants": "",
    "messages": "",
    "comments": "",
    "mentions": "",
    "drafts": "",
    "notices": "",
    "ticket_followers": "",
    "ticket_tags": "",
    "ticket_links": "",
    "work_spans": "from_at, to_at",
}
"""What a merge moves, and the columns that only ever go forward."""


async def picture(office: Office) -> dict[str, list[str]]:
    """Everything that a merge may touch, row by row."""
    found = {}
    for table, forward in TABLES.items():
        without = [name for name in forward.split(", ") if name]
        where = "where to_at is null" if table == "work_spans" else ""
        rows = await office.rows(
            f"select (to_jsonb(x) - %s::text[])::text as row from {table} x {where} order by 1",
            without,
        )
        found[table] = [row["row"] for row in rows]
    return found
