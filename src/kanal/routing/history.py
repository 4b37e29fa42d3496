"""A channel's routing through time: each version is a row from/to, so that rules have a history with undo and the
simulator knows which of them were in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.routing import rules
from kanal.routing.models import Routing


class Version(msgspec.Struct, kw_only=True):
    version: int
    from_at: datetime
    to_at: datetime | None
    """None: it is the one in force."""
    set_by: UUID | None
    restored_from: int | None
    changes: list[str] = []
    """Paths of what differs from the version before, such as `assign` or `rules.2.when` (counted from 0); `rules` where
    some were added, taken away or moved."""
    routing: dict[str, Any]


async def versions(tx: Transaction, channel: UUID) -> list[Version]:
    """Newest first."""
    found = await tx.all(
        Version,
        """
        select version, from_at, to_at, set_by, restored_from, routing from routing_versions
        where channel_id = %s order by version desc
        """,
        (channel,),
    )
    for later, earlier in pairwise(found):
        later.changes = changes(earlier.routing, later.routing)
    return found


async def current(tx: Transaction, channel: UUID) -> int:
    """The number of the version in force; 0 before the first."""
    return int(
        await tx.value("select version from routing_versions where channel_id = %s and to_at is null", (channel,)) or 0
    )


async def restore(tx: Transaction, channel: UUID, version: int, *, actor: UUID | None) -> int:
    """Put an earlier version into force again, as a new one; returns its number. It was valid once and is not checked:
    what became invalid since is marked where routing is read, and skipped, as in any stored routing (ROUTE-17)."""
    wanted = await tx.value(
        "select routing from routing_versions where channel_id = %s and version = %s", (channel, version)
    )
    if wanted is None:
        raise NotFound("version")
    return await store(tx, channel, wanted, actor=actor, restored_from=version)


async def store(
    tx: Transaction, channel: UUID, routing: Mapping[str, Any], *, actor: UUID | None, restored_from: int | None = None
) -> int:
    """Put a routing into force, whatever it says; returns its number, which is the one before where nothing changes."""
    if not await tx.value(
        "select true from channels where id = %s and deleted_at is null for no key update", (channel,)
    ):
        raise NotFound("channel")
    before = await tx.dicts(
        "select version, routing from routing_versions where channel_id = %s and to_at is null", (channel,)
    )
    if before and before[0]["routing"] == routing:
        return int(before[0]["version"])
    version = (before[0]["version"] if before else 0) + 1
    now = clock.now()
    await tx.run("update channels set routing = %s where id = %s", (document(routing), channel))
    await tx.run("update routing_versions set to_at = %s where channel_id = %s and to_at is null", (now, channel))
    row = {"channel_id": channel, "version": version, "routing": routing, "set_by": actor, "from_at": now}
    await tx.insert("routing_versions", [{**row, "restored_from": restored_from}])
    data = {"version": version, "restored_from": restored_from}
    events.emit(tx, Event(name="channel.routing_changed", actor_id=actor, channel_id=channel, data=data))
    tx.wake("queue")
    return int(version)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Where two routings differ; a field that was left out is as good as its default."""
    one, other = (msgspec.to_builtins(rules.parse(each)) for each in (before, after))
    found: list[str] = []
    for field in Routing.__struct_fields__:
        if field == "rules":
            found += _rules(one["rules"], other["rules"])
        elif isinstance(other[field], dict) and isinstance(one[field], dict):
            found += _fields(field, one[field], other[field])
        elif one[field] != other[field]:
            found.append(field)
    return found


def _rules(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    """Rules keep their ids when they are moved; without ids they are known by their place."""
    found = [] if [rule["id"] for rule in before] == [rule["id"] for rule in after] else ["rules"]
    known = {rule["id"] or str(place): rule for place, rule in enumerate(before)}
    for place, rule in enumerate(after):
        if earlier := known.get(rule["id"] or str(place)):
            found += _fields(f"rules.{place}", earlier, rule)
    return found


def _fields(at: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    keys = [*after, *(key for key in before if key not in after)]
    return [f"{at}.{key}" for key in keys if before.get(key) != after.get(key)]
