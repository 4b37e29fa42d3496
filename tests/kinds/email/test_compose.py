"""How an outgoing mail is written: what it quotes, an invitation's answer, a read receipt, and where answers go."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Channel
from kanal.channelkit.messages import Door, File, Handle, Outbound, Party, Raw, Receipt, Said
from kanal.kinds.email import parse
from kanal.kinds.email import settings as email_settings
from kanal.kinds.email.compose import compose
from tests.make import channels

QUOTED: dict[str, Any] = {
    "quoted_text": "On 2026-11-23 at 11:00 UTC Eva Ek wrote:\n> My lamp is broken",
    "quoted_html": "<div>On 2026-11-23 at 11:00 UTC Eva Ek wrote:</div><blockquote>My lamp is broken</blockquote>",
}
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:meet@kund.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def written(*, reply_to: bool = True, settings: dict[str, Any] | None = None, **changes: Any) -> EmailMessage:
    """A mail as it leaves, read again."""
    given = {"address": "support@demo.example", "from_name": {"company": "Lamps"}, **(settings or {})}
    complete = email_settings.check(given, channels.MAIL_DOMAIN)
    channel = Channel(
        account_id=1, id=UUID(int=1), name="Lamps", settings=complete, active=True, mail_domain=channels.MAIL_DOMAIN
    )
    out = msgspec.structs.replace(_MESSAGE, **changes)
    source = compose(out, channel, email_settings.read(complete), utf8=False, reply_to=reply_to)
    return message_from_bytes(source, EmailMessage, policy=default)


_MESSAGE = Outbound(
    message_id=UUID(int=7),
    conversation_id=UUID(int=8),
    external_id="abc123@demo.example",
    author_name="Ana Berg",
    to=[Party(handle=Handle(kind="email", key="eva@kund.example", address="eva@kund.example"), name="Eva Ek")],
    subject="Re: Lamp",
    text="A new one comes.",
    html="<p>A new one comes.</p>",
    reply_token="rtoken",
    written_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
)


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_quote_stands_below_the_signature_in_text_and_html() -> None:
    mail = written(settings={"signature_html": "<p>{{agent.full_name}}</p>"}, **QUOTED)
    text, page = part(mail, "plain"), part(mail, "html")
    assert text == f"A new one comes.\n\n-- \nAna Berg\n\n{QUOTED['quoted_text']}\n"
    assert page.index("A new one") < page.index("Ana Berg") < page.index('<div class="kanal-quote">')
    assert page.index('<div class="kanal-quote">') < page.index("My lamp is broken")


def test_our_own_marker_tells_the_new_words_when_the_mail_comes_back_answered() -> None:
    ours = part(written(**QUOTED), "html")
    answer = EmailMessage(policy=default)
    answer["From"], answer["Subject"] = "eva@kund.example", "Re: Lamp"
    answer.set_content(f"<p>Thank you!</p>{ours}", subtype="html")
    raw = Raw(body=answer.as_bytes(), received_at=_MESSAGE.written_at, door=Door())
    [said] = parse.parse(raw)
    assert isinstance(said, Said)
    assert "My lamp is broken" in said.quoted_html
    assert "My lamp is broken" not in said.html


def test_a_mail_without_a_quote_has_no_marker() -> None:
    assert "kanal-quote" not in part(written(), "html")


def test_a_picture_of_what_is_handed_on_stands_in_it_again() -> None:
    picture = File(name="p.png", content_type="image/png", data=b"\x89PNG", inline=True, content_id="pic1@kund")
    mail = written(quoted_text="x", quoted_html='<p><img src="cid:pic1@kund"></p>', files=[picture])
    related = list(mail.iter_parts())[1]
    assert [each.get("Content-ID") for each in related.iter_parts()][1] == "<pic1@kund>"


def test_an_answer_to_an_invitation_is_one_more_alternative() -> None:
    mail = written(calendar=CALENDAR)
    kinds = [(each.get_content_type(), each.get_param("method")) for each in mail.iter_parts()]
    assert kinds == [("text/plain", None), ("text/html", None), ("text/calendar", "REPLY")]
    calendar = list(mail.iter_parts())[2].get_content()
    assert "UID:meet@kund.example" in calendar


def test_a_read_receipt_names_the_mail_and_says_that_a_person_sent_it() -> None:
    mail = written(receipt_for="first@kund.example", automatic=True, text="It was displayed.")
    assert (mail.get_content_type(), mail.get_param("report-type")) == (
        "multipart/report",
        "disposition-notification",
    )
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["Reply-To"] is None
    fields = list(mail.iter_parts())[1].as_string()
    assert "Original-Message-ID: <first@kund.example>" in fields
    assert "Disposition: manual-action/MDN-sent-manually; displayed" in fields


def test_a_read_receipt_of_ours_is_understood_by_ourselves() -> None:
    source = written(receipt_for="first@kund.example", automatic=True, text="It was displayed.").as_bytes()
    [receipt] = parse.parse(Raw(body=source, received_at=_MESSAGE.written_at, door=Door()))
    assert isinstance(receipt, Receipt)
    assert (receipt.state, receipt.external_ids[0]) == ("read", "first@kund.example")


def test_eml_54_answers_come_back_to_us_and_not_to_the_agent() -> None:
    """By an address of our domain; without one by the mailbox itself, tagged where it takes that."""
    reply_to = written()["Reply-To"].addresses[0]
    assert (reply_to.username.endswith("+rtoken"), reply_to.domain) == (True, channels.MAIL_DOMAIN)
    assert written(reply_to=False)["Reply-To"] is None
    tagged = written(reply_to=False, settings={"plus": True})["Reply-To"].addresses[0]
    assert tagged.addr_spec == "support+rtoken@demo.example"
