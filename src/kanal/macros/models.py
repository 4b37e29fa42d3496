"""A macro as it is kept and edited, and as it would read on a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from kanal.tickets.models import Priority

SharedWith = Literal["me", "everyone", "teams"]


class MacroStatus(msgspec.Struct, kw_only=True, tag_field="do", tag="status", forbid_unknown_fields=True):
    status: str
    """Key, in whichever pipeline the ticket is, or id."""


class MacroAssign(
    msgspec.Struct, kw_only=True, tag_field="do", tag="assign", forbid_unknown_fields=True, omit_defaults=True
):
    """To a member, to a team, or both; null takes it from whoever has it."""

    member: str | UnsetType | None = UNSET
    """A member's id, or `me`: whoever uses the macro."""
    team: UUID | UnsetType | None = UNSET


class MacroPriority(msgspec.Struct, kw_only=True, tag_field="do", tag="priority", forbid_unknown_fields=True):
    priority: Priority


class MacroTags(
    msgspec.Struct, kw_only=True, tag_field="do", tag="tags", forbid_unknown_fields=True, omit_defaults=True
):
    add: list[str] = []
    remove: list[str] = []


class MacroSnooze(msgspec.Struct, kw_only=True, tag_field="do", tag="snooze", forbid_unknown_fields=True):
    minutes: int
    """From when the macro is used."""


class MacroProperty(msgspec.Struct, kw_only=True, tag_field="do", tag="set", forbid_unknown_fields=True):
    property: str
    """The key of a custom property of tickets."""
    value: Any = None
    """null empties it."""


class MacroFollow(msgspec.Struct, kw_only=True, tag_field="do", tag="follow", forbid_unknown_fields=True):
    """Whoever uses the macro follows the ticket."""


Action = MacroStatus | MacroAssign | MacroPriority | MacroTags | MacroSnooze | MacroProperty | MacroFollow


class Person(msgspec.Struct, kw_only=True):
    id: UUID
    name: str


class Macro(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    shortcut: str
    body_html: str
    body_text: str
    actions: list[Action]
    shared_with: SharedWith
    teams: list[UUID]
    owner_id: UUID | None
    owner_name: str | None
    created_at: datetime
    updated_at: datetime
    used: int
    """How often whoever asks has used it."""
    last_used_at: datetime | None
    used_by_all: int


class NewMacro(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    shortcut: str = ""
    body_html: str = ""
    """With tokens such as `{{contact.first_name|there}}`."""
    body_text: str = ""
    """Only where there is no `body_html`."""
    actions: list[Action] = []
    shared_with: SharedWith = "me"
    teams: list[UUID] = []
    """Where it is shared with `teams`."""


class MacroChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: str | UnsetType = UNSET
    shortcut: str | UnsetType = UNSET
    body_html: str | UnsetType = UNSET
    body_text: str | UnsetType = UNSET
    actions: list[Action] | UnsetType = UNSET
    shared_with: SharedWith | UnsetType = UNSET
    teams: list[UUID] | UnsetType = UNSET


class MacroProblem(msgspec.Struct, kw_only=True, frozen=True):
    """What is wrong with a macro: refused where somebody writes it, shown where it became wrong later."""

    field: str
    """Its path, such as `actions.1.member`, or `body`."""
    message: str
    """With the mend."""


class MacroToken(msgspec.Struct, kw_only=True, frozen=True):
    token: str
    label: str
    custom: bool
    """A property of the account's own, which carries its own name; the others are worded by the screen."""


class MacroGap(msgspec.Struct, kw_only=True, frozen=True):
    """A token that stands for nothing on this ticket, and is left out."""

    token: str
    why: Literal["unknown", "empty"]


class MacroStep(msgspec.Struct, kw_only=True):
    """What an action would do, in names."""

    do: str
    member: str | None = None
    """A name; null: nobody."""
    me: bool = False
    team: str | None = None
    status: str | None = None
    priority: Priority | None = None
    add: list[str] = []
    remove: list[str] = []
    minutes: int | None = None
    property: str | None = None
    value: str | None = None
    changes: list[str] = []
    """Of `assign`: `member`, `team` or both."""
    problem: str = ""
    """Why it cannot be done to this ticket, with the mend."""


class MacroPreview(msgspec.Struct, kw_only=True):
    html: str
    text: str
    gaps: list[MacroGap]
    steps: list[MacroStep]
    """One an action, in order."""
