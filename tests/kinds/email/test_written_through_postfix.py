"""What we write, sent through a real Postfix and read as it arrives outside: quotes, files, invitations, receipts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from email.message import EmailMessage
from typing import Any

import pytest

from kanal.channelkit.contract import Channel
from kanal.channelkit.messages import Door, File, Outbound, Raw, Receipt, Said
from kanal.kinds.email import parse
from kanal.kit import clock, itip
from kanal.kit.ids import new_id
from tests.kinds.email.test_compose import QUOTED
from tests.kinds.email.test_send import Note, message, read
from tests.kit.test_itip import INVITATION
from tests.make import channels
from tests.make.dovecot import dovecot
from tests.make.postfix import postfix
from tests.make.smtp import HeldServer, held_server


class Outside:
    """The world behind a Postfix by which our mailbox sends."""

    def __init__(self, server: HeldServer, channel: Channel) -> None:
        self.server, self.channel = server, channel

    async def gets(self, out: Outbound) -> EmailMessage:
        await channels.email_kind().send(out, self.channel, Note())
        await self.server.has_taken(1)
        return read(self.server.mails[-1])

    def source(self) -> Raw:
        return Raw(body=bytes(self.server.mails[-1].original_content or b""), received_at=clock.now(), door=Door())


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    async with held_server() as server:
        with ExitStack() as stack:
            imap = await asyncio.to_thread(stack.enter_context, dovecot())
            user = imap.user()
            mta = await asyncio.to_thread(stack.enter_context, postfix(imap, [user], outside=server.port))
            given: dict[str, Any] = {"method": "imap", "address": user.name, "imap": user.imap(save_sent=False)}
            settings = channels.email_kind().check(given | {"smtp": mta.smtp(user)}, channels.MAIL_DOMAIN)
            yield Outside(
                server,
                Channel(
                    account_id=1,
                    id=new_id(),
                    name="Support",
                    settings=settings,
                    active=True,
                    mail_domain=channels.MAIL_DOMAIN,
                ),
            )


async def test_what_we_write_arrives_whole_and_is_understood_when_it_is_answered(outside: Outside) -> None:
    files = [File(name="årsbok.pdf", content_type="application/pdf", data=b"%PDF" + bytes(5_000))]
    mail = await outside.gets(message(files=files, text="Tack för åäö", html="<p>Tack för åäö</p>", **QUOTED))
    assert [part.get_filename() for part in mail.iter_attachments()] == ["årsbok.pdf"]
    [said] = parse.parse(outside.source())
    assert isinstance(said, Said)
    assert (said.text, "My lamp is broken" in said.quoted_text) == ("Tack för åäö", True)
    assert "My lamp is broken" not in said.html


async def test_an_invitations_answer_passes_a_mail_server_unharmed(outside: Outside) -> None:
    calendar = itip.reply(INVITATION, "support@demo.example", "Ann Å", "accepted", "Gärna", clock.now())
    await outside.gets(message(calendar=calendar))
    [said] = parse.parse(outside.source())
    assert isinstance(said, Said)
    assert said.invitation is not None
    assert (said.invitation.method, said.invitation.uid, said.invitation.answer) == (
        "reply",
        "meet-1@kund.example",
        "accepted",
    )


async def test_a_read_receipt_is_taken_from_nobody_and_understood(outside: Outside) -> None:
    await outside.gets(message(receipt_for="first@kund.example", automatic=True, text="It was displayed.", html=""))
    assert outside.server.mails[-1].mail_from in ("", "<>")
    [receipt] = parse.parse(outside.source())
    assert isinstance(receipt, Receipt)
    assert (receipt.state, receipt.external_ids[0]) == ("read", "first@kund.example")
