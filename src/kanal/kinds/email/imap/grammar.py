"""How IMAP writes things down (RFC 3501 section 9): what a server says as nested lists, names of folders in modified
UTF-7, strings and dates. Pure."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from kanal.kinds.email.imap.errors import Broken

Value = str | bytes | None | list["Value"]
"""An atom is text, a string is bytes, NIL is None."""


class Literal(bytes):
    """A string that came with its length before it."""


class Said(msgspec.Struct, kw_only=True, frozen=True):
    """A status response: `OK [UIDNEXT 7] Predicted next UID`."""

    word: str
    """OK, NO, BAD, BYE or PREAUTH."""
    code: str = ""
    """Name of the response code, in capitals."""
    given: str = ""
    """What stands behind the name of the code."""
    text: str = ""


def values(chunks: Sequence[bytes]) -> list[Value]:
    """One response, its literals apart, as nested lists; raises Broken."""
    stack: list[list[Value]] = [[]]
    for chunk in chunks:
        if isinstance(chunk, Literal):
            stack[-1].append(bytes(chunk))
            continue
        for token in _TOKEN.findall(chunk):
            if token == b"(":
                stack.append([])
            elif token == b")":
                if len(stack) == 1:
                    raise Broken(_SENSELESS)
                inner = stack.pop()
                stack[-1].append(inner)
            else:
                stack[-1].append(_value(token))
    if len(stack) != 1:
        raise Broken(_SENSELESS)
    return stack[0]


def pairs(items: Value) -> dict[str, Value]:
    """`[UID, 7, FLAGS, []]` → by name, in capitals."""
    if not isinstance(items, list):
        return {}
    names = [name.upper() if isinstance(name, str) else "" for name in items[::2]]
    return dict(zip(names, items[1::2], strict=False))


def said(line: bytes) -> Said | None:
    """None when it is no status response."""
    found = _STATUS.match(line)
    if found is None:
        return None
    name, _, given = _text(found[2] or b"").partition(" ")
    return Said(word=_text(found[1]).upper(), code=name.upper(), given=given.strip(), text=_text(found[3]).strip())


def number(value: Value) -> int:
    """0 when it is none."""
    read = value if isinstance(value, str) else ""
    return int(read) if read.isascii() and read.isdigit() and len(read) < 20 else 0


def words(value: Value) -> list[str]:
    """The atoms of a list, as flags are."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def folder_name(value: Value) -> str:
    """As a person reads it."""
    raw = value if isinstance(value, bytes) else str(value or "NIL").encode("utf-8", "replace")
    try:
        return _SHIFTED.sub(_unshifted, raw.decode("ascii"))
    except (UnicodeDecodeError, ValueError):  # a server that writes UTF-8, or in no way at all
        return raw.decode("utf-8", "replace")


def folder_on_the_wire(name: str) -> bytes:
    return quoted(_BEYOND_ASCII.sub(_shifted, name.replace("&", "&-")))


def quoted(text: str) -> bytes:
    """Of printable ASCII; raises ValueError for what only a literal can carry."""
    if not text.isascii() or not text.isprintable():
        raise ValueError("this has to travel as a literal")
    return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode("ascii") + b'"'


def date(value: Value) -> datetime | None:
    """An INTERNALDATE; None when it is none."""
    found = _DATE.fullmatch(value) if isinstance(value, bytes) else None
    if found is None or found[2].title() not in _MONTHS:
        return None
    day, year, hour, minute, second, hours, minutes = (int(found[n]) for n in (1, 3, 4, 5, 6, 8, 9))
    ahead = timedelta(hours=hours, minutes=minutes) * (-1 if found[7] == b"-" else 1)
    try:
        month = _MONTHS.index(found[2].title()) + 1
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC) - ahead
    except (ValueError, OverflowError):
        return None


def date_on_the_wire(when: datetime) -> bytes:
    at = when.astimezone(UTC)
    return f'"{at.day:02}-{_MONTHS[at.month - 1].decode()}-{at:%Y %H:%M:%S} +0000"'.encode()


def numbers(found: Sequence[int]) -> bytes:
    """`[1, 2, 3, 7]` → `1:3,7`."""
    ranges: list[list[int]] = []
    for each in sorted(found):
        if ranges and each == ranges[-1][1] + 1:
            ranges[-1][1] = each
        else:
            ranges.append([each, each])
    return ",".join(f"{a}:{b}" if a != b else str(a) for a, b in ranges).encode()


_SENSELESS = "the server's answer makes no sense"
# Linear on whatever a server sends: a string without an end is one token, a bracket is looked for only so far.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.?)*+(?:"|\Z)|[()]|(?:\[[^\[\]]{0,1000}\]|[^\s()"\[])+|\[', re.DOTALL)
_STATUS = re.compile(rb"(OK|NO|BAD|BYE|PREAUTH)\b(?: \[([^\]]*)\])? ?(.*)", re.IGNORECASE | re.DOTALL)
_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_BEYOND_ASCII = re.compile(r"[^ -~]+")
_ESCAPED = re.compile(rb"\\(.)")
_MONTHS = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")
_DATE = re.compile(rb" ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")


def _value(token: bytes) -> Value:
    if token.startswith(b'"'):
        return _ESCAPED.sub(rb"\1", token[1:-1])
    return None if token.upper() == b"NIL" else _text(token)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _unshifted(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    coded = found[1].replace(",", "/")
    return binascii.a2b_base64(coded + "=" * (-len(coded) % 4)).decode("utf-16-be")


def _shifted(found: re.Match[str]) -> str:
    coded = binascii.b2a_base64(found[0].encode("utf-16-be", "surrogatepass"), newline=False)
    return f"&{coded.decode().rstrip('=').replace('/', ',')}-"
