"""Pure decisions: who may share a macro with whom, and how its words are kept."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.kit import html
from kanal.macros.models import Macro, MacroProblem, SharedWith

LONGEST_NAME = 100
LONGEST_SHORTCUT = 30
LONGEST_BODY = 100_000
MOST_ACTIONS = 20


class Powers(msgspec.Struct, kw_only=True, frozen=True):
    """What whoever asks may do about macros."""

    member: UUID
    manages: bool
    """May share with everybody, and change whatever is shared."""
    leads: bool
    """May do so in their own teams."""
    teams: frozenset[UUID]
    """Their own."""


def may_share(powers: Powers, shared_with: SharedWith, teams: Collection[UUID]) -> bool:
    match shared_with:
        case "me":
            return True
        case "everyone":
            return powers.manages
        case "teams":
            return powers.manages or (powers.leads and powers.teams.issuperset(teams))


def may_edit(powers: Powers, macro: Macro) -> bool:
    """Of their own what is not shared; of shared ones those that they may share like that."""
    if macro.shared_with == "me":
        return macro.owner_id == powers.member
    return may_share(powers, macro.shared_with, macro.teams)


def line(given: str) -> str:
    return " ".join(given.split())


def shortcut(given: str) -> str:
    """As it is typed: without the sign before it, in small letters."""
    return given.strip().lstrip("/#").lower()


def body(given_html: str, given_text: str) -> tuple[str, str]:
    """Harmless HTML and the same in plain text."""
    if not given_html:
        text = given_text.strip()
        return html.from_text(text), text
    clean = html.sanitise(given_html).html
    return (clean, text) if (text := html.to_text(clean)) else ("", "")


def wrong_words(name: str, given_shortcut: str, body_html: str, body_text: str) -> list[MacroProblem]:
    found: list[MacroProblem] = []
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        found.append(MacroProblem(field="name", message=f"write one line of at most {LONGEST_NAME} characters"))
    if len(given_shortcut) > LONGEST_SHORTCUT or any(not (c.isalnum() or c in "-_") for c in given_shortcut):
        message = f"write at most {LONGEST_SHORTCUT} letters, digits, - and _, without spaces"
        found.append(MacroProblem(field="shortcut", message=message))
    if max(len(body_html), len(body_text)) > LONGEST_BODY:
        found.append(MacroProblem(field="body_html", message=f"write at most {LONGEST_BODY:,} characters"))
    return found
