"""A mail as IMAP describes it without sending it: ENVELOPE, BODYSTRUCTURE, and the bytes of one part."""

from __future__ import annotations

import email.utils
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from sandbox.imap.grammar import string, string_or_nil


def parsed(raw: bytes) -> Message:
    return BytesParser(policy=compat32).parsebytes(raw)


def header_of(raw: bytes) -> bytes:
    """With the empty line."""
    head, line, _ = raw.partition(b"\r\n\r\n")
    return head + line


def text_of(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[2]


def fields_of(header: bytes, names: Sequence[str], *, others: bool = False) -> bytes:
    """The fields of these names as they stand, or all `others`; with the empty line."""
    wanted = {name.lower().encode() for name in names}
    kept = [field for field in _fields(header) if (field.partition(b":")[0].strip().lower() in wanted) != others]
    return b"".join(kept) + b"\r\n"


def part(mail: Message, path: Sequence[int]) -> Message | None:
    """`2.1` is the first part of the second; the whole of a mail without parts is its part 1."""
    here = mail
    for number in path:
        inner = here.get_payload()
        if here.get_content_type() == "message/rfc822" and isinstance(inner, list):
            here = inner[0]  # type: ignore[assignment]  # a parsed mail
            inner = here.get_payload()
        if not here.is_multipart():
            return here if number == 1 else None
        if not isinstance(inner, list) or not 0 < number <= len(inner):
            return None
        here = inner[number - 1]  # type: ignore[assignment]  # a part of it
    return here


def bytes_of(part: Message) -> bytes:
    """Of a part, still in its transfer encoding."""
    inner = part.get_payload()
    if isinstance(inner, str):
        return inner.encode("utf-8", "surrogateescape")
    return text_of(part.as_bytes(policy=compat32.clone(linesep="\r\n")))


def envelope(mail: Message) -> bytes:
    sender = _addresses(mail, "from")
    people = [_addresses(mail, name) for name in ("sender", "reply-to")]
    fields = [
        _field(mail, "date"),
        _field(mail, "subject"),
        sender,
        *(each if each != b"NIL" else sender for each in people),
        *(_addresses(mail, name) for name in ("to", "cc", "bcc")),
        _field(mail, "in-reply-to"),
        _field(mail, "message-id"),
    ]
    return b"(" + b" ".join(fields) + b")"


def structure(part: Message) -> bytes:
    inner = part.get_payload()
    if part.is_multipart() and isinstance(inner, list) and part.get_content_maintype() == "multipart":
        parts = b"".join(structure(each) for each in inner)  # type: ignore[arg-type]  # parts of it
        return b"(" + parts + b" " + string(part.get_content_subtype().upper().encode()) + b")"
    body = bytes_of(part)
    known = [
        string(part.get_content_maintype().upper().encode()),
        string(part.get_content_subtype().upper().encode()),
        _parameters(part),
        _field(part, "content-id"),
        _field(part, "content-description"),
        string(str(part.get("content-transfer-encoding") or "7BIT").strip().upper().encode()),
        b"%d" % len(body),
    ]
    if part.get_content_maintype() == "text":
        known.append(b"%d" % body.count(b"\n"))
    return b"(" + b" ".join(known) + b")"


def _fields(header: bytes) -> list[bytes]:
    fields: list[bytes] = []
    for line in header.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += line + b"\r\n"
        elif line:
            fields.append(line + b"\r\n")
    return fields


def _field(part: Message, name: str) -> bytes:
    value = part.get(name)
    return string_or_nil(None if value is None else _raw(value))


def _addresses(mail: Message, name: str) -> bytes:
    found = email.utils.getaddresses([_raw(value).decode("utf-8", "replace") for value in mail.get_all(name, [])])
    if not found:
        return b"NIL"
    return b"(" + b"".join(_address(shown, address) for shown, address in found) + b")"


def _address(shown: str, address: str) -> bytes:
    local, _, domain = address.rpartition("@")
    name = string_or_nil(shown.encode() or None)
    return b"(%b NIL %b %b)" % (name, string(local.encode()), string(domain.encode()))


def _parameters(part: Message) -> bytes:
    pairs = [(key, value) for key, value in part.get_params(failobj=[])[1:] if value]
    if not pairs:
        return b"NIL"
    return (
        b"("
        + b" ".join(
            string(_raw(each).upper() if n == 0 else _raw(each)) for pair in pairs for n, each in enumerate(pair)
        )
        + b")"
    )


def _raw(value: object) -> bytes:
    """A header's value on one line; 8-bit bytes stay as they came."""
    return " ".join(str(value).split()).encode("utf-8", "surrogateescape")
