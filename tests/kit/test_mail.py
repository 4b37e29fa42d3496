"""Keys of addresses and header words."""

from __future__ import annotations

import pytest

from kanal.kit.charsets import decode
from kanal.kit.mail import decode_words, domain_of, header_text, lenient_base64, normalise, split_plus


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("Eva.Ek@Kund.SE", "eva.ek@kund.se"),
        (" eva@kund.se ", "eva@kund.se"),
        ("Eva+Order@kund.se", "eva+order@kund.se"),
        ("eva@BÜCHER.example", "eva@xn--bcher-kva.example"),
        ("eva@kund.se.", "eva@kund.se"),
        ('"eva"@kund.se', "eva@kund.se"),
        ('"eva ek"@kund.se', '"eva ek"@kund.se'),
        ("a\u030asa@kund.se", "åsa@kund.se"),
        ("root@localhost", "root@localhost"),
        ("eva@[192.0.2.1]", "eva@[192.0.2.1]"),
    ],
)
def test_one_address_has_one_key(address: str, key: str) -> None:
    assert normalise(address) == key
    assert normalise(key) == key


@pytest.mark.parametrize(
    "address",
    ["", "eva", "@kund.se", "eva@", "eva ek@kund.se", "eva@kund..se", "eva@-kund.se", "<eva@kund.se>", "a@b\nc",
     "a\x00@kund.se", "eva@kund se", "x" * 400 + "@kund.se", "eva@\ud800.se", "=?utf-8?q?a?=@kund.se"],
)  # fmt: skip
def test_what_is_no_address_has_no_key(address: str) -> None:
    assert normalise(address) == ""


def test_plus_part_is_split_at_the_first_plus() -> None:
    assert split_plus("support+abc+d@firma.se") == ("support@firma.se", "abc+d")
    assert split_plus("support@firma.se") == ("support@firma.se", "")
    assert split_plus("+abc@firma.se") == ("+abc@firma.se", "")


def test_domain_of_a_key() -> None:
    assert domain_of("eva@kund.se") == "kund.se"
    assert domain_of("") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?Q?=C3=85sa_=C3=96?=", "Åsa Ö"),
        ("=?utf-8?B?w4U=?= =?utf-8?B?c2E=?=", "Åsa"),
        ("=?utf-8?Q?=C3?=\r\n =?utf-8?Q?=85sa?=", "Åsa"),
        ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
        ("=?iso-8859-1*sv?Q?=C5sa?=", "Åsa"),
        ("=?x-rubbish?Q?=C3=85sa?=", "Åsa"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
    ],
)
def test_encoded_words_are_read(value: str, text: str) -> None:
    assert decode_words(value) == text


@pytest.mark.parametrize("hidden", ["\r\n", "\n", "\x0b", "\u2028", "\x85", "=?utf-8?Q?=0D=0A?=", "=?utf-8?B?Cg==?="])
def test_no_line_break_leaks_into_a_value(hidden: str) -> None:
    assert len(header_text(f"Hej {hidden} Bcc: x@y.example").splitlines()) == 1


def test_direction_marks_are_left_out() -> None:
    assert header_text("faktura\u202efdp.exe") == "fakturafdp.exe"


def test_base64_is_read_as_far_as_it_goes() -> None:
    assert lenient_base64(b"SGVq") == b"Hej"
    assert lenient_base64(b"SGVqIQ") == b"Hej!"
    assert lenient_base64(b"SGV q\n!IQ=\n") == b"Hej!"
    assert lenient_base64(b"") == b""
    assert lenient_base64(b"A") == b""


def test_any_label_gives_text() -> None:
    for label in ("", "utf-8", "hex", "zlib", "rot13", "idna", "\x00", "utf-8\x00", "a" * 1000, "ünï", "undefined"):
        assert isinstance(decode(b"\xff\xfehej\x00", label), str)
        assert isinstance(decode(b"hej \xe5", label, guess=True), str)


def test_the_sign_for_a_broken_letter_may_stand_in_a_whole_text() -> None:
    assert decode("it came as \ufffd".encode(), "utf-8") == "it came as \ufffd"
