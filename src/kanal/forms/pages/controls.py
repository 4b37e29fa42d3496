"""A field as its template wants it: what kind of control, what is in it, what a browser may fill in by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kanal.forms.filling.rules import ONLY_BY_DEFAULT
from kanal.forms.filling.values import FILE_BYTES, TICKED, megabytes
from kanal.forms.models import Field, FieldType, FileGroup, Language, Value
from kanal.forms.pages.texts import Texts, texts

Values = Mapping[str, Value | Sequence[Value]]
"""By a field's name what is in it: as kept, or as a browser sent it."""

ACCEPT: dict[FileGroup, tuple[str, ...]] = {
    "image": ("image/*",),
    "audio": ("audio/*",),
    "video": ("video/*",),
    "document": (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".rtf", "text/*"),
    "archive": (".zip", ".gz", ".tar", ".7z", ".rar"),
}
AUTOCOMPLETE: dict[str, str] = {
    "contact.name": "name",
    "contact.first_name": "given-name",
    "contact.last_name": "family-name",
    "contact.company": "organization",
    "contact.city": "address-level2",
    "contact.country": "country-name",
}
"""By property; of addresses and phone numbers the type says enough."""
INPUTS: dict[FieldType, dict[str, str]] = {
    "text": {"type": "text"},
    "email": {"type": "email", "inputmode": "email", "autocomplete": "email", "spellcheck": "false"},
    "phone": {"type": "tel", "inputmode": "tel", "autocomplete": "tel"},
    "number": {"type": "text", "inputmode": "decimal", "autocomplete": "off"},
    "date": {"type": "date"},
    "file": {"type": "file"},
}


class Choice(msgspec.Struct, kw_only=True):
    id: str
    value: str
    label: str
    chosen: bool


class Control(msgspec.Struct, kw_only=True):
    id: str
    name: str
    type: FieldType
    label: str
    help: list[str]
    """Paragraphs."""
    placeholder: str
    required: bool
    insisting: bool
    """The browser itself may insist: without a script nobody knows whether a condition holds."""
    half: bool
    error: str
    value: str
    choices: list[Choice]
    attributes: dict[str, str]
    """Of the input."""

    @property
    def described_by(self) -> str:
        """An element for the error stands there from the start, so that a script need only fill it."""
        return " ".join([*([f"{self.id}-help"] if self.help else []), f"{self.id}-error"])


def defaults(fields: Sequence[Field]) -> Values:
    """What a form that nobody has touched has in it."""
    return {field.name: field.default for field in fields if not field.hidden and field.default is not None}


def prefilled(fields: Sequence[Field], query: Mapping[str, Sequence[str]]) -> Values:
    """What is in a form at first: its defaults, or what the page's address gives, also for hidden fields."""
    given = {each.name: list(query[each.name]) for each in fields if may_be_given(each) and query.get(each.name)}
    return {**defaults(fields), **given}


def may_be_given(field: Field) -> bool:
    """Whether the page's address may say it. Nobody but the visitor consents."""
    return field.type not in ("file", "consent") and not (field.hidden and field.property in ONLY_BY_DEFAULT)


def controls(fields: Sequence[Field], values: Values, errors: Mapping[str, str], language: Language) -> list[Control]:
    """Of what is shown."""
    return [
        _control(field, texts_of(values.get(field.name)), errors.get(field.name, ""), texts(language))
        for field in fields
        if not field.hidden
    ]


def texts_of(value: Any) -> list[str]:
    """As an input has it."""
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["true"]
    if isinstance(value, list | tuple):
        return [text for each in value for text in texts_of(each)]
    return [f"{value:.15g}" if isinstance(value, float) else str(value)]


def _control(field: Field, values: list[str], error: str, words: Texts) -> Control:
    id_ = f"kf-{field.name}"
    return Control(
        id=id_,
        name=field.name,
        type=field.type,
        label=field.label,
        help=[text for text in (field.help, _file_limits(field, words)) if text],
        placeholder=field.placeholder,
        required=field.required,
        insisting=field.required and field.show_when is None,
        half=field.width == "half",
        error=error,
        value=values[0] if values else "",
        choices=_choices(field, id_, values),
        attributes=_attributes(field),
    )


def _choices(field: Field, id_: str, values: list[str]) -> list[Choice]:
    if field.type in ("checkbox", "consent"):
        ticked = any(value.strip().lower() in TICKED for value in values)
        return [Choice(id=id_, value="true", label=field.label, chosen=ticked)]
    return [
        Choice(id=f"{id_}-{at}", value=option, label=field.labels.get(option, option), chosen=option in values)
        for at, option in enumerate(field.options)
    ]


def _attributes(field: Field) -> dict[str, str]:
    attributes = dict(INPUTS.get(field.type, {}))
    if field.property in AUTOCOMPLETE and field.type == "text":
        attributes["autocomplete"] = AUTOCOMPLETE[field.property]
    if field.type == "date":
        attributes |= {
            name: str(limit) for name in ("min", "max") if (limit := getattr(field.limits, name)) is not None
        }
    if field.type == "file" and field.limits.file_groups:
        attributes["accept"] = ",".join(type_ for group in field.limits.file_groups for type_ in ACCEPT[group])
    if field.type == "file" and (field.limits.files or 1) > 1:
        attributes["multiple"] = "multiple"
    return attributes


def _file_limits(field: Field, words: Texts) -> str:
    """How many, how large and what, said before anything is chosen."""
    if field.type != "file":
        return ""
    most = field.limits.files or 1
    count = words.file_one if most == 1 else words.files_many.format(count=most)
    size = words.file_size if most == 1 else words.file_size_each
    size = size.format(megabytes=megabytes(field.limits.file_bytes or FILE_BYTES).replace(".", words.point))
    kinds = [words.groups[group] for group in field.limits.file_groups]
    listed = f" {words.and_} ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds)
    return f"{count}, {size}: {listed or words.any_type}."
