"""Answers the way Gmail writes them: to Reply-To or From, with the thread's ids, the mail quoted below."""

import html
import re
from datetime import datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Literal

from sandbox.mail.compose import Draft, File
from sandbox.mail.models import Copy
from sandbox.mail.reading import Letter, address_of, written
from sandbox.mail.store import key

Language = Literal["en", "sv"]

WEEKDAYS_SV = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
MONTHS_SV = ("jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")
CONVERSATION_LIMIT = 40


def reply(
    copy: Copy,
    letter: Letter,
    text: str,
    *,
    to_all: bool = False,
    files: list[File] | None = None,
    language: Language = "en",
    with_html: bool = True,
    quote: bool = True,
) -> Draft:
    to, cc = recipients(copy, letter, to_all)
    files = files or []
    return Draft(
        from_=_own_name(copy.mailbox, letter),
        to=to,
        cc=cc,
        subject=_subject(letter.subject),
        text=text + (f"\n\n{_quoted_text(letter, copy, language)}" if quote else ""),
        html=_html(text, letter, copy, language, quote) if with_html else "",
        files=[*files, *(_inline_images(letter) if with_html and quote else [])],
        in_reply_to=letter.message_id,
        references=_references(letter),
    )


def recipients(copy: Copy, letter: Letter, to_all: bool) -> tuple[list[str], list[str]]:
    """Whom a reply goes to: (to, cc). A reply to a mail of one's own goes to whom that went to."""
    if copy.folder == "sent":
        return letter.to, letter.cc if to_all else []
    to = letter.reply_to or [letter.from_]
    if not to_all:
        return to, []
    seen = {copy.mailbox}
    return _new(to, seen) + _new(letter.to, seen), _new(letter.cc, seen)


def as_html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def _new(mentions: list[str], seen: set[str]) -> list[str]:
    fresh = [mention for mention in mentions if key(address_of(mention)) not in seen]
    seen.update(key(address_of(mention)) for mention in fresh)
    return fresh


def _own_name(mailbox: str, letter: Letter) -> str:
    """The name under which the mail spoke to this mailbox, as a person's own mail program would know it."""
    for name, address in getaddresses([*letter.to, *letter.cc, letter.from_]):
        if key(address) == mailbox and name and name != address:
            return written(name, address)
    return mailbox


def _subject(subject: str) -> str:
    return subject if re.match(r"(re|sv)\s*:", subject, re.I) else f"Re: {subject}"


def _references(letter: Letter) -> list[str]:
    before = letter.references or ([letter.in_reply_to] if letter.in_reply_to else [])
    chain = [*before, letter.message_id] if letter.message_id else before
    return chain if len(chain) <= CONVERSATION_LIMIT else [chain[0], *chain[1 - CONVERSATION_LIMIT :]]


def _quoted_text(letter: Letter, copy: Copy, language: Language) -> str:
    said = letter.text or _without_tags(letter.html)
    lines = [f">{line}" if line.startswith(">") else f"> {line}" for line in said.rstrip().split("\n")]
    return f"{_attribution(letter, copy, language, letter.from_)}\n\n" + "\n".join(lines) + "\n"


def _html(text: str, letter: Letter, copy: Copy, language: Language, quote: bool) -> str:
    said = f'<div dir="ltr">{as_html(text)}</div>'
    if not quote:
        return said
    address = html.escape(address_of(letter.from_))
    name = html.escape(letter.from_.rpartition("<")[0].strip(' "')) or address
    who = f'{name} &lt;<a href="mailto:{address}">{address}</a>&gt;'
    return (
        f"{said}<br>"
        '<div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{_attribution(letter, copy, language, who)}<br></div>'
        '<blockquote class="gmail_quote" '
        'style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
        f"{_inside(letter.html) or as_html(letter.text)}</blockquote></div>"
    )


def _attribution(letter: Letter, copy: Copy, language: Language, who: str) -> str:
    at = _date(letter, copy)
    if language == "sv":
        day, month = WEEKDAYS_SV[at.weekday()], MONTHS_SV[at.month - 1]
        return f"Den {day} {at.day} {month} {at.year} kl {at:%H:%M} skrev {who}:"
    return f"On {at:%a, %b} {at.day}, {at:%Y} at {at.hour % 12 or 12}:{at:%M %p} {who} wrote:"


def _date(letter: Letter, copy: Copy) -> datetime:
    try:
        return parsedate_to_datetime(letter.date)
    except ValueError:
        return copy.received_at


def _inside(page: str) -> str:
    """What stands in the body, since one mail's <html> cannot stand inside another's."""
    body = re.search(r"<body[^>]*>(.*?)(</body>|$)", page, re.S | re.I)
    return body.group(1) if body else page


def _without_tags(page: str) -> str:
    lines = re.sub(r"<br\s*/?>|</(p|div|tr|li|h\d)>", "\n", _inside(page), flags=re.I)
    return html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", lines, flags=re.S | re.I))


def _inline_images(letter: Letter) -> list[File]:
    return [
        File(each.name, each.content_type, each.content, each.content_id)
        for each in letter.attachments
        if each.content_id and f"cid:{each.content_id}" in letter.html
    ]
