"""Texts with tokens such as `{{ticket.number}}`, filled in when they are sent. What is not known leaves no hole: the
space before it goes with it, and a sentence that began with it begins with what follows (EML-16)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape

_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SPACE = re.compile(r"[ \t]*\Z")
_AFTER = re.compile(r"[ \t]*(?:[,;:][ \t]*)?")


def unknown(text: str, known: Collection[str]) -> list[str]:
    """The tokens in a text that nothing is known for, as somebody typed them."""
    return [token for token in _TOKEN.findall(text) if token not in known]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with every token replaced; one without a value is left out."""
    done, rest = "", text
    while found := _TOKEN.search(rest):
        done, rest = done + rest[: found.start()], rest[found.end() :]
        value = values.get(found[1], "")
        if value:
            done += value
        else:
            done, rest = _closed(done, rest)
    return done + rest


def _closed(before: str, after: str) -> tuple[str, str]:
    """Both sides of a token that stood for nothing, drawn together."""
    before = _SPACE.sub("", before, count=1)
    if before and not before.endswith("\n"):
        return before, after
    after = _AFTER.sub("", after, count=1)
    return before, after[:1].upper() + after[1:]


def first_name(name: str) -> str:
    """`Eva Ek` → `Eva`; of what is no name of a person, nothing."""
    first = name.strip().partition(" ")[0].strip(",.\"'")
    return first if first and "@" not in first and not any(c.isdigit() for c in first) else ""


def as_html(text: str) -> str:
    """Paragraphs and lines as they were typed."""
    paragraphs = text.strip().split("\n\n")
    return "".join(f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in paragraphs)
