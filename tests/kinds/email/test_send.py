"""Sending to a real SMTP server that takes, refuses or hangs up as the test wants, and how the mail looks there."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from aiosmtpd.smtp import Envelope

from kanal.channelkit.contract import Channel
from kanal.channelkit.errors import ActionRequired, InvalidSettings, RetryLater, Undeliverable, Unknown
from kanal.channelkit.messages import Door, File, Handle, Outbound, Party, Raw, Receipt, Sent
from tests.make import certificates, channels
from tests.make.mail_server import MailServer, mail_server

COMPANY = {"company": "Ljus & Form"}
PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def outside() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


def to(*addresses: str) -> list[Party]:
    return [Party(handle=Handle(kind="email", key=a.lower(), address=a), name="Eva Ek") for a in addresses]


def message(**changes: Any) -> Outbound:
    out = Outbound(
        message_id=UUID(int=7),
        conversation_id=UUID(int=8),
        external_id="abc123@demo.example",
        author_name="Ana Berg",
        to=to("eva@kund.example"),
        subject="Re: Lamp",
        text="Hello",
        html="<p>Hello</p>",
        in_reply_to="first@kund.example",
        references=["first@kund.example"],
        reply_token="rtoken",
        bounce_token="btoken",
        written_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    )
    return msgspec.structs.replace(out, **changes)


def channel(**settings: Any) -> Channel:
    given = {"address": "support@demo.example", "from_name": COMPANY, **settings}
    complete = channels.email_kind().check(given, channels.MAIL_DOMAIN)
    return Channel(
        account_id=1,
        id=UUID(int=1),
        name="Support",
        settings=complete,
        active=True,
        mail_domain=channels.MAIL_DOMAIN,
    )


class Note:
    """Counts how often the desk was told that the mail is being handed over."""

    times = 0

    async def __call__(self) -> None:
        self.times += 1


async def send(server: MailServer, out: Outbound | None = None, note: Note | None = None, **settings: Any) -> Sent:
    kind = channels.email_kind(default_out=f"smtp://127.0.0.1:{server.port}")
    return await kind.send(out or message(), channel(**settings), note or Note())


def received(server: MailServer) -> EmailMessage:
    [mail] = server.mails
    return read(mail)


def plain_text(mail: Envelope) -> str:
    body = read(mail).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def read(mail: Envelope) -> EmailMessage:
    assert isinstance(mail.content, bytes)
    parsed = message_from_bytes(mail.content, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


async def test_reply_carries_everything_by_which_an_answer_finds_its_way(outside: MailServer) -> None:
    sent = await send(outside)
    mail = received(outside)
    assert sent == Sent(external_id="abc123@demo.example", said="250 2.0.0 Queued as ABC123", refused={})
    assert mail["From"] == '"Ana Berg (Ljus & Form)" <support@demo.example>'
    assert mail["Message-ID"] == "<abc123@demo.example>"
    assert mail["In-Reply-To"] == mail["References"] == "<first@kund.example>"
    reply_to = mail["Reply-To"].addresses[0]
    assert reply_to.username.endswith("+rtoken")
    assert reply_to.domain == channels.MAIL_DOMAIN
    assert mail["Date"].datetime == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert outside.mails[0].mail_from == reply_to.addr_spec.replace("+rtoken", "+bbtoken")


async def test_answers_and_bounces_of_a_mailbox_that_we_read_go_to_the_mailbox(outside: MailServer) -> None:
    imap = {"host": "imap.demo.example", "user": "support@demo.example", "password": "x", "save_sent": False}
    await send(outside, method="imap", imap=imap)
    assert received(outside)["Reply-To"] is None
    assert outside.mails[0].mail_from == "support@demo.example"


async def test_a_mailbox_that_takes_plus_addresses_is_told_the_conversation(outside: MailServer) -> None:
    imap = {"host": "imap.demo.example", "user": "support@demo.example", "password": "x", "save_sent": False}
    await send(outside, method="imap", imap=imap, plus=True)
    assert received(outside)["Reply-To"].addresses[0].addr_spec == "support+rtoken@demo.example"


async def test_eml_13_company_name_mode_hides_the_agent(outside: MailServer) -> None:
    await send(outside, from_name={**COMPANY, "mode": "company"})
    assert received(outside)["From"] == "Ljus & Form <support@demo.example>"
    assert b"Ana" not in bytes(received(outside))


async def test_text_html_inline_picture_and_attachment_nest_as_programs_expect(outside: MailServer) -> None:
    files = [
        File(name="p.png", content_type="image/png", data=PICTURE, inline=True, content_id="pic1"),
        File(name="årsbok 2026.pdf", content_type="application/pdf", data=b"%PDF"),
    ]
    await send(outside, message(html='<p>See <img src="cid:pic1"></p>', files=files))
    mail = received(outside)
    assert mail.get_content_type() == "multipart/mixed"
    alternative, attached = list(mail.iter_parts())
    text, related = list(alternative.iter_parts())
    page, picture = list(related.iter_parts())
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert (picture["Content-ID"], picture.get_content()) == ("<pic1>", PICTURE)
    assert (attached.get_filename(), attached.get_content()) == ("årsbok 2026.pdf", b"%PDF")


async def test_picture_pasted_into_the_html_becomes_a_part(outside: MailServer) -> None:
    await send(outside, message(html='<p><img src="data:image/png;base64,iVBORw0KGgo="></p>'))
    related = list(received(outside).iter_parts())[1]
    page, picture = list(related.iter_parts())
    assert f"cid:{picture['Content-ID'].strip('<>')}" in page.get_content()
    assert picture.get_content() == PICTURE


async def test_header_injection_is_impossible(outside: MailServer) -> None:
    evil = "x\r\nBcc: all@kund.example\r\n\r\nbody"
    party = Party(handle=Handle(kind="email", key="k", address="eva@kund.example"), name=evil)
    files = [File(name=f'../../{evil}".txt', content_type=f"text/plain; {evil}", data=b"x")]
    out = message(subject=evil, author_name=evil, to=[party], in_reply_to=evil, references=[evil], files=files)
    await send(outside, out)
    mail = received(outside)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "x Bcc: all@kund.example body"
    assert mail["References"] is None
    [attached] = list(mail.iter_attachments())
    assert "/" not in (attached.get_filename() or "/")
    assert attached.get_content_type() == "application/octet-stream"


async def test_names_in_other_scripts_and_with_specials_survive(outside: MailServer) -> None:
    names = ['Åsa Öberg, "chefen" (Ljus & Form) <x@y>', "山田太郎", 'Smith, John "Jo"', "=?utf-8?q?x?="]
    parties = [
        Party(handle=Handle(kind="email", key="k", address=f"p{i}@kund.example"), name=name)
        for i, name in enumerate(names)
    ]
    await send(outside, message(to=parties, subject="Ämne " + "lång " * 60))
    mail = received(outside)
    assert [a.display_name for a in mail["To"].addresses] == names
    assert mail["Subject"] == ("Ämne " + "lång " * 60).strip()
    wire = outside.mails[0].content
    assert isinstance(wire, bytes)
    assert max(map(len, wire.split(b"\r\n"))) < 200


async def test_long_message_ids_stay_whole_and_references_stay_short(outside: MailServer) -> None:
    ids = [f"{n}-{'x' * 150}@kund.example" for n in range(40)]
    await send(outside, message(references=ids, in_reply_to=ids[-1]))
    references = received(outside)["References"].split()
    assert references[0] == f"<{ids[0]}>"
    assert references[-1] == f"<{ids[-1]}>"
    assert 1_000 < sum(map(len, references)) <= 1_500


async def test_eml_16_signature_tokens_are_filled_in_and_leave_no_hole(outside: MailServer) -> None:
    signature = "<p>{{agent.first_name}}|{{agent.last_name}}|{{ agent.full_name }}</p>"
    await send(outside, signature_html=signature)
    await send(outside, message(author_name="Ana"), signature_html=signature)
    await send(outside, message(author_name=""), signature_html=signature)
    signed = [plain_text(mail).splitlines()[-1] for mail in outside.mails]
    assert signed == ["Ana|Berg|Ana Berg", "Ana|Ana|Ana", "Ljus & Form|Ljus & Form|Ljus & Form"]


async def test_automatic_mail_is_marked_and_has_no_return_path(outside: MailServer) -> None:
    await send(outside, message(automatic=True))
    assert received(outside)["Auto-Submitted"] == "auto-replied"
    assert received(outside)["X-Auto-Response-Suppress"] == "All"
    assert outside.mails[0].mail_from == "<>"


async def test_mail_of_a_person_has_none_of_the_marks(outside: MailServer) -> None:
    await send(outside)
    assert not {"Auto-Submitted", "Precedence", "X-Auto-Response-Suppress"} & set(received(outside).keys())
    assert received(outside)["X-Kanal-Message"] == str(UUID(int=7))


async def test_blind_copies_are_delivered_and_not_shown(outside: MailServer) -> None:
    await send(outside, message(cc=to("cc@kund.example"), bcc=to("secret@kund.example")))
    assert outside.mails[0].rcpt_tos == ["eva@kund.example", "cc@kund.example", "secret@kund.example"]
    assert b"secret" not in bytes(received(outside))


async def test_some_recipients_refused_is_reported_with_the_servers_words(outside: MailServer) -> None:
    outside.to_recipient["cc@kund.example"] = "550 5.1.1 No such user"
    sent = await send(outside, message(cc=to("cc@kund.example")))
    assert sent.refused == {"cc@kund.example": "550 5.1.1 No such user"}


@pytest.mark.parametrize(
    ("answer", "error"), [("550 5.1.1 No such user", Undeliverable), ("450 4.7.1 Greylisted", RetryLater)]
)
async def test_all_recipients_refused(outside: MailServer, answer: str, error: type[Exception]) -> None:
    outside.to_recipient["eva@kund.example"] = answer
    note = Note()
    with pytest.raises(error, match=answer):
        await send(outside, note=note)
    assert note.times == 0


@pytest.mark.parametrize(("answer", "error"), [("554 5.7.1 Spam", Undeliverable), ("451 4.3.0 Later", RetryLater)])
async def test_a_refusal_after_the_dot_is_certain(outside: MailServer, answer: str, error: type[Exception]) -> None:
    outside.to_data = answer
    with pytest.raises(error, match=answer):
        await send(outside)


async def test_connection_that_breaks_after_the_dot_leaves_it_unknown(outside: MailServer) -> None:
    outside.hangs_up_at_data = True
    note = Note()
    with pytest.raises(Unknown):
        await send(outside, note=note)
    assert note.times == 1


async def test_sender_that_may_not_use_our_return_path_sends_as_the_mailbox(outside: MailServer) -> None:
    outside.to_sender["+bbtoken"] = "553 5.7.1 Sender address rejected: not owned by user"
    await send(outside)
    assert outside.mails[0].mail_from == "support@demo.example"


async def test_refused_mailbox_needs_somebody(outside: MailServer) -> None:
    outside.to_sender["@"] = "553 5.7.1 Not yours"
    with pytest.raises(ActionRequired, match="553"):
        await send(outside)


async def test_nothing_listens_is_tried_later() -> None:
    async with mail_server() as gone:
        pass
    with pytest.raises(RetryLater, match="does not answer"):
        await send(gone)


async def test_without_a_way_out_nothing_is_sent() -> None:
    with pytest.raises(ActionRequired, match="outgoing mail is not set up"):
        await channels.email_kind().send(message(), channel(), Note())


async def test_wrong_password_needs_somebody_and_names_the_field() -> None:
    async with mail_server(password=b"right") as server:
        smtp = {"host": "127.0.0.1", "port": server.port, "security": "none", "user": "u", "password": "wrong"}
        with pytest.raises(ActionRequired, match="535"):
            await channels.email_kind().send(message(), channel(smtp=smtp), Note())
        with pytest.raises(InvalidSettings) as wrong:
            await channels.email_kind().try_out({"address": "support@demo.example", "smtp": smtp})
        assert wrong.value.field == "smtp.password"
        said = await channels.email_kind().try_out({"address": "a@demo.example", "smtp": {**smtp, "password": "right"}})
        assert said.said["smtp"].startswith("250")


@pytest.mark.parametrize("starttls", [True, False])
async def test_certificate_that_does_not_hold_needs_somebody(tmp_path: Path, starttls: bool) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificates.self_signed(tmp_path, "localhost"))
    async with mail_server(tls=context, starttls=starttls) as server:
        smtp = {"host": "127.0.0.1", "port": server.port, "security": "starttls" if starttls else "tls"}
        with pytest.raises(ActionRequired, match="certificate"):
            await channels.email_kind().send(message(), channel(smtp=smtp), Note())


async def test_server_without_encryption_is_told_apart_from_one_that_is_away(outside: MailServer) -> None:
    for security in ("tls", "starttls"):
        smtp = {"host": "127.0.0.1", "port": outside.port, "security": security}
        with pytest.raises(InvalidSettings) as wrong:
            await channels.email_kind().try_out({"address": "support@demo.example", "smtp": smtp})
        assert wrong.value.field == "smtp.security"


async def test_address_outside_ascii_goes_by_smtputf8_or_says_why_not(outside: MailServer) -> None:
    await send(outside, message(to=to("åsa@smörgås.example")))
    assert outside.mails[0].rcpt_tos == ["åsa@xn--smrgs-pra0j.example"]
    assert "SMTPUTF8" in outside.mails[0].mail_options
    async with mail_server(smtputf8=False) as old:
        with pytest.raises(Undeliverable, match="outside ASCII"):
            await send(old, message(to=to("åsa@smörgås.example")))
        await send(old, message(to=to("asa@smörgås.example")))
        assert old.mails[0].rcpt_tos == ["asa@xn--smrgs-pra0j.example"]


async def test_recipient_that_is_no_address_is_reported(outside: MailServer) -> None:
    with pytest.raises(Undeliverable, match="not an email address"):
        await send(outside, message(to=to("eva at kund")))
    sent = await send(outside, message(cc=to("x@y@z <q>")))
    assert list(sent.refused) == ["x@y@z <q>"]


async def test_bounce_to_our_return_path_names_the_delivery(outside: MailServer) -> None:
    await send(outside)
    path = str(outside.mails[0].mail_from)
    bounce = Raw(
        body=b"From: MAILER-DAEMON@kund.example\r\nSubject: Undelivered Mail\r\n\r\n550 5.1.1 no such user\r\n",
        received_at=datetime(2026, 11, 23, 12, 1, tzinfo=UTC),
        door=Door(mail_from="", rcpt_to=[path], client="192.0.2.1"),
    )
    [receipt] = channels.email_kind().parse(bounce)
    assert isinstance(receipt, Receipt)
    assert receipt.tokens[0] == "btoken"


async def test_mailbox_of_an_international_domain_leaves_in_ascii(outside: MailServer) -> None:
    outside.to_sender["+bbtoken"] = "553 5.7.1 Not yours"
    await send(outside, address="info@smörgås.example")
    assert received(outside)["From"].addresses[0].addr_spec == "info@xn--smrgs-pra0j.example"
    assert outside.mails[0].mail_from == "info@xn--smrgs-pra0j.example"


@pytest.mark.parametrize(
    ("smtp", "field", "says"),
    [
        ({"host": "no-such-host.invalid"}, "smtp.host", "There is no server named no-such-host.invalid"),
        ({"port": 1}, "smtp.host", "127.0.0.1:1 does not answer. Check its name and port"),
        ({"security": "tls"}, "smtp.security", "does not speak TLS there. Choose another port"),
        ({"security": "starttls"}, "smtp.security", "does not offer STARTTLS. Choose TLS"),
        ({"user": "u", "password": "wrong"}, "smtp.password", "refuses this user name or password: “535"),
    ],
)
async def test_each_way_to_fail_names_its_setting_and_says_what_to_do(
    smtp: dict[str, Any], field: str, says: str
) -> None:
    async with mail_server(password=b"right") as server:
        given = {"host": "127.0.0.1", "port": server.port, "security": "none", **smtp}
        with pytest.raises(InvalidSettings) as wrong:
            await channels.email_kind().try_out({"address": "support@demo.example", "smtp": given})
    assert (wrong.value.field, says in wrong.value.why) == (field, True), wrong.value.why


async def test_a_server_that_has_no_time_now_is_tried_again_and_named(outside: MailServer) -> None:
    outside.to_sender["@"] = "451 4.7.1 Too many mails, try again later"
    with pytest.raises(RetryLater, match="Too many mails"):
        await send(outside)
