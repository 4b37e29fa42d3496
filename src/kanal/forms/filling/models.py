"""What goes into filling in a form, and what comes out."""

from __future__ import annotations

from typing import Any

import msgspec

from kanal.forms.models import FileGroup, Value


class GivenFile(msgspec.Struct, kw_only=True):
    """A file as it arrived."""

    name: str
    group: FileGroup | None
    """As its bytes say; None: none that a field can ask for."""
    size: int


class Filled(msgspec.Struct, kw_only=True):
    """Everything by the name of a field."""

    answers: dict[str, Value]
    """Of the fields that were displayed, and of hidden ones, those that have one; of files their names."""
    extra: dict[str, Any]
    """What was sent under names that the form does not have, or for fields that were not displayed."""
