"""The folder for sent mail: a copy of what left from here is put there, a message of unknown fate is looked for."""

from __future__ import annotations

import pytest

from kanal.channelkit.contract import Channel
from kanal.channelkit.errors import Unknown
from kanal.channelkit.messages import Handle, Outbound, Party
from kanal.kinds.email.imap import folders, sent
from kanal.kinds.email.imap.sent import Copies
from kanal.kinds.email.imap.session import session
from kanal.kinds.email.settings import Imap
from kanal.kit import clock
from kanal.kit.ids import new_id
from tests.make import channels
from tests.make.dovecot import Dovecot, User, dovecot, mail_of
from tests.make.mail_server import mail_server as outgoing_server
from tests.make.mailbox import eventually


async def test_a_copy_of_what_left_is_put_there_as_it_left_and_counts_as_read(user: User) -> None:
    async with outgoing_server() as server:
        kind = channels.email_kind()
        told = await kind.send(outbound(), channel_of(user, smtp_port=server.port), handed_over)
        [left] = server.mails
        await kind.copies.finish(10)
    assert told.said.startswith("250")
    with user.program() as program:
        program.select("Skickat", readonly=True)
        _, parts = program.fetch("1", "(BODY.PEEK[])")
    assert [part[1] for part in parts if isinstance(part, tuple)] == [left.content]
    assert "\\Seen" in user.flags("Skickat")[0]


async def test_nothing_is_put_there_where_the_provider_does_so_itself_nor_of_automatic_mail(user: User) -> None:
    async with outgoing_server() as server:
        kind = channels.email_kind()
        await kind.send(outbound(), channel_of(user, smtp_port=server.port, save_sent=False), handed_over)
        await kind.send(outbound(automatic=True), channel_of(user, smtp_port=server.port), handed_over)
        await kind.copies.finish(10)
    assert len(server.mails) == 2
    assert user.subjects("Skickat") == []


async def test_a_mailbox_that_takes_no_copy_changes_nothing_about_what_was_sent() -> None:
    with dovecot(quota="1K") as full:
        user = full.user()
        async with outgoing_server() as server:
            kind = channels.email_kind()
            told = await kind.send(outbound(text="x" * 5_000), channel_of(user, smtp_port=server.port), handed_over)
            await kind.copies.finish(10)
        assert user.subjects("Skickat") == []
    assert told.said.startswith("250")
    assert len(server.mails) == 1


async def test_a_message_of_unknown_fate_is_found_there_and_one_that_is_not_stays_unknown(user: User) -> None:
    kind, out = channels.email_kind(), outbound()
    with user.program() as program:
        program.append("Skickat", "", "", f"Message-Id: <{out.external_id}>\r\n".encode() + mail_of("Re: Lamp"))
    found = await kind.look_up(out, channel_of(user))
    assert found is not None
    assert found.external_id == out.external_id
    with pytest.raises(Unknown):
        await kind.look_up(outbound(), channel_of(user))


async def test_a_channel_without_a_mailbox_cannot_tell(user: User) -> None:
    channel = channel_of(user)
    channel.settings = {**channel.settings, "method": "forwarding", "imap": None}
    with pytest.raises(Unknown):
        await channels.email_kind().look_up(outbound(), channel)


async def test_the_folder_is_the_one_that_the_admin_named_else_the_one_that_is_marked(mail_server: Dovecot) -> None:
    user = mail_server.user()
    for named, wanted in (("", "Skickat"), ("Junk", "Junk")):
        async with session(Imap(**user.imap(sent_folder=named))) as opened:
            assert await folders.sent(opened) == wanted


async def test_copies_under_way_are_waited_for_when_the_process_ends(user: User) -> None:
    copies = Copies()
    copies.keep(Imap(**user.imap()), mail_of("Re: Lamp"))
    await copies.finish(10)
    await eventually(lambda: subjects(user), ["Re: Lamp"])
    assert await sent.is_there(Imap(**user.imap()), "nobody@kund.example") is False


async def subjects(user: User) -> list[str]:
    return user.subjects("Skickat")


async def handed_over() -> None:
    return None


def outbound(**more: object) -> Outbound:
    eva = Party(handle=Handle(kind="email", key="eva@kund.example", address="eva@kund.example"))
    made = {"text": "We send a new one.", "external_id": f"{new_id().hex}@firma.example", "subject": "Re: Lamp"} | more
    return Outbound(message_id=new_id(), conversation_id=new_id(), to=[eva], written_at=clock.now(), **made)  # type: ignore[arg-type]  # as named


def channel_of(user: User, *, smtp_port: int = 25, **imap: object) -> Channel:
    smtp = {"host": "127.0.0.1", "port": smtp_port, "security": "none"}
    settings = {"method": "imap", "address": user.name, "imap": user.imap(**imap), "smtp": smtp}
    domain = channels.MAIL_DOMAIN
    return Channel(account_id=1, id=new_id(), name="Support", settings=settings, active=True, mail_domain=domain)
