"""Bytes of a mail → what a person sees. Never raises, since mail is often broken."""

import email.policy
import email.utils
import re
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import cast

from msgspec import Struct

from sandbox.mail.models import Summary

# What the standard library has been seen to raise on headers that break the rules.
HEADER_FAULTS = (ValueError, TypeError, LookupError, AttributeError)
CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")


class Attachment(Struct, frozen=True):
    name: str
    content_type: str
    content_id: str
    content: bytes


class Letter(Struct, frozen=True):
    """A mail as read. Message ids keep their angle brackets, as on the wire."""

    from_: str
    to: list[str]
    cc: list[str]
    reply_to: list[str]
    subject: str
    date: str
    message_id: str
    in_reply_to: str
    references: list[str]
    headers: list[tuple[str, str]]
    text: str
    html: str
    attachments: list[Attachment]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def read(raw: bytes) -> Letter:
    message = BytesParser(policy=email.policy.default).parsebytes(raw)
    headers = [(name, _decoded(message, name, value)) for name, value in message.raw_items()]
    texts: list[str] = []
    htmls: list[str] = []
    attachments: list[Attachment] = []
    _collect(message, texts, htmls, attachments)
    return Letter(
        from_=next(iter(_addresses(headers, "from")), ""),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        reply_to=_addresses(headers, "reply-to"),
        subject=_first(headers, "subject"),
        date=_first(headers, "date"),
        message_id=next(iter(message_ids(_first(headers, "message-id"))), ""),
        in_reply_to=next(iter(message_ids(_first(headers, "in-reply-to"))), ""),
        references=message_ids(_first(headers, "references")),
        headers=headers,
        text="\n".join(texts),
        html="\n".join(htmls),
        attachments=attachments,
    )


def summarise(letter: Letter) -> Summary:
    seen = letter.text or re.sub(r"<style.*?</style>|<[^>]*>", " ", letter.html, flags=re.S | re.I)
    return Summary(
        from_=letter.from_,
        to=letter.to,
        subject=letter.subject,
        message_id=letter.message_id,
        begins=" ".join(seen[:2000].split())[:160],
        attachments=len(letter.attachments),
    )


def message_ids(value: str) -> list[str]:
    return re.findall(r"<[^<>]*>", value)


def address_of(mention: str) -> str:
    """`Eva <eva@kund.example>` → `eva@kund.example`; empty when there is none."""
    return email.utils.parseaddr(mention)[1]


def written(name: str, address: str) -> str:
    """The other way round, readable: nothing is encoded, and quotes stand only where they must."""
    if not name:
        return address
    if re.search(r'[()<>@,:;".\\\[\]]', name):
        name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f"{name} <{address}>"


def _decoded(message: EmailMessage, name: str, raw: object) -> str:
    try:
        value = str(message.policy.header_fetch_parse(name, str(raw)))
    except HEADER_FAULTS:
        value = str(raw).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return CONTROL.sub(" ", value.encode("utf-8", "replace").decode())


def _first(headers: list[tuple[str, str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _addresses(headers: list[tuple[str, str]], name: str) -> list[str]:
    values = [value for key, value in headers if key.lower() == name]
    return [written(name, address) for name, address in email.utils.getaddresses(values) if address]


def _collect(part: EmailMessage, texts: list[str], htmls: list[str], attachments: list[Attachment]) -> None:
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        for child in part.iter_parts():
            _collect(cast(EmailMessage, child), texts, htmls, attachments)
        return
    kind = part.get_content_type()
    if kind in ("text/plain", "text/html") and not _is_file(part):
        (htmls if kind == "text/html" else texts).append(_text(part))
    else:
        attachments.append(_attachment(part, len(attachments) + 1))


def _is_file(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except HEADER_FAULTS:
        return True


def _text(part: EmailMessage) -> str:
    content = _bytes(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "windows-1252"):
        try:
            return content.decode(charset).replace("\r\n", "\n")
        except (UnicodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    # message/rfc822 and message/delivery-status hold parsed messages instead of bytes.
    inner = part.get_payload()
    parts = inner if isinstance(inner, list) else []
    return b"\r\n".join(each.as_bytes() for each in parts if isinstance(each, Message))


def _attachment(part: EmailMessage, number: int) -> Attachment:
    kind = part.get_content_type()
    try:
        name = part.get_filename() or ""
    except HEADER_FAULTS:
        name = ""
    name = CONTROL.sub("", name).replace("\\", "/").rsplit("/", 1)[-1]
    content_id = str(part.get("content-id", "")).strip().strip("<>")
    return Attachment(
        name=name or f"part-{number}.{kind.rpartition('/')[2]}",
        content_type=kind,
        content_id=content_id,
        content=_bytes(part),
    )
