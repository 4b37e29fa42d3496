"""How a form is shown to those who build it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.forms.definitions import rules
from kanal.forms.models import (
    Carrier,
    Corners,
    Field,
    FieldType,
    FileGroup,
    Font,
    Form,
    FormProblem,
    Language,
    Options,
    Value,
    Width,
)


class FormFieldLimitsOut(msgspec.Struct, kw_only=True):
    """Null where there is no limit."""

    min: float | str | None
    max: float | str | None
    min_length: int | None
    max_length: int | None
    region: str | None
    files: int | None
    file_bytes: int | None
    file_groups: list[FileGroup]


class FormFieldOut(msgspec.Struct, kw_only=True):
    name: str
    type: FieldType
    label: str
    required: bool
    hidden: bool
    default: Value
    options: list[str]
    labels: dict[str, str]
    property: str | None
    help: str
    placeholder: str
    width: Width
    limits: FormFieldLimitsOut
    show_when: dict[str, Any] | None


class FormLookOut(msgspec.Struct, kw_only=True):
    accent: str
    font: Font
    corners: Corners


class FormOptionsOut(msgspec.Struct, kw_only=True):
    language: Language
    look: FormLookOut
    intro: str
    submit_label: str
    after: Literal["message", "redirect"]
    thanks: str
    redirect_url: str
    closes_at: datetime | None
    closed: bool
    closed_text: str
    origins: list[str]
    confirm: bool
    confirmation_subject: str
    confirmation_text: str
    captcha: bool


class FormChannelOut(msgspec.Struct, kw_only=True):
    """`name` is empty where the caller may not see the channel."""

    id: UUID
    name: str
    active: bool


class FormOut(msgspec.Struct, kw_only=True):
    """Counts stop at ten thousand. `problems` are told of one form, not in the list: what became wrong since it was
    saved; it goes on taking submissions."""

    id: UUID
    key: str
    name: str
    version: int
    url: str
    """The page that Kanal hosts."""
    embed: str
    """The tag to put on another page."""
    fields: list[FormFieldOut]
    options: FormOptionsOut
    is_closed: bool
    channel: FormChannelOut | None
    answerable: bool
    """Whether there is an email field."""
    submissions: int
    caught: int
    waiting_to_hand_in: int
    handing_in: bool
    last_submission_at: datetime | None
    created_at: datetime
    updated_at: datetime
    problems: list[FormProblem]


def form_out(
    form: Form, *, public_url: str, hidden: Sequence[UUID], now: datetime, problems: Sequence[FormProblem] = ()
) -> FormOut:
    """`hidden` are the channels that the caller may not see."""
    url = f"{public_url}/f/{form.key}"
    return FormOut(
        id=form.id,
        key=form.key,
        name=form.name,
        version=form.version,
        url=url,
        embed=f'<script src="{url}.js" async></script>',
        fields=fields_out(form.fields),
        options=options_out(form.options),
        is_closed=rules.is_closed(form.options, now),
        channel=_channel(form.channel, hidden) if form.channel else None,
        answerable=rules.answerable(form.fields),
        submissions=form.submissions,
        caught=form.caught,
        waiting_to_hand_in=form.waiting_to_hand_in,
        handing_in=form.handing_in,
        last_submission_at=form.last_submission_at,
        created_at=form.created_at,
        updated_at=form.updated_at,
        problems=list(problems),
    )


def fields_out(fields: Sequence[Field]) -> list[FormFieldOut]:
    return [_field(field) for field in fields]


def options_out(options: Options) -> FormOptionsOut:
    return FormOptionsOut(**{**_as_they_are(options), "look": FormLookOut(**_as_they_are(options.look))})


def _field(field: Field) -> FormFieldOut:
    return FormFieldOut(**{**_as_they_are(field), "limits": FormFieldLimitsOut(**_as_they_are(field.limits))})


def _as_they_are(struct: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def _channel(carrier: Carrier, hidden: Sequence[UUID]) -> FormChannelOut:
    name = "" if carrier.id in hidden else carrier.name
    return FormChannelOut(id=carrier.id, name=name, active=carrier.active)
