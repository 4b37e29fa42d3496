"""Tree of parts → the words of a mail, its files, and what is special about it (encrypted, an invitation …).
quotes.py then cuts the words; files.py names the files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from kanal.channelkit.messages import Attachment
from kanal.kinds.email import cms, tnef
from kanal.kinds.email.addresses import mailboxes
from kanal.kinds.email.files import attachment, file_name, forwarded
from kanal.kinds.email.flowed import unflow
from kanal.kinds.email.mime import Mail, Part, read
from kanal.kinds.email.tnef_meeting import Meeting
from kanal.kit.charsets import decode, meta_label
from kanal.kit.html import from_text

MAX_TEXT = 1_000_000
"""Characters of plain text, all parts together."""
MAX_HTML = 2_000_000
MAX_ATTACHMENTS = 200
MAX_OPENED = 3
"""Blocks that were signed as a whole, one inside the other."""


@dataclass
class Body:
    """What the parts said, in their order. A piece is what one of them holds as text and as HTML, either may be ""."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    opened: int = 0
    """Signed blocks that were read on in."""
    meeting: Meeting | None = None
    """What Outlook's own container asks us to."""

    @property
    def has_text(self) -> bool:
        return all(text or not html for text, html in self.pieces)

    @property
    def text(self) -> str:
        return "\n\n".join(text.strip("\n") for text, _ in self.pieces if text.strip())[:MAX_TEXT]

    @property
    def html(self) -> str:
        """ "" when no part has any: plain text is shown as such."""
        if not any(html for _, html in self.pieces):
            return ""
        return "\n".join(html or from_text(text) for text, html in self.pieces)[:MAX_HTML]


def read_body(mail: Mail) -> Body:
    body = Body()
    _collect(mail.root, body)
    _add_meeting(mail, body)
    if mail.truncated or _too_much(body):
        body.flags.add("truncated")
    del body.attachments[MAX_ATTACHMENTS:]
    _mark_inline(body)
    return body


def _too_much(body: Body) -> bool:
    return (
        sum(len(text) for text, _ in body.pieces) > MAX_TEXT
        or sum(len(html) for _, html in body.pieces) > MAX_HTML
        or len(body.attachments) > MAX_ATTACHMENTS
    )


def _add_meeting(mail: Mail, body: Body) -> None:
    writer = next(iter(mailboxes(mail.headers.get("from"), limit=1)), None)
    if body.meeting is not None and writer is not None:
        body.flags.add("invitation")
        data = body.meeting.calendar(writer.key)
        body.attachments.append(Attachment(name="invite.ics", content_type="text/calendar", data=data))


def _collect(part: Part, body: Body) -> None:
    if part.type in _HOW:
        _HOW[part.type](part, body)
    elif part.type.startswith("multipart/"):
        _mixed(part, body)
    elif _is_words(part, body):
        _words(part, body)
    else:
        _file(part, body)


def _mixed(part: Part, body: Body) -> None:
    for child in part.parts:
        _collect(child, body)


def _alternative(part: Part, body: Body) -> None:
    """The same thing in several forms: its last HTML and its first plain text make one piece, files come from all."""
    text, html = "", ""
    for child in part.parts:
        if child.type == "text/x-amp-html":
            continue
        inner = Body()
        _collect(child, inner)
        text = text or (inner.text if inner.has_text else "")
        html = inner.html or html
        body.flags |= inner.flags
        known = {(each.content_type, each.data) for each in body.attachments}
        body.attachments += [each for each in inner.attachments if (each.content_type, each.data) not in known]
    if text.strip() or html.strip():
        body.pieces.append((text, html))


def _related(part: Part, body: Body) -> None:
    root = _root_of(part)
    for child in [root, *(each for each in part.parts if each is not root)]:
        _collect(child, body)


def _root_of(part: Part) -> Part:
    start = part.params.get("start", "").strip("<> ")
    named = (each for each in part.parts if start and each.headers.get("content-id").strip("<> ") == start)
    return next(named, part.parts[0])


def _signed(part: Part, body: Body) -> None:
    body.flags.add("signed")
    for child in part.parts:
        if child.type not in _SIGNATURES:
            _collect(child, body)


def _encrypted(part: Part, body: Body) -> None:
    body.flags.add("encrypted")
    for child in part.parts:
        if child.type != "application/pgp-encrypted":
            body.attachments.append(attachment(child, len(body.attachments), fallback="encrypted.asc"))


def _smime(part: Part, body: Body) -> None:
    stated = part.params.get("smime-type", "").lower()
    is_signed = cms.is_signed(part.content) if not stated else stated == "signed-data"
    body.flags.add("signed" if is_signed else "encrypted")
    inside = cms.signed_content(part.content) if is_signed and body.opened < MAX_OPENED else None
    if inside is None:
        body.attachments.append(attachment(part, len(body.attachments), fallback="smime.p7m"))
        return
    body.opened += 1
    mail = read(inside)
    if mail.truncated:
        body.flags.add("truncated")
    _collect(mail.root, body)


def _calendar(part: Part, body: Body) -> None:
    body.flags.add("invitation")
    body.attachments.append(attachment(part, len(body.attachments), fallback="invite.ics"))


def _attached_mail(part: Part, body: Body) -> None:
    body.attachments.append(forwarded(part, len(body.attachments)))


def _words(part: Part, body: Body) -> None:
    label = part.params.get("charset", "")
    if part.type == "text/html":
        html = decode(part.content, label or meta_label(part.content), guess=True)
        if html.strip():
            body.pieces.append(("", html))
        return
    text = decode(part.content, label, guess=True)
    if part.params.get("format", "").lower() == "flowed":
        text = unflow(text, part.params.get("delsp", "").lower() == "yes")
    if part.type == "text/enriched":
        text = _ENRICHED.sub("", text)
    body.pieces.append((_without_pgp(text, body), ""))


def _without_pgp(text: str, body: Body) -> str:
    """Cipher text is no text: it becomes a file, the words around it stay."""
    if "-----BEGIN PGP " not in text:
        return text
    for block in _PGP_MESSAGE.findall(text):
        body.flags.add("encrypted")
        body.attachments.append(
            Attachment(name="message.asc", content_type="application/pgp-encrypted", data=block.encode())
        )
    return _without_signature(_PGP_MESSAGE.sub("", text), body)


def _without_signature(text: str, body: Body) -> str:
    """The words of a clear-signed message, without the armour around them."""
    before, opened, rest = text.partition("-----BEGIN PGP SIGNED MESSAGE-----\n")
    signed, closed, after = rest.partition("-----BEGIN PGP SIGNATURE-----")
    if not opened or not closed:
        return text
    body.flags.add("signed")
    _, _, words = signed.partition("\n\n") if signed.startswith("Hash:") else ("", "", signed)
    return before + words + after.partition("-----END PGP SIGNATURE-----")[2]


def _file(part: Part, body: Body) -> None:
    if part.start == part.end and not file_name(part):
        return
    if tnef.is_tnef(part.type, file_name(part)) and (inside := tnef.unpack(part.content)) is not None:
        body.flags.add("tnef")
        body.attachments += inside.attachments
        body.meeting = body.meeting or inside.meeting
        if not body.pieces and (inside.text or inside.html):
            body.pieces.append((inside.text, inside.html))
        return
    if part.type in _SIGNATURES:
        body.flags.add("signed")
    body.attachments.append(attachment(part, len(body.attachments)))


def _is_words(part: Part, body: Body) -> bool:
    """Text to be read in its place. A named text beside words that are there already is a file."""
    if part.type not in _TEXTS or not part.encoding_known:
        return False
    shown, _ = part.disposition
    if shown == "attachment":
        return False
    return not file_name(part) or not (body.pieces or shown == "inline")


def _mark_inline(body: Body) -> None:
    """An image is inline when the words show it; each Content-ID counts once."""
    shown = {unquote(found).strip().lower() for _, html in body.pieces for found in _CID.findall(html)}
    for each in body.attachments:
        wanted = unquote(each.content_id).lower()
        if wanted and wanted in shown:
            each.inline = True
            shown.discard(wanted)


_TEXTS = {"text/plain", "text/html", "text/enriched", "text/markdown", "text/x-markdown", "text/text"}
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_HOW = {
    "multipart/alternative": _alternative,
    "multipart/related": _related,
    "multipart/signed": _signed,
    "multipart/encrypted": _encrypted,
    "application/pkcs7-mime": _smime,
    "application/x-pkcs7-mime": _smime,
    "text/calendar": _calendar,
    "message/rfc822": _attached_mail,
    "message/global": _attached_mail,
}
_ENRICHED = re.compile(r"<param>.*?</param>|</?[A-Za-z-]{1,60}>|<(?=<)", re.DOTALL)
_PGP_MESSAGE = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.DOTALL)
_CID = re.compile(r"""\bcid:([^"'\s>)]{1,500})""", re.IGNORECASE)
