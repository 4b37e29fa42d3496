"""Pure decisions: what may be asked for, what a job changed on a ticket, and whether that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from msgspec import UNSET

from kanal.bulk.errors import InvalidBulk
from kanal.bulk.models import BulkAction, BulkWhich, Name, Standing

MOST_CHOSEN = 10_000
MOST_OF_VIEW = 100_000
FIELDS: tuple[Name, ...] = get_args(Name)
APART = frozenset({"tags", "custom", "conversations", "closed_at", "waiting_since", "snoozed_by"})
"""What is taken back piece by piece, or goes with the status: others' changes to it are no conflict."""


def name_of(action: BulkAction) -> Name:
    """Which one it is; raises InvalidBulk unless it is exactly one."""
    given = [each for each in FIELDS if getattr(action, each) is not UNSET]
    if len(given) != 1:
        raise InvalidBulk("action", f"write exactly one of {', '.join(FIELDS)}")
    return given[0]


def difference(was: Standing, became: Standing) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ: as they were, and as they became."""
    before, after = builtins(was), builtins(became)
    changed = [field for field in before if before[field] != after[field]]
    return {field: before[field] for field in changed}, {field: after[field] for field in changed}


def touched_since(became: Mapping[str, Any], now: Standing) -> list[str]:
    """What somebody changed since, of what the job had changed."""
    there = builtins(now)
    return [field for field, value in became.items() if field not in APART and there[field] != value]


def builtins(standing: Standing) -> dict[str, Any]:
    """As it is kept; whether it is open goes with what makes it so, and the version says what was said, not how it
    stands."""
    kept: dict[str, Any] = msgspec.to_builtins(standing)
    return {field: value for field, value in kept.items() if field not in ("id", "version", "is_open")}


def chosen(which: BulkWhich) -> list[dict[str, Any]]:
    """The tickets that are named, each once, as items; none where a view is. Raises InvalidBulk unless it is one of
    both."""
    if (which.tickets is UNSET) is (which.view is UNSET):
        raise InvalidBulk("which", "name either tickets or a view")
    if which.tickets is UNSET:
        return []
    wanted = dict.fromkeys(which.tickets)
    if not 0 < len(wanted) <= MOST_CHOSEN:
        raise InvalidBulk("which.tickets", f"choose from 1 to {MOST_CHOSEN:,} tickets, or all of a view")
    return [
        {"position": position, "ticket_id": ticket, "version": which.versions.get(ticket)}
        for position, ticket in enumerate(wanted)
    ]
