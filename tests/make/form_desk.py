"""A desk with a form that a channel carries and a mailbox that answers for it: visitors fill in, agents answer by the
API, mail leaves to a real server, and customers answer by SMTP."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from kanal.delivery.dispatch import Dispatcher
from kanal.forms.models import Definition, Field
from kanal.forms.submissions.accepting import Acceptor
from kanal.intake.drain import Drain
from kanal.kinds.email.checks import Checks
from kanal.kinds.email.doors import Limits, SmtpDoor
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.server.desk import BoundDesk
from tests.make import forms, submitting
from tests.make.site import Site
from tests.make.smtp import HeldServer


class FormDesk:
    def __init__(self, site: Site, server: HeldServer, door: SmtpDoor, drain: Drain, chief: httpx2.AsyncClient) -> None:
        self.site, self.server, self.door, self.drain, self.chief = site, server, door, drain, chief
        self.db, self.account, self.mailbox = site.db, site.account, site.channel
        self.acceptor = Acceptor(site.db, site.storage)

    async def form(self, *fields: Field, **given: Any) -> Definition:
        return await forms.make_form(self.db, self.account, *fields, **given)

    async def connect(self, form: Definition, *, routing: Mapping[str, Any] | None = None, **settings: Any) -> str:
        """As an admin does; the channel's id."""
        body = {"kind": "form", "name": "Web form", "settings": {"form": str(form.form_id), **settings}}
        made = await self.call("POST", "channels", **body, **({"routing": routing} if routing else {}))
        return str(made["id"])

    async def call(self, method: str, path: str, **body: Any) -> Any:
        answer = await self.chief.request(method, path, json=body or None)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def submit(self, form: Definition, given: dict[str, Any] | None = None, **more: Any) -> UUID:
        """A visitor fills the form in, and the desk takes that in; the submission's id."""
        accepted = await self.acceptor.accept(submitting.new(form, given, **more))
        await self.drain_all()
        return accepted.id

    async def drain_all(self) -> None:
        for row in await self.rows("select id from channels"):
            while await self.drain.drain_once(self.account, row["id"]):
                pass

    async def ticket(self) -> dict[str, Any]:
        """The one that there is."""
        [row] = await self.rows("select * from tickets")
        return row

    async def reply(self, ticket: UUID, text: str = "We send a new one.") -> dict[str, Any]:
        return dict(await self.call("POST", f"tickets/{ticket}/replies", text=text))

    async def sent(self, count: int) -> list[EmailMessage]:
        """What left, once there is so much of it."""
        dispatcher = Dispatcher(self.db, self.site.carriers, self.site.storage)
        running = asyncio.create_task(dispatcher.run())
        try:
            await self.server.has_taken(count)
            async with asyncio.timeout(30):
                while True:
                    if not await self.rows("select 1 from deliveries where state in ('sending', 'data_sent')"):
                        break
                    await asyncio.sleep(0.02)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        return self.server.taken

    async def answer(self, mail: EmailMessage, *, sender: str = "eva@kund.example", **headers: str) -> None:
        """A customer answers a mail of ours."""
        await self.write(str(mail["Reply-To"] or mail["From"]), sender, In_Reply_To=str(mail["Message-ID"]), **headers)

    async def write(self, to: str, sender: str, text: str = "Thanks!", **headers: str) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: The lamp"
        mail["Message-ID"] = f"<{new_id()}@kund.example>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        await asyncio.to_thread(self._send, mail)
        await self.drain_all()

    def _send(self, mail: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", self.door.port, local_hostname="mx.kund.example", timeout=10) as client:
            client.sendmail("bounce@kund.example", [str(mail["To"])], mail.as_bytes())

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def run(self, sql: Any, params: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)


@asynccontextmanager
async def form_desk(db: Database, folder: Path, server: HeldServer) -> AsyncIterator[FormDesk]:
    site = await Site(db, folder, KANAL_SMTP_OUT=server.url).open()
    desk = BoundDesk(db, site.storage, site.carriers.keyring, site.settings.mail_domain)
    door = SmtpDoor(desk, "127.0.0.1", 0, tls=None, limits=Limits(), checks=Checks(_no_names))
    drain = Drain(db, site.carriers, site.storage)
    await door.start()
    async with await site.program("chief", "super_admin") as chief:
        chief.base_url = chief.base_url.join("/api/v1/")
        made = FormDesk(site, server, door, drain, chief)
        try:
            yield made
        finally:
            await made.acceptor.stop()
            await door.stop()
            drain.parser.close()


def _no_names(name: str, kind: str, seconds: float) -> list[Any]:
    return []
