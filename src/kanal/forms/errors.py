"""What forms refuse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kanal.forms.models import FormProblem, Language


class FormInvalid(Exception):
    """Everything that is wrong with a form that somebody wants to save."""

    def __init__(self, problems: Sequence[FormProblem]) -> None:
        super().__init__([problem.field for problem in problems])
        self.problems = problems


class FormChanged(Exception):
    """Somebody saved another version since the one that was built on; `name` is theirs, "" when nobody knows."""

    def __init__(self, version: int, by: UUID | None, name: str, at: datetime) -> None:
        super().__init__(version)
        self.version = version
        self.by = by
        self.name = name
        self.at = at


class FormCarried(Exception):
    """A channel carries the form; it has to be disconnected first."""

    def __init__(self, channel: UUID) -> None:
        super().__init__(channel)
        self.channel = channel


class FormDeleted(Exception):
    """The form was published once; `language` is what it was in."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self.language = language
