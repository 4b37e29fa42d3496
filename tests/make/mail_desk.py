"""A desk with its mail door open on a real port: people and rules are made through the API, customers write by SMTP."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from kanal.inboxes import queries
from kanal.intake.drain import Drain
from kanal.kinds.email.checks import Checks
from kanal.kinds.email.doors import Limits, SmtpDoor
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.server.desk import BoundDesk
from tests.make.availability import People
from tests.make.site import Site


class MailDesk:
    def __init__(self, site: Site, door: SmtpDoor, drain: Drain, chief: httpx2.AsyncClient) -> None:
        self.site, self.door, self.drain, self.chief = site, door, drain, chief
        self.db, self.account, self.channel = site.db, site.account, site.channel
        self.people = People(site.db, site.account)

    async def call(self, method: str, path: str, **body: Any) -> Any:
        answer = await self.chief.request(method, path, json=body or None)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def member(self, name: str, *, seat: bool = True, away: bool = False, **more: Any) -> str:
        """`more` is what PATCH /members takes: `role`, `skills`, `capacity` …"""
        member = str(await self.site.member(name, has_seat=seat))
        if more:
            await self.call("PATCH", f"members/{member}", **more)
        if away:
            await self.away(member)
        return member

    async def away(self, member: str, minutes: float | None = None) -> None:
        """By hand, or out of office for so long."""
        if minutes is None:
            await self.people.set(UUID(member), "away")
        else:
            await self.people.out(UUID(member), -1, minutes)

    async def back(self, member: str) -> None:
        await self.people.set(UUID(member), "available")

    async def team(self, name: str, *mains: str, extras: tuple[str, ...] = ()) -> str:
        members = [{"id": id_, "is_main": True} for id_ in mains] + [{"id": id_, "is_main": False} for id_ in extras]
        return str((await self.call("POST", "teams", name=name, members=members))["id"])

    async def skills(self, *names: str) -> list[str]:
        category = await self.call("POST", "skill-categories", name="Knows")
        await self.call("POST", "skills", category_id=category["id"], names=list(names))
        rows = await self.rows("select id from skills order by array_position(%s, name)", (list(names),))
        return [str(row["id"]) for row in rows]

    async def route(self, **routing: Any) -> dict[str, Any]:
        """Members named in `to` without `assign`: these are asked."""
        routing = {"assign": "members"} | routing
        return dict(await self.call("PATCH", f"channels/{self.channel}", routing=routing))

    async def refused(self, **routing: Any) -> dict[str, str]:
        """By field, how to mend it."""
        answer = await self.chief.patch(f"channels/{self.channel}", json={"routing": {"assign": "members"} | routing})
        assert answer.status_code == 422, answer.text
        return {error["field"]: error["message"] for error in answer.json()["errors"]}

    async def mail(
        self,
        text: str = "It does not light up.",
        *,
        sender: str = "eva@kund.example",
        subject: str = "Lamp",
        to: str = "",
    ) -> str:
        """A customer writes; the id of the ticket that it became."""
        return (await self.mails(1, text=text, sender=sender, subject=subject, to=to))[0]

    async def mails(self, count: int, *, to: str = "", sender: str = "", **words: str) -> list[str]:
        """As one batch, each from a customer of their own where no sender is named."""
        written = [
            _mail(await self._address(to), sender or f"c{number}-{new_id()}@kund.example", **words)
            for number in range(count)
        ]
        await asyncio.to_thread(self._send, written)
        await self.drain_all()
        ids = [str(mail["Message-ID"]).strip("<>") for mail in written]
        return [await self._ticket_of(id_) for id_ in ids]

    async def answer(self, ticket: str, text: str = "Are you there?") -> None:
        """The customer writes once more on their ticket."""
        [row] = await self.rows(
            """
            select m.external_id, m.from_address, m.subject from messages m
            join conversations c on c.id = m.conversation_id
            where c.ticket_id = %s and m.direction = 'in' order by m.created_at limit 1
            """,
            (ticket,),
        )
        mail = _mail(await self._address(), row["from_address"], text=text, subject=f"Re: {row['subject']}")
        mail["In-Reply-To"] = f"<{row['external_id']}>"
        await asyncio.to_thread(self._send, [mail])
        await self.drain_all()

    async def drain_all(self) -> None:
        for row in await self.rows("select id from channels"):
            while await self.drain.drain_once(self.account, row["id"]):
                pass

    async def why(self, ticket: str) -> dict[str, Any]:
        return dict(await self.call("GET", f"tickets/{ticket}/routing"))

    async def whose(self, *tickets: str) -> list[str | None]:
        rows = await self.rows("select id, assignee_id from tickets")
        found = {str(row["id"]): row["assignee_id"] and str(row["assignee_id"]) for row in rows}
        return [found[ticket] for ticket in tickets]

    async def outcome(self, ticket: str) -> tuple[str, str]:
        decision = (await self.why(ticket))["decision"]
        return decision["outcome"], decision["why"]

    async def reasons(self, ticket: str) -> dict[str, list[str]]:
        """The codes of each candidate, by member."""
        candidates = (await self.why(ticket))["candidates"]
        return {each["member"]: [reason["code"] for reason in each["reasons"]] for each in candidates}

    async def queue(self) -> list[str]:
        """What waits, in its order."""
        rows = await self.rows("select ticket_id from queue order by rank, arrived_at, ticket_id")
        return [str(row["ticket_id"]) for row in rows]

    async def own(self, sender: str, owner: str | None) -> None:
        """Make somebody the owner of the contact with this address."""
        await self.run(
            "update contacts set owner_id = %s where id in (select contact_id from handles where key = %s)",
            (owner, sender),
        )

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def run(self, sql: Any, params: Any = None) -> None:
        async with self.db.transaction(self.account) as tx:
            await tx.run(sql, params)

    async def _address(self, given: str = "") -> str:
        if given:
            return given
        async with self.db.transaction(self.account) as tx:
            return str((await queries.channel(tx, self.channel)).settings["forwarding_address"])

    async def _ticket_of(self, external_id: str) -> str:
        [row] = await self.rows(
            """
            select c.ticket_id from messages m join conversations c on c.id = m.conversation_id
            where m.external_id = %s
            """,
            (external_id,),
        )
        return str(row["ticket_id"])

    def _send(self, written: list[EmailMessage]) -> None:
        with smtplib.SMTP("127.0.0.1", self.door.port, local_hostname="mx.kund.example", timeout=10) as client:
            for mail in written:
                client.sendmail("bounce@kund.example", [str(mail["To"])], mail.as_bytes())


@asynccontextmanager
async def mail_desk(db: Database, folder: Path) -> AsyncIterator[MailDesk]:
    site = await Site(db, folder).open()
    desk = BoundDesk(db, site.storage, site.carriers.keyring, site.settings.mail_domain)
    door = SmtpDoor(desk, "127.0.0.1", 0, tls=None, limits=Limits(), checks=Checks(_no_names))
    drain = Drain(db, site.carriers, site.storage)
    await door.start()
    async with await site.program("chief", "super_admin") as chief:
        chief.base_url = chief.base_url.join("/api/v1/")
        try:
            yield MailDesk(site, door, drain, chief)
        finally:
            await door.stop()
            drain.parser.close()


def _mail(to: str, sender: str, *, text: str = "It does not light up.", subject: str = "Lamp") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = f"<{new_id()}@kund.example>"
    mail.set_content(text)
    return mail


def _no_names(name: str, kind: str, seconds: float) -> list[Any]:
    return []
