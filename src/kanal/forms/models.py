"""A form as people build it. Each change of fields or options makes a version, and a version never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.channelkit.submissions import FieldType as FieldType
from kanal.channelkit.submissions import Value as Value

Language = Literal["en", "sv"]
Width = Literal["full", "half"]
Font = Literal["system", "serif", "rounded", "mono"]
Corners = Literal["square", "rounded", "round"]
FileGroup = Literal["image", "document", "audio", "video", "archive"]
CHOICES: tuple[FieldType, ...] = ("select", "multi_select")


class FieldLimits(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a value must keep to; which of these a type has is in `definitions.rules.LIMITS`."""

    min: float | str | None = None
    """A number, or for dates a date such as 2026-05-31."""
    max: float | str | None = None
    min_length: int | None = None
    max_length: int | None = None
    region: str | None = None
    """The country, such as SE, of phone numbers that are written without one."""
    files: int | None = None
    """How many; 1 where nothing is said."""
    file_bytes: int | None = None
    """Of each file."""
    file_groups: list[FileGroup] = []
    """Empty: any."""


class Field(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One question. A field that has a property sets it."""

    name: str
    """What its answer is sent under: lower case letters, digits and `_`, unique in the form."""
    type: FieldType
    label: str
    required: bool = False
    hidden: bool = False
    """Not shown to visitors: it has its default, or what the page's address gives (FRM-8)."""
    default: Value = None
    options: list[str] = []
    """The choices; of a field that sets a property, the property's own where none are given."""
    labels: dict[str, str] = {}
    """What a choice is shown as, where that is not the choice itself."""
    property: str | None = None
    """`ticket.subject`, `ticket.description`, `ticket.pipeline`, `ticket.status`, `ticket.priority`, `ticket.<custom>`,
    `contact.name`, `contact.email`, `contact.<custom>`; None: an answer for people to read."""
    help: str = ""
    placeholder: str = ""
    width: Width = "full"
    limits: FieldLimits = msgspec.field(default_factory=FieldLimits)
    show_when: dict[str, Any] | None = None
    """A condition on earlier fields, see kit/conditions, whose `field` is a field's name. None: always shown."""


class Look(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    accent: str = "#3b5bdb"
    """A colour as #rrggbb."""
    font: Font = "system"
    corners: Corners = "rounded"


class Options(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everything of a form but its fields."""

    language: Language = "en"
    look: Look = msgspec.field(default_factory=Look)
    intro: str = ""
    """Above the fields; plain text."""
    submit_label: str = ""
    """"" leaves each of these texts to the language's own words."""
    after: Literal["message", "redirect"] = "message"
    thanks: str = ""
    redirect_url: str = ""
    closes_at: datetime | None = None
    closed: bool = False
    closed_text: str = ""
    origins: list[str] = []
    """Sites that may show and send the form, as https://shop.example; empty: any."""
    confirm: bool = True
    """The sender gets a confirmation by mail, where the form has an email field and a channel carries it."""
    confirmation_subject: str = ""
    confirmation_text: str = ""
    captcha: bool = False
    """Asks the account's captcha provider, where one is set up."""


class FormProblem(msgspec.Struct, kw_only=True):
    """Something that is wrong with a form: the path of a field, such as `fields.2.show_when`, and the mend."""

    field: str
    message: str


class Definition(msgspec.Struct, kw_only=True):
    """A form in one of its versions: all that showing and filling in takes."""

    account_id: int
    form_id: UUID
    key: str
    version: int
    name: str
    fields: list[Field]
    options: Options


class Carrier(msgspec.Struct, kw_only=True):
    """The channel that makes tickets of a form's submissions."""

    id: UUID
    name: str
    active: bool


class Form(msgspec.Struct, kw_only=True):
    """A form in the list."""

    id: UUID
    key: str
    name: str
    version: int
    fields: list[Field]
    options: Options
    channel: Carrier | None
    submissions: int
    caught: int
    waiting_to_hand_in: int
    """Submissions without a ticket that could be made into tickets; 0 without a channel."""
    handing_in: bool
    last_submission_at: datetime | None
    created_at: datetime
    updated_at: datetime
