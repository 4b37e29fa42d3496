"""/tickets/{id}/timeline: what was said and done, with what became of each message that went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get

from kanal.api.agent import found
from kanal.api.http.given import Db, FromPath, FromQuery, Limit
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery import queries as deliveries
from kanal.delivery.models import ShownDelivery
from kanal.kit.db import Transaction
from kanal.views import reads, timeline
from kanal.views.models import Item, ShownComment, ShownEvent, ShownMessage


class MessageOut(ShownMessage, kw_only=True, tag="message"):
    delivery: ShownDelivery | None
    """The newest attempt to deliver it; null for what came in."""


class TimelineOut(msgspec.Struct):
    version: int
    items: list[ItemOut]
    next: str | None
    seen_at: datetime | None
    """When the caller last saw the ticket before; null: never."""


ItemOut = MessageOut | ShownComment | ShownEvent


@get("/tickets/{ticket_ref:str}/timeline", guards=[require("read")])
async def get_timeline(
    request: DeskRequest,
    db: Db,
    ticket_ref: FromPath[str],
    before: FromQuery[str | None] = None,
    limit: Limit = timeline.MOST,
) -> TimelineOut:
    """Oldest first, the newest of them; `next` is the `before` of older ones."""
    caller = request.user
    async with db.transaction(caller.account) as tx:
        ticket = await found.ticket(tx, caller, ticket_ref, even_gone=True)
        shown = await timeline.read(tx, caller.member, ticket, before=before, most=limit)
        seen_at = await reads.last(tx, ticket, caller.member)
        return TimelineOut(shown.version, await with_deliveries(tx, shown.items), shown.next, seen_at)


async def newer(tx: Transaction, member: UUID, ticket: UUID, seen_version: int) -> list[ItemOut]:
    """What was said since somebody saw the ticket in this version."""
    return await with_deliveries(tx, await timeline.newer(tx, member, ticket, seen_version))


async def with_deliveries(tx: Transaction, items: Sequence[Item]) -> list[ItemOut]:
    sent = [item.id for item in items if isinstance(item, ShownMessage) and item.direction == "out"]
    shown = await deliveries.shown(tx, sent)
    return [_with(shown.get(item.id), item) if isinstance(item, ShownMessage) else item for item in items]


def _with(delivery: ShownDelivery | None, message: ShownMessage) -> MessageOut:
    return MessageOut(**msgspec.structs.asdict(message), delivery=delivery)
