"""What is asked and what is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.views.models import Count, Ticket

Operator = Literal[
    "from", "to", "channel", "is", "status", "assignee", "team", "tag", "priority", "has", "before", "after"
]
State = Literal["open", "closed", "unassigned", "mine", "snoozed", "spam", "failed", "deleted"]


class Term(msgspec.Struct, kw_only=True, frozen=True):
    """One word, phrase or `operator:value`."""

    text: str
    operator: Operator | None = None
    phrase: bool = False
    excluded: bool = False
    unfinished: bool = False
    """The last word, which is perhaps still being typed."""


class Hint(msgspec.Struct, kw_only=True, frozen=True):
    """A part of the query that was left out, and how to mend it."""

    term: str
    problem: Literal["no-such-operator", "no-such-value", "not-a-date", "empty-operator", "no-words", "too-long"]
    suggestion: str | None = None
    """What to write instead."""
    message: str


class Asked(msgspec.Struct, kw_only=True):
    terms: list[Term]
    hints: list[Hint] = []

    @property
    def plain(self) -> str:
        """What was typed beside the operators, where nothing is excluded: perhaps a subject or a name as a whole."""
        if any(term.excluded for term in self.terms):
            return ""
        return " ".join(term.text for term in self.terms if term.operator is None)


class Piece(msgspec.Struct, kw_only=True):
    """A part of a text; `mark`: it is what was looked for."""

    text: str
    mark: bool


Place = Literal["number", "subject", "description", "contact", "message", "comment", "attachment"]


class Hit(msgspec.Struct, kw_only=True):
    """Where in a ticket the words are: the newest place of several."""

    place: Place = msgspec.field(name="in")
    id: UUID
    """Of the message, comment, attachment or ticket."""
    message_id: UUID | None
    """The message or comment to show: that of an attachment too."""
    at: datetime
    snippet: list[Piece]


class Found(msgspec.Struct, kw_only=True):
    ticket: Ticket
    hit: Hit


class Answer(msgspec.Struct, kw_only=True):
    items: list[Found]
    """May be fewer than asked for while `next` is there: so far was looked."""
    next: str | None
    total: Count
    hints: list[Hint]


class Completion(msgspec.Struct, kw_only=True):
    text: str
    """What to put in the place of the last word."""
    label: str
    kind: Literal["operator", "value", "member", "team", "channel", "tag", "status", "contact"]


class Completions(msgspec.Struct, kw_only=True):
    items: list[Completion]
    next: None = None
