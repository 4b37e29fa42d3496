"""What a form that the desk keeps hands over: the form as it was, and what was filled in. It is the raw event's body,
as JSON, for the kind that carries forms; who keeps forms and how they look is not the kind's to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

SPACE = "form"
"""Address space of forms: a form's id leads to the channel that carries it."""

FieldType = Literal[
    "text", "long_text", "email", "phone", "number", "date", "select", "multi_select", "checkbox", "consent", "file"
]
Value = str | int | float | bool | list[str] | None
"""Of an answer, by the field's type: text, number, true or false, several choices."""


class SubmittedFile(msgspec.Struct, kw_only=True):
    """A file in storage."""

    name: str
    content_type: str
    """As its bytes say."""
    size: int
    blob: str


class SubmittedField(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A field as it was in the version that was filled in, with its answer."""

    name: str
    type: FieldType
    label: str
    hidden: bool = False
    property: str | None = None
    """`ticket.<key>` or `contact.<key>`; None: it says something for people to read."""
    labels: dict[str, str] = {}
    """What a choice is shown as, where that is not the choice itself."""
    value: Value = None
    files: list[SubmittedFile] = []
    chosen: bool = True
    """The visitor or the page's address gave the value; else it is the form's own default."""


class SubmittedConfirmation(msgspec.Struct, kw_only=True):
    """What the form adds to the confirmation; "" leaves it to the language's own words."""

    subject: str = ""
    text: str = ""


class Submission(msgspec.Struct, kw_only=True):
    """One form, filled in once."""

    id: UUID
    form_id: UUID
    form_name: str
    version: int
    language: str
    fields: list[SubmittedField]
    """In the order shown; fields that were not displayed are missing."""
    extra: dict[str, Any] = {}
    """What came under names that the form does not have."""
    page: str = ""
    """Address of the page that the form stood on."""
    visitor: str = ""
    """The visitor's cookie, where there was one."""
    submitted_at: datetime
    confirmation: SubmittedConfirmation | None = None
    """None: the sender gets none."""
