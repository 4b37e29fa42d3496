"""What an outgoing mail says below its headers: text and HTML with the signature, what it answers or hands on below our
own marker, pictures and files, a calendar's answer. compose.py puts the headers above it."""

from __future__ import annotations

import base64
import binascii
import re
from email.message import EmailMessage
from email.policy import SMTP

from kanal.channelkit.contract import Channel
from kanal.channelkit.messages import File, Outbound
from kanal.kinds.email import signature
from kanal.kinds.email.quotes_html import QUOTE_CLASS
from kanal.kinds.email.settings import EmailSettings
from kanal.kinds.email.wire import one_line
from kanal.kit import html

_TYPE = re.compile(r"(?!message/|multipart/)[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.IGNORECASE)
_IN_TEXT = re.compile(r'src="data:image/(png|gif|jpeg|jpg|webp|bmp);base64,([A-Za-z0-9+/=\s]+)"', re.IGNORECASE)


def body(out: Outbound, channel: Channel, settings: EmailSettings) -> EmailMessage:
    text, markup = _quoting(out, *_signed(out, channel, settings))
    markup, pictures = _pictures_as_parts(markup)
    inline = [f for f in out.files if f.inline and f.content_id and f"cid:{f.content_id}" in markup]
    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(_page(markup), subtype="html", cte="quoted-printable")
    if out.calendar:
        message.add_alternative(_sendable(out.calendar), subtype="calendar", params={"method": "REPLY"})
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
    return text, markup


def _quoting(out: Outbound, text: str, markup: str) -> tuple[str, str]:
    """Below everything that is new; the class is what tells us on its way back where that ends."""
    if out.quoted_text:
        text = f"{text.rstrip()}\n\n{_sendable(out.quoted_text).rstrip()}"
    if out.quoted_html:
        quoted = signature.with_remote_images(_sendable(out.quoted_html))
        markup = f'{markup}<br><div class="{QUOTE_CLASS}">{quoted}</div>'
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
    plain = one_line(re.split(r"[/\\]", _sendable(file.name))[-1]).strip(". ")
    return plain[:200] or "file"
