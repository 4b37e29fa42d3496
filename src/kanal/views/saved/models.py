"""Views as they are kept, given and shown."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from kanal.views.orders import Sort

Layout = Literal["table", "split", "board"]
SharedWith = Literal["me", "everyone", "teams"]


class Owner(msgspec.Struct, kw_only=True):
    id: UUID
    name: str


class ViewProblem(msgspec.Struct, kw_only=True):
    """What became wrong with a view after it was saved, and how to mend it."""

    field: str
    message: str


class Own(msgspec.Struct, kw_only=True):
    """How a member looks at a view; null: as the view says."""

    columns: list[str] | None = None
    sort: Sort | None = None
    layout: Layout | None = None


class View(msgspec.Struct, kw_only=True):
    key: str
    """Of a default view its name, of a saved one its id."""
    name: str
    """Empty for default views: screens translate their keys."""
    is_default: bool
    filter: dict[str, Any]
    columns: list[str]
    """These, sort and layout as the member looks at it."""
    sort: Sort
    layout: Layout
    shared_with: SharedWith
    teams: list[UUID]
    owner: Owner | None
    may_edit: bool
    hidden: bool
    version: int
    own: Own | None
    """What of columns, sort and layout is the member's own choice."""
    problems: list[ViewProblem]
    """While there are any, its tickets are not listed."""


class NewView(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    filter: dict[str, Any] = {}
    columns: list[str] | None = None
    sort: Sort = "-last_message_at"
    layout: Layout = "split"
    shared_with: SharedWith = "me"
    teams: list[UUID] = []
    """With `teams`: which."""


class ViewChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: str | UnsetType = UNSET
    filter: dict[str, Any] | UnsetType = UNSET
    columns: list[str] | UnsetType = UNSET
    sort: Sort | UnsetType = UNSET
    layout: Layout | UnsetType = UNSET
    shared_with: SharedWith | UnsetType = UNSET
    teams: list[UUID] | UnsetType = UNSET
    version: int | UnsetType = UNSET
    """That the change was made from: refused when somebody changed the view meanwhile."""


class OwnChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; null: as the view says."""

    columns: list[str] | UnsetType | None = UNSET
    sort: Sort | UnsetType | None = UNSET
    layout: Layout | UnsetType | None = UNSET


class Saved(msgspec.Struct, kw_only=True):
    """A saved view as it stands in its table."""

    id: UUID
    name: str
    filter: dict[str, Any]
    columns: list[str]
    sort: Sort
    layout: Layout
    shared_with: SharedWith
    teams: list[UUID]
    owner_id: UUID | None
    owner_name: str | None
    version: int


class Who(msgspec.Struct, kw_only=True, frozen=True):
    """The member who asks, as far as views are concerned."""

    member: UUID
    may_manage: bool
    """Share with everyone, and change what others share."""
    may_restore: bool
    """Bring deleted tickets back, and so see them."""
