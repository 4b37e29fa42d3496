"""/kinds: what channels can be connected, and the forms for it, drawn by the app from this alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import get

from kanal.api.http.given import Given
from kanal.api.http.pages import Page
from kanal.api.http.signin import require
from kanal.channelkit.contract import FieldType, FormField, Kind

Kinds = Given[Mapping[str, Kind]]


class FieldOut(msgspec.Struct):
    """One field of the form, whose `name` is a path in the channel's settings."""

    name: str
    label: str
    type: FieldType
    required: bool
    help: str
    placeholder: str
    options: list[str]


class MethodOut(msgspec.Struct):
    key: str
    name: str
    description: str
    settings_form: list[FieldOut]


class KindOut(msgspec.Struct):
    kind: str
    name: str
    description: str
    methods: list[MethodOut]
    capabilities: dict[str, Any]


@get("/kinds", guards=[require("read")])
async def list_kinds(kinds: Kinds) -> Page[KindOut]:
    """The kinds of channel that this installation has."""
    return Page([_out(kind) for kind in kinds.values()], None)


def _out(kind: Kind) -> KindOut:
    methods = [MethodOut(m.key, m.name, m.description, [_field(f) for f in m.form]) for m in kind.methods]
    return KindOut(kind.name, kind.title, kind.description, methods, msgspec.to_builtins(kind.capabilities))


def _field(field: FormField) -> FieldOut:
    return FieldOut(
        name=field.name,
        label=field.label,
        type=field.type,
        required=field.required,
        help=field.help,
        placeholder=field.placeholder,
        options=list(field.options),
    )
