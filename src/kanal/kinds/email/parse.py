"""One mail as it stood on the wire → what was said in it, or what became of ours. Pure, and meant for a child process;
the desk takes the result to intake/pipeline.py."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from kanal.channelkit.messages import Door, Forwarded, Handle, Inbound, Party, Proof, Raw, Said, Signals, Verdict
from kanal.kinds.email import evidence, forwarded, headers, people, proof, quotes
from kanal.kinds.email.addresses import mailboxes
from kanal.kinds.email.automatic import automatic, bulk, is_ours_returned, marked_as_spam, own_message
from kanal.kinds.email.bodies import Body, read_body
from kanal.kinds.email.forwarded import Hands
from kanal.kinds.email.headers import Headers
from kanal.kinds.email.html_lines import lines_of
from kanal.kinds.email.invitations import invitation
from kanal.kinds.email.mime import Mail, read
from kanal.kinds.email.quotes_html import cut_html
from kanal.kinds.email.reports import receipts
from kanal.kinds.email.trust import trust
from kanal.kit.charsets import clean
from kanal.kit.html import block_remote_images, harmless, tame, to_text
from kanal.kit.mail import header_text, normalise

MAX_SUBJECT = 998
_FIELD = re.compile(rb"^(from|subject|message-id)[ \t]*:[ \t]*([^\r\n]{0,1000})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[^\s<>\"(),:;]{1,64}@[^\s<>\"(),:;]{1,255}")


def parse(raw: Raw) -> list[Inbound]:
    mail = read(raw.body)
    proofs = proof.tokens(mail.headers)
    if proofs and not raw.door.outgoing:  # among what was sent it shows only that it left
        return [Proof(tokens=proofs)]
    said = _said(mail, raw)
    return [*receipts(mail, said, raw.door, raw.received_at)] or [said]


def unreadable(raw: Raw, why: str) -> Said:
    """The last resort: a message that says so, from whoever can still be made out."""
    found = _tolerant_scan(raw.body[: headers.MAX_BLOCK])
    who = _scanned_sender(found.get("from", ""), raw)
    digest = hashlib.sha256(raw.body).hexdigest()
    return Said(
        external_id=f"{digest[:40]}@{people.MISSING}",
        digest=digest,
        sender=who,
        subject=found.get("subject", "")[:MAX_SUBJECT],
        text=f"This message could not be read ({header_text(why)[:200]}). Its raw source is kept.",
        raw_only=True,
    )


def _said(mail: Mail, raw: Raw) -> Said:
    top, door = mail.headers, raw.door
    who = people.writer(top, door)
    key = who.party.handle.key
    to = people.recipients(top)
    subject = top.text("subject")[:MAX_SUBJECT]
    body = read_body(mail)
    words = _words(body, subject, Hands(key, door))
    said = Said(
        external_id=evidence.message_id(top, who.party, raw.body),
        digest=_digest(who.party, top.get("date"), body),
        sender=who.party,
        recipients=to,
        subject=subject,
        text=words.text,
        html=words.html,
        quoted_text=words.quoted_text,
        quoted_html=words.quoted_html,
        claimed_at=headers.date(top),
        evidence=evidence.gather(top, door, subject),
        attachments=body.attachments,
        trust=_trust(who, door),
        remote_images=words.remote_images,
        flags=sorted(body.flags),
        outgoing=door.outgoing,
    )
    if door.outgoing:
        said.own_message = own_message(top)
    else:
        _note_what_came_in(said, who, mail, door, words)
    return said


def _trust(who: people.Writer, door: Door) -> Verdict:
    """A pass speaks for the address in From alone: it is not lent to whoever stands in Reply-To or X-Original-From."""
    key = who.party.handle.key
    verdict = trust(door, key)
    return "none" if verdict == "pass" and key != who.in_from else verdict


def _note_what_came_in(said: Said, who: people.Writer, mail: Mail, door: Door, words: _Words) -> None:
    """What matters of other people's mail alone."""
    top, key = mail.headers, said.sender.handle.key
    said.automatic = automatic(top, door, key, said.subject)
    said.loop = is_ours_returned(top, key, door) or people.wrote_to_itself(said.sender, said.recipients, door)
    said.signals = Signals(reply_to=who.reply_to, hidden_behind=who.hidden_behind)
    said.invitation = invitation(said.attachments, door)
    said.receipt_to = _receipt_to(top, door) if said.automatic is None else ""
    said.spam = marked_as_spam(top)
    said.bulk = bulk(top, door, said.text, said.html)
    if mail.root.type != "multipart/report":
        hands = Hands(key, door)
        said.forwarded = words.forwarded or forwarded.in_attachments(said.attachments, said.subject, said.text, hands)


def _receipt_to(top: Headers, door: Door) -> str:
    """At which address the sender wants to be told that it was read."""
    for name in ("disposition-notification-to", "return-receipt-to", "x-confirm-reading-to"):
        for found in mailboxes(top.get(name), limit=1):
            return "" if people.is_ours(found.key, door) else found.key
    return ""


class _Words(NamedTuple):
    text: str
    html: str = ""
    quoted_text: str = ""
    quoted_html: str = ""
    remote_images: int = 0
    forwarded: Forwarded | None = None


def _words(body: Body, subject: str, hands: Hands) -> _Words:
    """New words and history, as text and as HTML where there is any. What is handed on is no history."""
    text = body.text if body.has_text else ""
    claim = forwarded.in_text(text, subject, hands)
    lines = text[: quotes.MAX_CHARACTERS].split("\n")
    forward = claim is not None or (bool(text.strip()) and forwarded.is_forward(lines, subject))
    if not body.html:
        new, quoted = quotes.cut_text(text, forward=forward)
        return _Words(text=new.strip("\n").rstrip(), quoted_text=quoted, forwarded=claim)
    found = _html(body.html, subject, hands, forward)
    if not body.has_text or not text.strip():
        return found._replace(text=to_text(found.html), quoted_text=to_text(found.quoted_html))
    new, quoted = quotes.cut_text(text, forward=forward)
    if found.quoted_html and not quoted:
        new, quoted = to_text(found.html), to_text(found.quoted_html)
    return found._replace(text=new.strip("\n").rstrip(), quoted_text=quoted, forwarded=_joined(claim, found.forwarded))


def _html(source: str, subject: str, hands: Hands, forward: bool) -> _Words:
    tree = LexborHTMLParser(tame(clean(source)))
    remote = block_remote_images(tree)
    forward = forward or forwarded.is_forward([line.text for line in lines_of(tree)], subject)
    new, quoted = cut_html(tree, forward=forward)
    claim = forwarded.in_html(tree, subject, hands) if forward else None
    return _Words("", harmless(new), "", harmless(quoted), remote, claim)


def _joined(in_text: Forwarded | None, in_html: Forwarded | None) -> Forwarded | None:
    """Both forms of a mail say the same; the text is what was written by the simpler means."""
    if in_text is not None and in_html is not None and in_text.sender.handle == in_html.sender.handle:
        in_text.html = in_html.html
    return in_text or in_html


def _digest(who: Party, date: str, body: Body) -> str:
    """Over what a second copy shares, however it travelled: the envelope and the added headers are left out."""
    found = hashlib.sha256(f"{who.handle.key}\0{date}\0{body.text or body.html}".encode())
    for each in body.attachments:
        found.update(hashlib.sha256(each.data).digest())
    return found.hexdigest()


def _tolerant_scan(block: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(block):
        with suppress(Exception):  # the value may be what broke the parser: do without it
            found.setdefault(name.decode("ascii").lower(), header_text(value.decode("utf-8", "replace")))
    return found


def _scanned_sender(value: str, raw: Raw) -> Party:
    named = _ADDRESS.search(value) or _ADDRESS.search(raw.door.mail_from)
    key = normalise(named[0]) if named else ""
    if named and key:
        return Party(handle=Handle(kind="email", key=key, address=named[0]))
    address = f"unknown-{hashlib.sha256(raw.body).hexdigest()[:16]}@{people.MISSING}"
    return Party(handle=Handle(kind="email", key=address, address=address), known=False)
