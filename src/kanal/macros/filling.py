"""Pure: a text with its tokens filled in, as HTML or plain. `{{contact.first_name|there}}` says what stands there when
nothing is known; without that the token leaves no hole, as in delivery/tokens."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

import msgspec

from kanal.macros.models import MacroGap

_TOKEN = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|\s*([^{}]*?)\s*)?\}\}")
_SPACE = re.compile(r"(?:[ \t\u00a0]|&nbsp;)*\Z")
_AFTER = re.compile(r"(?:[ \t\u00a0]|&nbsp;)*(?:[,;:](?:[ \t\u00a0]|&nbsp;)*)?")


class Filled(msgspec.Struct, frozen=True):
    text: str
    gaps: list[MacroGap]


def as_html(template: str, values: Mapping[str, str]) -> Filled:
    """Values are words, whatever they look like; what stands for a missing one was written with the text."""
    return _filled(template, values, lambda value: html.escape(value).replace("\n", "<br>"), html.unescape)


def as_text(template: str, values: Mapping[str, str]) -> Filled:
    return _filled(template, values, str, str)


def tokens(template: str) -> list[str]:
    """Each once, in order."""
    return list(dict.fromkeys(_name(found[0], html.unescape) for found in _TOKEN.findall(template)))


def _filled(
    template: str, values: Mapping[str, str], written: Callable[[str], str], read: Callable[[str], str]
) -> Filled:
    done, rest, gaps = "", template, {}
    while found := _TOKEN.search(rest):
        done, rest = done + rest[: found.start()], rest[found.end() :]
        name = _name(found[1], read)
        if value := values.get(name, ""):
            done += written(value)
        elif found[2]:
            done += found[2]
        else:
            gaps[name] = MacroGap(token=name, why="empty" if name in values else "unknown")
            done, rest = _closed(done, rest)
    return Filled(done + rest, list(gaps.values()))


def _name(written: str, read: Callable[[str], str]) -> str:
    return " ".join(read(written).split())


def _closed(before: str, after: str) -> tuple[str, str]:
    """Both sides of a token that stood for nothing, drawn together."""
    before = _SPACE.sub("", before, count=1)
    if before and before[-1] not in "\n>":
        return before, after
    after = _AFTER.sub("", after, count=1)
    return before, after[:1].upper() + after[1:]
