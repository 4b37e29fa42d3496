"""The words of IMAP: a command's text → atoms, strings and lists; our strings, dates and sets of numbers → text."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from sandbox.imap.errors import Bad

Token = str | bytes | list["Token"]
"""An atom is str, a string is bytes."""
MOST_NESTED = 20
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A literal stands in the text as its number between two NULs, which no text may hold.
TOKEN = re.compile(
    rb'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|\x00(\d+)\x00|((?:[^\s()"\[\x00]|\[[^\]]*\](?:<[\d.]+>)?)+))', re.DOTALL
)


def tokens(text: bytes, literals: Sequence[bytes]) -> list[Token]:
    """`text` without its line end, literals as described at TOKEN."""
    stack: list[list[Token]] = [[]]
    at = 0
    while at < len(text.rstrip()):
        found = TOKEN.match(text, at)
        if not found:
            raise Bad("That cannot be read")
        opened, closed, quoted, literal, atom = found.groups()
        if opened:
            stack.append([])
        elif closed:
            _close(stack)
        elif atom is not None:
            stack[-1].append(atom.decode("utf-8", "replace"))
        else:
            stack[-1].append(literals[int(literal)] if literal else re.sub(rb"\\(.)", rb"\1", quoted))
        if len(stack) > MOST_NESTED:
            raise Bad("Too many brackets")
        at = found.end()
    if len(stack) > 1:
        raise Bad("A bracket is not closed")
    return stack[0]


def _close(stack: list[list[Token]]) -> None:
    if len(stack) == 1:
        raise Bad("A bracket is closed that was not opened")
    inner = stack.pop()
    stack[-1].append(inner)


def text_of(token: Token) -> str:
    """Of an atom or a string."""
    if isinstance(token, list):
        raise Bad("A list stands where a word should")
    return token if isinstance(token, str) else token.decode("utf-8", "replace")


def words_of(token: Token) -> list[str]:
    """Of a list, or of one word that stands for a list of one."""
    return [text_of(each) for each in token] if isinstance(token, list) else [text_of(token)]


def string(value: bytes) -> bytes:
    """Quoted where that can be, else a literal."""
    if len(value) < 500 and all(32 <= each < 127 for each in value):
        return b'"' + re.sub(rb'(["\\])', rb"\\\1", value) + b'"'
    return b"{%d}\r\n%b" % (len(value), value)


def string_or_nil(value: bytes | None) -> bytes:
    return b"NIL" if value is None else string(value)


def internal_date(moment: datetime) -> bytes:
    month = MONTHS[moment.month - 1]
    return f'"{moment.day:2d}-{month}-{moment:%Y %H:%M:%S %z}"'.encode()


def moment_of(token: Token) -> datetime:
    """` 5-Nov-2026 10:00:00 +0100` as APPEND brings it."""
    try:
        return parsedate_to_datetime(text_of(token).strip().replace("-", " ", 2))
    except ValueError:
        raise Bad("That is no date") from None


def day_of(token: Token) -> date:
    """`5-Nov-2026` as SEARCH asks for it."""
    day, _, rest = text_of(token).partition("-")
    month, _, year = rest.partition("-")
    try:
        return date(int(year), [each.lower() for each in MONTHS].index(month.lower()) + 1, int(day))
    except ValueError:
        raise Bad("That is no date") from None


class Numbers:
    """`1:4,7,9:*` over numbers of which `last` is the highest; `*` is that one."""

    def __init__(self, written: str, last: int) -> None:
        self._ranges = [_range(part, last) for part in written.split(",")]

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self._ranges)


def _range(part: str, last: int) -> tuple[int, int]:
    ends = [last if end == "*" else int(end) if end.isdecimal() else -1 for end in part.split(":")]
    if not 0 < len(ends) < 3 or -1 in ends:
        raise Bad("That is no set of numbers")
    return min(ends), max(ends)


def set_of(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))
