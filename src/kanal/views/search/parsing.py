"""What a person typed, taken apart: words, "phrases", -exclusions and operator:value. Never fails; what makes no sense
is told as a hint and left out."""

from __future__ import annotations

import difflib
import re
from typing import get_args

from kanal.views.search.models import Asked, Hint, Operator, Term

OPERATORS: tuple[Operator, ...] = get_args(Operator)
MOST_CHARACTERS = 2_000
MOST_TERMS = 30
PART = re.compile(r'(?P<minus>-?)(?:(?P<name>[^\W\d_]+):(?=\S|$))?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))?')
NUMBER = re.compile(r"#?(\d{1,15})")


def parse(typed: str) -> Asked:
    """`typed` ends in a space when its last word is finished."""
    hints: list[Hint] = []
    text = typed.replace("\0", " ").encode(errors="replace").decode()
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
        message = f"Only the first {MOST_CHARACTERS:,} characters were looked for."
        hints.append(Hint(term=text[:20], problem="too-long", message=message))
    terms: list[Term] = []
    for part in PART.finditer(text):
        if not part[0].strip("-"):
            continue
        term = _term(part, hints, unfinished=part.end() == len(text))
        if term is not None and len(terms) < MOST_TERMS:
            terms.append(term)
    return Asked(terms=terms, hints=hints)


def _term(part: re.Match[str], hints: list[Hint], *, unfinished: bool) -> Term | None:
    excluded = part["minus"] == "-"
    name, quoted = part["name"], part["quoted"]
    value = quoted if quoted is not None else part["bare"] or ""
    if name is None:
        return _words(value, hints, phrase=quoted is not None, excluded=excluded, unfinished=unfinished)
    operator = next((known for known in OPERATORS if known == name.casefold()), None)
    if operator is None:
        return _no_operator(part, name, value, hints)
    if not value.strip():
        message = f"Write what {operator}: shall be."
        hints.append(Hint(term=part[0].strip(), problem="empty-operator", message=message))
        return None
    if operator in ("from", "to"):
        return _words(value, hints, operator=operator, excluded=excluded, unfinished=unfinished and quoted is None)
    return Term(text=value.strip(), operator=operator, excluded=excluded)


def _words(value: str, hints: list[Hint], *, unfinished: bool, **how: bool | Operator) -> Term | None:
    """A word without a letter or digit cannot be looked for."""
    if not any(character.isalnum() for character in value):
        if value.strip():
            hints.append(Hint(term=value, problem="no-words", message=f"There are no words to look for in {value}"))
        return None
    return Term(text=value, unfinished=unfinished, **how)  # type: ignore[arg-type]  # the names are its own


def _no_operator(part: re.Match[str], name: str, value: str, hints: list[Hint]) -> Term | None:
    """`error:404` is text; `form:anna` is a slip."""
    close = difflib.get_close_matches(name.casefold(), OPERATORS, n=1, cutoff=0.7)
    if close and not value.startswith("//"):
        suggestion = f"{close[0]}:{value}"
        message = f"There is no operator {name}: here. Did you mean {close[0]}:?"
        hints.append(Hint(term=part[0].strip(), problem="no-such-operator", suggestion=suggestion, message=message))
    return _words(f"{name} {value}", hints, phrase=False, excluded=part["minus"] == "-", unfinished=False)
