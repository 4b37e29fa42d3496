"""What a mail means depends on the door it came through: trust, loops, tokens, copies, the last resort."""

from __future__ import annotations

from uuid import UUID

import pytest

from kanal.channelkit.messages import Receipt, Said
from kanal.kinds.email.automatic import MARKER
from kanal.kinds.email.parse import parse
from kanal.kinds.email.subjects import base_key, is_forward
from kanal.kinds.email.trust import trust
from tests.kinds.email.mails import fixture, parse_or_unreadable, raw

HEAD = b"From: Eva <eva@kund.example>\r\nTo: support@firma.example\r\nSubject: Hej\r\n"
MAIL = HEAD + b"Message-ID: <1@kund.example>\r\nDate: Tue, 3 Mar 2026 09:12:00 +0100\r\n\r\nHej!\r\n"


def said(body: bytes, **door: object) -> Said:
    (found,) = parse(raw(body, **door))
    assert isinstance(found, Said)
    return found


def auth(**words: str) -> dict[str, str]:
    return {"from_domain": "kund.example", **words}


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ({"dmarc": "pass"}, "pass"),
        ({"dmarc": "fail"}, "fail"),
        ({"dmarc": "none", "aligned": "dkim"}, "pass"),
        ({"dmarc": "none", "spf": "pass", "aligned": ""}, "none"),
        ({"dmarc": "temperror"}, "none"),
        ({"dmarc": "pass", "from_domain": "firma.example"}, "none"),
    ],
)
def test_trust_follows_what_the_door_proved_about_this_sender(words: dict[str, str], verdict: str) -> None:
    assert said(MAIL, auth=auth(**words)).trust == verdict


def test_pass_of_the_site_does_not_vouch_for_the_customer_in_its_form() -> None:
    form = MAIL.replace(b"From: Eva <eva@kund.example>", b"From: support@firma.example\r\nReply-To: chef@kund.example")
    found = said(form, auth={"dmarc": "pass", "from_domain": "firma.example"})
    assert (found.sender.handle.key, found.trust) == ("chef@kund.example", "none")


@pytest.mark.parametrize(
    "head",
    [
        b"From: no-reply@firma.example\r\nReply-To: agent@firma.example",
        b"From: support@firma.example\r\nReply-To: agent@firma.example",
        b"From: support@firma.example\r\nX-Original-From: agent@firma.example",
        b"From: \"'Agent' via Info\" <info@firma.example>\r\nX-Original-Sender: agent@firma.example",
    ],
)
def test_k13_a_pass_is_not_lent_to_whoever_stands_behind_from_at_the_same_domain(head: bytes) -> None:
    mail = MAIL.replace(b"From: Eva <eva@kund.example>", head)
    found = said(mail, auth={"dmarc": "pass", "from_domain": "firma.example"})
    assert (found.sender.handle.key, found.trust) == ("agent@firma.example", "none")


def test_without_results_there_is_no_trust() -> None:
    assert trust(raw(MAIL).door, "eva@kund.example") == "none"


def test_copy_through_another_door_has_the_same_digest() -> None:
    relayed = b"Received: from a by b\r\nDelivered-To: other@firma.example\r\n" + MAIL
    assert said(MAIL).digest == said(relayed, rcpt_to=["x@y.example"]).digest


def test_same_id_with_other_words_has_another_digest() -> None:
    assert said(MAIL).digest != said(MAIL.replace(b"Hej!", b"Nej!")).digest


def test_missing_id_is_made_from_sender_and_bytes() -> None:
    bare = HEAD + b"\r\nHej!"
    assert said(bare).external_id == said(bare).external_id
    assert said(bare).external_id != said(bare + b"!").external_id
    assert said(bare).external_id.endswith("@missing.invalid")


def test_tokens_come_from_envelope_and_headers_the_envelope_first() -> None:
    mail = MAIL.replace(b"To: support@", b"Delivered-To: <support+two@firma.example>\r\nTo: support+THREE@")
    assert said(mail, rcpt_to=["support+one@firma.example"]).evidence.tokens == ["one", "two", "three"]


def test_null_return_path_is_an_automatic_answer() -> None:
    assert said(MAIL, mail_from="").automatic == "auto_reply"


def test_door_without_envelope_does_not_make_everybody_automatic() -> None:
    assert said(MAIL, mail_from="", client="").automatic is None
    assert said(b"Return-Path: <>\r\n" + MAIL, mail_from="", client="").automatic == "auto_reply"


def test_null_return_path_of_a_forwarding_server_says_nothing_about_the_customer() -> None:
    handed_on = b"X-MS-Exchange-Inbox-Rules-Loop: support@firma.example\r\n" + MAIL
    assert said(handed_on, mail_from="").automatic is None
    assert said(b"Return-Path: <>\r\n" + handed_on, mail_from="").automatic == "auto_reply"


def test_mail_of_the_receiving_address_to_itself_is_a_loop() -> None:
    mail = MAIL.replace(b"eva@kund.example", b"support@firma.example", 1)
    assert said(mail).loop
    assert said(mail.replace(b"To: support@", b"To: sales@"), rcpt_to=["support+x@firma.example"]).loop


def test_our_marker_under_our_address_is_a_loop_and_under_another_is_not() -> None:
    marked = MARKER.encode() + b": 0190\r\n" + MAIL
    ours = marked.replace(b"eva@kund.example", b"sales@firma.example", 1)
    accounts = ["support@firma.example", "sales@firma.example"]
    assert said(ours, account_addresses=accounts).loop
    assert not said(marked, account_addresses=accounts).loop


def test_our_marker_names_the_message_whose_copy_it_is_only_among_what_was_sent() -> None:
    message = UUID("01900000-0000-7000-8000-000000000001")
    marked = f"{MARKER}: {message}\r\n".encode() + MAIL
    assert (said(marked, outgoing=True).own_message, said(marked).own_message) == (message, None)
    broken = f"{MARKER}: none\r\n".encode() + MAIL
    assert said(broken, outgoing=True).own_message is None


def test_mail_between_two_of_our_addresses_is_a_message() -> None:
    mail = MAIL.replace(b"eva@kund.example", b"sales@firma.example", 1)
    assert not said(mail, account_addresses=["support@firma.example", "sales@firma.example"]).loop


def test_sender_nobody_can_name_is_not_taken_for_another() -> None:
    first = said(b"Subject: a\r\nMessage-ID: <1@x>\r\n\r\nhej", mail_from="")
    second = said(b"Subject: a\r\nMessage-ID: <2@x>\r\n\r\nhej", mail_from="")
    assert not first.sender.known
    assert first.sender.handle.key != second.sender.handle.key


def test_bounce_of_several_recipients_reports_each_and_is_shown_once() -> None:
    block = b"\r\n\r\nFinal-Recipient: rfc822; bo@kund.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
    mail = fixture("reports/bounce-no-such-mailbox").replace(b"User unknown\r\n", b"User unknown" + block)
    found = [each for each in parse(raw(mail)) if isinstance(each, Receipt)]
    assert [(each.state, each.recipient.key if each.recipient else "") for each in found] == [
        ("bounced", "eva@kund.example"),
        ("delayed", "bo@kund.example"),
    ]
    assert [each.report is not None for each in found] == [True, False]


def test_fault_of_the_parser_becomes_a_message_with_its_raw_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("kanal.kinds.email.parse.read_body", broken)
    (found,) = parse_or_unreadable(raw(MAIL))
    assert isinstance(found, Said)
    assert (found.raw_only, found.sender.handle.key) == (True, "eva@kund.example")


@pytest.mark.parametrize(
    "subject",
    ["Trasig lampa", "Re: Trasig lampa", "SV: Re[2]: trasig  LAMPA", "Re^2: AW:Trasig lampa", "回复：Trasig lampa"],
)
def test_subject_key_is_the_same_through_all_prefixes(subject: str) -> None:
    assert base_key(subject) == "trasig lampa"


@pytest.mark.parametrize("subject", ["Retur av lampa", "Awning broken", "Svar: nej", "Internet: trasigt"])
def test_words_that_begin_like_a_prefix_stay(subject: str) -> None:
    assert base_key(subject) == subject.lower()


def test_forward_prefix_of_any_language_is_known() -> None:
    assert all(is_forward(f"{each}: Lampa") for each in ("Fwd", "FW", "VB", "WG", "TR", "RV", "VS", "I", "ENC"))
    assert not is_forward("Re: Fwd: Lampa")
