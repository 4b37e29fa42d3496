"""The header block of a mail or of one of its parts, read as leniently as mail needs. Values stay raw until they are
asked for; mime.py builds the tree of parts on it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from kanal.kit.charsets import decode
from kanal.kit.mail import header_text

MAX_BLOCK = 262_144
MAX_LINES = 2_000
MAX_VALUE = 65_536
"""Of one value, after which it is cut; room for several thousand addresses."""
MAX_SEGMENTS = 100


class Headers:
    """Names in lower case, in order, repeated ones too."""

    __slots__ = ("_items",)

    def __init__(self, items: list[tuple[str, bytes]]) -> None:
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, name: str) -> bool:
        return any(known == name for known, _ in self._items)

    def get(self, name: str) -> str:
        """The first value, unfolded, encoded words still encoded; "" without any."""
        return next((_unfolded(value) for known, value in self._items if known == name), "")

    def all(self, *names: str) -> list[str]:
        return [_unfolded(value) for known, value in self._items if known in names]

    def text(self, name: str) -> str:
        """The first value as a person reads it."""
        return header_text(self.get(name))


class Split(NamedTuple):
    headers: Headers
    body: int
    """Where the body begins."""
    cut: bool
    """The block was larger than we read."""


def split(data: bytes, start: int, end: int) -> Split:
    """Header block and body of the mail or part that stands between the two offsets."""
    start = _first_line(data, start, end)
    if data.startswith((b"\n", b"\r\n"), start, end):
        return Split(Headers([]), data.index(b"\n", start, end) + 1, False)
    blank = _BLANK_LINE.search(data, start, end)
    stop, body = (blank.start(), blank.end()) if blank else (end, end)
    cut = stop - start > MAX_BLOCK
    items, rest = _items(data[start : min(stop, start + MAX_BLOCK)])
    if rest is not None:
        body = start + rest
    return Split(Headers(items[:MAX_LINES]), body, cut or len(items) > MAX_LINES)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="utf-8"` → (`text/plain`, {`charset`: `utf-8`}), RFC 2231 and its abuses included."""
    main = _MAIN.match(value)
    plain: dict[str, str] = {}
    extended: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(value, main.end() if main else 0):
        name, raw = found[1].lower(), _unquoted(found[2], found[1].lower())
        continued = _CONTINUED.fullmatch(name)
        if continued is None:
            plain.setdefault(name, raw)
        elif len(pieces := extended.setdefault(continued[1], [])) < MAX_SEGMENTS:
            pieces.append((int(continued[2] or 0), bool(continued[3]) or not continued[2], raw))
    return (main[1].lower() if main else ""), {**plain, **{name: _joined(each) for name, each in extended.items()}}


def date(headers: Headers) -> datetime | None:
    """When the sender says it was written; None when that is missing or cannot be."""
    try:
        stated = parsedate_to_datetime(headers.get("date")[:200])
        when = stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if 1980 <= when.year < 2200 else None


_BLANK_LINE = re.compile(rb"\n\r?\n")
_MAIN = re.compile(r"\s*([\w.+-]+(?:/[\w.+-]+)?)\s*(?=[;\s(]|$)")
_PARAMETER = re.compile(r"[;\s]\s*([^\s=;:\"()<>]{1,80})\s*=\s*(\"(?:[^\"\\]|\\.)*(?:\"|$)|[^;]*)")
_CONTINUED = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*)?)?")
_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_FOLD = re.compile(rb"\r*\n(?=[ \t])|[\r\n]+")
_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|sender|reply-to|message-id|received|mime-version|content-[a-z-]+|x-[a-z-]+|"
    rb"references|in-reply-to|return-path|delivered-to|dkim-signature|list-[a-z-]+|thread-[a-z]+)[ \t]*:",
    re.IGNORECASE,
)


def _first_line(data: bytes, start: int, end: int) -> int:
    """Past the `From ` line of a mailbox file and an empty line before it, which some relays leave in place."""
    if data.startswith((b"From ", b">From "), start, end):
        line = data.find(b"\n", start, end)
        return line + 1 if line >= 0 else end
    return start


def _items(block: bytes) -> tuple[list[tuple[str, bytes]], int | None]:
    """The fields, and where the body begins when it follows without an empty line."""
    items: list[tuple[str, bytes]] = []
    lines = block.split(b"\n")
    at = 0
    for number, line in enumerate(lines):
        indented = line[:1] in (b" ", b"\t")
        named = None if indented else _NAME.match(line)
        if named:
            items.append((named[1].decode("ascii").lower(), line[named.end() :]))
        elif indented or _known_follow(lines[number + 1 : number + 4]):
            _append(items, line)
        elif line.strip():
            return items, at
        at += len(line) + 1
    return items, None


def _known_follow(lines: list[bytes]) -> bool:
    """Then this one was broken by a faulty sender who did not indent the rest: it belongs to the field above."""
    return any(_KNOWN.match(line) for line in lines)


def _append(items: list[tuple[str, bytes]], line: bytes) -> None:
    if items and len(items[-1][1]) < MAX_VALUE:
        name, value = items[-1]
        items[-1] = (name, value + b"\n " + line.lstrip())


def _unfolded(value: bytes) -> str:
    value = value[:MAX_VALUE]
    if b"\n" in value or b"\r" in value:
        value = _FOLD.sub(b"", value)
    return decode(value, None).strip()


def _unquoted(raw: str, name: str) -> str:
    if raw.startswith('"'):
        inner = raw[1:-1] if len(raw) > 1 and raw.endswith('"') else raw[1:]
        return inner.replace('\\"', '"').replace("\\\\", "\\")
    raw = raw.strip()
    # Only file names are known to hold unquoted spaces; elsewhere a comment or rubbish follows.
    return raw if name.startswith(("filename", "name")) else raw.partition("(")[0].strip().partition(" ")[0]


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    pieces.sort(key=lambda piece: piece[0])
    charset, data = "utf-8", b""
    for place, (_, encoded, text) in enumerate(pieces):
        if encoded and place == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(data, charset)
