"""Forms: as visitors meet them, and published in the database."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from kanal.forms.models import Definition, Field, FieldType, Limits, Options

FORM = UUID("00000000-0000-7000-8000-00000000f000")


def field(name: str, type_: FieldType = "text", **more: Any) -> Field:
    """`limits` may be given as a dict."""
    limits = Limits(**more.pop("limits", {}))
    return Field(name=name, type=type_, label=more.pop("label", name.capitalize()), limits=limits, **more)


def definition(*fields: Field, account: int = 1, **options: Any) -> Definition:
    return Definition(
        account_id=account,
        form_id=FORM,
        key="abcdefghij234567",
        version=1,
        name="Contact us",
        fields=list(fields),
        options=msgspec.convert(options, Options),
    )
