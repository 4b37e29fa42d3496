"""Pure decisions on forms: how one is kept, what a change changed, whether it still takes submissions. What is wrong
with one is told by checking.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import idna
import msgspec

from kanal.forms.definitions.binding import PIPELINE, STATUS, Desk, Target
from kanal.forms.definitions.models import Draft
from kanal.forms.filling import values
from kanal.forms.filling.values import Wrong
from kanal.forms.models import CHOICES, Field, FieldLimits, FieldType, Language, Options, Value

MOST_FILES = 10
MOST_FILE_BYTES = 25_000_000
LIMITS: dict[FieldType, frozenset[str]] = {
    **dict.fromkeys(("text", "long_text"), frozenset({"min_length", "max_length"})),
    **dict.fromkeys(("number", "date"), frozenset({"min", "max"})),
    **dict.fromkeys(("email", "select", "multi_select", "checkbox", "consent"), frozenset()),
    "phone": frozenset({"region"}),
    "file": frozenset({"files", "file_bytes", "file_groups"}),
}
"""Which limits a type has."""
DEFAULT_PORTS = {"http": 80, "https": 443}


def is_closed(options: Options, now: datetime) -> bool:
    """Whether nothing is taken any more: somebody closed it, or its closing time came."""
    return options.closed or (options.closes_at is not None and options.closes_at <= now)


def answerable(fields: Sequence[Field]) -> bool:
    """Whether there is a field for the address that an answer goes to (FRM-12)."""
    return any(field.type == "email" for field in fields)


def changed(before: Draft, after: Draft) -> list[str]:
    """Names of what differs: `name`, `fields`, `options.<name>`."""
    found = [name for name in ("name", "fields") if getattr(before, name) != getattr(after, name)]
    one, other = before.options, after.options
    return found + [
        f"options.{name}" for name in Options.__struct_fields__ if getattr(one, name) != getattr(other, name)
    ]


def fields_changed(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> int:
    """How many fields were added, taken away or are not as they were."""
    was, now = ({field["name"]: field for field in fields} for fields in (before, after))
    return sum(was.get(name) != now.get(name) for name in was | now)


# As it is kept


def settled(draft: Draft, desk: Desk) -> Draft:
    """Texts without what stands around them, choices and limits of properties written out: what they are now, the
    version keeps."""
    language = draft.options.language
    fields = [_field(field, desk.targets.get(field.property or "")) for field in draft.fields]
    return Draft(
        name=line(draft.name),
        fields=[msgspec.structs.replace(field, default=_kept(field, language)) for field in fields],
        options=_options(draft.options),
    )


def line(text: str) -> str:
    return " ".join(text.split())


def default(field: Field, language: Language) -> Value:
    """As an answer of the same is kept. Raises Wrong."""
    given = field.default
    return values.checked(field, given if isinstance(given, list) else [given], language)


def begins_only(field: Field) -> bool:
    """Whether the field says where tickets begin, and is not the visitor's to choose."""
    return field.hidden and field.property in (PIPELINE, STATUS)


def _field(field: Field, target: Target | None) -> Field:
    field = msgspec.structs.replace(
        field,
        label=field.label.strip(),
        help=field.help.strip(),
        placeholder=line(field.placeholder),
        options=[line(option) for option in field.options],
    )
    if begins_only(field):
        return msgspec.structs.replace(field, options=[], labels={})
    return _bound(field, target) if target else _labelled(field, {})


def _kept(field: Field, language: Language) -> Value:
    """A wrong one is left for the check to tell."""
    if field.default in ("", [], None):
        return None
    if begins_only(field) or field.type == "file":
        return field.default
    try:
        return default(field, language)
    except (Wrong, ValueError):
        return field.default


def _bound(field: Field, target: Target) -> Field:
    field = msgspec.structs.replace(field, limits=_narrowed(field, target))
    if target.choices is None or field.type not in CHOICES:
        return _labelled(field, {})
    options = field.options or [choice.value for choice in target.choices]
    return _labelled(
        msgspec.structs.replace(field, options=options), {choice.value: choice.label for choice in target.choices}
    )


def _labelled(field: Field, names: dict[str, str]) -> Field:
    """What was typed goes before the property's own; labels of what is no choice any more go."""
    given = {line(option): line(label) for option, label in field.labels.items() if label.strip()}
    labels = {option: given.get(option, names.get(option, option)) for option in field.options}
    return msgspec.structs.replace(field, labels={option: label for option, label in labels.items() if label != option})


def _narrowed(field: Field, target: Target) -> FieldLimits:
    """Where the field has no limit of its own, the property's holds."""
    missing = {
        name: value
        for name in LIMITS[field.type]
        if getattr(field.limits, name) in (None, []) and (value := getattr(target.limits, name, None)) is not None
    }
    return msgspec.structs.replace(field.limits, **missing)


def _options(options: Options) -> Options:
    return msgspec.structs.replace(
        options,
        look=msgspec.structs.replace(options.look, accent=options.look.accent.strip().lower()),
        closes_at=_in_utc(options.closes_at),
        origins=list(dict.fromkeys(origin(each) or each.strip() for each in options.origins)),
        intro=options.intro.strip(),
        submit_label=line(options.submit_label),
        thanks=options.thanks.strip(),
        redirect_url=options.redirect_url.strip(),
        closed_text=options.closed_text.strip(),
        confirmation_subject=line(options.confirmation_subject),
        confirmation_text=options.confirmation_text.strip(),
    )


def _in_utc(moment: datetime | None) -> datetime | None:
    """One without a zone is left for the check to tell."""
    try:
        return moment.astimezone(UTC) if moment and moment.tzinfo else moment
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def origin(written: str) -> str:
    """As browsers send it, https://shop.example; "" when it is none."""
    try:
        parts = urlsplit(written.strip())
        host = idna.encode(parts.hostname or "", uts46=True).decode() if parts.hostname else ""
        port = parts.port
    except (ValueError, idna.IDNAError):
        return ""
    if parts.scheme not in DEFAULT_PORTS or not host or "@" in parts.netloc:
        return ""
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != DEFAULT_PORTS[parts.scheme] else "")
