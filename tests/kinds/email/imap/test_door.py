"""What is believed of what a mailbox's own server wrote into a mail."""

from __future__ import annotations

import pytest

from kanal.channelkit.messages import Door
from kanal.kinds.email.imap.door import door_of
from kanal.kinds.email.trust import trust

OURS = "mx.firma.example"
PASSED = (
    f"{OURS}; spf=pass smtp.mailfrom=eva@kund.example; dkim=pass header.d=kund.example;"
    " dmarc=pass header.from=kund.example"
)


def door(*results: str, authserv: str = OURS, outgoing: bool = False) -> Door:
    lines = [f"Authentication-Results: {each}\r\n" for each in results]
    body = "Return-Path: <bounce@kund.example>\r\n" + "".join(lines) + "From: Eva <eva@kund.example>\r\n\r\nHello\r\n"
    return door_of(body.encode(), address="support@firma.example", authserv=authserv, outgoing=outgoing, history=False)


def test_the_envelope_is_what_the_server_noted_and_the_mailbox_that_was_read() -> None:
    assert (door().mail_from, door().rcpt_to) == ("bounce@kund.example", ["support@firma.example"])


def test_the_findings_of_the_named_server_are_believed() -> None:
    found = door(PASSED).auth
    assert {name: found[name] for name in ("spf", "dkim", "dmarc", "from_domain")} == {
        "spf": "pass",
        "dkim": "pass",
        "dmarc": "pass",
        "from_domain": "kund.example",
    }
    assert trust(door(PASSED), "eva@kund.example") == "pass"


@pytest.mark.parametrize("authserv", ["", "mx.other.example"])
def test_the_findings_of_others_are_not(authserv: str) -> None:
    assert trust(door(PASSED, authserv=authserv), "eva@kund.example") == "none"


def test_what_stands_below_the_topmost_may_be_the_senders_own() -> None:
    failed = f"{OURS}; dmarc=fail header.from=kund.example"
    assert trust(door(failed, PASSED), "eva@kund.example") == "fail"
    assert door("mx.other.example; none", PASSED).auth == {}


def test_without_dmarc_a_signature_of_the_same_domain_speaks_for_the_sender() -> None:
    assert trust(door(f"{OURS}; dkim=pass header.d=kund.example"), "eva@kund.example") == "pass"
    assert trust(door(f"{OURS}; dkim=pass header.d=relay.example"), "eva@kund.example") == "none"


@pytest.mark.parametrize("wrong", ["", ";;;", "mx;;;=", "\x00\xff", f"{OURS}; dkim="])
def test_what_cannot_be_read_says_nothing(wrong: str) -> None:
    assert door(wrong).auth.get("dkim", "") == ""


def test_of_what_we_sent_nothing_has_to_be_believed() -> None:
    assert door(PASSED, outgoing=True).auth == {}
