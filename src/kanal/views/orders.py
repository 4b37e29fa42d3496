"""The orders in which tickets are listed, and where a page of one ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, LiteralString, Protocol, get_args
from uuid import UUID

import msgspec

from kanal.tickets.models import Priority

Sort = Literal[
    "-last_message_at",
    "last_message_at",
    "-created_at",
    "created_at",
    "waiting_since",
    "-priority",
    "snoozed_until",
    "-deleted_at",
]
SORTS: tuple[Sort, ...] = get_args(Sort)[:6]
"""Those that every list has; the others go with what they are about."""


class Order(msgspec.Struct, frozen=True):
    """`{t}` is where a row comes from. `beyond` keeps what stands behind a position, in words that an index serves also
    under row-level security: no function but comparisons."""

    by: LiteralString
    keys: LiteralString
    beyond: LiteralString


NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Since when somebody waits who does not."""


def _order(column: LiteralString, *, descending: bool) -> Order:
    way, beyond = (" desc", "<") if descending else ("", ">")
    return Order(
        by=f"{{t}}.{column}{way}, {{t}}.id{way}",
        keys=f"{{t}}.{column}",
        beyond=f"(t.{column}, t.id) {beyond} (%(at)s, %(id)s)",
    )


ORDERS: dict[Sort, Order] = {
    "-last_message_at": _order("last_message_at", descending=True),
    "last_message_at": _order("last_message_at", descending=False),
    "-created_at": _order("created_at", descending=True),
    "created_at": _order("created_at", descending=False),
    "waiting_since": _order("waits_from", descending=False),
    "snoozed_until": _order("snoozed_until", descending=False),
    "-deleted_at": _order("deleted_at", descending=True),
    "-priority": Order(
        by="{t}.priority_rank desc, {t}.last_message_at desc, {t}.id desc",
        keys="{t}.priority_rank, {t}.last_message_at",
        beyond="(t.priority_rank, t.last_message_at, t.id) < (%(rank)s, %(at)s, %(id)s)",
    ),
}
RANKS: dict[Priority, int] = {"low": 0, "normal": 1, "high": 2, "urgent": 3}


class Place(msgspec.Struct, array_like=True, frozen=True):
    """Where a page ended."""

    at: datetime | None
    id: UUID
    rank: int = 0


class Listed(Protocol):
    """A ticket, as far as orders ask about it."""

    id: UUID
    priority: Priority
    created_at: datetime
    last_message_at: datetime
    waiting_since: datetime | None
    snoozed_until: datetime | None
    deleted_at: datetime | None


def place_of(last: Listed, sort: Sort) -> Place:
    match sort:
        case "waiting_since":
            return Place(last.waiting_since or NEVER, last.id)
        case "snoozed_until":
            return Place(last.snoozed_until, last.id)
        case "-deleted_at":
            return Place(last.deleted_at, last.id)
        case "-created_at" | "created_at":
            return Place(last.created_at, last.id)
        case "-priority":
            return Place(last.last_message_at, last.id, RANKS[last.priority])
    return Place(last.last_message_at, last.id)
