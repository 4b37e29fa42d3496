"""What answers look like to people and in spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.channelkit.submissions import SubmittedField
from kanal.forms.models import Language

YES_NO: dict[Language, tuple[str, str]] = {"en": ("Yes", "No"), "sv": ("Ja", "Nej")}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet may run what begins so."""


def text(field: SubmittedField, language: Language, files: Sequence[str]) -> str:
    """An answer in one line of words; several choices and files stand side by side."""
    if field.type == "file":
        return ", ".join(files)
    if field.value is None:
        return ""
    if isinstance(field.value, bool):
        yes, no = YES_NO[language]
        return yes if field.value else no
    if isinstance(field.value, list):
        return ", ".join(field.labels.get(each, each) for each in field.value)
    if isinstance(field.value, float) and field.value.is_integer():
        return str(int(field.value))
    return field.labels.get(str(field.value), str(field.value))


def cell(value: str) -> str:
    """What stands in a cell as it is: a leading apostrophe keeps spreadsheets from running it."""
    return f"'{value}" if value.startswith(FORMULA) else value
