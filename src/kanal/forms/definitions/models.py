"""Forms as somebody asks for them, and their versions."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from kanal.forms.models import Corners, Field, Font, Language, Options

ShownState = Literal["open", "closed", "connected", "unconnected"]


class NewForm(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    fields: list[Field] | UnsetType = UNSET
    """Left out: those that a ticket needs, in the form's language."""
    options: Options = msgspec.field(default_factory=Options)


class Draft(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """All that a version is made of."""

    name: str
    fields: list[Field]
    options: Options = msgspec.field(default_factory=Options)


class LookChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    accent: str | UnsetType = UNSET
    font: Font | UnsetType = UNSET
    corners: Corners | UnsetType = UNSET


class OptionsChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; see `forms.models.Options`."""

    language: Language | UnsetType = UNSET
    look: LookChange | UnsetType = UNSET
    intro: str | UnsetType = UNSET
    submit_label: str | UnsetType = UNSET
    after: Literal["message", "redirect"] | UnsetType = UNSET
    thanks: str | UnsetType = UNSET
    redirect_url: str | UnsetType = UNSET
    closes_at: datetime | UnsetType | None = UNSET
    closed: bool | UnsetType = UNSET
    closed_text: str | UnsetType = UNSET
    origins: list[str] | UnsetType = UNSET
    confirm: bool | UnsetType = UNSET
    confirmation_subject: str | UnsetType = UNSET
    confirmation_text: str | UnsetType = UNSET
    captcha: bool | UnsetType = UNSET


class FormChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: str | UnsetType = UNSET
    fields: list[Field] | UnsetType = UNSET
    """All of them, in order."""
    options: OptionsChange | UnsetType = UNSET
    version: int | UnsetType = UNSET
    """The one that was changed; refused when it is no longer the newest."""


class Version(msgspec.Struct, kw_only=True):
    """One of a form's versions in the list of them."""

    version: int
    name: str
    by: UUID | None
    created_at: datetime
    fields_changed: int
    """How many fields were added, taken away or changed since the version before."""


class VersionWhole(msgspec.Struct, kw_only=True):
    version: int
    name: str
    fields: list[Field]
    options: Options
    created_by: UUID | None
    created_at: datetime
