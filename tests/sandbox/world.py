"""The sandbox between two real sockets: a door that stands for Kanal's, and a browser that speaks HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

import aiosmtplib
import httpx2
from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox import Sandbox

SUPPORT = "support@demo.example"
T = TypeVar("T")


@dataclass
class Taken:
    mail_from: str
    rcpt_to: list[str]
    raw: bytes


@dataclass
class Door:
    """Takes mail for demo.example and nobody else, unless told otherwise; `at_data` is used up answer by answer."""

    taken: list[Taken] = field(default_factory=list)
    at_data: list[str] = field(default_factory=list)
    also_for: set[str] = field(default_factory=set)
    not_for: set[str] = field(default_factory=set)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        known = address.endswith("@demo.example") or address in self.also_for
        if not known or address in self.not_for:
            return "550 5.1.1 No channel of ours"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_data:
            return self.at_data.pop(0)
        content = envelope.original_content or b""
        sender = "" if envelope.mail_from == "<>" else envelope.mail_from or ""
        self.taken.append(Taken(sender, list(envelope.rcpt_tos), content))
        return "250 2.0.0 Stored"


@dataclass
class World:
    sandbox: Sandbox
    door: Door
    http: httpx2.AsyncClient

    async def taken(self) -> list[Taken]:
        return self.door.taken

    async def inbox(self, address: str) -> list[dict[str, Any]]:
        return await self._mails(address, "inbox")

    async def sent(self, address: str) -> list[dict[str, Any]]:
        return await self._mails(address, "sent")

    async def write(self, **mail: Any) -> dict[str, Any]:
        given = {"from_": "Eva Lindqvist <eva@kund.example>", "to": [SUPPORT], "subject": "Hej", "text": "Hej!"}
        return await self.post("/api/mails", given | mail)

    async def post(self, path: str, body: Any = None) -> dict[str, Any]:
        response = await self.http.post(path, json=body if body is not None else {})
        assert response.is_success, response.text
        return dict(response.json())

    async def behave(self, address: str, kind: str, **more: Any) -> None:
        response = await self.http.put(f"/api/mailboxes/{address}/behaviour", json={"kind": kind, **more})
        assert response.status_code == 200, response.text

    async def from_kanal(
        self, *to: str, mail_from: str = "bounce+t1@demo.example", message: EmailMessage | None = None
    ) -> str:
        """Sends over the sandbox's SMTP server, as Kanal does; returns the server's words."""
        message = message or answer(*to)
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=self.sandbox.smtp_port, timeout=10)
        async with client:
            _, words = await client.sendmail(mail_from, list(to), message.as_bytes())
        return words

    async def _mails(self, address: str, folder: str) -> list[dict[str, Any]]:
        response = await self.http.get(f"/api/mailboxes/{address}/mails", params={"folder": folder})
        assert response.status_code == 200, response.text
        return list(response.json()["items"])


@asynccontextmanager
async def world(data_dir: Path | None = None, **settings: Any) -> AsyncIterator[World]:
    door = Door()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(door, enable_SMTPUTF8=True, hostname="kanal", loop=loop), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    given = {"deliver_to": f"127.0.0.1:{port}", "suggest_to": [SUPPORT]} | settings
    sandbox = Sandbox(http="127.0.0.1:0", smtp="127.0.0.1:0", imap="127.0.0.1:0", data_dir=data_dir, **given)
    await sandbox.start()
    try:
        async with httpx2.AsyncClient(base_url=sandbox.url, timeout=10) as http:
            yield World(sandbox, door, http)
    finally:
        await sandbox.stop()
        server.close()


def answer(*to: str, subject: str = "Re: Hej", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Sara <{SUPPORT}>"
    message["To"] = ", ".join(to)
    message["Subject"] = subject
    message["Message-ID"] = "<out-1@demo.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Hej Eva!\n")
    return message


async def until(condition: Callable[[], Awaitable[T]]) -> T:
    """What the condition gives as soon as it gives something; fails after thirty seconds."""
    for _ in range(1500):
        if result := await condition():
            return result
        await asyncio.sleep(0.02)
    raise AssertionError("It did not come true.")
