"""Names of skills and categories: how they are kept and compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from kanal.people.errors import NotAccepted
from kanal.people.rules import one_line
from kanal.people.skills.languages import LANGUAGES

LONGEST_NAME = 100
MOST_AT_ONCE = 100


def key(name: str) -> str:
    """The form in which names are compared: "CRM", "crm" and its full-width form are one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def kept(name: str, taken: Collection[str], field: str) -> str:
    """A name as it is kept; `taken` are the keys of those beside it."""
    line = one_line(name, field, LONGEST_NAME)
    if key(line) in taken:
        raise NotAccepted(field, f"There is one called {line!r} already.")
    return line


def all_kept(names: Sequence[str], taken: Collection[str]) -> list[str]:
    """Several at once, each other than the ones before it."""
    if not 0 < len(names) <= MOST_AT_ONCE:
        raise NotAccepted("names", f"Between 1 and {MOST_AT_ONCE} names are needed.")
    known, lines = set(taken), []
    for position, name in enumerate(names):
        lines.append(kept(name, known, f"names.{position}"))
        known.add(key(lines[-1]))
    return lines


def check_languages(codes: Sequence[str]) -> None:
    if not codes:
        raise NotAccepted("languages", "Name at least one language.")
    for position, code in enumerate(codes):
        if code not in LANGUAGES:
            raise NotAccepted(
                f"languages.{position}", f"{code[:20]!r} is no language of our list; use two letters, such as sv."
            )
