"""Submissions as people look at them, and what a list of them is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

import msgspec

from kanal.channelkit.submissions import FieldType, Value

State = Literal["accepted", "caught"]
Source = Literal["hosted", "embed", "plain", "api"]
Format = Literal["csv", "json"]


class Sight(msgspec.Struct, frozen=True):
    """Which tickets `t` somebody may see: a condition and its parameters."""

    condition: LiteralString
    params: dict[str, Any]


class Asked(msgspec.Struct, kw_only=True, frozen=True):
    """Which submissions of a form; what is left out is not asked."""

    state: State | None = None
    q: str = ""
    """Part of an answer."""
    since: datetime | None = None
    until: datetime | None = None
    """Up to this moment, without it."""
    source: Source | None = None
    contact: UUID | None = None


class SubmissionForm(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    """As it was in that version."""
    version: int


class SubmissionContact(msgspec.Struct, kw_only=True):
    id: UUID
    name: str


class SubmissionTicket(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str


class SubmissionFile(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    content_type: str
    """As its bytes say."""
    size: int
    virus: str
    """What the scanner found; such a file is not handed out."""


class SubmissionAnswer(msgspec.Struct, kw_only=True):
    """A field of the form as it was, with its answer."""

    name: str
    label: str
    type: FieldType
    value: Value
    text: str
    """The same for people, in the form's language."""
    hidden: bool
    files: list[SubmissionFile]


class Submission(msgspec.Struct, kw_only=True):
    """A form, filled in once, with everything that came with it."""

    id: UUID
    form: SubmissionForm
    received_at: datetime
    source: Source
    page: str
    language: str
    contact: SubmissionContact | None
    caught: str
    """Why it is not believed to come from a person; "" when it is."""
    ticket: SubmissionTicket | None
    """Where there is one that the caller may see."""
    fate: str
    """What became of it on its channel, and why; "" when no channel carried it."""
    answers: list[SubmissionAnswer]
    """In the form's order, hidden ones and those without an answer too."""
    extra: dict[str, Any]
    """What came under names that the form does not have."""


class SubmissionCounts(msgspec.Struct, kw_only=True):
    """Up to 10,000 each."""

    accepted: int
    caught: int


class FormTotals(msgspec.Struct, kw_only=True):
    views: int
    starts: int
    submissions: int
    """Caught ones are not among them."""
    caught: int


class FormDay(FormTotals, kw_only=True):
    day: date
    """In UTC."""


class FormFigures(msgspec.Struct, kw_only=True):
    days: list[FormDay]
    """Every day that was asked for, the first first."""
    totals: FormTotals


class StoredFile(msgspec.Struct, kw_only=True):
    name: str
    blob: str
    size: int
    virus: str
