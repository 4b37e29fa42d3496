"""Mail that was signed as one opaque block is read like any other, and says that it is signed."""

from __future__ import annotations

import base64
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from kanal.channelkit.messages import Said
from kanal.kinds.email import cms
from kanal.kinds.email.parse import parse
from kanal.kit import clock
from tests.kinds.email.mails import raw

INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nLampan \xc3\xa4r trasig\r\n"


def signed(data: bytes) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Eva Ek")])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


BLOCK = signed(INNER)


def said(block: bytes, stated: str = "; smime-type=signed-data") -> Said:
    head = f"From: eva@kund.example\r\nContent-Type: application/pkcs7-mime{stated}; name=smime.p7m\r\n"
    head += "Content-Transfer-Encoding: base64\r\n\r\n"
    (found,) = parse(raw(head.encode() + base64.encodebytes(block)))
    assert isinstance(found, Said)
    return found


def open_ended() -> bytes:
    """A block with its lengths left open and its words in two pieces, as programs write it that do not know the end."""
    half = len(INNER) // 2
    pieces = b"".join(b"\x04" + bytes([len(each)]) + each for each in (INNER[:half], INNER[half:]))
    data = b"\x30\x80\x06\x09" + bytes.fromhex("2a864886f70d010701") + b"\xa0\x80\x24\x80" + pieces + b"\0\0" * 3
    message = b"\x30\x80\x02\x01\x01\x31\x00" + data + b"\x31\x00" + b"\0\0"
    return b"\x30\x80\x06\x09" + bytes.fromhex("2a864886f70d010702") + b"\xa0\x80" + message + b"\0\0" * 2


def test_words_of_an_opaque_block_are_shown() -> None:
    found = said(BLOCK)
    assert (found.text, found.flags, found.attachments) == ("Lampan är trasig", ["signed"], [])


def test_block_that_does_not_say_what_it_is_is_known_by_what_stands_in_it() -> None:
    assert (said(BLOCK, "").text, said(BLOCK, "").flags) == ("Lampan är trasig", ["signed"])


def test_lengths_left_open_and_words_in_pieces_are_read() -> None:
    assert said(open_ended()).text == "Lampan är trasig"


def test_enciphered_mail_stays_closed_and_says_so() -> None:
    found = said(BLOCK, "; smime-type=enveloped-data")
    assert (found.text, found.flags, [each.name for each in found.attachments]) == ("", ["encrypted"], ["smime.p7m"])


def test_blocks_in_blocks_are_opened_three_deep() -> None:
    block = BLOCK
    for _ in range(4):
        head = (
            b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        block = signed(head + base64.encodebytes(block))
    found = said(block)
    assert (found.text, len(found.attachments)) == ("", 1)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 200), st.integers(0, 255), st.integers(1, 400))
def test_damaged_block_never_raises(place: int, value: int, length: int) -> None:
    damaged = bytearray(BLOCK[:length])
    damaged[place % len(damaged)] = value
    cms.signed_content(bytes(damaged))


def test_nesting_without_end_is_given_up() -> None:
    assert cms.signed_content(b"\x30\x80" * 100_000) is None
    assert cms.signed_content(b"\x30\x84\xff\xff\xff\xff" * 10_000) is None
