"""SPF, DKIM, ARC and DMARC over real signatures, with name servers made of a dictionary."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from kanal.kinds.email.authentication import authenticate, organisation

CLIENT = "9.9.9.9"
MAIL = b"From: Eva <eva@kund.example>\r\nTo: support@firma.example\r\nSubject: Hej\r\n\r\nLampan lyser inte.\r\n"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
PUBLIC = b"".join(
    KEY.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .splitlines()[1:-1]
)
RECORDS: dict[tuple[str, str], list[Any]] = {
    ("s1._domainkey.kund.example", "TXT"): [b"v=DKIM1; k=rsa; p=" + PUBLIC],
    ("s1._domainkey.relay.example", "TXT"): [b"v=DKIM1; k=rsa; p=" + PUBLIC],
    ("_dmarc.kund.example", "TXT"): [b"some other text", b"v=DMARC1; p=reject"],
    ("kund.example", "TXT"): [b"v=spf1 ip4:9.9.9.9 -all"],
    ("relay.example", "TXT"): [b"v=spf1 mx -all"],
    ("relay.example", "MX"): [(10, "mx.relay.example")],
    ("mx.relay.example", "A"): ["9.9.9.9"],
    ("_dmarc.strict.example", "TXT"): [b"v=DMARC1; p=none; adkim=s; aspf=s"],
    ("post.strict.example", "TXT"): [b"v=spf1 ip4:9.9.9.9 -all"],
    ("open.example", "TXT"): [b"v=spf1 ip4:9.9.9.9 -all"],
}


def lookup(name: str, kind: str, seconds: float) -> Sequence[Any]:
    return RECORDS.get((name.lower(), kind), [])


def signed(mail: bytes = MAIL, domain: bytes = b"kund.example") -> bytes:
    header: bytes = dkim.sign(mail, b"s1", domain, PRIVATE)
    return header + mail


def results(mail: bytes, client: str = CLIENT, mail_from: str = "eva@kund.example") -> dict[str, str]:
    return authenticate(mail, client, "mx.kund.example", mail_from, lookup=lookup)


def test_signature_and_sending_host_of_the_sender() -> None:
    assert results(signed()) == {
        "spf": "pass",
        "dkim": "pass",
        "arc": "none",
        "dmarc": "pass",
        "from_domain": "kund.example",
        "aligned": "dkim",
    }


def test_forwarded_mail_passes_by_its_signature_alone() -> None:
    found = results(signed(), client="8.8.8.8")
    assert (found["spf"], found["dkim"], found["dmarc"]) == ("fail", "pass", "pass")


def test_changed_body_breaks_the_signature() -> None:
    found = results(signed().replace(b"lyser", b"blinkar"), client="8.8.8.8")
    assert (found["dkim"], found["dmarc"]) == ("fail", "fail")


def test_signature_of_another_domain_does_not_speak_for_the_sender() -> None:
    found = results(signed(domain=b"relay.example"), mail_from="bounce@relay.example")
    assert (found["spf"], found["dkim"], found["dmarc"], found["aligned"]) == ("pass", "pass", "fail", "")


def test_second_signature_counts_too() -> None:
    found = results(signed(signed(domain=b"relay.example")), client="8.8.8.8")
    assert found["dmarc"] == "pass"


def test_subdomain_speaks_for_its_organisation_only_when_the_policy_is_relaxed() -> None:
    relaxed = results(MAIL.replace(b"@kund", b"@brev.kund"), mail_from="eva@kund.example")
    strict = results(MAIL.replace(b"kund.example", b"strict.example"), mail_from="a@post.strict.example")
    assert (relaxed["dmarc"], strict["dmarc"]) == ("pass", "fail")


def test_without_a_policy_alignment_is_still_told() -> None:
    found = results(MAIL.replace(b"kund.example", b"open.example"), mail_from="a@open.example")
    assert (found["dmarc"], found["aligned"]) == ("none", "spf")


def test_bounce_is_judged_by_the_greeting() -> None:
    found = authenticate(MAIL, CLIENT, "open.example", "", lookup=lookup)
    assert found["spf"] == "pass"


def test_two_authors_are_no_one_sender() -> None:
    found = results(signed(MAIL.replace(b"From: Eva", b"From: chef@firma.example, Eva")))
    assert (found["dmarc"], found["from_domain"]) == ("permerror", "")


@pytest.mark.parametrize("client", ["127.0.0.1", "10.1.2.3", "::1", "fe80::1", "", "not an address"])
def test_own_network_says_nothing_about_the_sender(client: str) -> None:
    assert results(MAIL, client=client)["spf"] == "none"


def test_arc_chain_is_verified() -> None:
    results_of_relay = b"Authentication-Results: relay.example; dkim=pass header.d=kund.example\r\n"
    sealed: Any = dkim.arc_sign(results_of_relay + MAIL, b"s1", b"relay.example", PRIVATE, b"relay.example")
    mail = b"".join(sealed) + results_of_relay + MAIL
    assert results(mail)["arc"] == "pass"
    assert results(mail.replace(b"lyser", b"blinkar"))["arc"] == "fail"


def test_name_servers_that_do_not_answer_are_no_fault_of_the_sender() -> None:
    def silent(name: str, kind: str, seconds: float) -> Sequence[Any]:
        raise TimeoutError(name)

    found = authenticate(signed(), CLIENT, "x", "eva@kund.example", lookup=silent)
    assert {found[each] for each in ("spf", "dkim", "dmarc")} == {"temperror"}


def test_slow_name_servers_are_asked_no_longer_than_the_time_there_is() -> None:
    asked: list[str] = []

    def slow(name: str, kind: str, seconds: float) -> Sequence[Any]:
        asked.append(name)
        time.sleep(min(seconds, 0.1))
        return []

    many = b"".join(
        b"DKIM-Signature: v=1; a=rsa-sha256; d=k%d.example; s=s; h=from; bh=x; b=x\r\n" % n for n in range(90)
    )
    found = authenticate(many + MAIL, CLIENT, "x", "eva@kund.example", lookup=slow, seconds=0.3)
    assert len(asked) < 10  # each of them took a tenth of a second, and there were three tenths
    assert found["from_domain"] == "kund.example"


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"From: x\r\nDKIM-Signature: rubbish\r\nARC-Seal: i=;\r\n\r\n", b"From"]
)
def test_broken_mail_never_raises(body: bytes) -> None:
    found = authenticate(body, CLIENT, "\x00", "@@", lookup=lookup)
    assert set(found) == {"spf", "dkim", "arc", "dmarc", "from_domain", "aligned"}


def test_organisation_follows_the_list_of_public_suffixes() -> None:
    assert organisation("mail.kund.co.uk") == "kund.co.uk"
    assert organisation("brev.kund.se") == "kund.se"
    assert organisation("brev.kund.new-ending") == "kund.new-ending"
