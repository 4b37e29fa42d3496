"""A mail server on the other side of the way out, which does what a test tells it to."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Takes mail as long as `answer` says 250. `holds` names the step at which it waits until `go` is set."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.answer = "250 2.0.0 queued as 4711"
        self.refuses: dict[str, str] = {}
        self.holds = ""
        self.reached = asyncio.Event()
        self._more = asyncio.Event()
        self.go = asyncio.Event()
        self.hangs_up = False
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]).strip("<>") for mail in self.taken]

    async def has_taken(self, count: int) -> None:
        async with asyncio.timeout(20):
            while len(self.taken) < count:
                self._more.clear()
                await self._more.wait()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._hold("recipient")
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self.envelopes.append(envelope)
            self._more.set()
        await self._hold("end")
        if self.hangs_up:
            assert server.transport is not None
            server.transport.close()
        return self.answer

    async def _hold(self, step: str) -> None:
        self.reached.set()
        if self.holds == step:
            await self.go.wait()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    handler = MailServer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, enable_SMTPUTF8=True), "127.0.0.1", 0)
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        handler.go.set()
        server.close()
