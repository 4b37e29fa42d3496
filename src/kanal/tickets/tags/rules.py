"""Pure decisions: what a tag may be called, and which two are the same."""

from __future__ import annotations

from kanal.kit.conditions import normalised
from kanal.tickets.tags.errors import InvalidTag

LONGEST = 50
MOST_ON_A_TICKET = 50


def name_of(given: str) -> str:
    """One line, as it is shown; raises InvalidTag."""
    name = " ".join(given.split())
    if not name or not name.isprintable():
        raise InvalidTag("write a word or two in one line")
    if len(name) > LONGEST:
        raise InvalidTag(f"write at most {LONGEST} characters")
    if "," in name:
        raise InvalidTag("leave out the comma: each tag is added by itself")
    return name


def key_of(name: str) -> str:
    """Two tags with the same key are one, however they are written."""
    return normalised(name)
