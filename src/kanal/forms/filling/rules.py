"""Filling in: which fields stand there (conditions see the answers above them), what each was answered with, and what
is wrong. Nothing that came is dropped: what no field takes is extra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kanal.forms.filling import texts, values
from kanal.forms.filling.errors import NotFilled
from kanal.forms.filling.models import Filled, GivenFile
from kanal.forms.filling.values import Wrong
from kanal.forms.models import Definition, Field, Value
from kanal.kit import conditions
from kanal.kit.text import storable_text

ONLY_BY_DEFAULT = frozenset({"ticket.pipeline", "ticket.status"})
"""Where a ticket begins is the form's to say as long as its visitors do not see it."""


def fill(
    definition: Definition, given: Mapping[str, Sequence[Any]], files: Mapping[str, Sequence[GivenFile]]
) -> Filled:
    """`given` is what came under each name, texts or JSON values. Raises NotFilled, and nothing else."""
    answers: dict[str, Value] = {}
    errors: dict[str, str] = {}
    untaken = {name: list(each) for name, each in given.items()}
    uploads = {name: list(each) for name, each in files.items()}
    facts: dict[str, Any] = {}
    for field in definition.fields:
        facts[field.name] = None
        if not is_displayed(field, facts):
            continue
        try:
            value = _answer(field, untaken, uploads, definition)
        except Wrong as wrong:
            errors[field.name] = texts.error(definition.options.language, wrong)
            continue
        facts[field.name] = value
        if value is not None:
            answers[field.name] = value
    if errors:
        raise NotFilled(errors)
    return Filled(answers=answers, extra=_extra(untaken, uploads))


def is_displayed(field: Field, facts: Mapping[str, Any]) -> bool:
    """`facts` holds the answers of the fields before it, None where there is none."""
    return field.show_when is None or conditions.holds(field.show_when, facts)


def _answer(
    field: Field, untaken: dict[str, list[Any]], uploads: dict[str, list[GivenFile]], definition: Definition
) -> Value:
    """Takes what came for the field out of `untaken` and `uploads`. Raises Wrong."""
    if field.hidden:
        return _hidden(field, untaken, definition)
    came = untaken.pop(field.name, [])
    if field.type == "file":
        return values.files(field, uploads.pop(field.name, []), came)
    return values.answered(field, came, definition.options.language)


def _hidden(field: Field, untaken: dict[str, list[Any]], definition: Definition) -> Value:
    """What the page's address gave, else the default. A visitor cannot mend what they do not see: what is wrong is kept
    as extra."""
    language = definition.options.language
    if field.property not in ONLY_BY_DEFAULT and field.type != "file":
        try:
            value = values.checked(field, untaken.get(field.name, []), language)
        except Wrong:
            value = None
        if value is not None:
            del untaken[field.name]
            return value
    return values.default(field, language)


def _extra(untaken: Mapping[str, list[Any]], uploads: Mapping[str, list[GivenFile]]) -> dict[str, Any]:
    """A single value as it is, several as a list; of files their names."""
    came: dict[str, list[Any]] = {}
    for name, each in untaken.items():
        came.setdefault(storable_text(name), []).extend(value for value in each if value not in (None, ""))
    for name, each_file in uploads.items():
        came.setdefault(storable_text(name), []).extend(file.name for file in each_file)
    return {name: each[0] if len(each) == 1 else each for name, each in came.items() if each}
