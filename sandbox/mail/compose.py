"""What a person wrote → the bytes that a mail program would send. `replies` and `automatic` build on it."""

import email.policy
import re
import secrets
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import format_datetime, getaddresses
from typing import cast

from msgspec import Struct, field

from sandbox.errors import InvalidInput
from sandbox.mail.models import Envelope
from sandbox.mail.reading import address_of, message_ids

ID_HEADERS = ("message-id", "in-reply-to", "references")
CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*", re.I)
HEADER_NAME = re.compile(r"[!-9;-~]+")


class File(Struct, frozen=True):
    """Something to attach; with a `content_id` it is an image that the HTML shows as `cid:<content_id>`."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""


class Draft(Struct, frozen=True, kw_only=True):
    """`message_id`: None makes a new one, an empty text leaves the header out. `headers` replace or add."""

    from_: str
    to: list[str]
    cc: list[str] = field(default_factory=list)
    bcc: list[str] = field(default_factory=list)
    subject: str = ""
    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    message_id: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


def compose(draft: Draft) -> tuple[Envelope, bytes]:
    """Raises InvalidInput, which names the field of the draft."""
    envelope = _envelope(draft)
    message = _body(draft)
    _set_headers(message, draft)
    for file in draft.files:
        if not file.content_id:
            _attach(message, file)
    everyone = [envelope.mail_from, *envelope.rcpt_to]
    policy = WIRE if "".join(everyone).isascii() else WIRE.clone(utf8=True)
    return envelope, message.as_bytes(policy=policy)


def new_message_id(address: str) -> str:
    return f"<{secrets.token_urlsafe(18)}@mail.{address.rpartition('@')[2] or 'sandbox.example'}>"


class WirePolicy(EmailPolicy):
    """CRLF, and message ids left whole: the standard library would encode one that is longer than a line."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() in ID_HEADERS:
            return f"{name}: " + "\r\n ".join(str(value).split()) + "\r\n"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in ID_HEADERS:
            return self.fold(name, value).encode("utf-8", "surrogateescape")
        return super().fold_binary(name, value)


WIRE = WirePolicy(linesep="\r\n", raise_on_defect=False)


def _envelope(draft: Draft) -> Envelope:
    sender = _checked("from_", draft.from_)
    recipients: dict[str, None] = {}
    for name in ("to", "cc", "bcc"):
        for mention in getattr(draft, name):
            recipients[_checked(name, mention)] = None
    if not recipients:
        raise InvalidInput("to", "Somebody must get it.")
    return Envelope(sender, list(recipients))


def _checked(name: str, mention: str) -> str:
    address = address_of(mention)
    local, _, domain = address.rpartition("@")
    if not local or not domain or re.search(r"[\s<>\x00-\x1f\x7f]", address) or re.search(r"[\r\n]", mention):
        raise InvalidInput(name, f"“{mention.strip()}” is no mail address.")
    return address


def _body(draft: Draft) -> EmailMessage:
    message = EmailMessage(policy=WIRE)
    message.set_content(draft.text, charset="utf-8")
    if draft.html:
        message.add_alternative(draft.html, subtype="html", charset="utf-8")
        shown = cast(EmailMessage, list(message.iter_parts())[-1])
        for file in draft.files:
            if file.content_id:
                main, sub = _content_type(file)
                shown.add_related(
                    file.content,
                    main,
                    sub,
                    cid=f"<{file.content_id}>",
                    filename=file.name,
                    disposition="inline",
                )
    elif any(file.content_id for file in draft.files):
        raise InvalidInput("attachments", "An image with a content_id needs HTML that shows it.")
    return message


def _set_headers(message: EmailMessage, draft: Draft) -> None:
    headers = {
        "From": draft.from_,
        "To": ", ".join(draft.to),
        "Cc": ", ".join(draft.cc),
        "Subject": draft.subject,
        "Date": format_datetime(datetime.now(UTC).astimezone()),
        "Message-ID": _message_id(draft),
        "In-Reply-To": " ".join(_ids("in_reply_to", [draft.in_reply_to])),
        "References": " ".join(_ids("references", draft.references)),
        "X-Mailer": "Kanal sandbox",
    }
    for name, value in draft.headers.items():
        if not HEADER_NAME.fullmatch(name) or re.search(r"[\r\n\x00]", value):
            raise InvalidInput("headers", f"“{name}” cannot be written as a header.")
        same = next((known for known in headers if known.lower() == name.lower()), name)
        headers[same] = value
    for name, value in headers.items():
        if re.search(r"[\r\n\x00]", value):
            raise InvalidInput(name.lower(), "A header has one line.")
        if value:
            del message[name]
            message[name] = _written(name, value)


def _written(name: str, value: str) -> str:
    if name not in ("From", "To", "Cc"):
        return value
    # A name such as “Öberg, Åsa” must be quoted before the standard library parses it again.
    pairs = getaddresses([value])
    return ", ".join(f'"{shown}" <{address}>' if shown else address for shown, address in pairs)


def _message_id(draft: Draft) -> str:
    if draft.message_id is None:
        return new_message_id(address_of(draft.from_))
    return " ".join(_ids("message_id", [draft.message_id]))


def _ids(name: str, given: list[str]) -> list[str]:
    """Message ids with their brackets, whether they were given with or without."""
    ids: list[str] = []
    for each in given:
        found = message_ids(each) or ([f"<{each.strip()}>"] if each.strip() else [])
        if any(re.search(r"\s", id) for id in found):
            raise InvalidInput(name, "A message id has no spaces.")
        ids += found
    return ids


def _attach(message: EmailMessage, file: File) -> None:
    main, sub = _content_type(file)
    if main == "message":
        inner = BytesParser(policy=email.policy.SMTP).parsebytes(file.content)
        message.add_attachment(inner, filename=file.name)
        return
    message.add_attachment(file.content, main, sub, filename=file.name)


def _content_type(file: File) -> tuple[str, str]:
    if not CONTENT_TYPE.fullmatch(file.content_type):
        raise InvalidInput("attachments", f"“{file.content_type}” is no content type.")
    main, _, sub = file.content_type.lower().partition("/")
    # Bytes of an unknown structure cannot be nested; a mail program would send them as a plain file too.
    return ("application", "octet-stream") if main == "multipart" else (main, sub)
