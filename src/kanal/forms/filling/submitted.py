"""From kept answers back to the form with its answers, as the kind is handed it, and who sent it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kanal.channelkit.messages import Handle, Party
from kanal.channelkit.submissions import SubmittedField, SubmittedFile
from kanal.forms.filling.rules import is_displayed
from kanal.forms.models import Definition, Field, Value
from kanal.kit import mail


def submitted(
    definition: Definition, answers: Mapping[str, Value], files: Mapping[str, Sequence[SubmittedFile]]
) -> list[SubmittedField]:
    """The fields that were displayed, and hidden ones, in the form's order. `answers` is what `Filled` has, `files`
    those in storage by field."""
    facts: dict[str, Any] = {}
    fields: list[SubmittedField] = []
    for field in definition.fields:
        facts[field.name] = None
        if is_displayed(field, facts):
            facts[field.name] = answers.get(field.name)
            fields.append(_field(field, answers.get(field.name), list(files.get(field.name, ()))))
    return fields


def sender(fields: Sequence[SubmittedField]) -> Party | None:
    """By their email address: what sets the contact's, else the first that there is. None without one: nobody whom
    one could know again."""
    emails = [field for field in fields if field.type == "email" and isinstance(field.value, str)]
    found = next((field for field in emails if field.property == "contact.email"), emails[0] if emails else None)
    if found is None:
        return None
    address = str(found.value)
    return Party(handle=Handle(kind="email", key=mail.normalise(address), address=address), name=_name(fields))


def _name(fields: Sequence[SubmittedField]) -> str:
    return next((str(field.value) for field in fields if field.property == "contact.name" and field.value), "")


def _field(field: Field, value: Value, files: list[SubmittedFile]) -> SubmittedField:
    return SubmittedField(
        name=field.name,
        type=field.type,
        label=field.label,
        hidden=field.hidden,
        property=field.property,
        labels=field.labels,
        value=None if field.type == "file" else value,
        files=files,
        chosen=not field.hidden or value != field.default,
    )
