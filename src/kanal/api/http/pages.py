"""The shape of every list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T]):
    items: list[T]
    next: str | None


def page(rows: Sequence[T], limit: int, cursor: Callable[[T], object]) -> Page[T]:
    """From one row more than was asked for, which tells whether there is a next page."""
    items = list(rows[:limit])
    return Page(items, str(cursor(items[-1])) if len(rows) > limit else None)
