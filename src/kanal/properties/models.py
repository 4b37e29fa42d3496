"""Properties of tickets and contacts: what is asked, of which type, within which limits."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import msgspec

from kanal.kit.conditions import Option

__all__ = ["Catalogue", "Limits", "NewProperty", "Object", "Option", "Property", "PropertyChange", "PropertyType"]

Object = Literal["ticket", "contact"]
PropertyType = Literal[
    "text",
    "long_text",
    "number",
    "boolean",
    "select",
    "multi_select",
    "date",
    "datetime",
    "url",
    "email",
    "phone",
    "member",
]


class Limits(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a value must keep to; which of these a type has is in `rules.LIMITS`."""

    required: bool = False
    """Once filled, a value can be changed but not taken away."""
    min: float | str | None = None
    """A number, or for dates a date."""
    max: float | str | None = None
    min_length: int | None = None
    max_length: int | None = None
    decimals: int | None = None
    region: str | None = None
    """The country, such as SE, of phone numbers that are written without one."""


class Property(msgspec.Struct, kw_only=True):
    id: UUID | None
    """None: built in."""
    object: Object
    key: str
    label: str
    help: str
    type: PropertyType
    builtin: bool
    options: list[Option]
    limits: Limits
    position: int
    archived: bool


class NewProperty(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    object: Object
    label: str
    type: PropertyType
    key: str | None = None
    """Stays what it is; without one it is made from the label."""
    help: str = ""
    options: list[Option] = []
    limits: Limits = msgspec.field(default_factory=Limits)


class PropertyChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; key and type always do."""

    label: str | msgspec.UnsetType = msgspec.UNSET
    help: str | msgspec.UnsetType = msgspec.UNSET
    options: list[Option] | msgspec.UnsetType = msgspec.UNSET
    """The whole list in order. One that is left out goes; where something still has it, it is only offered no more."""
    limits: Limits | msgspec.UnsetType = msgspec.UNSET
    position: int | msgspec.UnsetType = msgspec.UNSET
    """Its place among the custom properties of its object, from 0."""
    archived: bool | msgspec.UnsetType = msgspec.UNSET


class Catalogue(msgspec.Struct, kw_only=True):
    """Everything that is known of the account's properties at one moment."""

    properties: list[Property]
    """Built-in ones first, then custom ones in their order, archived ones too."""
    members: frozenset[UUID]
    """Who may be named in a property of type `member`."""

    def of(self, object_: Object) -> list[Property]:
        return [each for each in self.properties if each.object == object_]

    def custom(self, object_: Object) -> list[Property]:
        """Those that can be filled."""
        return [each for each in self.of(object_) if not each.builtin and not each.archived]

    def find(self, object_: Object, key: str) -> Property | None:
        return next((each for each in self.of(object_) if each.key == key), None)
