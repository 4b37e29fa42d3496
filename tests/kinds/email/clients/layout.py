"""Small parts of which mails are put together."""

from __future__ import annotations

from html import escape
from typing import NamedTuple


class Person(NamedTuple):
    name: str
    address: str

    @property
    def text(self) -> str:
        return f"{self.name} <{self.address}>"

    @property
    def html(self) -> str:
        return f'{escape(self.name)} &lt;<a href="mailto:{self.address}">{self.address}</a>&gt;'


def marked(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def divs(text: str) -> str:
    return "".join(f"<div>{escape(line, quote=False)}</div>" for line in text.split("\n"))


def broken(text: str) -> str:
    return "<br>".join(escape(line, quote=False) for line in text.split("\n"))


def word_paragraphs(text: str) -> str:
    """As Word writes HTML."""
    return "".join(f'<p class="MsoNormal">{escape(line, quote=False)}<o:p></o:p></p>' for line in text.split("\n"))


def attribution_html(template: str, who: Person) -> str:
    """The sentence above a quote, the address as a link."""
    shown = escape(template, quote=False).replace("{name}", escape(who.name))
    return shown.replace("{address}", f'<a href="mailto:{who.address}">{who.address}</a>')


def attribution(template: str, who: Person) -> str:
    return template.replace("{name}", who.name).replace("{address}", who.address)
