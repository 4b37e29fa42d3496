"""What the script of a form (web/form) has to know to help before anything is sent: conditions, limits and the words of
what can be wrong. The server decides all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kanal.forms.filling.texts import ERRORS
from kanal.forms.filling.values import FILE_BYTES, LONGEST
from kanal.forms.models import Definition, Field
from kanal.forms.pages.controls import may_be_given
from kanal.forms.pages.models import Captcha
from kanal.forms.pages.texts import texts
from kanal.kit import conditions

SAID = (
    "sending",
    "uploading",
    "offline",
    "captcha",
    "busy",
    "too_many",
    "too_large",
    "problem_one",
    "problem_many",
    "thanks_title",
    "thanks",
)


def behaviour(definition: Definition, captcha: Captcha | None = None) -> dict[str, Any]:
    """As JSON."""
    language = definition.options.language
    words = msgspec.to_builtins(texts(language))
    asked = _asked(definition.fields)
    return {
        "language": language,
        "fields": [_rule(field, asked) for field in definition.fields],
        "texts": {name: words[name] for name in SAID},
        "wrong": ERRORS[language],
        "captcha": msgspec.to_builtins(captcha),
    }


def _rule(field: Field, asked: set[str]) -> dict[str, Any]:
    """The default of a hidden field is told only where a condition asks for it."""
    rule: dict[str, Any] = {"name": field.name, "type": field.type}
    if field.required:
        rule["required"] = True
    if field.show_when is not None:
        rule["when"] = field.show_when
    if field.hidden:
        rule |= {"hidden": True, "given": may_be_given(field)}
        return rule | ({"default": field.default} if field.name in asked else {})
    return rule | {"limits": _limits(field)}


def _limits(field: Field) -> dict[str, Any]:
    limits = msgspec.to_builtins(field.limits)
    if longest := LONGEST.get(field.type):
        limits["max_length"] = min(limits.get("max_length") or longest, longest)
    if field.type == "file":
        limits = {"files": 1, "file_bytes": FILE_BYTES, **limits}
    return dict(limits)


def _asked(fields: Sequence[Field]) -> set[str]:
    return set().union(*(conditions.fields_of(field.show_when) for field in fields))
