"""New words apart from the history quoted below them. Careful on purpose: whatever is not surely history stays, and if
nothing would be left, everything stays. This is for plain text; quotes_html.py does the same for HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kanal.kinds.email import labels, phrases

MAX_LINES = 1_000
MAX_CHARACTERS = 65_536
"""Only so much is searched for the place to cut."""


class Cut(NamedTuple):
    new: str
    quoted: str


def cut_text(text: str, *, forward: bool) -> Cut:
    if forward:
        return Cut(text, "")
    lines = text.split("\n")
    at = _first_quote(lines)
    if at is None or not any(line.strip() for line in lines[:at]):
        return Cut(text, "")
    return Cut("\n".join(lines[:at]).rstrip(), "\n".join(lines[at:]).strip("\n"))


def _first_quote(lines: Sequence[str]) -> int | None:
    """The line at which history begins; None when none does, or when new words follow it."""
    size = 0
    for number, line in enumerate(lines[:MAX_LINES]):
        size += len(line)
        if size > MAX_CHARACTERS:
            return None
        if not line.strip():
            continue
        if phrases.FORWARDED.match(line):
            return None
        if phrases.ORIGINAL.match(line) or labels.starts_head(lines, number):
            return number
        if phrases.UNDERSCORES.match(line) and labels.starts_head(lines, filled(lines, number + 1)):
            return number
        length = 0 if line.startswith(">") else attribution_length(lines, number)
        if length:
            sure = phrases.ATTRIBUTION_SURE.search(" ".join(lines[number : number + length])) is not None
            if _only_quotes_follow(lines, number + length, unmarked=sure):
                return number
            if any(each.startswith(">") for each in lines[number + length :]):
                return None
        if line.startswith(">"):
            return number if _only_quotes_follow(lines, number, unmarked=False) else None
    return None


def attribution_length(lines: Sequence[str], number: int) -> int:
    """How many lines `On … wrote:` takes from here, 0 when none stands here. It may be wrapped over three."""
    joined = ""
    for length, line in enumerate(lines[number : number + 3], start=1):
        if not line.strip() or line.startswith(">"):
            return 0
        joined = f"{joined} {line.strip()}"
        if phrases.is_attribution(joined):
            # Else the sentence right above an attribution would go with it.
            return length if length == 1 or phrases.ATTRIBUTION_START.match(lines[number].strip()) else 0
    return 0


def _only_quotes_follow(lines: Sequence[str], start: int, *, unmarked: bool) -> bool:
    """Marked lines to the end, with at most a signature below; or no marked line at all, if that is allowed, since
    some programs do not mark."""
    marked = [n for n in range(start, len(lines)) if lines[n].startswith(">")]
    if not marked:
        return unmarked and any(line.strip() for line in lines[start:])
    gaps = (lines[n] for n in range(marked[0], marked[-1]) if not lines[n].startswith(">"))
    before = (lines[n] for n in range(start, marked[0]))
    if any(line.strip() for line in before) or any(line.strip() for line in gaps):
        return False
    rest = [line for line in lines[marked[-1] + 1 :] if line.strip()]
    return not rest or phrases.SIGNATURE.match(rest[0]) is not None


def filled(lines: Sequence[str], start: int) -> int:
    """The next line that is not empty, if one stands near."""
    return next((number for number in range(start, min(start + 3, len(lines))) if lines[number].strip()), start)
