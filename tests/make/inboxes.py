"""A conversations inbox with a mailbox in it, beside the help desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kanal.conversations import apart
from kanal.conversations.apart import Change
from kanal.delivery import apart as answers
from kanal.delivery.models import Carriers, Queued, ReplyApart
from kanal.inboxes import inboxes
from kanal.intake.models import Fate
from kanal.kit.db import Database
from tests.make import channels
from tests.make.said import CARRIERS, hear, said


@dataclass
class Office:
    db: Database
    account: int
    inbox: UUID
    channel: UUID
    carriers: Carriers | None = None

    async def hear(self, *things: Any, **how: Any) -> list[Fate]:
        return await hear(self.db, self.account, self.channel, *things, carriers=self.carriers or CARRIERS, **how)

    async def conversation(self, text: str = "Is the meeting on Monday?", **how: Any) -> UUID:
        """The conversation that begins with these words."""
        [fate] = await self.hear(said(text, **({"subject": "Meeting"} | how)))
        async with self.db.transaction(self.account) as tx:
            found: UUID = await tx.value("select conversation_id from messages where id = %s", (fate.message_id,))
        return found

    async def count(self, sql: Any) -> int:
        async with self.db.transaction(self.account) as tx:
            return int(await tx.value(sql))

    async def row(self, conversation: UUID) -> dict[str, Any]:
        async with self.db.transaction(self.account) as tx:
            [row] = await tx.dicts("select * from conversations where id = %s", (conversation,))
        return row

    async def change(self, conversation: UUID, actor: UUID | None = None, **change: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            await apart.change(tx, conversation, Change(**change), actor)

    async def reply(self, conversation: UUID, author: UUID, text: str = "Yes, at nine.", **more: Any) -> Queued:
        assert self.carriers is not None
        asked = ReplyApart(conversation_id=conversation, author_id=author, text=text, **more)
        async with self.db.transaction(self.account) as tx:
            return await answers.reply(tx, self.carriers, asked)


async def office(
    db: Database,
    account: int,
    carriers: Carriers | None = None,
    *,
    name: str = "Office",
    address: str = "office@demo.example",
) -> Office:
    async with db.transaction(account) as tx:
        inbox = await inboxes.create(tx, name, None)
    channel = await channels.email_channel(db, account, address, name=f"{name} mail", inbox=inbox)
    return Office(db, account, inbox, channel, carriers)
