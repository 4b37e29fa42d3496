"""A mail server of the outside world that does as a test tells it: takes mail, refuses it at any step, hangs up."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class MailServer:
    """What it took stands in `mails`; the answers are set before the mail comes."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[Envelope] = []
        self.to_sender: dict[str, str] = {}
        self.to_recipient: dict[str, str] = {}
        self.to_data = "250 2.0.0 Queued as ABC123"
        self.hangs_up_at_data = False
        self.password: bytes | None = None

    async def handle_MAIL(
        self, server: SMTP, session: Session, mail: Envelope, address: str, options: list[str]
    ) -> str:
        answer = next((a for part, a in self.to_sender.items() if part in address), "250 OK")
        if answer.startswith("250"):
            mail.mail_from = address
            mail.mail_options.extend(options)
        return answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, mail: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.to_recipient.get(address, "250 OK")
        if answer.startswith("250"):
            mail.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, mail: Envelope) -> str:
        if self.hangs_up_at_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        elif self.to_data.startswith("250"):
            self.mails.append(mail)
        return self.to_data

    def check_password(self, server: SMTP, session: Session, mail: Envelope, mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password == self.password
        return AuthResult(success=right, handled=False)


@asynccontextmanager
async def mail_server(
    *,
    tls: ssl.SSLContext | None = None,
    starttls: bool = False,
    smtputf8: bool = True,
    password: bytes | None = None,
    script: MailServer | None = None,
) -> AsyncIterator[MailServer]:
    script = script or MailServer()
    script.password = password

    def connection() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it would rather have TLS before a password
            return make()

    def make() -> SMTP:
        return SMTP(
            script,
            hostname="mx.outside.example",
            enable_SMTPUTF8=smtputf8,
            tls_context=tls if starttls else None,
            authenticator=script.check_password,
            auth_required=password is not None,
            auth_require_tls=False,
        )

    loop = asyncio.get_running_loop()
    listener = await loop.create_server(connection, "127.0.0.1", 0, ssl=None if starttls else tls)
    script.port = listener.sockets[0].getsockname()[1]
    try:
        yield script
    finally:
        listener.close()
