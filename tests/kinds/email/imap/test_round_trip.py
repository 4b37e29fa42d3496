"""A mailbox that is worked in from here and from another mail program: who answers, and where, makes no difference."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from kanal.delivery import send
from kanal.delivery.dispatch import Dispatcher
from kanal.delivery.models import Reply
from tests.make import accounts
from tests.make.dovecot import User, mail_of
from tests.make.mail_server import mail_server as outgoing_server
from tests.make.mailbox import Reading, eventually

LAMP = b"Message-ID: <lamp@kund.example>\r\n"


@pytest.fixture
def lamp() -> bytes:
    lines = mail_of("Lamp").split(b"\r\n")
    return LAMP + b"\r\n".join(line for line in lines if not line.startswith(b"Message-ID"))


async def test_eml_2_an_answer_sent_from_here_is_in_the_mailbox_and_not_twice_on_its_ticket(
    reading: Reading, user: User, lamp: bytes
) -> None:
    async with outgoing_server() as server:
        ref = await reading.connect(user, smtp={"host": "127.0.0.1", "port": server.port, "security": "none"})
        async with reading.running():
            user.deliver(lamp)
            await eventually(reading.stored, 1)
            await reading.become(ref)
            await answer(reading)
            await eventually(reading.stored, 2)
        assert await reading.become(ref) == ["ticket", "outgoing"]
    assert len(server.mails) == 1
    assert await said(reading) == [("in", False), ("out", False)]
    [row] = await reading.rows("select reason from raw_events where state = 'outgoing'")
    assert row["reason"] == "our own copy"


async def test_an_answer_sent_from_another_program_joins_its_ticket_and_is_never_sent_again(
    reading: Reading, user: User, lamp: bytes
) -> None:
    ref = await reading.connect(user)
    async with reading.running():
        user.deliver(lamp)
        await eventually(reading.stored, 1)
        await reading.become(ref)
        with user.program() as program:
            program.append("Skickat", "\\Seen", "", written_elsewhere(user))
        await eventually(reading.stored, 2)
    assert await reading.become(ref) == ["ticket", "outgoing"]
    assert await said(reading) == [("in", False), ("out", True)]
    assert await reading.rows("select id from deliveries") == []
    assert await reading.unexplained() == []


async def answer(reading: Reading) -> None:
    """Ann answers the one ticket there is, and the answer leaves."""
    [ticket] = await reading.rows("select id from tickets")
    ann: UUID = await accounts.member(reading.db, reading.account)
    async with reading.db.transaction(reading.account) as tx:
        await send.reply(tx, reading.carriers, Reply(ticket_id=ticket["id"], author_id=ann, text="We send a new one."))
    dispatcher = Dispatcher(reading.db, reading.carriers, reading.storage)
    task = asyncio.create_task(dispatcher.run())
    try:
        await eventually(lambda: states(reading), ["sent"])
    finally:
        dispatcher.stop()
        await task
    await reading.kind.copies.finish(10)


async def states(reading: Reading) -> list[str]:
    return [row["state"] for row in await reading.rows("select state from deliveries")]


async def said(reading: Reading) -> list[tuple[Any, ...]]:
    rows = await reading.rows("select direction, sent_elsewhere from messages order by created_at")
    return [(row["direction"], row["sent_elsewhere"]) for row in rows]


def written_elsewhere(user: User) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Bo <{user.name}>", "eva@kund.example", "Re: Lamp"
    mail["Message-ID"], mail["In-Reply-To"] = "<phone@firma.example>", "<lamp@kund.example>"
    mail.set_content("A new one is on its way.")
    return mail.as_bytes()
