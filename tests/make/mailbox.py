"""A channel that is connected to a mailbox of a real server, the worker that reads it, and what becomes of its mail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from kanal.channelkit.desk import ChannelRef
from kanal.delivery.models import Carriers
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import ChannelChange
from kanal.intake.drain import Drain
from kanal.kinds.email.imap.line import Pace
from kanal.kinds.email.imap.sent import Copies
from kanal.kinds.email.runner import MailboxRunner
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.server.desk import BoundDesk
from tests.make import accounts, channels
from tests.make.dovecot import User

T = TypeVar("T")
QUICK = Pace(again=0.3, without_idle=0.2, others=0.2, first=0.1, longest=0.3, database=0.1, lease=0.1)
PATIENCE = 15.0


class Reading:
    def __init__(self, db: Database, folder: Path, account: int) -> None:
        self.db = db
        self._folder = folder
        self.account = account
        self.kind = channels.email_kind()
        self.storage = Storage(str(folder / "files"))
        self.desk = BoundDesk(db, self.storage, channels.KEYRING, channels.MAIL_DOMAIN)
        self.carriers = Carriers({"email": self.kind}, channels.KEYRING, channels.MAIL_DOMAIN)
        self.drain = Drain(db, self.carriers, self.storage)

    async def connect(self, user: User, *, smtp: dict[str, Any] | None = None, **imap: Any) -> ChannelRef:
        channel = await channels.email_channel(
            self.db, self.account, user.name, method="imap", imap=user.imap(**imap), smtp=smtp
        )
        return ChannelRef(account_id=self.account, channel_id=channel)

    async def change(self, ref: ChannelRef, **imap: Any) -> None:
        async with self.db.transaction(self.account) as tx:
            change = ChannelChange(settings={"imap": imap})
            await inboxes.change(
                tx, ref.channel_id, change, self.kind, keyring=channels.KEYRING, mail_domain=channels.MAIL_DOMAIN,
                actor=None,
            )  # fmt: skip
        self.desk.channels_changed()

    async def delete(self, ref: ChannelRef) -> None:
        async with self.db.transaction(self.account) as tx:
            await inboxes.delete(tx, ref.channel_id, "Support", actor=None)
        self.desk.channels_changed()

    def another_process(self) -> Reading:
        return Reading(self.db, self._folder, self.account)

    async def close(self) -> None:
        self.drain.parser.close()
        await self.desk.close()

    @asynccontextmanager
    async def running(self, pace: Pace = QUICK) -> AsyncIterator[MailboxRunner]:
        runner = MailboxRunner(self.desk, Copies(), largest=1_000_000, pace=pace)
        await runner.start()
        try:
            yield runner
        finally:
            await runner.stop()

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def run(self, sql: Any, params: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def states(self, folder: str = "INBOX") -> list[tuple[str, str]]:
        """Of the entries that are still on the server, in the order of their numbers."""
        rows = await self.rows(
            """
            select state, reason from ledger where folder = %s and gone_at is null
            order by server_at, length(key), key
            """,
            (folder,),
        )
        return [(row["state"], row["reason"]) for row in rows]

    async def swept(self) -> set[str]:
        """The folders that were compared in whole with what the server lists."""
        return {
            row["folder"] for row in await self.rows("select folder from ledger_folders where swept_at is not null")
        }

    async def stored(self) -> int:
        [row] = await self.rows("select count(*) from ledger where state = 'stored' and gone_at is null")
        return int(row["count"])

    async def doors(self) -> list[dict[str, Any]]:
        return [row["door"] for row in await self.rows("select door from raw_events order by received_at, id")]

    async def health(self, ref: ChannelRef) -> tuple[str, str]:
        [row] = await self.rows("select health, health_why from channels where id = %s", (ref.channel_id,))
        return row["health"], row["health_why"]

    async def authorized(self, ref: ChannelRef) -> bool:
        [row] = await self.rows("select authorized from channels where id = %s", (ref.channel_id,))
        return bool(row["authorized"])

    async def become(self, ref: ChannelRef) -> list[str]:
        """What became of all that was stored, in the order in which it came."""
        while await self.drain.drain_once(self.account, ref.channel_id):
            pass
        sql = "select state from raw_events where channel_id = %s order by received_at, id"
        return [row["state"] for row in await self.rows(sql, (ref.channel_id,))]

    async def unexplained(self) -> list[dict[str, Any]]:
        return await self.rows(
            """
            select l.folder, l.key, l.state, l.reason, r.state as became
            from ledger l left join raw_events r on r.account_id = l.account_id and r.id = l.raw_event_id
            where l.gone_at is null and l.state <> 'skipped'
              and (l.state <> 'stored' or coalesce(r.state, 'waiting') in ('waiting', 'failed'))
            """
        )

    async def tickets(self) -> list[str]:
        rows = await self.rows("select subject from tickets order by created_at, number")
        return [row["subject"] for row in rows]


@asynccontextmanager
async def mailboxes(db: Database, folder: Path) -> AsyncIterator[Reading]:
    made = Reading(db, folder, await accounts.account(db))
    try:
        yield made
    finally:
        await made.close()


async def eventually(look: Callable[[], Awaitable[T]], wanted: T, *, within: float = PATIENCE) -> None:
    """Until `look` gives what is wanted."""
    end = time.monotonic() + within
    while (seen := await look()) != wanted:
        assert time.monotonic() < end, f"{seen!r} is not {wanted!r}"
        await asyncio.sleep(0.02)
