"""Views as they are kept and shown."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.views.questions import Sort

Layout = Literal["table", "split", "board"]
SharedWith = Literal["me", "everyone", "teams"]


class Owner(msgspec.Struct, kw_only=True):
    id: UUID
    name: str


class ViewProblem(msgspec.Struct, kw_only=True):
    """What became wrong with a view after it was saved, and how to mend it."""

    field: str
    message: str


class View(msgspec.Struct, kw_only=True):
    key: str
    """Of a default view its name, of a saved one its id."""
    name: str
    """Empty for default views: screens translate their keys."""
    is_default: bool
    filter: dict[str, Any]
    columns: list[str]
    sort: Sort
    layout: Layout
    shared_with: SharedWith
    teams: list[UUID]
    owner: Owner | None
    may_edit: bool
    hidden: bool
    problems: list[ViewProblem]
    """While there are any, its tickets are not listed."""
