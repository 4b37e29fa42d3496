"""One account with a mailbox, an agent and a customer's ticket, and the process that sends its answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from kanal.channelkit.contract import Kind
from kanal.delivery import queries, send, undo
from kanal.delivery.dispatch import Dispatcher
from kanal.delivery.models import Carriers, Queued, Reply, ShownDelivery
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import ChannelChange
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from tests.make import accounts, channels
from tests.make.said import hear, said


@dataclass
class Desk:
    db: Database
    account: int
    agent: UUID
    channel: UUID
    ticket: UUID
    kinds: dict[str, Kind]
    carriers: Carriers
    storage: Storage

    async def hear(self, *things: Any) -> list[Any]:
        return await hear(self.db, self.account, self.channel, *things)

    async def reply(self, text: str = "We send a new one.", **asked: Any) -> Queued:
        wanted: dict[str, Any] = {"ticket_id": self.ticket, "author_id": self.agent, "text": text} | asked
        async with self.db.transaction(self.account) as tx:
            return await send.reply(tx, self.carriers, Reply(**wanted))

    async def cancel(self, message: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await undo.cancel(tx, message, self.agent)

    async def change_channel(self, **change: Any) -> None:
        kind = self.kinds["email"]
        async with self.db.transaction(self.account) as tx:
            wanted = ChannelChange(**change)
            keyring, domain = self.carriers.keyring, self.carriers.mail_domain
            await inboxes.change(tx, self.channel, wanted, kind, keyring=keyring, mail_domain=domain, actor=self.agent)

    async def delivery(self, message: UUID) -> ShownDelivery:
        async with self.db.transaction(self.account) as tx:
            return (await queries.shown(tx, [message]))[message]

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def row(self, sql: Any, params: Any = None) -> dict[str, Any]:
        (row,) = await self.rows(sql, params)
        return row

    async def becomes(self, message: UUID, state: str, *, with_reason: bool = False) -> ShownDelivery:
        """The delivery of a message once it is in this state; a database that is away for a moment is waited for."""
        async with asyncio.timeout(30):
            while True:
                with suppress(psycopg.OperationalError):
                    shown = await self.delivery(message)
                    if shown.state == state and (shown.reason or not with_reason):
                        return shown
                await asyncio.sleep(0.02)

    async def make_due(self) -> None:
        """Let the time pass that deliveries wait for."""
        async with self.db.transaction(self.account) as tx:
            await tx.run("update deliveries set next_try_at = created_at where state = 'queued'")
            tx.wake("deliver")

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[Dispatcher]:
        """A worker process, as far as the way out goes; it ends as if it were killed."""
        dispatcher = Dispatcher(self.db, self.carriers, self.storage)
        listener = await self.db.listener()

        async def listen() -> None:
            async for note in listener.notifies():
                if "deliver" in note.payload.split():
                    dispatcher.wake()

        tasks = [asyncio.create_task(listen()), asyncio.create_task(dispatcher.run())]
        try:
            yield dispatcher
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await listener.close()


async def desk(db: Database, folder: Path, kind: Kind, *, slug: str = "a", **settings: Any) -> Desk:
    """`Eva` has written to support@demo.example about a lamp; `Ann` is there to answer."""
    account = await accounts.account(db, slug)
    agent = await accounts.member(db, account, f"ann@{slug}.example")
    channel = await channels.email_channel(db, account, f"support@{slug}.example", **settings)
    (fate,) = await hear(db, account, channel, said(external_id=f"first-{slug}@kund.example"))
    assert fate.ticket_id is not None
    kinds: dict[str, Kind] = {"email": kind}
    carriers = Carriers(kinds=kinds, keyring=channels.KEYRING, mail_domain=channels.MAIL_DOMAIN)
    return Desk(db, account, agent, channel, fate.ticket_id, kinds, carriers, Storage(str(folder / "files")))
