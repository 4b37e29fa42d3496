"""What a mail itself tells of its sender: a group or relay before them, another address to answer to, the marks of
marketing, a wish for a receipt. And what one of us sent in another program, which tells nothing of this."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kanal.channelkit.messages import Door, Said
from kanal.kinds.email import forwarded
from kanal.kinds.email.forwarded import Hands
from kanal.kinds.email.parse import parse
from tests.kinds.email.mails import raw

HEAD = b"To: support@firma.example\r\nSubject: Hej\r\nMessage-ID: <1@kund.example>\r\n"
LEAVE = b"List-Unsubscribe: <mailto:out@x.example>\r\n"
EVA = b"From: Eva <eva@kund.example>\r\n"


def said(head: bytes, body: bytes = b"Hej!", **door: object) -> Said:
    (found,) = parse(raw(head + HEAD + b"\r\n" + body, **door))
    assert isinstance(found, Said)
    return found


def test_k20_proved_domain_of_our_own_group_is_enough_without_list_headers() -> None:
    head = b"From: \"'Eva Ek' via Info\" <info@firma.example>\r\nX-Original-Sender: eva@kund.example\r\n"
    auth = {"from_domain": "firma.example", "dmarc": "pass"}
    assert said(head, auth=auth).sender.handle.key == "eva@kund.example"
    hidden = said(head, auth={"from_domain": "firma.example", "dmarc": "fail"})
    assert hidden.sender.handle.key == "info@firma.example"
    assert hidden.signals.hidden_behind == "info@firma.example"


def test_k20_the_customer_behind_a_group_is_not_proved_by_the_group() -> None:
    head = b"From: \"'Eva Ek' via Support\" <support@firma.example>\r\nX-Original-From: Eva Ek <eva@kund.example>\r\n"
    found = said(head, auth={"from_domain": "firma.example", "dmarc": "pass"})
    assert (found.sender.handle.key, found.trust) == ("eva@kund.example", "none")


def test_k20_original_from_goes_before_original_sender_and_reply_to() -> None:
    head = b"From: \"'Eva' via Support\" <support@firma.example>\r\n"
    for more, key in ((b"Reply-To: c@x.example\r\n", "c"), (b"X-Original-Sender: b@x.example\r\n", "b")):
        head += more
        assert said(head).sender.handle.key == f"{key}@x.example"
    assert said(head + b"X-Original-From: a@x.example\r\n").sender.handle.key == "a@x.example"


def test_k20_shared_domain_makes_no_group_ours() -> None:
    head = b"From: \"'Eva' via Other\" <other@googlegroups.com>\r\nX-Original-From: eva@kund.example\r\n"
    head += b"List-ID: <other.googlegroups.com>\r\n"
    found = said(head, account_addresses=["ours@googlegroups.com"])
    assert found.signals.hidden_behind == "other@googlegroups.com"


def test_ordinary_mail_has_nothing_to_tell() -> None:
    found = said(EVA)
    assert (found.signals.reply_to, found.signals.hidden_behind, found.bulk, found.receipt_to) == ("", "", "", "")


@pytest.mark.parametrize(
    ("head", "body", "bulk"),
    [
        (LEAVE + b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b"", "newsletter"),
        (LEAVE + b"Precedence: bulk\r\n", b"", "newsletter"),
        (LEAVE, b"", "unsubscribe"),
        (b"", b"Vill du inte ha det? Avregistrera dig: https://x.example/ut", "unsubscribe"),
        (b"", b"I want to unsubscribe from my plan.", ""),
        (b"Feedback-ID: 1:x\r\n", b"Hej", ""),
        (LEAVE + b"In-Reply-To: <0@firma.example>\r\n", b"", ""),
        (LEAVE + b"Precedence: list\r\nList-Post: <mailto:support@firma.example>\r\n", b"", ""),
    ],
)  # fmt: skip
def test_marks_of_marketing(head: bytes, body: bytes, bulk: str) -> None:
    assert said(EVA + head, body).bulk == bulk


def test_link_out_of_a_newsletter_counts_in_html_too() -> None:
    body = b'<p>News</p><a href="https://x.example/q">Abmelden</a>'
    assert said(EVA + b"Content-Type: text/html\r\n", body).bulk == "unsubscribe"


@pytest.mark.parametrize(
    ("head", "spam"),
    [
        (b"X-Spam-Flag: YES\r\nX-Spam-Status: Yes, score=9.1 required=5.0\r\n", "Yes, score=9.1 required=5.0"),
        (b"X-Spam: Yes\r\n", "X-Spam-Flag: YES"),
        (b"X-Forefront-Antispam-Report: CIP:203.0.113.7;SCL:6;SFV:SPM;H:x\r\n", "X-Forefront-Antispam-Report: SFV:SPM"),
        (b"X-Spam-Flag: NO\r\nX-Spam-Status: No, score=0.1\r\n", ""),
        (b"X-Forefront-Antispam-Report: CIP:203.0.113.7;SCL:1;SFV:NSPM;H:x\r\n", ""),
    ],
)
def test_what_a_filter_on_the_way_called_spam_is_told_in_its_words(head: bytes, spam: str) -> None:
    assert said(EVA + head).spam == spam


def test_wish_for_a_receipt_names_where_it_goes() -> None:
    assert said(EVA + b"Disposition-Notification-To: Eva <Eva@kund.example>\r\n").receipt_to == "eva@kund.example"
    assert said(EVA + b"Return-Receipt-To: eva@kund.example\r\nAuto-Submitted: auto-generated\r\n").receipt_to == ""
    assert said(EVA + b"Disposition-Notification-To: support@firma.example\r\n").receipt_to == ""


def test_what_one_of_us_sent_elsewhere_is_ours_and_no_loop() -> None:
    head = b"From: Ann <support@firma.example>\r\nReply-To: eva@kund.example\r\nBcc: chef@firma.example\r\n"
    found = said(head + b"Disposition-Notification-To: eva@kund.example\r\n", outgoing=True)
    assert (found.outgoing, found.loop, found.automatic, found.receipt_to) == (True, False, None, "")
    assert (found.sender.handle.key, found.sender.name) == ("support@firma.example", "Ann")
    assert [each.field for each in found.recipients] == ["to", "bcc"]
    assert found.external_id == "1@kund.example"


def test_only_the_mark_before_a_line_that_is_handed_on_is_no_word_of_it() -> None:
    head = "> Begin forwarded message:\n>\n> From: Eva <eva@kund.example>\n> Subject: Lampa\n>\n"
    found = forwarded.in_text(f"{head}> 5 > 4, skrev <bo@kund.example> till mig\n> > Hej", "Fwd: Lampa", HANDS)
    assert found is not None
    assert found.text == "5 > 4, skrev <bo@kund.example> till mig\n> Hej"


LINES = st.lists(
    st.sampled_from(
        [
            "---------- Forwarded message ---------", "> Begin forwarded message:", "From: Eva <eva@kund.example>",
            "*From:* [mailto:a@b.example]", "Från:", "Sent: now", "Skickat: den 3 mars", "To: x;", "<a@b.example>",
            "Subject: Fwd: x", "Ämne: y", "", "> ", "_" * 32, "-----Original Message-----", "Hej", "    Hej",
            'Den 3 mars 12:46 skrev "Eva" <eva@kund.example> följande:', "From: a@b.cTo: dSent: eSubject: f",
            "Lähettäjä: z@kund.example", "\ufeff\u00a0", "On 3 March (a@b.example) wrote:",
            "==== Forwarded message ====",
        ]
    ),
    max_size=40,
)  # fmt: skip
HANDS = Hands("bo@firma.example", Door(account_addresses=["support@firma.example"]))


@settings(max_examples=300, deadline=None)
@given(LINES, st.sampled_from(["Fwd: x", "VB: x", "VS: x", "x", "Re: x"]))
def test_whatever_stands_in_the_lines_a_forward_has_a_sender_and_invents_no_words(
    lines: list[str], subject: str
) -> None:
    text = "\n".join(lines)
    found = forwarded.in_text(text, subject, HANDS)
    if found is not None:
        assert found.sender.handle.key not in ("", "bo@firma.example", "support@firma.example")
        assert all(word in text for word in (found.note + " " + found.text).split())
    html = "".join(f"<div>{line}</div>" for line in lines)
    forwarded.in_html(LexborHTMLParser(html), subject, HANDS)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=500), st.sampled_from(["Fwd: x", "x"]))
def test_any_text_can_be_looked_at(text: str, subject: str) -> None:
    forwarded.in_text(text, subject, HANDS)
    forwarded.in_html(LexborHTMLParser(f"<pre>{text}</pre><p>{text}"), subject, HANDS)
