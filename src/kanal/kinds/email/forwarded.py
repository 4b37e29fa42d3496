"""Whose mail somebody handed on: the original sender, time, subject and words, as the forwarder's program wrote them
down in the body, or in a mail that is attached. All of it is a claim; intake/whose.py decides what it is worth.

Of forwards inside forwards the innermost counts for as long as each one was handed on by one of us. Where somebody
else handed a mail on to us, it is they who turned to us, so it goes no deeper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from kanal.channelkit.messages import Attachment, Door, Forwarded
from kanal.kinds.email import labels, mime, phrases, subjects
from kanal.kinds.email.addresses import Mailbox, mailboxes, party
from kanal.kinds.email.bodies import read_body
from kanal.kinds.email.html_lines import lines_of
from kanal.kinds.email.labels import Head
from kanal.kinds.email.people import is_ours
from kanal.kinds.email.quotes import MAX_CHARACTERS, MAX_LINES, attribution_length, filled
from kanal.kinds.email.quotes_html import beginning, take_from
from kanal.kit.charsets import clean
from kanal.kit.freemail import is_shared
from kanal.kit.html import harmless, sanitise, to_text
from kanal.kit.mail import domain_of, header_text

MAX_DEPTH = 5
"""Of forwards inside forwards, and of mails attached to mails."""
MAX_SENT = 200
MAX_SUBJECT = 998


class Hands(NamedTuple):
    """Who handed the mail on, and who "we" are."""

    key: str
    door: Door

    def may_hand_on_to(self, sender: Mailbox) -> bool:
        """Nobody hands on their own mail, and one of our own addresses is no customer."""
        return sender.key != self.key and not is_ours(sender.key, self.door)

    def is_one_of_us(self, sender: Mailbox) -> bool:
        domains = {domain_of(each) for each in (self.key, *self.door.account_addresses)}
        domain = domain_of(sender.key)
        return domain in domains and not is_shared(domain)


class Found(NamedTuple):
    """A forward in lines."""

    start: int
    """The line with which it begins; above stands what the forwarder says."""
    end: int
    """The first line that the original sender wrote."""
    sender: Mailbox
    sent: str
    subject: str


def in_text(text: str, subject: str, hands: Hands) -> Forwarded | None:
    lines = text[:MAX_CHARACTERS].split("\n")
    whole = text.split("\n")
    chain = _chain(lines, subject, hands)
    if not chain:
        return None
    last = chain[-1]
    words = _unmarked(whole[last.end :], whole[last.start])
    return _claim(last, text=words, note=_notes(lines, chain))


def in_html(tree: LexborHTMLParser, subject: str, hands: Hands) -> Forwarded | None:
    """The tree is taken apart."""
    lines = lines_of(tree)
    texts = [line.text for line in lines]
    chain = _chain(texts, subject, hands)
    if not chain:
        return None
    last = chain[-1]
    html = ""
    if last.end < len(lines) and lines[last.end].node.mem_id != lines[last.end - 1].node.mem_id:
        html = harmless(take_from(beginning(lines[last.end].node)))
    text = to_text(html) if html else "\n".join(texts[last.end :])
    return _claim(last, text=text, html=html, note=_notes(texts, chain))


def in_attachments(
    attachments: Sequence[Attachment], subject: str, note: str, hands: Hands, depth: int = MAX_DEPTH
) -> Forwarded | None:
    """A mail handed on as a file: the only one that is attached, under a subject that says so or without a word."""
    mails = [each for each in attachments if each.content_type == "message/rfc822"]
    if len(mails) != 1 or not (subjects.is_forward(subject) or not note.strip()):
        return None
    found = _in_mail(mails[0].data, hands, depth)
    if found is not None:
        found.note = "\n\n".join(each for each in (note.strip(), found.note) if each)
    return found


def is_forward(lines: Sequence[str], subject: str) -> bool:
    """Whether it hands on somebody else's mail, even if it cannot be told whose: that is what the writer wants to say,
    and no history."""
    if subjects.is_forward(subject):
        return not (subjects.is_ambiguous(subject) and _answers(lines))
    for number, line in enumerate(lines[:MAX_LINES]):
        if phrases.FORWARDED.match(line):
            return True
        if line.startswith(">") or phrases.ORIGINAL.match(line) or attribution_length(lines, number):
            return False
    return False


def _answers(lines: Sequence[str]) -> bool:
    """Under a prefix that hands a mail on in one language and answers it in another: the labels tell which it is."""
    for number in range(min(len(lines), MAX_LINES)):
        if labels.starts_head(lines, number):
            head = labels.read_head(lines, number)
            return head is not None and head.first in labels.REPLIES_WITH_VS
        if length := attribution_length(lines, number):
            return _is_finnish(lines, number, length)
    return False


def _is_finnish(lines: Sequence[str], start: int, length: int) -> bool:
    return any(phrases.FINNISH.search(line) for line in lines[start : start + length])


def _chain(lines: Sequence[str], subject: str, hands: Hands) -> list[Found]:
    """The forwards one inside the other, the innermost that counts last."""
    chain: list[Found] = []
    at, under = 0, subject
    while len(chain) < MAX_DEPTH:
        found = _first(lines, at, under)
        if found is None or not hands.may_hand_on_to(found.sender):
            break
        chain.append(found)
        if not hands.is_one_of_us(found.sender):
            break
        at, under = found.end, found.subject
    return chain


def _first(lines: Sequence[str], start: int, subject: str) -> Found | None:
    """The first forward from here on; none where history begins before it. Only some programs set what they hand on
    off by a line that says so: of the others the subject must."""
    for number in range(start, min(start + MAX_LINES, len(lines))):
        line = lines[number]
        if not line.strip():
            continue
        if phrases.FORWARDED.match(line):
            return _under_separator(lines, number)
        if labels.starts_head(lines, number):
            return _under_head(lines, number, number, subject)
        if phrases.ORIGINAL.match(line) or phrases.UNDERSCORES.match(line):
            below = filled(lines, number + 1)
            if labels.starts_head(lines, below):
                return _under_head(lines, number, below, subject)
        length = attribution_length(lines, number)
        if length:
            if not subjects.is_forward(subject):
                return None
            answers = subjects.is_ambiguous(subject) and _is_finnish(lines, number, length)
            return None if answers else _under_attribution(lines, number, length)
        if line.startswith(">") and not subjects.is_forward(subject):
            return None
    return None


def _under_separator(lines: Sequence[str], start: int) -> Found | None:
    separator = phrases.FORWARDED.match(lines[start])
    behind = lines[start][separator.end() :] if separator is not None and separator["line"] else ""
    if behind.strip():
        beside = labels.read_head([behind], 0)
        return _found(lines, start, beside._replace(end=start + 1)) if beside is not None else None
    head = labels.read_head(lines, start + 1)
    return _found(lines, start, head) if head is not None else None


def _under_head(lines: Sequence[str], start: int, at: int, subject: str) -> Found | None:
    head = labels.read_head(lines, at)
    if head is None or not subjects.is_forward(subject):
        return None
    if subjects.is_ambiguous(subject) and head.first in labels.REPLIES_WITH_VS:
        return None
    return _found(lines, start, head)


def _found(lines: Sequence[str], start: int, head: Head) -> Found | None:
    senders = mailboxes(_OTHER_BRACKETS.sub(r"<\1>", head.values["from"][:1_000]), limit=1)
    if not senders:
        return None
    end = filled(lines, head.end)
    if end < len(lines) and phrases.FORWARDED.match(lines[end]):  # some programs close the head as they opened it
        end += 1
    sent, subject = (header_text(head.values.get(each, "")) for each in _SENT_AND_SUBJECT)
    return Found(start, _skip_empty(lines, end), senders[0], sent[:MAX_SENT], subject[:MAX_SUBJECT])


def _under_attribution(lines: Sequence[str], start: int, length: int) -> Found | None:
    """One sentence instead of a head: `On 28/10/2026 12:46, "Eva" <eva@kund.example> wrote:`"""
    sentence = " ".join(line.strip() for line in lines[start : start + length])[:1_000]
    named = _ADDRESS.search(sentence)
    senders = mailboxes(named[1], limit=1) if named else []
    if named is None or not senders:
        return None
    before = sentence[: named.start()]
    name = _QUOTED_NAME.search(before) or _LAST_WORDS.search(before)
    sent = before[: name.start()] if name else before
    sender = senders[0]._replace(name=name[1].strip()) if name else senders[0]
    sent = _VERBS.sub("", sent).strip(" ,") or _VERB_BEFORE.sub("", sentence[named.end() :]).strip(" :")
    return Found(start, _skip_empty(lines, start + length), sender, sent[:MAX_SENT], "")


_SENT_AND_SUBJECT: tuple[labels.Label, labels.Label] = ("sent", "subject")
_OTHER_BRACKETS = re.compile(r"[(\[](?:mailto:)?([^\s()\[\]<>@]{1,64}@[^\s()\[\]<>@]{1,255})[)\]]")
_ADDRESS = re.compile(r"[<(\[](?:mailto:)?([^\s<>()\[\]@]{1,64}@[^\s<>()\[\]@]{1,255})(?:<mailto:[^<>]{1,400}>)?[>)\]]")
_QUOTED_NAME = re.compile(r"[\"“”„«]([^\"“”„«»]{1,200})[\"“”»]\s*$")
_LAST_WORDS = re.compile(
    r"(?<!\w)((?:(?!(?:skrev|schrieb|schreef|heeft|hat|om|kl|klo|uhr|at|las|el|le|den|am|on|op|cet|cest|utc|gmt|mez)\b)"
    r"[^\W\d_][^\W\d]{0,60}\.?\s+){1,5})$",
    re.IGNORECASE,
)
_VERBS = re.compile(r"^(?:on|den|am|le|el|op|il|em)\s|\s*\b(?:skrev|schrieb|schreef|heeft|hat)\s*$", re.IGNORECASE)

_VERB_BEFORE = re.compile(r"^\s*kirjoitti\b", re.IGNORECASE)


def _skip_empty(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip("> \t\u00a0\ufeff"):
        at += 1
    return at


def _notes(lines: Sequence[str], chain: Sequence[Found]) -> str:
    """What the forwarder says, and after it what those said who handed it on before."""
    starts = [0, *(each.end for each in chain[:-1])]
    between = ("\n".join(lines[a : each.start]).strip() for a, each in zip(starts, chain, strict=True))
    return "\n\n".join(each for each in between if each)


def _unmarked(lines: list[str], first: str) -> str:
    """Without the marks that some programs set before each line of what they hand on."""
    if first.startswith(">") or all(line.startswith(">") for line in lines if line.strip()):
        lines = [_MARK.sub("", line) for line in lines]
    elif all(line.startswith("    ") for line in lines if line.strip()):
        lines = [line[4:] for line in lines]
    return "\n".join(lines).strip()


_MARK = re.compile(r"^> ?")


def _claim(found: Found, *, text: str, note: str, html: str = "") -> Forwarded:
    return Forwarded(
        sender=party(found.sender), sent=found.sent, subject=found.subject, text=text, html=html, note=note
    )


def _in_mail(data: bytes, hands: Hands, depth: int) -> Forwarded | None:
    """The mail that is in the file, or one that it hands on itself where one of us did."""
    mail = mime.read(data)
    top = mail.headers
    senders = mailboxes(top.get("from"), limit=1)
    if not senders or not hands.may_hand_on_to(senders[0]):
        return None
    subject, body = top.text("subject")[:MAX_SUBJECT], read_body(mail)
    html = sanitise(clean(body.html)).html
    text = body.text if body.has_text else to_text(html)
    if depth and hands.is_one_of_us(senders[0]):
        inner = in_text(text, subject, hands) or in_attachments(body.attachments, subject, text, hands, depth - 1)
        if inner is not None:
            return inner
    return Forwarded(
        sender=party(senders[0]), sent=header_text(top.get("date"))[:MAX_SENT], subject=subject, text=text, html=html
    )
