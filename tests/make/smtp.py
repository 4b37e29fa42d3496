"""A mail server on the other side of the way out that can be held at a step, so that a worker dies just there."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.make import mail_server


class HeldServer(mail_server.MailServer):
    """`holds` names the step, `recipient` or `end`, at which it waits until `go` is set. With `hangs_up_at_data` it
    takes the mail and does not say so."""

    def __init__(self) -> None:
        super().__init__()
        self.holds = ""
        self.reached = asyncio.Event()
        self.go = asyncio.Event()
        self._more = asyncio.Event()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def taken(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(bytes(mail.original_content or b""), policy=email.policy.default)
            for mail in self.mails
        ]

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]).strip("<>") for mail in self.taken]

    async def has_taken(self, count: int) -> None:
        async with asyncio.timeout(20):
            while len(self.mails) < count:
                self._more.clear()
                await self._more.wait()

    async def handle_RCPT(
        self, server: SMTP, session: Session, mail: Envelope, address: str, options: list[str]
    ) -> str:
        await self._hold("recipient")
        return await super().handle_RCPT(server, session, mail, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, mail: Envelope) -> str:
        if self.hangs_up_at_data:
            self.mails.append(mail)
        said = await super().handle_DATA(server, session, mail)
        self._more.set()
        await self._hold("end")
        return said

    async def _hold(self, step: str) -> None:
        self.reached.set()
        if self.holds == step:
            await self.go.wait()


def words(mail: EmailMessage, kind: str = "plain") -> str:
    """What a mail says, `plain` or `html`."""
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@asynccontextmanager
async def held_server() -> AsyncIterator[HeldServer]:
    script = HeldServer()
    async with mail_server.mail_server(script=script):
        try:
            yield script
        finally:
            script.go.set()
