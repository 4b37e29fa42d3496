"""What stands below an answer or a forward: the message it is about, under a line that mail programs know. Pure;
`send` and the composer ask here, the kind puts its own marker above it."""

from __future__ import annotations

import html as entities
import re
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from kanal.channelkit.contract import Kind
from kanal.delivery.answered import Answered
from kanal.delivery.models import Addressee
from kanal.inboxes.models import ChannelRow
from kanal.kit import html

MOST_HTML = 200_000
MOST_TEXT = 50_000
"""Characters; beyond them the oldest history goes first, then the end of the message."""
CUT_OFF = " […]"
Language = Literal["en", "sv"]
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_STYLE = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"
_WORDS = {
    "en": {
        "wrote": "On {at}, {who} wrote:",
        "forwarded": "---------- Forwarded message ----------",
        "from": "From",
        "sent": "Date",
        "subject": "Subject",
        "to": "To",
        "cc": "Cc",
    },
    "sv": {
        "wrote": "Den {at} skrev {who}:",
        "forwarded": "---------- Vidarebefordrat meddelande ----------",
        "from": "Från",
        "sent": "Datum",
        "subject": "Ämne",
        "to": "Till",
        "cc": "Kopia",
    },
}


class Reader(msgspec.Struct, kw_only=True, frozen=True):
    """In whose language and time the line above is written."""

    language: Language = "en"
    timezone: str = "UTC"


class Quote(msgspec.Struct, kw_only=True, frozen=True):
    text: str = ""
    html: str = ""


NO_QUOTE = Quote()


def by_channel(channel: ChannelRow, kind: Kind) -> bool:
    """Whether the answers of a channel carry what they answer: as it is set, where its kind hands messages on."""
    return kind.capabilities.forwards and bool(channel.settings.get("quoting", True))


def of_answer(about: Answered, reader: Reader) -> Quote:
    """Marked line by line; pictures are left out, their sender has them."""
    lead = _WORDS[reader.language]["wrote"].format(
        at=_at(about.created_at, reader), who=about.from_name or about.from_address
    )
    text, markup = _said(about)
    marked = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return Quote(
        text=f"{lead}\n{marked}",
        html=f'<div>{entities.escape(lead)}</div><blockquote type="cite" style="{_STYLE}">'
        f"{_IMAGE.sub('', markup)}</blockquote>",
    )


def of_forward(about: Answered, reader: Reader) -> Quote:
    """As it came, pictures too, below a block that says whose it is."""
    words = _WORDS[reader.language]
    fields = {
        "from": _names([about.sender]),
        "sent": _at(about.created_at, reader),
        "subject": about.subject,
        "to": _names(about.named("to")),
        "cc": _names(about.named("cc")),
    }
    lines = [words["forwarded"], *(f"{words[name]}: {value}" for name, value in fields.items() if value)]
    text, markup = _said(about)
    block = "<br>".join(entities.escape(line) for line in lines)
    return Quote(text="\n".join([*lines, "", text]), html=f"<div>{block}</div><br>{markup}")


def _said(about: Answered) -> tuple[str, str]:
    """With the history that it quoted itself, where there is room for it."""
    text, markup = about.body_text, about.body_html or html.from_text(about.body_text)
    if len(text) + len(about.quoted_text) <= MOST_TEXT and about.quoted_text:
        text = f"{text}\n\n{about.quoted_text}"
    older = about.quoted_html or html.from_text(about.quoted_text)
    if len(markup) + len(older) <= MOST_HTML:
        markup += older
    if len(text) > MOST_TEXT:
        text = text[:MOST_TEXT] + CUT_OFF
    return text, markup if len(markup) <= MOST_HTML else html.from_text(text)


def _at(moment: datetime, reader: Reader) -> str:
    return moment.astimezone(ZoneInfo(reader.timezone)).strftime("%Y-%m-%d %H:%M")


def _names(people: list[Addressee]) -> str:
    return ", ".join(f"{each.name} <{each.address}>" if each.name else each.address for each in people)
