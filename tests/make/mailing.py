"""Mails to members: promised, sent over real SMTP, and read as they arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

from kanal.kit.storage import Storage
from kanal.notifications.mailer import Mailer
from kanal.people import outbox
from tests.make import channels, web
from tests.make.mail_server import MailServer, mail_server
from tests.make.noticing import Desk


class Mailing:
    def __init__(self, desk: Desk, folder: Path, server: MailServer) -> None:
        self.desk, self.server = desk, server
        self.storage = Storage(str(folder / "files"))
        out = f"smtp://127.0.0.1:{server.port}"
        settings = web.settings(folder, KANAL_MAIL_DOMAIN=channels.MAIL_DOMAIN, KANAL_SMTP_OUT=out)
        self.mailers = [Mailer(desk.db, self.storage, channels.KEYRING, settings) for _ in range(2)]

    async def promise(self, member: UUID, kind: outbox.MailKind = "contact_owner", **about: Any) -> None:
        async with self.desk.db.transaction(self.desk.account) as tx:
            await outbox.put(tx, member, kind, once=kind, ticket_id=self.desk.ticket, **about)

    async def send(self) -> list[EmailMessage]:
        """All that is due; returns what the server has taken."""
        await self.mailers[0].run_once()
        return self.taken()

    def taken(self) -> list[EmailMessage]:
        contents = [mail.original_content or b"" for mail in self.server.mails]
        return [message_from_bytes(content, EmailMessage, policy=default) for content in contents]

    async def row(self) -> dict[str, Any]:
        [row] = await self.desk.rows("select state, reason, tries, next_try_at, created_at from member_mails")
        return row

    async def make_due(self) -> None:
        async with self.desk.db.transaction(self.desk.account) as tx:
            await tx.run("update member_mails set next_try_at = created_at where state = 'waiting'")


@asynccontextmanager
async def mailing(desk: Desk, folder: Path) -> AsyncIterator[Mailing]:
    async with mail_server() as server:
        yield Mailing(desk, folder, server)
