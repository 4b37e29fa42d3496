"""One outgoing message as the bytes of a mail. Headers are written here and not by the library, which breaks long
Message-IDs in references and quotes names wrongly; nothing that a person typed can add a header."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from kanal.channelkit.contract import Channel
from kanal.channelkit.messages import File, Outbound, Party
from kanal.kinds.email import signature
from kanal.kinds.email.automatic import MARKER
from kanal.kinds.email.settings import EmailSettings, from_name, tagged
from kanal.kit import html
from kanal.kit.mail import domain_of, normalise

REFERENCES = 1_500
"""Characters; some relays refuse a larger header block."""
_ID = re.compile(r"[!-;=?-~]{1,900}")
_TYPE = re.compile(r"(?!message/|multipart/)[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.IGNORECASE)
_IN_TEXT = re.compile(r'src="data:image/(png|gif|jpeg|jpg|webp|bmp);base64,([A-Za-z0-9+/=\s]+)"', re.IGNORECASE)
_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*")


def compose(out: Outbound, channel: Channel, settings: EmailSettings, *, utf8: bool, reply_to: bool) -> bytes:
    """The mail with CRLF line ends. With `utf8` headers may hold addresses that only SMTPUTF8 can carry, else those are
    left out. With `reply_to` answers go to our own address, which tells the conversation."""
    headers = [
        ("Date", format_datetime(out.written_at)),
        ("From", mailbox(from_name(settings, out.author_name, channel.name), on_the_wire(settings.address))),
        ("To", _mailboxes(out.to, utf8) or "undisclosed-recipients:;"),
        ("Cc", _mailboxes(out.cc, utf8)),
        ("Subject", _text("Subject", out.subject)),
        ("Message-ID", _ids([out.external_id])),
        ("In-Reply-To", _ids([out.in_reply_to])),
        ("References", _ids(_references(out))),
        ("Reply-To", _reply_to(out, channel, settings) if reply_to else ""),
        *(_AUTOMATIC if out.automatic else ()),
        (MARKER, str(out.message_id)),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    return head.encode("utf-8") + _body(out, channel, settings).as_bytes()


_AUTOMATIC = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), ("Precedence", "bulk"))


def mailbox(name: str, address: str) -> str:
    phrase = _phrase(name)
    return f"{phrase} <{address}>" if phrase else address


def on_the_wire(address: str) -> str:
    """As SMTP carries it, its domain in ASCII; "" when it is none."""
    key = normalise(address)
    local = address.strip().rpartition("@")[0]
    wire = f"{local}@{domain_of(key)}"
    fits = key and wire.isprintable() and len(local.encode()) <= 64 and len(wire.encode()) <= 254
    return wire if fits else ""


def _mailboxes(parties: Sequence[Party], utf8: bool) -> str:
    reachable = [(p.name, on_the_wire(p.handle.address)) for p in parties]
    return ",\r\n ".join(mailbox(name, a) for name, a in reachable if a and (utf8 or a.isascii()))


def _reply_to(out: Outbound, channel: Channel, settings: EmailSettings) -> str:
    if not out.reply_token:
        return ""
    return mailbox(settings.from_name.company or channel.name, tagged(settings.forwarding_address, out.reply_token))


def _phrase(name: str) -> str:
    plain = _one_line(name)[:200]
    if not plain.isascii() or "=?" in plain:
        return Header(plain, "utf-8", maxlinelen=70).encode(linesep="\r\n")
    if _PLAIN_PHRASE.fullmatch(plain):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(name: str, value: str) -> str:
    plain = _one_line(value)[:900]
    charset = "us-ascii" if plain.isascii() and "=?" not in plain else "utf-8"
    return Header(plain, charset, header_name=name, maxlinelen=76).encode(linesep="\r\n")


def _one_line(value: str) -> str:
    harmless = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(harmless.split())


def _ids(ids: Sequence[str]) -> str:
    return "\r\n ".join(f"<{i}>" for i in ids if _ID.fullmatch(i))


def _references(out: Outbound) -> list[str]:
    """The first and as many of the last as fit."""
    ids = [i for i in dict.fromkeys([*out.references, out.in_reply_to]) if i and _ID.fullmatch(i)]
    kept: list[str] = []
    room = REFERENCES - sum(len(i) + 5 for i in ids[:1])
    for i in reversed(ids[1:]):
        room -= len(i) + 5
        if room < 0:
            break
        kept.append(i)
    return ids[:1] + kept[::-1]


def _body(out: Outbound, channel: Channel, settings: EmailSettings) -> EmailMessage:
    text, markup = _signed(out, channel, settings)
    markup, pictures = _pictures_as_parts(markup)
    inline = [f for f in out.files if f.inline and f.content_id and f"cid:{f.content_id}" in markup]
    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(_page(markup), subtype="html", cte="quoted-printable")
    parts = message.get_payload()
    assert isinstance(parts, list)
    page = parts[1]
    assert isinstance(page, EmailMessage)
    for file in [*pictures, *inline]:
        main, sub = _type(file)
        page.add_related(file.data, main, sub, cid=f"<{file.content_id}>", filename=_name(file), disposition="inline")
    for file in out.files:
        if file not in inline:
            main, sub = _type(file)
            message.add_attachment(file.data, main, sub, filename=_name(file))
    return message


def _signed(out: Outbound, channel: Channel, settings: EmailSettings) -> tuple[str, str]:
    text, markup = _sendable(out.text), _sendable(out.html or html.from_text(out.text))
    markup = signature.with_remote_images(markup)
    if settings.signature_html:
        company = settings.from_name.company or channel.name
        signed = signature.resolved(settings.signature_html, out.author_name, company)
        text = f"{text.rstrip()}\n\n-- \n{html.to_text(signed)}"
        markup = f'{markup}<br><div class="kanal-signature">{signed}</div>'
    return text + "\n", markup


def _sendable(text: str) -> str:
    unpaired = text.encode("utf-8", "replace").decode()
    return unpaired.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _page(markup: str) -> str:
    return f'<!doctype html>\n<html><head><meta charset="utf-8"></head><body>{markup}</body></html>\n'


def _pictures_as_parts(markup: str) -> tuple[str, list[File]]:
    """Pictures that stand in the HTML itself become parts of the mail: many programs show no `data:` address."""
    pictures: list[File] = []

    def part(found: re.Match[str]) -> str:
        try:
            data = base64.b64decode(found[2])
        except binascii.Error:
            return found[0]
        kind = found[1].lower().replace("jpg", "jpeg")
        name = f"picture-{len(pictures) + 1}"
        pictures.append(
            File(name=f"{name}.{kind}", content_type=f"image/{kind}", data=data, content_id=f"{name}@kanal")
        )
        return f'src="cid:{name}@kanal"'

    return _IN_TEXT.sub(part, markup), pictures


def _type(file: File) -> tuple[str, str]:
    """An attached mail travels as bytes: RFC 2046 forbids to encode `message/rfc822`."""
    main, _, sub = (file.content_type if _TYPE.fullmatch(file.content_type) else "application/octet-stream").partition(
        "/"
    )
    return main, sub


def _name(file: File) -> str:
    plain = _one_line(re.split(r"[/\\]", _sendable(file.name))[-1]).strip(". ")
    return plain[:200] or "file"
