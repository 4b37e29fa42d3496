"""The kind against Dovecot and Postfix as they are: what the wizard tries out, the verification mail, a reply."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from kanal.channelkit.contract import Channel
from kanal.channelkit.errors import ActionRequired, InvalidSettings, UntrustedCertificate
from kanal.channelkit.messages import Door, Proof, Raw
from kanal.kinds.email import parse
from kanal.kit import clock
from kanal.kit.ids import new_id
from tests.kinds.email.test_send import Note, message, to
from tests.make import channels
from tests.make.dovecot import Dovecot, User, dovecot
from tests.make.postfix import Postfix, postfix

TOKEN = "proof-abcdefghijklmnopqrstuvwx"


class Host:
    """A mail host with one mailbox of ours."""

    def __init__(self, imap: Dovecot, smtp: Postfix, user: User) -> None:
        self.imap, self.smtp, self.user = imap, smtp, user

    def settings(self, **more: Any) -> dict[str, Any]:
        given = {"method": "imap", "address": self.user.name, "imap": self.user.imap()}
        return given | {"smtp": self.smtp.smtp(self.user)} | more

    def channel(self, **more: Any) -> Channel:
        settings = channels.email_kind().check(self.settings(**more), channels.MAIL_DOMAIN)
        return Channel(
            account_id=1, id=new_id(), name="Support", settings=settings, active=True, mail_domain=channels.MAIL_DOMAIN
        )


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with dovecot() as imap:
        user = imap.user()
        with postfix(imap, [user]) as smtp:
            yield Host(imap, smtp, user)


async def eventually(look: Callable[[], Awaitable[Any]]) -> Any:
    for _ in range(300):
        if seen := await look():
            return seen
        await asyncio.sleep(0.1)
    raise AssertionError("it did not happen within thirty seconds")


async def test_k4_both_servers_say_what_they_are_and_the_folders_are_shown(host: Host) -> None:
    tried = await channels.email_kind().try_out(host.settings())
    assert tried.said["imap"].startswith("Signed in")
    assert tried.said["smtp"].startswith("250")
    assert {(folder.name, folder.role) for folder in tried.folders} >= {("INBOX", "inbox"), ("Skickat", "sent")}


@pytest.mark.parametrize("part", ["imap", "smtp"])
async def test_eml_11_a_wrong_password_is_named_at_its_server(host: Host, part: str) -> None:
    settings = host.settings()
    settings[part] = settings[part] | {"password": "wrong"}
    with pytest.raises(InvalidSettings) as wrong:
        await channels.email_kind().try_out(settings)
    assert wrong.value.field == f"{part}.password"


@pytest.mark.parametrize("part", ["imap", "smtp"])
async def test_a_certificate_that_nobody_vouches_for_can_be_accepted_for_either_server(host: Host, part: str) -> None:
    port = host.imap.tls_port if part == "imap" else host.smtp.tls_port
    settings = host.settings()
    settings[part] = settings[part] | {"host": "localhost", "port": port, "security": "tls"}
    with pytest.raises(UntrustedCertificate) as doubted:
        await channels.email_kind().try_out(settings)
    assert (doubted.value.field, doubted.value.shown.subject) == (f"{part}.certificate", "CN=localhost")
    settings[part] |= {"certificate": doubted.value.shown.fingerprint}
    assert part in (await channels.email_kind().try_out(settings)).said


@pytest.mark.parametrize("by_installation", [True, False])
async def test_eml_8_28_the_verification_mail_comes_to_the_mailbox_and_proves_it(
    host: Host, by_installation: bool
) -> None:
    out = f"smtp://127.0.0.1:{host.smtp.port}" if by_installation else None
    kind = channels.email_kind(default_out=out)
    await kind.prove(host.channel(), TOKEN)

    async def came() -> list[str]:
        return [each for each in await asyncio.to_thread(host.user.subjects) if TOKEN in each]

    await eventually(came)
    raw = Raw(body=await asyncio.to_thread(_newest, host.user), received_at=clock.now(), door=Door())
    assert kind.parse(raw) == [Proof(tokens=[TOKEN])]


def _newest(user: User) -> bytes:
    with user.program() as client:
        client.select("INBOX", readonly=True)
        _, [numbers] = client.search(None, "ALL")
        _, [(_, body), *_] = client.fetch(numbers.split()[-1].decode(), "(BODY.PEEK[])")  # type: ignore[misc]  # imaplib
        return bytes(body)


async def test_a_reply_leaves_by_the_mailboxes_own_server_and_a_copy_stays_there(host: Host) -> None:
    kind = channels.email_kind()
    channel = host.channel()
    out = message(to=to(host.user.name), subject="Re: Lampan", external_id=kind.name_message(channel))
    sent = await kind.send(out, channel, Note())
    assert sent.said.startswith("250")

    async def kept() -> bool:
        return "Re: Lampan" in await asyncio.to_thread(host.user.subjects, "Skickat")

    assert await eventually(kept)


async def test_without_any_server_the_verification_mail_says_what_is_missing(host: Host) -> None:
    with pytest.raises(ActionRequired, match="outgoing mail is not set up"):
        await channels.email_kind().prove(host.channel(smtp=None), TOKEN)


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (f"X-Kanal-Proof: {TOKEN}", [TOKEN]),
        (f"Message-ID: <{TOKEN}.abc@in.example>", [TOKEN]),
        (f"Subject: Fwd: This address is being connected to Kanal [{TOKEN}]", [TOKEN]),
        (f"Subject: VB: SV: This address is being connected to Kanal [{TOKEN.upper()}]", [TOKEN]),
        (f"Subject: What is {TOKEN}?", []),
        (f"In-Reply-To: <{TOKEN}.abc@in.example>", []),
        ("X-Kanal-Proof: proof-short", []),
    ],
)
def test_eml_28_a_verification_mail_is_known_by_what_survives_the_forward(headers: str, found: list[str]) -> None:
    body = f"From: no-reply@in.example\r\nTo: support@firma.example\r\n{headers}\r\n\r\nHello\r\n".encode()
    parsed = parse.parse(Raw(body=body, received_at=clock.now(), door=Door()))
    assert [each.tokens for each in parsed if isinstance(each, Proof)] == ([found] if found else [])
