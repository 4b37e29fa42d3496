"""A desk whose channel has rules: customers write, agents answer, and the rules run on what happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from kanal.automation import actions, queries
from kanal.automation.consumer import Automator
from kanal.automation.models import Action, AutomationRun, NewRule, Trigger
from kanal.delivery import actions as deliveries
from kanal.delivery import forwarding, send
from kanal.delivery import queries as outgoing
from kanal.delivery.models import Change, Forward, Queued, Reply
from kanal.intake.models import Fate
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make.said import hear, said
from tests.make.site import Site


class Automating:
    def __init__(self, site: Site, ann: UUID) -> None:
        self.site, self.ann = site, ann
        self.db, self.account, self.channel = site.db, site.account, site.channel
        self.ticket: UUID

    async def rule(
        self,
        trigger: Trigger,
        *does: dict[str, Any],
        when: dict[str, Any] | None = None,
        name: str = "A rule",
        active: bool = True,
    ) -> UUID:
        new = NewRule(
            name=name,
            active=active,
            trigger=trigger,
            condition=when or {},
            actions=msgspec.convert(list(does), list[Action]),
        )
        async with self.db.transaction(self.account) as tx:
            return await actions.create(tx, self.channel, new, None)

    async def writes(self, text: str = "The lamp is broken", **more: Any) -> UUID:
        """A customer's first message; the ticket that it opens."""
        [fate] = await self._hear(said(text, external_id=f"{new_id()}@kund.example", **more))
        assert fate.ticket_id is not None
        self.ticket = fate.ticket_id
        await self.consume()
        return self.ticket

    async def answers(self, text: str = "Are you there?", **more: Any) -> None:
        """The customer, once more on the last ticket."""
        [row] = await self.rows(
            """
            select m.external_id from messages m join conversations c on c.id = m.conversation_id
            where c.ticket_id = %s and m.direction = 'in' order by m.created_at limit 1
            """,
            (self.ticket,),
        )
        await self._hear(said(text, in_reply_to=row["external_id"], **more))
        await self.consume()

    async def replies(self, text: str = "We send a new one.", **asked: Any) -> Queued:
        wanted = Reply(ticket_id=self.ticket, author_id=self.ann, text=text, **asked)
        async with self.db.transaction(self.account) as tx:
            queued = await send.reply(tx, self.site.carriers, wanted)
        await self.consume()
        return queued

    async def hands_on(self, to: str) -> Queued:
        [first] = await self.rows("select id from messages where direction = 'in'")
        wanted = Forward(message_id=first["id"], author_id=self.ann, to=[to])
        async with self.db.transaction(self.account) as tx:
            return await forwarding.forward(tx, self.site.carriers, wanted)

    async def leaves(self, delivery: UUID) -> None:
        """A mail server takes it."""
        async with self.db.transaction(self.account) as tx:
            row = await outgoing.row(tx, delivery)
            assert row is not None
            await deliveries.claim(tx, row, "worker/1")
            await deliveries.move(tx, delivery, Change(to="sent"))
        await self.consume()

    async def fails(self, delivery: UUID) -> UUID:
        """It comes back, and is sent once more; the new delivery."""
        async with self.db.transaction(self.account) as tx:
            await deliveries.move(tx, delivery, Change(to="bounced", reason="no such mailbox"))
            again = await deliveries.retry(tx, delivery, self.ann)
        return again.id

    async def change(self, **wanted: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            await tickets.change(tx, self.ticket, TicketChange(**wanted), self.ann)
        await self.consume()

    async def consume(self) -> None:
        while await Automator(self.db, self.site.carriers).run_once(self.account):
            pass

    async def runs(self, **asked: Any) -> list[AutomationRun]:
        """Newest first."""
        async with self.db.transaction(self.account) as tx:
            return await queries.runs(tx, self.channel, most=100, **asked)

    async def log(self) -> list[tuple[str, str]]:
        """Outcome and reason of each run, oldest first."""
        return [(run.outcome, run.why) for run in reversed(await self.runs())]

    async def now(self, column: str) -> Any:
        """Of the ticket."""
        [row] = await self.rows("select * from tickets where id = %s", (self.ticket,))
        return row[column]

    async def tags(self) -> list[str]:
        rows = await self.rows(
            "select g.name from ticket_tags t join tags g on g.id = t.tag_id where t.ticket_id = %s order by g.key",
            (self.ticket,),
        )
        return [row["name"] for row in rows]

    async def said_automatically(self) -> list[dict[str, Any]]:
        return await self.rows(
            "select * from messages where direction = 'out' and automatic is not null order by created_at, id"
        )

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def run(self, sql: Any, params: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def _hear(self, thing: Any) -> list[Fate]:
        return await hear(self.db, self.account, self.channel, thing, carriers=self.site.carriers)


async def automating(db: Database, folder: Path, *, slug: str = "a") -> Automating:
    site = await Site(db, folder, KANAL_SMTP_OUT="smtp://127.0.0.1:9").open(slug)
    return Automating(site, await site.member("ann"))
