"""/channels/{id}/routing/history: which rules were in force when, what each change changed, and undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post

from kanal.api.http.given import Db, FromPath
from kanal.api.http.pages import Page
from kanal.api.http.signin import Caller, DeskRequest, require
from kanal.kit.db import NotFound, Transaction
from kanal.people import queries as people
from kanal.routing import history
from kanal.views.models import Named
from kanal.views.visible import hidden_channels


class RoutingVersionOut(msgspec.Struct, kw_only=True):
    """`changes` are the paths of what differs from the version before, such as `rules.0.when`."""

    version: int
    from_at: datetime = msgspec.field(name="from")
    to_at: datetime | None = msgspec.field(name="to")
    set_by: Named | None
    restored_from: int | None
    changes: list[str]
    routing: dict[str, Any]


class Restored(msgspec.Struct):
    version: int


@get("/channels/{channel_id:uuid}/routing/history", guards=[require("read")])
async def list_routing_versions(request: DeskRequest, db: Db, channel_id: FromPath[UUID]) -> Page[RoutingVersionOut]:
    """The versions of the channel's routing, the one in force first."""
    async with db.transaction(request.user.account) as tx:
        await seen_channel(tx, request.user, channel_id)
        found = await history.versions(tx, channel_id)
        names = {each.id: each.name for each in await people.members(tx)}
    return Page([_out(each, names) for each in found], None)


@post(
    "/channels/{channel_id:uuid}/routing/history/{version:int}/restore",
    guards=[require("edit_routing")],
    status_code=200,
)
async def restore_routing(request: DeskRequest, db: Db, channel_id: FromPath[UUID], version: FromPath[int]) -> Restored:
    """Put an earlier version into force again, as a new version. What of it became invalid since is skipped, and stands
    among the channel's `routing_problems`."""
    async with db.transaction(request.user.account) as tx:
        await seen_channel(tx, request.user, channel_id)
        return Restored(await history.restore(tx, channel_id, version, actor=request.user.member))


async def seen_channel(tx: Transaction, caller: Caller, channel: UUID) -> None:
    """Raises NotFound for a channel that the caller may not see, or that is not there."""
    known = await tx.value("select true from channels where id = %s", (channel,))
    if not known or channel in await hidden_channels(tx, caller.member):
        raise NotFound("channel")


def _out(each: history.Version, names: dict[UUID, str]) -> RoutingVersionOut:
    return RoutingVersionOut(
        version=each.version,
        from_at=each.from_at,
        to_at=each.to_at,
        set_by=Named(id=each.set_by, name=names.get(each.set_by, "")) if each.set_by else None,
        restored_from=each.restored_from,
        changes=each.changes,
        routing=each.routing,
    )
